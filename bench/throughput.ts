import { shipmentWorkflowId } from '../workflows/messages.ts';
import { Conductor } from './bare/conductor.ts';
import type { Score } from './bare/score.ts';
import { scoreOf } from './bare/score-of-history.ts';
import { breakdownOf, kinds, sumOf } from './breakdown.ts';
import { median, shown } from './figures.ts';
import { type HistoryEvent, historiesOf } from './histories.ts';
import { playPlain } from './plain-case.ts';
import type { Result } from './result.ts';
import { type Site, withBareWorker } from './site.ts';
import { table } from './table.ts';
import { cpuSecondsOf, whyNoUsage } from './usage.ts';

const ROUNDS = 3;
/** Shipments that are driven at a time, of all those that are open: more would only wait for the two engines. */
export const DRIVEN_AT_A_TIME = 8;

interface Round {
  wallSeconds: number;
  shipmentsPerSecond: number;
  /** CPU seconds a shipment, by process; absent where they cannot be read. */
  cpu?: Record<string, number>;
}

interface Side {
  name: string;
  worker: 'worker' | 'bare-worker';
  /** Plays so many at once. @returns what did not end as written. */
  play: (round: number) => Promise<string[]>;
}

/** Many shipments at once through the plain case, and as many bare workflows of the same shape, in turn. */
export async function measureThroughput(site: Site, shipments: number): Promise<Result> {
  return withBareWorker(site, async () => {
    const complaints = await playPlain(site, ['MODEL-1'], 1);
    const [model = []] = await historiesOf(site.client, shipmentWorkflowId(site.running.organisation, 'MODEL-1'));
    const score = scoreOf(model);
    const conductor = new Conductor(site, score);
    await conductor.play(['bare/model'], 1);
    const [bare = []] = await historiesOf(site.client, 'bare/model');
    const sides: Side[] = [
      {
        name: 'Quayside',
        worker: 'worker',
        play: (round) => playPlain(site, referencesOf(round, shipments), DRIVEN_AT_A_TIME),
      },
      {
        name: 'bare',
        worker: 'bare-worker',
        play: async (round) => {
          await conductor.play(
            referencesOf(round, shipments).map((reference) => `bare/${reference}`),
            DRIVEN_AT_A_TIME,
          );
          return [];
        },
      },
    ];
    const rounds = sides.map((): Round[] => []);
    for (let round = 1; round <= ROUNDS; round++)
      for (const [at, side] of sides.entries()) {
        const { measured, wrong } = await measure(site, side, round, shipments);
        rounds[at]?.push(measured);
        complaints.push(...wrong);
        site.say(`  round ${round}, ${side.name}: ${shown(measured.wallSeconds)} s`);
      }
    return resultOf({ sides, rounds, model, bare, score, shipments, complaints });
  });
}

const referencesOf = (round: number, shipments: number) =>
  Array.from({ length: shipments }, (_, nth) => `MANY-${round}-${String(nth + 1).padStart(4, '0')}`);

/** What works for a shipment; its driver, the sandboxes and the API's own work are shown beside and not summed. */
const working = (worker: string) => [worker, 'temporal', 'postgres'];
const beside = ['api', 'sandbox'];

async function measure(site: Site, { worker, play }: Side, round: number, shipments: number) {
  const names = whyNoUsage() ? [] : [...working(worker), ...beside];
  const used = () => names.map((name) => cpuSecondsOf(site.dataDir, name));
  const before = used();
  const began = performance.now();
  const wrong = await play(round);
  const wallSeconds = (performance.now() - began) / 1000;
  const after = used();
  const cpu = Object.fromEntries(
    names.map((name, at) => [name === worker ? 'worker' : name, ((after[at] ?? 0) - (before[at] ?? 0)) / shipments]),
  );
  const measured: Round = {
    wallSeconds,
    shipmentsPerSecond: shipments / wallSeconds,
    ...(names.length > 0 && { cpu }),
  };
  return { measured, wrong };
}

interface Outcome {
  sides: readonly Side[];
  rounds: readonly Round[][];
  model: readonly HistoryEvent[];
  bare: readonly HistoryEvent[];
  score: Score;
  shipments: number;
  complaints: string[];
}

function resultOf({ sides, rounds, model, bare, score, shipments, complaints }: Outcome): Result {
  const figures = sides.map(({ name }, at) => {
    const own = rounds[at] ?? [];
    const cpuOf = (process: string) => own.flatMap(({ cpu }) => cpu?.[process] ?? []);
    const cpu = (process: string) => (cpuOf(process).length > 0 ? median(cpuOf(process)) : undefined);
    const summed = own.flatMap(({ cpu: each }) =>
      each ? (each.worker ?? 0) + (each.temporal ?? 0) + (each.postgres ?? 0) : [],
    );
    return {
      name,
      rounds: own,
      shipmentsPerSecond: median(own.map((round) => round.shipmentsPerSecond)),
      wallSeconds: median(own.map((round) => round.wallSeconds)),
      cpuSeconds: summed.length > 0 ? median(summed) : undefined,
      ...{
        worker: cpu('worker'),
        temporal: cpu('temporal'),
        postgres: cpu('postgres'),
        api: cpu('api'),
        sandbox: cpu('sandbox'),
      },
    };
  });
  const printed = [
    `${shipments} open at once, ${DRIVEN_AT_A_TIME} driven at a time, ${ROUNDS} rounds each in turn, medians. CPU seconds a shipment are those of the`,
    'worker, the Temporal server and PostgreSQL; API and sandboxes stand beside, the driver is left out on both sides.',
    ...(whyNoUsage() ? [whyNoUsage()] : []),
    '',
    table(
      ['', 'shipments/s', 'wall s', 'CPU s each', '= worker', '+ Temporal', '+ PostgreSQL', '(API)', '(sandboxes)'],
      figures.map((side) => [
        side.name,
        shown(side.shipmentsPerSecond, 2),
        shown(side.wallSeconds),
        ...[side.cpuSeconds, side.worker, side.temporal, side.postgres, side.api, side.sandbox].map((value) =>
          shown(value, 3),
        ),
      ]),
    ),
    '',
    `What each does, n = 1 (and ${score.cues.filter((cue) => cue === 'jump').length} jumps of the clock)`,
    '',
    shapes(model, bare),
  ].join('\n');
  return { printed, figures: { shipments, sides: figures }, complaints };
}

function shapes(model: readonly HistoryEvent[], bare: readonly HistoryEvent[]): string {
  const [ours, theirs] = [breakdownOf([model]), breakdownOf([bare])];
  return table(
    ['', 'Quayside', 'bare'],
    [
      ...kinds.map((kind) => [kind, String(ours[kind].count), String(theirs[kind].count)]),
      ['history events', String(sumOf(ours).historyEvents), String(sumOf(theirs).historyEvents)],
    ],
  );
}
