import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { pino } from 'pino';
import { startPending } from '../../api/start-pending.ts';
import { civilDateSchema } from '../../rules/civil-date.ts';
import { WorkflowClock } from '../../simulation/clock.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import {
  findReceipt,
  insertReceipt,
  insertStatement,
  markReceipt,
  markStatementStarted,
} from '../../store/receipts.ts';
import { sha256Of } from '../../store/sha256.ts';
import { continueAsNewSignal, statementWorkflowId } from '../../workflows/messages.ts';
import { engine, running } from '../scenarios/playing.ts';
import { ask, expectProblem, orderOf, run, said, stack, start, tell, waits } from './callers.ts';
import { until } from './running-stack.ts';
import { camt } from './statements.ts';

interface Wait {
  what: string;
  fromWhom: string;
  taskId: string;
  until: string | null;
}
interface Task {
  id: string;
  status: string;
  ownerRole: string;
  dueAt: string;
  escalatedAt: string | null;
  question: string;
  evidence: { label: string; value: string }[];
  answer: { choice: string; evidence: string[] } | null;
}

const account = '6228480000000000000';
const upload = async (body: string) => {
  const { json } = await ask('/v1/bank-statements', { body, headers: { 'content-type': 'application/xml' } });
  return String(json.sha256);
};
const stateOf = (sha256: string) => ask(`/v1/bank-statements/${sha256}`);
/** The statement once it has come so far. */
const reach = async (sha256: string, status: string) => {
  const answer = await until(
    () => stateOf(sha256),
    ({ json }) => String(json.status) === status,
  );
  expect(answer.json).toMatchObject({ status });
  return answer.json;
};
let client: Client;

/** The one thing that a statement waits for, once that has a time. */
const waitOf = async (sha256: string, isWished: (wait: Wait) => boolean = () => true): Promise<Wait> => {
  const waitsOf = (json: object) => ('waitingOn' in json ? (json.waitingOn as Wait[]) : []);
  const found = await until(
    () => stateOf(sha256),
    ({ json }) => waitsOf(json).some((wait) => wait.until !== null && isWished(wait)),
  );
  const [wait, ...others] = waitsOf(found.json);
  expect(others).toEqual([]);
  expect(wait && isWished(wait)).toBe(true);
  // Each answer is then taken by another run than the one that asked.
  await client.workflow.getHandle(statementWorkflowId(stack.organisation, sha256)).signal(continueAsNewSignal);
  return wait as Wait;
};
const taskOf = async (taskId: string): Promise<Task> => {
  const { json } = await ask('/v1/tasks?status=all&limit=500');
  const task = (json.tasks as unknown as Task[]).find(({ id }) => id === taskId);
  if (!task) throw new Error(`there is no task ${taskId}`);
  return task;
};
const answer = (taskId: string, choice: string, evidence: string[] = [], messageId: string = randomUUID()) =>
  ask('/v1/tasks/answers', { body: { ...said(messageId), taskId, choice, reason: 'finance looked', evidence } });

describe('what people answer to a bank statement', () => {
  let database: Database;
  const first = `${run}-A`;
  beforeAll(async () => {
    client = await engine();
    database = openDatabase(process.env.QUAYSIDE_TEST_DATABASE_URL ?? '', 2);
    expect((await start(orderOf(first))).status).toBe(201);
    await waits(first);
  }, 30_000);
  afterAll(async () => {
    await database.close();
    await client.connection.close();
  });
  const receiptOf = (id: string) =>
    database.within(stack.organisation, (transaction) => findReceipt(transaction, `${account}/${id}`));

  it('a wrong shipment is asked about anew, with the reason; the right one is told, and what is left over is asked about', async () => {
    const sha256 = await upload(camt(`${run}-hand`, { amount: '12500.00' }));
    const { taskId, until: due } = await waitOf(sha256);
    expect((await taskOf(taskId)).dueAt).toBe(due);
    expectProblem(await answer(taskId, 'allocate'), 422);
    const messageId = randomUUID();
    const sent = said(messageId);
    const wrong = { ...sent, taskId, choice: 'allocate', reason: 'it says so', evidence: [`${run}-none`] };
    expect((await ask('/v1/tasks/answers', { body: wrong })).json).toMatchObject({ status: 'applied' });

    const second = await waitOf(sha256, (wait) => wait.taskId !== taskId);
    expect(await taskOf(taskId)).toMatchObject({ status: 'answered', answer: { evidence: [`${run}-none`] } });
    expect((await taskOf(second.taskId)).evidence[0]).toEqual({
      label: 'asked again, because',
      value: `there is no shipment ${run}-none`,
    });
    expect(await ask('/v1/tasks/answers', { body: wrong })).toMatchObject({
      status: 200,
      json: { status: 'duplicate' },
    });
    expectProblem(await ask('/v1/tasks/answers', { body: { ...wrong, evidence: [first] } }), 409);
    expectProblem(await answer(taskId, 'allocate', [first]), 422);

    expect((await answer(second.taskId, 'allocate', [first])).json).toMatchObject({ status: 'applied' });
    const third = await waitOf(sha256, (wait) => wait.taskId !== second.taskId);
    expect((await taskOf(third.taskId)).evidence[0]?.value).toBe(`500.00 USD is more than ${first} still owed`);
    expect((await receiptOf(`${run}-hand-1`))?.status).toBe('unmatched');
    const log = await until(
      () => ask(`/v1/shipments/${first}/events?limit=1000`),
      ({ text }) => text.includes('fxReceipt'),
    );
    expect(log.text).toMatch(/"name":"fxReceipt"[^}]*"status":"applied"/);
    expect(log.text).toContain(`${account}/${run}-hand-1`);

    await answer(third.taskId, 'allocate', [first]);
    const fourth = await waitOf(sha256, (wait) => wait.taskId !== third.taskId);
    expect((await taskOf(fourth.taskId)).evidence[0]?.value).toContain(`shipment ${first} owes nothing`);
    await answer(fourth.taskId, 'not-export');
    expect(await reach(sha256, 'done')).toMatchObject({ told: [first], waitingOn: [] });
    expect((await receiptOf(`${run}-hand-1`))?.status).toBe('matched');
  }, 60_000);

  it('what is pending asks nobody and is kept nowhere; the booked entry finds its shipment', async () => {
    const second = `${run}-B`;
    await start(orderOf(second));
    await waits(second);
    const paid = { amount: '12000.00', words: `payment ${second}` };
    const pending = await upload(camt(`${run}-early`, { ...paid, status: 'PDNG' }, `${run}-late`));
    expect(await reach(pending, 'done')).toMatchObject({ told: [] });
    expect(await receiptOf(`${run}-late-1`)).toBeUndefined();
    const booked = await upload(camt(`${run}-late`, paid));
    expect(await reach(booked, 'done')).toMatchObject({ told: [second] });
  }, 60_000);

  it('a payment taken back is kept beside the payment, and can only be settled by hand', async () => {
    const booked = await upload(camt(`${run}-twice`));
    await answer((await waitOf(booked)).taskId, 'not-export');
    await reach(booked, 'done');
    const taken = { amount: '77.77', mark: 'DBIT', isReversal: true } as const;
    const sha256 = await upload(camt(`${run}-back`, taken, `${run}-twice`));
    const { taskId } = await waitOf(sha256);
    expect(taskId).toContain(`${run}-twice-1/reversal`);
    expect((await taskOf(taskId)).question).toContain('took a payment back');
    expectProblem(await answer(taskId, 'allocate', [first]), 422);
    await answer(taskId, 'settled-by-hand');
    await reach(sha256, 'done');
    expect((await receiptOf(`${run}-twice-1/reversal`))?.bookedAmount).toBe('-77.77');
  }, 60_000);

  it('a shipment that does not take its receipt leaves the money to finance', async () => {
    const third = `${run}-C`;
    await start(orderOf(third));
    await waits(third);
    const receiptId = `${account}/${run}-known-1`;
    const known = {
      receiptId,
      instalment: 1,
      currency: 'USD',
      amount: '12000.00',
      charges: '0',
      valueDate: '2026-11-24',
    };
    expect((await tell(third, 'fx-receipt', known)).json).toMatchObject({ status: 'applied' });
    const sha256 = await upload(camt(`${run}-known`, { amount: '12000.00', words: `payment ${third}` }));
    const { taskId } = await waitOf(sha256);
    expect((await taskOf(taskId)).evidence[0]?.value).toContain('already booked on instalment 1');
    await answer(taskId, 'settled-by-hand');
    await reach(sha256, 'done');
    expect(await taskOf(taskId)).toMatchObject({ status: 'answered' });
  }, 60_000);

  it('at its due time a task goes to the manager, and stays open', async () => {
    const sha256 = await upload(camt(`${run}-slow`));
    const { taskId, until: due } = await waitOf(sha256);
    const clock = new WorkflowClock(client, running.temporalNamespace, statementWorkflowId(stack.organisation, sha256));
    await clock.settled();
    await clock.forwardTo(new Date(Date.parse(due ?? '') + 60_000).toISOString());
    await waitOf(sha256, (wait) => wait.fromWhom === 'manager');
    await clock.settled();
    expect(await taskOf(taskId)).toMatchObject({
      status: 'open',
      ownerRole: 'manager',
      escalatedAt: expect.any(String),
    });
    await answer(taskId, 'not-export');
    await reach(sha256, 'done');
  }, 60_000);

  it('a statement that was only stored is started later; a defect in it waits for an engineer, and never fails it', async () => {
    const good = camt(`${run}-lost`);
    const sha256 = sha256Of(good);
    const within = <T>(work: Parameters<Database['within']>[1]) =>
      database.within(stack.organisation, work) as Promise<T>;
    await within((transaction) => insertStatement(transaction, sha256, 'spoiled on its way into the store'));
    expect((await stateOf(sha256)).json).toMatchObject({ status: 'reading', told: [] });
    // The API's own round may be the first to find it.
    await startPending({ database, temporal: client }, pino({ level: 'silent' }));
    const wait = await waitOf(sha256);
    expect(wait).toMatchObject({ what: 'defect', fromWhom: 'engineer' });
    expect((await taskOf(wait.taskId)).question).toContain('cannot be read');
    await answer(wait.taskId, 'retry');
    const again = await waitOf(sha256, ({ taskId }) => taskId !== wait.taskId);
    expect(again.what).toBe('defect');
    await within(({ organisation, query }) =>
      query('update bank_statement set content = $3 where organisation = $1 and sha256 = $2', [
        organisation,
        sha256,
        good,
      ]),
    );
    await answer(again.taskId, 'retry');
    const unmatched = await waitOf(sha256, ({ what }) => what === 'receipt-unmatched');
    expect(await taskOf(wait.taskId)).toMatchObject({ status: 'answered', answer: { choice: 'retry' } });
    await answer(unmatched.taskId, 'not-export');
    await reach(sha256, 'done');
  }, 60_000);

  it('of one that the engine knows no more, our records answer; the same file is not read again', async () => {
    const body = camt(`${run}-old`);
    const sha256 = sha256Of(body);
    const receipt = {
      id: `${account}/${run}-old-1`,
      bookedAmount: '77.77',
      currency: 'USD',
      charges: '0',
      instructedAmount: null,
      bookedOn: civilDateSchema.parse('2026-11-24'),
      valueDate: civilDateSchema.parse('2026-11-24'),
      payerName: null,
      remittance: [],
    };
    await database.within(stack.organisation, async (transaction) => {
      await insertStatement(transaction, sha256, body);
      await markStatementStarted(transaction, sha256);
      await insertReceipt(transaction, sha256, receipt);
    });
    expect((await stateOf(sha256)).json).toMatchObject({ status: 'failed' });
    await database.within(stack.organisation, (transaction) => markReceipt(transaction, receipt.id, 'not-export'));
    expect((await stateOf(sha256)).json).toMatchObject({ status: 'done', told: [], waitingOn: [] });
    expect(await upload(body)).toBe(sha256);
    const handle = client.workflow.getHandle(statementWorkflowId(stack.organisation, sha256));
    await expect(handle.describe()).rejects.toThrow('not found');
  });

  it('one that was ended by force says so', async () => {
    const sha256 = await upload(camt(`${run}-cut`));
    await waitOf(sha256);
    await client.workflow.getHandle(statementWorkflowId(stack.organisation, sha256)).terminate('test');
    await reach(sha256, 'failed');
  }, 60_000);
});
