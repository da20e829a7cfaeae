import { peopleActivities } from '../../activities/people/activities.ts';
import { WorkflowClock } from '../../simulation/clock.ts';
import { pause } from '../../simulation/patience.ts';
import type { Played } from '../../simulation/play.ts';
import type { Scenario } from '../../simulation/scenario.ts';
import { World } from '../../simulation/world.ts';
import { shipmentWorkflowId } from '../../workflows/messages.ts';
import { orders, Visitor } from '../scenarios/visitor.ts';
import type { Case } from './cases.ts';
import { complaintsOfTheEnd, differencesOf, Look, type Site, type Trace } from './checks.ts';
import type { Fault, Faults, Run, Sent } from './faults.ts';
import { answerStatement, waitsOfStatement } from './statements.ts';

/** A case in which steps go wrong. */
export interface Cell {
  of: Case;
  faults: Fault[];
}

/** How a cell ended. */
export interface Ended {
  complaints: string[];
  trace: Trace | null;
  runs: Run[];
  /** What its steps sent to counterparties. */
  sent: Sent[];
  seconds: number;
}

/** What asks people, and what the asking rests on: no task can tell of a defect in it, so it is tried again until it is mended. */
const toldToNobody = [...Object.keys(peopleActivities({} as never)), 'recordProgress'];
/** A step that has failed so often is seen by whoever watches the worker. */
const TRIES_THAT_ARE_SEEN = 3;
const MENDED_AFTER_DAYS = 0.01;
const ENDS_WITHIN_MS = 180_000;

/** Plays a cell under a reference of its own and says what is wrong with how it ended. `clean` is how its case ends when nothing goes wrong. */
export async function playCell(
  site: Site,
  faults: Faults,
  { of, faults: tested }: Cell,
  reference: string,
  clean?: Trace,
): Promise<Ended> {
  const began = performance.now();
  const laid = [...tested, ...of.standing.filter(({ activity }) => !tested.some((one) => one.activity === activity))];
  faults.lay(reference, laid);
  const engineer = new Engineer(site, faults, reference);
  const scenario: Scenario = {
    ...of.scenario,
    reference,
    answers: { ...of.scenario.answers, defect: engineer.answer },
  };
  const complaints: string[] = [];
  let trace: Trace | null = null;
  try {
    await of.loadsLists?.(worldOf(site, reference));
    await site.visitor.bringIn(orders({ [reference]: of.order }));
    const played = await playedInTime(site, of, scenario, engineer);
    complaints.push(...(await complaintsOfTheEnd(site, scenario, played)));
    if (played.error === undefined) {
      const look = await Look.at(site, reference);
      trace = await look.trace();
      complaints.push(...(await look.complaints()), ...(clean ? differencesOf(trace, clean) : []));
    }
  } catch (error) {
    complaints.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const runs = faults.runs(reference);
  const sent = faults.sent(reference);
  if (complaints.length === 0) complaints.push(...complaintsOfTheFaults(laid, tested, { runs, sent }, engineer.helped));
  return { complaints, trace, runs, sent, seconds: (performance.now() - began) / 1000 };
}

/** The world before the shipment is there. */
function worldOf({ client, visitor: { running } }: Site, reference: string): World {
  const workflowId = shipmentWorkflowId(running.organisation, reference);
  const clock = new WorkflowClock(client, running.temporalNamespace, workflowId);
  return new World(running, reference, clock, async () => undefined);
}

/** A step that is never mended, or never ends, must not keep the others waiting. */
async function playedInTime(site: Site, of: Case, scenario: Scenario, engineer: Engineer): Promise<Played> {
  const { running } = site.visitor;
  const sandboxes = { ...running.sandboxes };
  if (of.unheard) delete sandboxes[of.unheard];
  const over = AbortSignal.timeout(ENDS_WITHIN_MS);
  const late = new Promise<Played>((resolve) =>
    over.addEventListener('abort', () =>
      resolve({
        ...{ reference: scenario.reference, outcome: null },
        error: `not ended in ${ENDS_WITHIN_MS / 1000} s`,
      }),
    ),
  );
  const done = new AbortController();
  const watching = engineer.watch(AbortSignal.any([over, done.signal]));
  try {
    const playing = new Visitor({ ...running, sandboxes }).play(site.client, scenario);
    return await Promise.race([playing, late, watching.then(() => late)]);
  } finally {
    done.abort();
  }
}

/** A cell whose fault was never met proves nothing; and an engineer is asked of a defect, and of nothing else. */
function complaintsOfTheFaults(
  laid: readonly Fault[],
  tested: readonly Fault[],
  { runs, sent }: Pick<Ended, 'runs' | 'sent'>,
  helped: number,
): string[] {
  const defects = laid.filter(({ mode }) => mode === 'until-a-person-helps');
  const tellable = defects.filter(({ activity }) => !toldToNobody.includes(activity));
  return [
    ...tested
      .filter(({ activity, mode }) => !runs.some((run) => run.activity === activity && run.mode === mode))
      .map(({ activity }) => `${activity} was never run with its fault`),
    ...tested
      .filter(({ mode }) => mode === 'cut-after-sending')
      .filter(({ activity }) => !sent.some((one) => one.activity === activity && one.isAnswerLost))
      .map(({ activity }) => `${activity} sent nothing whose answer was lost`),
    ...tested
      .filter(({ mode }) => mode === 'away-for-hours' && tested.length === 1)
      .filter(({ activity }) => !movedBeforeItsNextTry(runs.filter((run) => run.activity === activity)))
      .map(({ activity }) => `the workflow did not continue as new while ${activity} reached nobody`),
    ...(tellable.length > 0 && helped === 0 ? ['no engineer was asked of the defect'] : []),
    ...(defects.length === 0 && helped > 0 ? ['an engineer was asked, and nothing was broken'] : []),
  ];
}

/** Whether a step that reached nobody was taken again by the next run of its workflow. */
function movedBeforeItsNextTry(runs: readonly Run[]): boolean {
  return runs.some(({ runId, workflowId }, n) =>
    runs.slice(n + 1).some((later) => later.workflowId === workflowId && later.runId !== runId),
  );
}

/** Who mends what is broken: asked by a task, or seeing that a step is tried again and again. */
class Engineer {
  /** Tasks that were answered. */
  helped = 0;
  private readonly site: Site;
  private readonly faults: Faults;
  private readonly reference: string;

  constructor(site: Site, faults: Faults, reference: string) {
    this.site = site;
    this.faults = faults;
    this.reference = reference;
  }

  /** How the shipment's own tasks are answered. */
  readonly answer: NonNullable<Scenario['answers']['defect']> = {
    afterDays: MENDED_AFTER_DAYS,
    do: async (world, taskId) => {
      this.helped += 1;
      this.faults.mend(this.reference);
      await world.answer(taskId, 'retry', 'mended');
    },
  };

  /** Sees to the statements, whose tasks belong to no shipment, and to what can be told to nobody. */
  async watch(until: AbortSignal): Promise<void> {
    if (!this.faults.of(this.reference)?.some(({ mode }) => mode === 'until-a-person-helps')) return;
    while (!until.aborted) {
      const broken = this.faults.broken(this.reference);
      if (broken.some(({ attempt }) => attempt >= TRIES_THAT_ARE_SEEN)) this.faults.mend(this.reference);
      for (const { workflowId } of broken)
        if (workflowId.startsWith('statement/')) await this.helpStatement(workflowId.split('/')[2] ?? '');
      await pause(60);
    }
  }

  private async helpStatement(sha256: string): Promise<void> {
    const { visitor } = this.site;
    const waits = await waitsOfStatement(visitor, sha256);
    for (const { taskId } of waits.filter(({ what, until }) => what === 'defect' && until !== null)) {
      this.helped += 1;
      this.faults.mend(this.reference);
      await answerStatement(visitor, taskId, 'retry', 'mended');
    }
  }
}
