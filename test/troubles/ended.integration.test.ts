import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { walkOfRecords } from '../../api/troubles/walk.ts';
import { findShipment } from '../../store/shipments.ts';
import { findTask, putQuestion } from '../../store/tasks.ts';
import { shipmentWorkflowId, statementWorkflowId } from '../../workflows/messages.ts';
import { ask as askStack, orderOf, run, said, stack, start, waits } from '../api/callers.ts';
import { type Json, until } from '../api/running-stack.ts';
import { camt } from '../api/statements.ts';
import { ask, counted, type StuckWorker, startWorker, troubleOf } from './stuck.ts';
import { openSubject, type Subject } from './subject.ts';

let subject: Subject;
let mended: StuckWorker;
const queue = `ended-${randomUUID()}`;

beforeAll(async () => {
  subject = await openSubject('ended');
  mended = await startWorker(queue, 'mended');
}, 120_000);
afterAll(async () => {
  await mended.stop();
  await subject.close();
});

const within = <T>(work: Parameters<Subject['database']['within']>[1]) =>
  subject.database.within(subject.organisation, work) as Promise<T>;

describe('a shipment whose workflow is no more', () => {
  const recordOf = (reference: string) => within((transaction) => findShipment(transaction, reference));

  it('terminated by somebody, it shows in all views; an override closes its record and its tasks, and the trouble with it', async () => {
    const reference = 'terminated-1';
    const workflowId = shipmentWorkflowId(subject.organisation, reference);
    await subject.store(reference);
    const handle = await subject.begin('shipment', queue, workflowId);
    const taskId = `${reference}/customs-silent/1`;
    await within((transaction) =>
      putQuestion(transaction, {
        ...{ id: taskId, reference, workflowId, askedAt: new Date().toISOString() },
        question: {
          ...{ key: 'q', kind: 'customs-silent', question: 'Customs says nothing.', evidence: [] },
          ...{ choices: [{ id: 'wait', label: 'wait' }], ownerRole: 'engineer' },
        },
      }),
    );
    await handle.terminate('by hand');
    const trouble = await troubleOf(subject.key, workflowId);
    expect(trouble).toMatchObject({
      ...{ kind: 'workflow-task-failing', reference, actions: ['override'] },
      what: expect.stringContaining('is terminated in the engine'),
    });
    expect(await counted('workflow-task-failing')).toBeGreaterThanOrEqual(1);
    await subject.expectTold(trouble);
    expect((await subject.act(trouble?.id, 'retry')).status).toBe(409);
    const closed = await subject.act(trouble?.id, 'override', 'settled by hand');
    expect(closed).toMatchObject({ status: 200, json: { words: expect.stringContaining(taskId) } });
    expect(await troubleOf(subject.key, workflowId, 'gone')).toBeUndefined();
    expect(await recordOf(reference)).toMatchObject({ outcome: 'ended-in-engine', progress: { waitingOn: [] } });
    expect(await within((transaction) => findTask(transaction, taskId))).toMatchObject({ status: 'moot' });
    expect((await subject.act(trouble?.id, 'override')).status).toBe(404);
  }, 60_000);

  it('that the engine does not know shows, however many there are before it; one that runs does not', async () => {
    for (const reference of ['A-runs', 'Z-lost']) await subject.store(reference);
    const runs = await subject.begin('stuckInTask', queue, shipmentWorkflowId(subject.organisation, 'A-runs'));
    const trouble = await troubleOf(subject.key, shipmentWorkflowId(subject.organisation, 'Z-lost'));
    expect(trouble).toMatchObject({
      ...{ reference: 'Z-lost', detail: { ended: 'unknown' }, actions: ['override'] },
      what: expect.stringContaining('The engine does not know'),
    });
    const { json } = await ask('/v1/troubles', { key: subject.key });
    expect(JSON.stringify(json.troubles)).not.toContain('A-runs');
    expect((await subject.act(trouble?.id, 'override', 'restored from an older copy')).status).toBe(200);
    expect(await troubleOf(subject.key, String(trouble?.workflowId), 'gone')).toBeUndefined();
    await runs.terminate();
  }, 60_000);

  it('a walk over more records than a page comes round to the last, and keeps what it found before', async () => {
    const references = Array.from({ length: 450 }, (_, number) => `W-${String(number).padStart(3, '0')}`);
    await within(({ organisation, query }) =>
      query(
        `insert into shipment (organisation, reference, order_body, order_sha256, simulated, started_at, outcome)
           select $1, reference, '{}', 'hash', true, now(), case when reference in ('W-000', 'W-449') then null else 'lost' end
           from unnest($2::text[]) reference`,
        [organisation, references],
      ),
    );
    const walk = walkOfRecords();
    const found = await walk.next(subject, [subject.organisation]);
    expect(found.map(({ workflowId }) => workflowId.split('/')[2])).toEqual(expect.arrayContaining(['W-000', 'W-449']));
    await within(({ organisation, query }) =>
      query(`update shipment set outcome = null where organisation = $1 and reference like 'W-%'`, [organisation]),
    );
    const sizes: number[] = [];
    for (let page = 0; page < 4; page++)
      sizes.push(
        (await walk.next(subject, [subject.organisation])).filter(({ workflowId }) => /W-/.test(workflowId)).length,
      );
    expect(sizes.at(-1)).toBe(450);
    expect(sizes[0]).toBeLessThan(450);
    await within(({ organisation, query }) =>
      query(`update shipment set outcome = 'lost' where organisation = $1 and reference like 'W-%'`, [organisation]),
    );
    const left = await walk.next(subject, [subject.organisation]);
    expect(left.filter(({ workflowId }) => /W-/.test(workflowId))).toEqual([]);
  }, 90_000);
});

describe('a bank statement that was terminated', () => {
  const managers = (path: string, body?: unknown) => askStack(path, body === undefined ? {} : { body });
  const upload = async (body: string) =>
    String(
      (await askStack('/v1/bank-statements', { body, headers: { 'content-type': 'application/xml' } })).json.sha256,
    );
  const waitsOf = async (sha256: string, count: number) => {
    const { json } = await until(
      () => managers(`/v1/bank-statements/${sha256}`),
      (answer) => {
        const waiting = answer.json.waitingOn as unknown as Json[] | undefined;
        return waiting?.length === count && waiting.every((wait) => wait.until !== null);
      },
    );
    return (json.waitingOn as unknown as { taskId: string }[]).map(({ taskId }) => taskId);
  };
  const answer = (taskId: string, choice: string, evidence: string[] = []) =>
    managers('/v1/tasks/answers', { ...said(randomUUID()), taskId, choice, reason: 'finance looked', evidence });
  const tasks = async () => (await managers('/v1/tasks?status=all&limit=500')).json.tasks as unknown as Json[];

  it('shows; its tasks say why no answer is taken; read anew it doubles nothing, and asks anew about what has no place', async () => {
    const reference = `${run}-ENDED`;
    expect((await start(orderOf(reference))).status).toBe(201);
    await waits(reference);
    const [paid, lost] = [`${run}-paid`, `${run}-lost`];
    const second = /<Ntry>.*<\/Ntry>/s.exec(camt(lost, { amount: '3.21' }))?.[0] ?? '';
    const file = camt(paid, { amount: '12500.00' }).replace('</Stmt>', `${second}</Stmt>`);
    const sha256 = await upload(file);
    const asked = await waitsOf(sha256, 2);
    const ofPaid = asked.find((id) => id.includes(`${paid}-1`)) ?? '';
    const ofLost = asked.find((id) => id.includes(`${lost}-1`)) ?? '';
    expect((await answer(ofPaid, 'allocate', [reference])).json).toMatchObject({ status: 'applied' });
    // Told of it, and what is left over of it asked about.
    const after = await until(
      () => managers(`/v1/bank-statements/${sha256}`),
      ({ json }) => JSON.stringify(json.told ?? []).includes(reference),
    );
    expect(after.json.told).toEqual([reference]);

    const workflowId = statementWorkflowId(stack.organisation, sha256);
    await subject.temporal.workflow.getHandle(workflowId).terminate('by hand');
    const trouble = await troubleOf(stack.key, workflowId);
    expect(trouble).toMatchObject({ reference: null, actions: ['override'], detail: { ended: 'terminated' } });
    const unheard = await answer(ofLost, 'not-export');
    expect(unheard).toMatchObject({ status: 422 });
    expect(unheard.text).toContain('has ended in the engine');
    expect(unheard.text).not.toContain('dealt with');

    const before = await booked(sha256, reference);
    expect(before).toEqual({ allocations: 1, told: 1 });
    const override = () => askStack(`/v1/troubles/${String(trouble?.id)}/override`, { body: { reason: 'by mistake' } });
    expect(await override()).toMatchObject({ status: 200, json: { words: expect.stringContaining('is read anew') } });
    expect((await override()).status).toBe(404);
    expect(await troubleOf(stack.key, workflowId, 'gone')).toBeUndefined();
    expect((await tasks()).find(({ id }) => String(id) === ofLost)).toMatchObject({ status: 'moot' });
    // What is left over of the receipt that was placed, and the one that has no place.
    const anew = (await waitsOf(sha256, 2)).sort();
    expect(anew).toEqual([lost, paid].map((id) => expect.stringMatching(new RegExp(`${id}-1/anew-`))));
    for (const id of anew) {
      expect((await tasks()).find((task) => String(task.id) === id)).toMatchObject({ status: 'open' });
      expect({ id, ...(await answer(id, 'not-export')).json }).toMatchObject({ status: 'applied' });
    }
    const end = await until(
      () => managers(`/v1/bank-statements/${sha256}`),
      ({ json }) => String(json.status) === 'done',
    );
    expect(end.json).toMatchObject({ status: 'done', told: [reference] });
    expect(await booked(sha256, reference)).toEqual(before);
  }, 90_000);

  /** What of the statement is booked, and how often the shipment took word of it. */
  async function booked(sha256: string, reference: string) {
    return subject.database.within(stack.organisation, async ({ organisation, query }) => {
      const [{ allocations } = { allocations: -1 }] = await query<{ allocations: number }>(
        `select count(*)::int as allocations from receipt_allocation a join receipt r on r.organisation = a.organisation and r.id = a.receipt_id
           where a.organisation = $1 and r.statement_sha256 = $2`,
        [organisation, sha256],
      );
      const [{ told } = { told: -1 }] = await query<{ told: number }>(
        `select count(*)::int as told from shipment_event where organisation = $1 and reference = $2
           and kind in ('message', 'message-applied') and data->>'name' = 'fxReceipt' and data->>'status' = 'applied'`,
        [organisation, reference],
      );
      return { allocations, told };
    });
  }
});
