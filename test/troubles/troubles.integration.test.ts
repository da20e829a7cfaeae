import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, WorkflowHandle } from '@temporalio/client';
import example from '../../examples/order.json' with { type: 'json' };
import { orderSchema } from '../../rules/order/order.ts';
import type { Question, TaskKind } from '../../rules/task.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { ensureOrganisation } from '../../store/organisations.ts';
import { insertShipment, markStarted } from '../../store/shipments.ts';
import { insertTask } from '../../store/tasks.ts';
import { type Json, until } from '../api/running-stack.ts';
import {
  ask,
  counted,
  databaseUrl,
  doctor,
  makeCurrent,
  openTemporal,
  runDoctor,
  type StuckWorker,
  startWorker,
  troubleOf,
} from './stuck.ts';

const organisation = `stuck-${randomUUID().slice(0, 8)}`;
const key = `engineer-of-${organisation}`;
const counterpartyKey = `counterparty-of-${organisation}`;
const queues = {
  mended: `mended-${organisation}`,
  broken: `broken-${organisation}`,
  versioned: `versioned-${organisation}`,
};
let database: Database;
let temporal: Client;
let mended: StuckWorker;
let broken: StuckWorker;
let versionOne: StuckWorker;

beforeAll(async () => {
  await ensureOrganisation(databaseUrl, {
    slug: organisation,
    keys: [
      { role: 'engineer', key },
      { role: 'counterparty', key: counterpartyKey },
    ],
  });
  database = openDatabase(databaseUrl, 2);
  temporal = await openTemporal();
  [mended, broken, versionOne] = await Promise.all([
    startWorker(queues.mended, 'mended'),
    startWorker(queues.broken, 'broken'),
    startWorker(queues.versioned, 'broken', 'one'),
  ]);
}, 120_000);
afterAll(async () => {
  await Promise.all([mended.stop(), broken.stop(), versionOne.stop()]);
  await temporal.connection.close();
  await database.close();
});

/** Starts a workflow under a shipment's or a statement's id; with its row, as the API would have written it. */
async function begin(workflow: string, queue: string, workflowId = `shipment/${organisation}/${workflow}-1`) {
  const reference = /^shipment\/[^/]+\/(.+)$/.exec(workflowId)?.[1];
  if (reference)
    await database.within(organisation, async (transaction) => {
      await insertShipment(transaction, orderSchema.parse({ ...example, reference }), 'hash', true);
      await markStarted(transaction, reference);
    });
  return temporal.workflow.start(workflow, { workflowId, taskQueue: queue, workflowTaskTimeout: '1s', args: [] });
}

const act = (id: unknown, action: string, body: object, as = key) =>
  ask(`/v1/troubles/${String(id)}/${action}`, { body, key: as });

/** What was done about troubles, the latest first. */
const lastAction = async () => ((await ask('/v1/troubles', { key })).json.actions as unknown as Json[])[0];

async function expectInAllViews(trouble: Json | undefined, kind: string) {
  expect(trouble).toMatchObject({ kind, remedy: expect.any(String), since: expect.any(String) });
  expect(await counted(kind)).toBeGreaterThanOrEqual(1);
  const ready = await until(
    () => ask('/readyz', { key: '' }),
    ({ json }) => Number((json.troubles as Json | null)?.[kind]) >= 1,
  );
  expect(ready).toMatchObject({ status: 200, json: { status: 'ready', troubles: { [kind]: expect.any(Number) } } });
  expect(ready.text).not.toContain(organisation);
  const told = await doctor(key);
  expect(told).toMatchObject({ status: 1, text: expect.stringContaining(String(trouble?.id)) });
  expect(told.text).toContain(String(trouble?.remedy));
}

describe('a step that does not get through', () => {
  let handle: WorkflowHandle;
  let local: WorkflowHandle;
  beforeAll(async () => {
    handle = await begin('stuckStep', queues.mended);
    local = await begin('stuckLocalStep', queues.mended);
  });

  it('shows in all views, goes on when it is retried, and the record says who did it and why', async () => {
    // Between two tries, not during one.
    const trouble = await troubleOf(key, handle.workflowId, ({ detail }) => detail?.nextTryAt !== undefined);
    await expectInAllViews(trouble, 'step-retrying');
    expect(trouble).toMatchObject({
      reference: 'stuckStep-1',
      what: expect.stringContaining('customs does not answer'),
      detail: { activity: 'tellCustoms', nextTryAt: expect.any(String) },
    });
    expect(await troubleOf(key, local.workflowId)).toMatchObject({ kind: 'step-retrying', detail: { local: 'yes' } });
    mended.mend();
    const retried = await doctor(key, 'retry', String(trouble?.id), '--reason', 'customs is back');
    expect(retried).toEqual({ status: 0, text: 'Done: tellCustoms is tried again at once.\n' });
    expect(await handle.result()).toBe('told');
    expect(await lastAction()).toMatchObject({
      troubleId: trouble?.id,
      action: 'retry',
      keyRole: 'engineer',
      keyId: expect.stringMatching(/^\d+$/),
      reason: 'customs is back',
      outcome: 'done',
    });
    expect(await troubleOf(key, handle.workflowId, 'gone')).toBeUndefined();
  }, 60_000);

  it('in the workflow’s own task: it goes by itself as soon as it gets through', async () => {
    expect(await local.result()).toBe('told');
    expect(await troubleOf(key, local.workflowId, 'gone')).toBeUndefined();
  }, 60_000);
});

describe('a workflow whose task fails', () => {
  it('shows in all views; with mended code a retry takes it on from its last good task, with what came since', async () => {
    const handle = await begin('stuckInTask', queues.broken);
    await handle.signal('go');
    const trouble = await troubleOf(key, handle.workflowId);
    await broken.stop();
    await expectInAllViews(trouble, 'workflow-task-failing');
    expect(trouble).toMatchObject({ what: expect.stringContaining('a defect in the code of the workflow') });
    expect(await act(trouble?.id, 'override', { reason: 'try' })).toMatchObject({
      status: 409,
      json: { detail: expect.stringContaining('not versioned') },
    });
    const successor = await startWorker(queues.broken, 'mended');
    expect((await act(trouble?.id, 'retry', { reason: 'release 2' })).status).toBe(200);
    expect(await temporal.workflow.getHandle(handle.workflowId).result()).toBe('mended');
    await successor.stop();
    expect(await troubleOf(key, handle.workflowId, 'gone')).toBeUndefined();
    expect(await lastAction()).toMatchObject({ action: 'retry', reason: 'release 2', outcome: 'done' });
  }, 90_000);

  it('a statement too; one that never got through its first task starts anew', async () => {
    const sha256 = randomUUID().replaceAll('-', '').repeat(2);
    const workflowId = `statement/${organisation}/${sha256}`;
    const handle = await begin('noSuchWorkflow', queues.mended, workflowId);
    const trouble = await troubleOf(key, workflowId);
    expect(trouble).toMatchObject({ kind: 'workflow-task-failing', reference: null });
    expect((await ask(`/v1/bank-statements/${sha256}`, { key })).status).toBe(503);
    expect((await act(trouble?.id, 'retry', { reason: 'to see' })).status).toBe(200);
    expect(await troubleOf(key, workflowId)).toMatchObject({ id: trouble?.id });
    await temporal.workflow.getHandle(handle.workflowId).terminate();
    expect(await troubleOf(key, workflowId, 'gone')).toBeUndefined();
  }, 90_000);

  it('whoever tells a shipment that is stuck so is told to come again, and never that it was heard', async () => {
    const handle = await begin('noSuchWorkflow', queues.mended);
    await troubleOf(key, handle.workflowId);
    const said = { messageId: 'm', occurredAt: new Date().toISOString(), source: 'test' };
    const answer = await ask('/v1/shipments/noSuchWorkflow-1/events/cancellation', {
      body: { ...said, reason: 'no longer wanted' },
      key,
    });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    await handle.terminate();
  }, 90_000);

  it('pinned to a broken version of its worker, override moves it to the current one; so it does when nobody runs its version any more', async () => {
    await makeCurrent(temporal, queues.versioned, 'one');
    const left = await begin('stuckInTask', queues.versioned, `shipment/${organisation}/LEFT-1`);
    // It has its version once it has come to its first wait.
    await until(
      async () => ({ ...(await ask('/healthz')), status: (await left.fetchHistory()).events?.length ?? 0 }),
      ({ status }) => status >= 4,
    );
    const handle = await begin('stuckInTask', queues.versioned, `shipment/${organisation}/PINNED-1`);
    await handle.signal('go');
    const trouble = await troubleOf(key, handle.workflowId);
    expect(await act(trouble?.id, 'override', { reason: 'try' })).toMatchObject({
      status: 409,
      json: { detail: expect.stringContaining('which is the current version') },
    });
    const versionTwo = await startWorker(queues.versioned, 'mended', 'two');
    await makeCurrent(temporal, queues.versioned, 'two');
    expect((await act(trouble?.id, 'override', { reason: 'release 2 is out' })).status).toBe(200);
    expect(await handle.result()).toBe('mended');

    await versionOne.stop();
    await left.signal('go');
    let alone: Json | undefined;
    // It counts as left alone after a while only, longer than one look waits.
    for (let looks = 0; !alone && looks < 4; looks++) alone = await troubleOf(key, left.workflowId);
    expect(alone).toMatchObject({ kind: 'workflow-task-failing', detail: { version: 'one' }, actions: ['override'] });
    expect((await act(alone?.id, 'retry', { reason: 'try' })).status).toBe(409);
    expect((await act(alone?.id, 'override', { reason: 'version one is gone' })).status).toBe(200);
    expect(await left.result()).toBe('mended');
    await versionTwo.stop();
  }, 120_000);
});

describe('tasks', () => {
  const question = (kind: string, ownerRole: Question['ownerRole']): Question => ({
    key: 'q',
    kind: kind as TaskKind,
    question: `What about this ${kind}?`,
    evidence: [],
    choices: [{ id: 'seen', label: 'seen' }],
    ownerRole,
  });
  const put = (id: string, asked: Question) => {
    const at = new Date().toISOString();
    const dueAt = new Date(Date.now() + 3_600_000).toISOString();
    return database.within(organisation, (transaction) =>
      insertTask(transaction, {
        id,
        reference: null,
        workflowId: null,
        question: asked,
        askedAt: at,
        deadline: {
          ...{ id: 'd', basis: 'b', jurisdiction: 'CN', owner: asked.ownerRole },
          startedAt: at,
          dueAt,
          warnAt: [],
          provisional: false,
        },
      }),
    );
  };

  it('one for a role without a key shows in all views, until it is handed to a role that has one', async () => {
    await put('of-nobody', question('receipt-unmatched', 'finance'));
    const trouble = await troubleOf(key, 'of-nobody');
    await expectInAllViews(trouble, 'task-unowned');
    expect((await act(trouble?.id, 'retry', { reason: 'try' })).status).toBe(409);
    expect((await act(trouble?.id, 'override', { reason: 'try' })).status).toBe(409);
    const handed = await doctor(
      key,
      'override',
      String(trouble?.id),
      '--reason',
      'finance is not hired yet',
      '--to',
      'engineer',
    );
    expect(handed).toMatchObject({ status: 0 });
    expect(await troubleOf(key, 'of-nobody', 'gone')).toBeUndefined();
    expect((await ask('/v1/tasks?role=engineer', { key })).json.tasks).toMatchObject([{ id: 'of-nobody' }]);
    expect(await lastAction()).toMatchObject({ action: 'override', outcome: 'done', kind: 'task-unowned' });
  }, 60_000);

  it('a message that fits nowhere shows in all views, until it is closed as seen', async () => {
    await put('misfit', question('message-misfit', 'engineer'));
    const trouble = await troubleOf(key, 'misfit');
    await expectInAllViews(trouble, 'message-misfit');
    expect((await act(trouble?.id, 'override', { reason: 'a test of the sender' })).status).toBe(200);
    expect(await troubleOf(key, 'misfit', 'gone')).toBeUndefined();
    const { json } = await ask('/v1/tasks?status=answered', { key });
    expect(json.tasks).toMatchObject([{ id: 'misfit', answer: { choice: 'seen', reason: 'a test of the sender' } }]);
  }, 60_000);
});

describe('who may, and what is asked wrongly', () => {
  it('a counterparty sees nothing of it; another organisation neither', async () => {
    expect((await ask('/v1/troubles', { key: counterpartyKey })).status).toBe(403);
    expect((await act('x', 'retry', { reason: 'r' }, counterpartyKey)).status).toBe(403);
    expect((await ask('/v1/troubles')).text).not.toContain(organisation);
  });
  it('no reason: 422; a trouble that is over: 404', async () => {
    expect((await act('x', 'retry', {})).status).toBe(422);
    expect((await act('x', 'retry', { reason: ' ' })).status).toBe(422);
    expect((await act('x', 'retry', { reason: 'r' })).status).toBe(404);
  });
});

describe('npm run doctor', () => {
  it('finds the stack by its running.json', async () => {
    const dataDir = (process.env.QUAYSIDE_TEST_STACK ?? '').replace(/\/running\.json$/, '');
    const { text } = await runDoctor({ ...process.env, QUAYSIDE_DATA_DIR: dataDir });
    expect(text).toMatch(/^Quayside at http.*\n {2}database +ok\n {2}engine +ok\n {2}files +ok\n {2}worker +ok\n/);
  }, 30_000);
  it('nothing is wrong: 0; nobody answers: 2; not understood: 64', async () => {
    const well = `well-${organisation}`.slice(0, 32);
    await ensureOrganisation(databaseUrl, { slug: well, keys: [{ role: 'manager', key: `manager-of-${well}` }] });
    expect(await doctor(`manager-of-${well}`)).toMatchObject({
      status: 0,
      text: expect.stringContaining('Nothing is stuck.'),
    });
    const nowhere = await runDoctor({ ...process.env, QUAYSIDE_URL: 'http://127.0.0.1:1', QUAYSIDE_KEY: 'k' });
    expect(nowhere).toMatchObject({ status: 2, text: expect.stringContaining('does not answer') });
    expect(await doctor(key, 'retry', 'x')).toMatchObject({ status: 64, text: expect.stringContaining('--reason') });
  }, 60_000);
});
