import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Instant } from '../rules/civil-date.ts';
import { shipmentWorkflowId, stateQuery } from '../workflows/messages.ts';
import type { ShipmentView } from '../workflows/view.ts';
import { WorkflowClock } from './clock.ts';
import { PATIENCE_MS, patiently, pause } from './patience.ts';
import type { Scenario } from './scenario.ts';
import { earliest, type Running, World } from './world.ts';

const DAY_IN_MS = 86_400_000;
const MINUTE_IN_MS = 60_000;
/** More steps than any written case takes: a case that goes round in circles must end with a message. */
const STEPS_MOST = 500;

interface Planned {
  at: Instant;
  /** The task that it answers; it is dropped when the task is not open any more. */
  taskId?: string;
  do: () => Promise<unknown>;
}

export interface Played {
  reference: string;
  outcome: string | null;
  /** Set when the case could not be played to its end. */
  error?: string;
}

/**
 * Plays one case as a discrete-event simulation: forward to the next thing that happens (a deed of the scenario, an
 * answer that a sandbox has due, a warning or deadline of the shipment itself), let it happen, and on. `beforeStep` is
 * called when the shipment rests, before the clock moves.
 */
export async function play(
  client: Client,
  running: Running,
  scenario: Scenario,
  progress: (line: string) => void,
  signal?: AbortSignal,
  beforeStep: () => Promise<void> = async () => undefined,
): Promise<Played> {
  const { reference } = scenario;
  const workflowId = shipmentWorkflowId(running.organisation, reference);
  const clock = new WorkflowClock(client, running.temporalNamespace, workflowId);
  const world = new World(
    running,
    reference,
    clock,
    async (statementId) => void (await patiently(() => client.workflow.getHandle(statementId).result())),
  );
  const start = Date.parse(clock.now());
  const planned: Planned[] = scenario.onDay.map(([day, deed]) => ({
    at: new Date(start + day * DAY_IN_MS).toISOString(),
    do: () => deed(world),
  }));
  const answered = new Set<string>();
  let shown = '';
  for (let steps = 0; steps < STEPS_MOST; steps++) {
    signal?.throwIfAborted();
    const dueNow = takeDue(planned, clock.now());
    for (const deed of dueNow) await deed.do();
    if ((await clock.settled()) === 'closed') return { reference, outcome: await outcomeOf(client, workflowId) };
    // Only now: before it was settled, what the shipment sends out could still be on its way to the sandboxes.
    const { delivered, nextDueAt } = await world.deliverDue(clock.now());
    if (delivered > 0) continue;
    const view = await look(client, workflowId);
    planAnswers(view, scenario, planned, answered, world);
    if (`${view.stage}${view.moneyStage}` !== shown) {
      shown = `${view.stage}${view.moneyStage}`;
      progress(`${clock.now().slice(0, 10)} ${view.stage}${view.moneyStage ? ` · ${view.moneyStage}` : ''}`);
    }
    const next = earliest([nextDueAt, view.nextMoment, ...planned.map((deed) => deed.at)]);
    if (next === null)
      return {
        reference,
        outcome: null,
        error: `nothing will ever happen: waits on ${JSON.stringify(view.waitingOn)}`,
      };
    await beforeStep();
    if ((await clock.forwardTo(clearOfTimers(next, view.nextMoment))) === 'closed')
      return { reference, outcome: await outcomeOf(client, workflowId) };
  }
  return { reference, outcome: null, error: `not ended after ${STEPS_MOST} steps` };
}

/**
 * A jump must not end while a step runs that a timer inside it started: when the target passes in that moment, the
 * server (1.32.0) was seen to skip on to the next timer, days too far. A minute past the timer is time enough.
 */
function clearOfTimers(next: Instant, timer: Instant | null): Instant {
  const clear = timer === null ? 0 : Date.parse(timer) + MINUTE_IN_MS;
  return timer !== null && Date.parse(timer) <= Date.parse(next) + MINUTE_IN_MS ? new Date(clear).toISOString() : next;
}

function takeDue(planned: Planned[], now: Instant): Planned[] {
  const due = planned.filter((deed) => deed.at <= now).sort((a, b) => a.at.localeCompare(b.at));
  for (const deed of due) planned.splice(planned.indexOf(deed), 1);
  return due;
}

/** Plans an answer for each newly asked task. A task that the scenario did not foresee is a failure of one of the two. */
function planAnswers(
  view: ShipmentView,
  scenario: Scenario,
  planned: Planned[],
  answered: Set<string>,
  world: World,
): void {
  for (const deed of planned.filter(({ taskId }) => taskId && !view.openTasks.some((task) => task.id === taskId)))
    planned.splice(planned.indexOf(deed), 1);
  for (const task of view.openTasks) {
    if (answered.has(task.id)) continue;
    answered.add(task.id);
    const answer = scenario.answers[task.kind];
    // A paper that is asked for comes on its own day, and answers by itself.
    if (!answer && task.kind === 'paper-wanted') continue;
    if (!answer) throw new Error(`${scenario.reference}: nobody in the scenario answers ${task.kind} (${task.title})`);
    planned.push({
      at: new Date(Date.parse(task.askedAt) + answer.afterDays * DAY_IN_MS).toISOString(),
      taskId: task.id,
      do: () => answer.do(world, task.id),
    });
  }
}

/** Right after a jump the engine may have no task to answer a query from: asked again. */
async function look(client: Client, workflowId: string): Promise<ShipmentView> {
  for (const until = Date.now() + PATIENCE_MS; ; ) {
    try {
      return await client.workflow.getHandle(workflowId).query(stateQuery);
    } catch (error) {
      if (Date.now() > until || error instanceof WorkflowNotFoundError) throw error;
      await pause(20);
    }
  }
}

async function outcomeOf(client: Client, workflowId: string): Promise<string> {
  const closing = await patiently(() => client.workflow.getHandle(workflowId).result());
  return (closing as { outcome: string }).outcome;
}
