import { describe, expect, it } from '@jest/globals';
import { refuseUnreasoned } from '../../api/task-choices.ts';
import type { TaskRow } from '../../store/tasks.ts';

const task: Pick<TaskRow, 'choices' | 'status'> = {
  status: 'open',
  choices: [
    { id: 'supplied', label: '' },
    { id: 'another-party', label: '', needs: 'reason' },
    { id: 'proceed', label: '', needs: 'managers-reason' },
  ],
};

describe('what a choice needs', () => {
  it.each(['', '  '])('is a reason where it is remembered: %j is none', (reason) =>
    expect(() => refuseUnreasoned(task, { choice: 'another-party', reason }, 'manager')).toThrow('needs a reason'),
  );

  it('is a manager where something goes on that was held', () => {
    expect(() => refuseUnreasoned(task, { choice: 'proceed', reason: 'licence 118' }, 'operator')).toThrow('manager');
    expect(() => refuseUnreasoned(task, { choice: 'proceed', reason: 'licence 118' }, 'manager')).not.toThrow();
  });

  it('is nothing where a paper says it all, and where the task is closed', () => {
    expect(() => refuseUnreasoned(task, { choice: 'supplied', reason: '' }, 'operator')).not.toThrow();
    expect(() =>
      refuseUnreasoned({ ...task, status: 'answered' }, { choice: 'proceed', reason: '' }, 'operator'),
    ).not.toThrow();
  });
});
