/** Scenario × activity × mode: which cells there are, and all of them or a sample played side by side. */
import { peopleActivities } from '../../activities/people/activities.ts';
import { recordActivities, recordProgressActivity } from '../../activities/records/activities.ts';
import { activitiesOf } from '../../worker/activities.ts';
import { type Case, casesOf } from './cases.ts';
import { type Cell, type Ended, playCell } from './cell.ts';
import type { Site, Trace } from './checks.ts';
import { type Fault, type Faults, inWords, type Mode, modes } from './faults.ts';
import { type Draw, pick, seeded, shuffled } from './seeded.ts';

/** Activities that no case reaches, each with why; every other one must be reached. */
const LOOK = 'of a look that belongs to no shipment, played in every mode by test/failures/looks.integration.test.ts';
export const reachedByNoCase: Record<string, string> = {
  beginRecheck: LOOK,
  recheckShipments: LOOK,
  endRecheck: LOOK,
  askAboutAgedReference: LOOK,
};

/** Names of all activities that the worker knows: one that is new is here by existing. Nothing is called, so nothing is needed. */
export function activityNames(): string[] {
  const nothing = {} as never;
  return Object.keys(
    activitiesOf({
      database: nothing,
      reference: nothing,
      temporal: nothing,
      counterparties: { customs: '', carrier: '', broker: '', taxBureau: '' },
    }),
  ).sort();
}

/** On our own records, within the workflow task or for as long as it takes: the engine's hours are for the outside alone. */
const ofOurOwn = Object.keys({
  ...peopleActivities({} as never),
  ...recordActivities({} as never),
  ...recordProgressActivity({} as never),
});

/** The ways in which a step can go wrong. */
function modesOf(activity: string): Mode[] {
  return modes.filter((mode) => mode !== 'away-for-hours' || !ofOurOwn.includes(activity));
}

/** A case that was played with nothing going wrong beside what stands in it: what it reaches, and what it leaves behind. */
export interface Clean {
  of: Case;
  reached: string[];
  trace: Trace;
}

/** A cell that was played. */
export interface Result extends Ended {
  cell: Cell;
  reference: string;
}

/** Plays cells on a site, each under a reference of its own. */
export class Matrix {
  readonly cases: Case[];
  private readonly site: Site;
  private readonly faults: Faults;
  private readonly sideBySide: number;
  private readonly run: string;
  private played = 0;

  constructor(site: Site, faults: Faults, sideBySide: number) {
    this.site = site;
    this.faults = faults;
    this.sideBySide = sideBySide;
    this.cases = casesOf(site.client);
    this.run = Date.now().toString(36).slice(-5).toUpperCase();
  }

  /** Plays cases with nothing going wrong: they say what the cells are, and how they must end. @throws Error when one ends otherwise than written. */
  async clean(cases: readonly Case[]): Promise<Clean[]> {
    const results = await this.playAll(
      cases.map((of) => ({ of, faults: [] })),
      () => undefined,
    );
    return results.map(({ cell, runs, trace, complaints, reference }) => {
      if (trace === null || complaints.length > 0)
        throw new Error(`${reference}, with nothing going wrong: ${complaints.join('\n')}`);
      return { of: cell.of, trace, reached: [...new Set(runs.map(({ activity }) => activity))].sort() };
    });
  }

  /** Plays cells, so many side by side, and tells each as it ends. */
  async playAll(cells: readonly (Cell & { clean?: Trace })[], onEnded: (result: Result) => void): Promise<Result[]> {
    const results: Result[] = [];
    const waiting = [...cells];
    const lane = async () => {
      for (let cell = waiting.shift(); cell; cell = waiting.shift()) {
        const reference = this.nextReference(cell.of);
        const result = {
          cell,
          reference,
          ...(await playCell(this.site, this.faults, cell, reference, cell.clean)),
        };
        results.push(result);
        onEnded(result);
      }
    };
    await Promise.all(Array.from({ length: this.sideBySide }, lane));
    return results;
  }

  /** The prefix says what the sandboxes do; the rest is this play's own. */
  private nextReference({ scenario: { reference } }: Case): string {
    this.played += 1;
    return `${reference.split('-')[0]}-${this.run}${String(this.played).padStart(4, '0')}`;
  }
}

/** Activities that no case reaches and that nobody has given a reason for. */
export function unreached(clean: readonly Clean[]): string[] {
  const reached = new Set(clean.flatMap((one) => one.reached));
  return activityNames().filter((name) => !reached.has(name) && !(name in reachedByNoCase));
}

/** Every cell: each activity that a case reaches, in each mode, alone. */
export function allCells(clean: readonly Clean[]): (Cell & { clean: Trace })[] {
  return clean.flatMap(({ of, reached, trace }) =>
    reached.flatMap((activity) =>
      modesOf(activity).map((mode) => ({ of, faults: [{ activity, mode }], clean: trace })),
    ),
  );
}

/** Cases that together reach every activity, a few more drawn by lot, so many in all. */
export function drawCases(cases: readonly Case[], covering: readonly string[], count: number, draw: Draw): Case[] {
  const named = cases.filter(({ scenario }) => covering.includes(scenario.reference));
  const others = shuffled(
    cases.filter((one) => !named.includes(one)),
    draw,
  );
  return [...named, ...others].slice(0, Math.max(count, named.length));
}

/**
 * A storm: every step that the case reaches goes wrong, each in a mode drawn by lot. A few shipments so meet most of
 * what the whole matrix holds, and each step meets the troubles of its neighbours.
 */
export function storms(clean: readonly Clean[], seed: string): (Cell & { clean: Trace })[] {
  return clean.map(({ of, reached, trace }) => {
    // By the case as well, so that it can be played again alone.
    const draw = seeded(`${seed}/${of.scenario.reference}`);
    const faults = reached
      // What stands in a case stays: a step is reached by it.
      .filter((activity) => !of.standing.some((fault) => fault.activity === activity))
      .map((activity): Fault => ({ activity, mode: pick(modesOf(activity), draw) }));
    return { of, clean: trace, faults };
  });
}

/** A failed cell for a person: what was played, what is wrong, and how to play it again. */
export function failureInWords({ cell: { of, faults }, reference, complaints }: Result): string {
  const [only] = faults;
  const again =
    faults.length === 1 && only ? `--activity ${only.activity} --mode ${only.mode}` : '--storms --seed <of this run>';
  return [
    `${of.scenario.reference} (${reference}): ${inWords(faults)}`,
    ...complaints.map((one) => `    ${one}`),
    `    again: npm run test:failures -- --scenario ${of.scenario.reference} ${again}`,
  ].join('\n');
}
