import type { KeyRole } from '../store/organisations.ts';
import type { TaskRow } from '../store/tasks.ts';
import type { AnswerTask } from '../workflows/messages.ts';
import { Problem } from './problem.ts';

/** Who may give a manager's reason: an engineer repairs, and decides nothing of the trade. */
const managers: readonly KeyRole[] = ['manager'];

/**
 * Holds an answer against what its choice needs: a decision that is remembered, or lets something go on that was held, has a
 * reason, and some of them are a manager's. @throws Problem `invalid-content` without a reason, `not-allowed` for another's key
 */
export function refuseUnreasoned(
  { choices, status }: Pick<TaskRow, 'choices' | 'status'>,
  { choice, reason }: Pick<AnswerTask, 'choice' | 'reason'>,
  role: KeyRole,
): void {
  const needs = choices.find(({ id }) => id === choice)?.needs;
  if (needs === undefined || status !== 'open') return;
  if (reason.trim() === '')
    throw new Problem('invalid-content', `${choice} needs a reason: it is kept with who gave it`, {
      errors: [{ field: 'reason', message: 'say why' }],
    });
  if (needs === 'managers-reason' && !managers.includes(role))
    throw new Problem('not-allowed', `${choice} is a manager's to choose: have a manager answer, with a manager's key`);
}
