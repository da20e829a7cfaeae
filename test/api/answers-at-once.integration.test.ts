import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Database, openDatabase } from '../../store/database.ts';
import { findTask, putQuestion } from '../../store/tasks.ts';
import { ask, run, said, stack } from './callers.ts';

let database: Database;
beforeAll(() => {
  database = openDatabase(process.env.QUAYSIDE_TEST_DATABASE_URL ?? '', 2);
});
afterAll(() => database.close());

/** A question that no workflow waits for. */
async function question(at: number): Promise<string> {
  const id = `${run}/at-once/${at}`;
  await database.within(stack.organisation, (transaction) =>
    putQuestion(transaction, {
      ...{ id, reference: null, workflowId: null, askedAt: new Date().toISOString() },
      question: {
        ...{ key: id, kind: 'reference-aged', question: 'Is it so still?', evidence: [], ownerRole: 'operator' },
        choices: [
          { id: 'verified', label: 'yes' },
          { id: 'not-now', label: 'later' },
        ],
      },
    }),
  );
  return id;
}

it('of two different answers at the same time one counts, and the other is told which', async () => {
  for (let at = 0; at < 12; at++) {
    const taskId = await question(at);
    const answers = await Promise.all(
      ['verified', 'not-now'].map(async (choice) => ({
        choice,
        ...(await ask('/v1/tasks/answers', { body: { ...said(), taskId, choice, reason: 'seen' } })),
      })),
    );
    const kept = await database.within(stack.organisation, (transaction) => findTask(transaction, taskId));
    const applied = answers.filter(({ status }) => status === 200);
    expect(applied.map(({ choice }) => choice)).toEqual([kept?.answer?.choice]);
    const [other] = answers.filter(({ status }) => status !== 200);
    expect(other).toMatchObject({ status: 422, json: { type: '/problems/impossible' } });
    expect(other?.json.detail).toBe(`task ${taskId} was answered with ${kept?.answer?.choice}`);
  }
}, 30_000);

it('of the same answer at the same time one counts, and the other is a duplicate', async () => {
  const taskId = await question(100);
  const body = { ...said(), taskId, choice: 'verified', reason: 'seen' };
  const answers = await Promise.all([1, 2, 3].map(() => ask('/v1/tasks/answers', { body })));
  expect(answers.map(({ json }) => json.status).sort()).toEqual(['applied', 'duplicate', 'duplicate']);
});
