import { shipmentWorkflowId } from '../workflows/messages.ts';
import { Conductor } from './bare/conductor.ts';
import { scoreOf } from './bare/score-of-history.ts';
import { breakdownOf, kinds, sumOf } from './breakdown.ts';
import { median, quantile, shown } from './figures.ts';
import { type HistoryEvent, historiesOf } from './histories.ts';
import { playPlain } from './plain-case.ts';
import type { Result } from './result.ts';
import { type Site, withBareWorker } from './site.ts';
import { table } from './table.ts';
import { cpuSecondsOf, whyNoUsage } from './usage.ts';

const ROUNDS = 3;
/** Of all that are open: enough to keep two cores at work while commits wait for the disk. More only look more often whether they rest. */
const DRIVEN_AT_A_TIME = 4;

/** What works for a shipment, and is summed; then what stands beside. */
const working = ['worker', 'temporal', 'postgres'] as const;
const beside = ['api', 'sandbox', 'driver'] as const;
type Counted = 'sum' | (typeof working)[number] | (typeof beside)[number];

interface Round {
  wallSeconds: number;
  shipmentsPerSecond: number;
  /** A shipment's; nothing where they cannot be read. */
  cpuSeconds: Partial<Record<Counted, number>>;
}

interface Side {
  name: string;
  worker: 'worker' | 'bare-worker';
  /** Plays these at once, to their ends. @returns what did not end as written. */
  play: (references: readonly string[]) => Promise<string[]>;
}

/** Many shipments at once through the plain case, and as many bare workflows of the same shape, in turn. */
export function measureThroughput(site: Site, shipments: number): Promise<Result> {
  return withBareWorker(site, async () => {
    const model = 'MODEL-1';
    const complaints = await playPlain(site, [model], 1);
    const ours = await onlyRunOf(site, shipmentWorkflowId(site.running.organisation, model));
    const conductor = new Conductor(site, scoreOf(ours));
    await conductor.play(['bare/model'], 1);
    const theirs = await onlyRunOf(site, 'bare/model');

    const sides: Side[] = [
      {
        name: 'Quayside',
        worker: 'worker',
        play: (references) => playPlain(site, references, DRIVEN_AT_A_TIME),
      },
      {
        name: 'bare',
        worker: 'bare-worker',
        play: async (references) => {
          const workflowIds = references.map((reference) => `bare/${reference}`);
          await conductor.play(workflowIds, DRIVEN_AT_A_TIME);
          return [];
        },
      },
    ];
    const rounds = sides.map((): Round[] => []);
    for (let round = 1; round <= ROUNDS; round++)
      for (const [at, side] of sides.entries()) {
        const { measured, wrong } = await measure(site, side, referencesOf(round, shipments));
        rounds[at]?.push(measured);
        complaints.push(...wrong);
        site.say(`  round ${round} of ${ROUNDS}, ${side.name}: ${shown(measured.wallSeconds)} s`);
      }
    const figures = sides.map(({ name }, at) => ({ name, rounds: rounds[at] ?? [], ...mediansOf(rounds[at] ?? []) }));
    const printed = [
      ...introduction(shipments),
      '',
      ratesOf(figures),
      '',
      'What each does, n = 1',
      '',
      shapes(ours, theirs),
    ];
    return { printed: printed.join('\n'), figures: { shipments, sides: figures }, complaints };
  });
}

/** The plain case ends long before its history is long enough for a second run. */
async function onlyRunOf({ client }: Site, workflowId: string): Promise<HistoryEvent[]> {
  const [run, more] = await historiesOf(client, workflowId);
  if (!run || more) throw new Error(`${workflowId} went over several runs: a score is made of one`);
  return run;
}

const referencesOf = (round: number, shipments: number) =>
  Array.from({ length: shipments }, (_, nth) => `MANY-${round}-${String(nth + 1).padStart(4, '0')}`);

async function measure({ dataDir }: Site, { worker, play }: Side, references: readonly string[]) {
  const cpuSeconds = (): [Counted, number][] => {
    if (whyNoUsage()) return [];
    const { user, system } = process.cpuUsage();
    const driver = (user + system) / 1e6;
    return [...working, ...beside].map((counted) => [
      counted,
      counted === 'driver' ? driver : cpuSecondsOf(dataDir, counted === 'worker' ? worker : counted),
    ]);
  };
  const before = new Map(cpuSeconds());
  const began = performance.now();
  const wrong = await play(references);
  const wallSeconds = (performance.now() - began) / 1000;
  const each: Round['cpuSeconds'] = Object.fromEntries(
    cpuSeconds().map(([counted, after]) => [counted, (after - (before.get(counted) ?? 0)) / references.length]),
  );
  if (before.size > 0) each.sum = working.reduce((sum, counted) => sum + (each[counted] ?? 0), 0);
  const measured: Round = { wallSeconds, shipmentsPerSecond: references.length / wallSeconds, cpuSeconds: each };
  return { measured, wrong };
}

function mediansOf(rounds: readonly Round[]): Round {
  const counted: Counted[] = ['sum', ...working, ...beside];
  const middles = counted.map((name) => [
    name,
    quantile(
      rounds.flatMap((round) => round.cpuSeconds[name] ?? []),
      0.5,
    ),
  ]);
  return {
    wallSeconds: median(rounds.map((round) => round.wallSeconds)),
    shipmentsPerSecond: median(rounds.map((round) => round.shipmentsPerSecond)),
    cpuSeconds: Object.fromEntries(middles),
  };
}

function introduction(shipments: number): string[] {
  const without = whyNoUsage();
  return [
    `${shipments} open at once, ${DRIVEN_AT_A_TIME} driven at a time; ${ROUNDS} rounds each in turn, medians. CPU seconds a shipment are those of`,
    'worker, Temporal server and PostgreSQL; in brackets what is not summed: the API, the sandboxes, and who plays',
    'the world and moves the clock, which takes its share of the cores too. Quayside’s side reads two bank statements each.',
    ...(without ? [without] : []),
  ];
}

function ratesOf(sides: readonly (Round & { name: string })[]): string {
  const counted: Counted[] = ['sum', ...working, ...beside];
  const rows = sides.map(({ name, shipmentsPerSecond, wallSeconds, cpuSeconds }) => [
    name,
    shown(shipmentsPerSecond, 2),
    shown(wallSeconds),
    ...counted.map((each) => shown(cpuSeconds[each], 3)),
  ]);
  return table(
    [
      '',
      'shipments/s',
      'wall s',
      'CPU s each',
      '= worker',
      '+ Temporal',
      '+ PostgreSQL',
      '(API)',
      '(sandboxes)',
      '(driver)',
    ],
    rows,
  );
}

function shapes(ours: readonly HistoryEvent[], theirs: readonly HistoryEvent[]): string {
  const [left, right] = [breakdownOf([ours]), breakdownOf([theirs])];
  const jumps = (run: readonly HistoryEvent[]) => String(scoreOf(run).cues.filter((cue) => cue === 'jump').length);
  return table(
    ['', 'Quayside', 'bare'],
    [
      ...kinds.map((kind) => [kind, String(left[kind].count), String(right[kind].count)]),
      ['history events in all', String(sumOf(left).historyEvents), String(sumOf(right).historyEvents)],
      ['jumps of the clock', jumps(ours), jumps(theirs)],
    ],
  );
}
