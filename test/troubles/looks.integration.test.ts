import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { beginRecheck, findRecheck } from '../../store/rechecks.ts';
import { recheckWorkflowId } from '../../workflows/messages.ts';
import { type Json, until } from '../api/running-stack.ts';
import { ask, type StuckWorker, startWorker, troubleOf } from './stuck.ts';
import { openSubject, type Subject } from './subject.ts';

let subject: Subject;
let mended: StuckWorker;
let broken: StuckWorker;
const queue = { mended: `looks-mended-${randomUUID()}`, broken: `looks-broken-${randomUUID()}` };

beforeAll(async () => {
  subject = await openSubject('looks');
  [mended, broken] = await Promise.all([startWorker(queue.mended, 'mended'), startWorker(queue.broken, 'broken')]);
}, 120_000);
afterAll(async () => {
  await Promise.all([mended.stop(), broken.stop()]);
  await subject.close();
});

/** A look that is on record, begun some minutes ago. */
async function wanted(): Promise<{ id: string; workflowId: string }> {
  const id = `look-${randomUUID()}`;
  const startedAt = new Date(Date.now() - 300_000).toISOString();
  await subject.database.within(subject.organisation, (transaction) =>
    beginRecheck(transaction, { id, cause: { kind: 'rule', what: 'a rule of the test' }, startedAt }),
  );
  return { id, workflowId: recheckWorkflowId(subject.organisation, id) };
}

/** It is made, and nothing is left to tell. */
async function expectMade(id: string, workflowId: string): Promise<void> {
  await subject.temporal.workflow.getHandle(workflowId).result();
  expect(await troubleOf(subject.key, workflowId, 'gone')).toBeUndefined();
  const row = await subject.database.within(subject.organisation, (transaction) => findRecheck(transaction, id));
  expect(row?.finishedAt).toEqual(expect.any(String));
}

describe('a look at all open shipments', () => {
  it('whose task fails shows; ended so, it shows as that, and a retry makes it again', async () => {
    const { id, workflowId } = await wanted();
    const handle = await subject.begin('stuckInTask', queue.broken, workflowId);
    await handle.signal('go');
    const failing = await troubleOf(subject.key, workflowId);
    expect(failing).toMatchObject({ kind: 'workflow-task-failing', what: expect.stringContaining('a defect in the') });
    expect(failing?.what).toContain(`the look ${id} at all open shipments`);
    await handle.terminate('by hand');
    const ended = await troubleOf(subject.key, workflowId, ({ detail }) => detail?.ended !== undefined);
    expect(ended).toMatchObject({ actions: ['retry'], detail: { ended: 'terminated' } });
    await subject.expectTold(ended as { id: unknown });
    expect((await subject.act(ended?.id, 'override')).status).toBe(409);
    expect(await subject.act(ended?.id, 'retry')).toMatchObject({ status: 200 });
    await expectMade(id, workflowId);
  }, 90_000);

  it('that was called for and never began shows after a minute, and a retry begins it', async () => {
    const { id, workflowId } = await wanted();
    const trouble = await troubleOf(subject.key, workflowId);
    expect(trouble).toMatchObject({ kind: 'not-started', actions: ['retry'] });
    await subject.expectTold(trouble as { id: unknown });
    expect(await subject.act(trouble?.id, 'retry')).toMatchObject({ status: 200 });
    await expectMade(id, workflowId);
  }, 60_000);

  it('whose step does not get through shows as a shipment’s would', async () => {
    const workflowId = recheckWorkflowId(subject.organisation, `look-${randomUUID()}`);
    const handle = await subject.begin('stuckStep', queue.mended, workflowId);
    const trouble = await troubleOf(subject.key, workflowId);
    expect(trouble).toMatchObject({
      ...{ kind: 'step-retrying', reference: null, actions: ['retry'] },
      what: expect.stringContaining('customs does not answer'),
    });
    await handle.terminate();
    expect(await troubleOf(subject.key, workflowId, 'gone')).toBeUndefined();
  }, 60_000);
});

describe('the daily look at what has grown old', () => {
  const workflowId = `reference-age-workflow-${randomUUID()}`;

  it('is the whole service’s: what is stuck in it shows to every organisation, without words that may be another’s', async () => {
    const handle = await subject.begin('referenceAge', queue.mended, workflowId);
    const trouble = await troubleOf(subject.key, workflowId);
    expect(trouble).toMatchObject({ kind: 'step-retrying', detail: { activity: 'tellCustoms' }, actions: ['retry'] });
    expect(JSON.stringify(trouble)).not.toContain('customs does not answer');
    await handle.terminate('by hand');
    const ended = await troubleOf(subject.key, workflowId, ({ detail }) => detail?.ended !== undefined);
    expect(ended).toMatchObject({ what: expect.stringContaining('is terminated in the engine'), actions: ['retry'] });
    await subject.expectTold(ended as { id: unknown });
  }, 60_000);

  it('is made at once by a retry, and then nothing is stuck', async () => {
    const trouble = await troubleOf(subject.key, workflowId);
    expect(await subject.act(trouble?.id, 'retry')).toMatchObject({ status: 200 });
    expect(await troubleOf(subject.key, workflowId, 'gone')).toBeUndefined();
    const { json } = await until(
      () => ask('/v1/troubles', { key: subject.key }),
      (answer) => answer.status === 200,
    );
    expect((json.actions as unknown as Json[])[0]).toMatchObject({
      action: 'retry',
      outcome: 'done',
      reason: 'a test',
    });
  }, 60_000);
});
