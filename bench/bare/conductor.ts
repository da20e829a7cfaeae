import type { WorkflowHandle } from '@temporalio/client';
import { WorkflowClock } from '../../simulation/clock.ts';
import { PATIENCE_MS, patiently, pause } from '../../simulation/patience.ts';
import type { Site } from '../site.ts';
import { Turnstile } from '../turnstile.ts';
import { BARE_TASK_QUEUE, type Score } from './score.ts';

const HOUR_IN_MS = 3_600_000;
/** As the API's import starts orders. */
const STARTED_AT_A_TIME = 5;

/** Starts bare workflows and drives them as `simulation/play.ts` drives shipments: settled, looked at, moved on, told. */
export class Conductor {
  private readonly site: Site;
  private readonly score: Score;

  constructor(site: Site, score: Score) {
    this.site = site;
    this.score = score;
  }

  /** Starts them all and plays each to its end. @throws Error when one does not play all of its score. */
  async play(workflowIds: readonly string[], atATime: number): Promise<void> {
    const { client } = this.site;
    const { beats } = this.score;
    for (let first = 0; first < workflowIds.length; first += STARTED_AT_A_TIME)
      await Promise.all(
        workflowIds
          .slice(first, first + STARTED_AT_A_TIME)
          .map((workflowId) =>
            client.workflow.start('bareShipment', { taskQueue: BARE_TASK_QUEUE, workflowId, args: [beats] }),
          ),
      );
    const turnstile = new Turnstile(atATime);
    await Promise.all(
      workflowIds.map(async (workflowId) => {
        await turnstile.enter();
        try {
          await this.drive(client.workflow.getHandle(workflowId), () => turnstile.giveWay());
        } finally {
          turnstile.leave();
        }
      }),
    );
  }

  private async drive(handle: WorkflowHandle, rest: () => Promise<void>): Promise<void> {
    const { client, running, signal } = this.site;
    const clock = new WorkflowClock(client, running.temporalNamespace, handle.workflowId);
    for (const cue of this.score.cues) {
      signal.throwIfAborted();
      if (cue === 'message') {
        await patiently(() => handle.executeUpdate('tell'));
        continue;
      }
      await clock.settled();
      await this.look(handle);
      await rest();
      await clock.forwardTo(new Date(Date.parse(clock.now()) + HOUR_IN_MS).toISOString());
    }
    const played = await patiently(() => handle.result());
    if (played !== this.score.beats.length)
      throw new Error(`${handle.workflowId} played ${played} of ${this.score.beats.length} beats`);
  }

  /** Right after a jump the engine may have no task to answer a query from: asked again, as a shipment is. */
  private async look(handle: WorkflowHandle): Promise<void> {
    for (const until = Date.now() + PATIENCE_MS; ; await pause(20)) {
      try {
        await handle.query('stands');
        return;
      } catch (error) {
        if (Date.now() > until) throw error;
      }
    }
  }
}
