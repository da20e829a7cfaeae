import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { troubleReader } from '../../api/troubles/keep.ts';
import { SHIPMENTS_TASK_QUEUE, shipmentWorkflowId } from '../../workflows/messages.ts';
import { type Json, until } from '../api/running-stack.ts';
import { ask, makeCurrent, type StuckWorker, startWorker, troubleOf } from './stuck.ts';
import { openSubject, type Subject } from './subject.ts';

let subject: Subject;
let versionOne: StuckWorker;
const queue = `steps-${randomUUID()}`;

beforeAll(async () => {
  subject = await openSubject('steps');
  versionOne = await startWorker(queue, 'broken', 'one');
  await makeCurrent(subject.temporal, queue, 'one');
}, 120_000);
afterAll(async () => {
  await versionOne.stop();
  await subject.close();
});

/** A shipment whose step was refused once, as the engine has it. */
async function withRefusedStep(reference: string): Promise<WorkflowHandle> {
  await subject.store(reference);
  const handle = await subject.begin('slowStep', queue, shipmentWorkflowId(subject.organisation, reference));
  await until(
    async () => ({ ...(await ask('/healthz')), status: (await stepOf(handle))?.lastFailure ? 1 : 0 }),
    ({ status }) => status === 1,
  );
  return handle;
}

async function stepOf({ workflowId }: WorkflowHandle) {
  const { namespace } = subject.temporal.options;
  const described = await subject.temporal.workflowService.describeWorkflowExecution({
    namespace,
    execution: { workflowId },
  });
  return described.pendingActivities?.[0];
}

describe('a step that was tried too seldom to be noted', () => {
  it('paused in the engine: it shows, says who paused it and why, and a retry takes the pause off', async () => {
    const handle = await withRefusedStep('PAUSED-1');
    const { namespace } = subject.temporal.options;
    await subject.temporal.workflowService.pauseActivity({
      ...{ namespace, execution: { workflowId: handle.workflowId }, id: '1' },
      ...{ identity: 'somebody', reason: 'until Monday' },
    });
    const trouble = await troubleOf(subject.key, handle.workflowId);
    expect(trouble).toMatchObject({
      ...{ kind: 'step-retrying', reference: 'PAUSED-1', actions: ['retry'] },
      what: expect.stringContaining('paused in the engine'),
      detail: { activity: 'tellCarrier', pausedBy: 'somebody', because: 'until Monday' },
    });
    await subject.expectTold(trouble);
    expect((await subject.act(trouble?.id, 'retry')).status).toBe(200);
    expect(await troubleOf(subject.key, handle.workflowId, 'gone')).toBeUndefined();
    expect((await stepOf(handle))?.paused).toBe(false);
    await handle.terminate();
  }, 60_000);

  it('of a version that nobody runs any more: it shows, and an override has it taken by the current one', async () => {
    const handle = await withRefusedStep('LEFT-1');
    await versionOne.stop();
    let trouble: Json | undefined;
    // It counts as left alone after a while only, longer than one look waits.
    for (let looks = 0; !trouble && looks < 4; looks++) trouble = await troubleOf(subject.key, handle.workflowId);
    expect(trouble).toMatchObject({
      ...{ kind: 'workflow-task-failing', actions: ['override'] },
      what: expect.stringContaining('takes its step tellCarrier'),
      detail: { version: 'one', step: 'tellCarrier' },
    });
    await subject.expectTold(trouble);
    const versionTwo = await startWorker(queue, 'mended', 'two');
    await makeCurrent(subject.temporal, queue, 'two');
    expect((await subject.act(trouble?.id, 'override')).status).toBe(200);
    expect(await handle.result()).toBe('told');
    await versionTwo.stop();
  }, 120_000);
});

describe('a reading', () => {
  it('asks the engine much at a time, and nobody is warned of its listeners', async () => {
    const warnings: string[] = [];
    const note = ({ name }: Error) => void warnings.push(name);
    process.on('warning', note);
    const reader = troubleReader(subject);
    await reader.now();
    await reader.stop();
    await new Promise(setImmediate);
    process.off('warning', note);
    expect(warnings).not.toContain('MaxListenersExceededWarning');
  }, 30_000);

  it('the worker of the stack says more than once a minute that it lives', async () => {
    const { namespace } = subject.temporal.options;
    const { workersInfo } = await subject.temporal.workflowService.listWorkers({
      ...{ namespace, pageSize: 100, query: `TaskQueue = '${SHIPMENTS_TASK_QUEUE}'` },
    });
    const [beat] = (workersInfo ?? []).map(({ workerHeartbeat }) => workerHeartbeat);
    expect(Number(beat?.heartbeatTime?.seconds)).toBeGreaterThan(Date.now() / 1000 - 40);
  });
});
