import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import proto from '@temporalio/proto';
import type { Instant } from '../rules/civil-date.ts';
import { patiently, pause } from './patience.ts';

const { FastForwardPollingResult: Polling } = proto.temporal.api.enums.v1;
const POLL_EVERY_MS = 15;
/** More than a worker that is killed and started again costs; a workflow that its own code stops takes more tries without end. */
const ATTEMPTS_MOST = 12;

/**
 * One workflow's own clock on the ordinary server: it can be moved ahead, past everything that only waits. No second
 * code path in the workflow and no time factor: the server skips what nothing happens in.
 */
export class WorkflowClock {
  private ahead = 0;
  private jumps = 0;
  private readonly client: Client;
  private readonly namespace: string;
  private readonly workflowId: string;

  constructor(client: Client, namespace: string, workflowId: string) {
    this.client = client;
    this.namespace = namespace;
    this.workflowId = workflowId;
  }

  /** What the workflow's clock shows now: as the engine said when it was last settled, and the time since. */
  now(): Instant {
    return new Date(Date.now() + this.ahead).toISOString();
  }

  /**
   * Until nothing is under way: no activity pending, no workflow task. Only then may the clock jump, because an
   * activity that waits for its next try would be skipped like a timer. @throws Error when its own code keeps the workflow
   * from going on.
   */
  async settled(): Promise<'running' | 'closed'> {
    for (;;) {
      const { raw, status } = await patiently(() => this.client.workflow.getHandle(this.workflowId).describe());
      if (status.name !== 'RUNNING') return 'closed';
      const current = raw.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
      if (current) this.ahead = Number(current.seconds) * 1000 + (current.nanos ?? 0) / 1e6 - Date.now();
      if ((raw.pendingActivities?.length ?? 0) === 0 && !raw.pendingWorkflowTask) return 'running';
      if ((raw.pendingWorkflowTask?.attempt ?? 0) > ATTEMPTS_MOST)
        throw new Error(`the workflow task of ${this.workflowId} fails again and again: see it in the Temporal UI`);
      await pause(POLL_EVERY_MS);
    }
  }

  /** Moves the clock to a moment, or a little past it; `closed` when the workflow ended on the way. */
  async forwardTo(moment: Instant): Promise<'there' | 'closed'> {
    const milliseconds = Date.parse(moment) - Date.parse(this.now()) + 2;
    if (milliseconds <= 2) return 'there';
    const fastForwardId = `jump-${++this.jumps}-${Date.now()}`;
    const workflowExecution = { workflowId: this.workflowId };
    const service = this.client.workflowService;
    try {
      await patiently(() =>
        service.updateWorkflowExecutionOptions({
          namespace: this.namespace,
          workflowExecution,
          workflowExecutionOptions: {
            timeSkippingConfig: {
              enabled: true,
              fastForwardConfig: {
                id: fastForwardId,
                duration: {
                  seconds: Math.floor(milliseconds / 1000) as never,
                  nanos: (milliseconds % 1000) * 1_000_000,
                },
              },
            },
          },
          updateMask: { paths: ['time_skipping_config'] },
        }),
      );
      for (;;) {
        const { fastForwardPollingResult: result, failedReason } = await patiently(() =>
          service.pollWorkflowExecutionTimeSkipping({ namespace: this.namespace, workflowExecution, fastForwardId }),
        );
        if (result === Polling.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED) break;
        if (result !== Polling.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED) continue;
        if ((await this.settled()) === 'closed') return 'closed';
        throw new Error(`the clock of ${this.workflowId} did not move: ${failedReason}`);
      }
    } catch (error) {
      if (isEnded(error)) return 'closed';
      throw error;
    }
    this.ahead += milliseconds;
    return 'there';
  }
}

function isEnded(error: unknown): boolean {
  return (
    error instanceof WorkflowNotFoundError ||
    (error instanceof Error && /workflow execution already completed|not found/i.test(error.message))
  );
}
