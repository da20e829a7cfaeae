/**
 * `npm run bench`: what a shipment costs, and how fast it is, beside workflows that do nothing. docs/benchmarks.md.
 *
 *   -- --only budget|latency|throughput|memory|check|documents   one of the six
 *   -- --shipments 20                            fewer at once, for a quick look (throughput 200, memory 1,000)
 *   -- --json FILE                               the figures as JSON too
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureBudget } from './budget.ts';
import { measureCheck } from './check.ts';
import { type Listener, measureDocuments } from './documents.ts';
import { measureLatency } from './latency.ts';
import { measureMemory } from './memory.ts';
import type { Result } from './result.ts';
import { onNewStack, type Site } from './site.ts';
import { measureThroughput } from './throughput.ts';

const say = (line: string) => console.log(line);
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());
const { values: options } = parseArgs({
  options: { only: { type: 'string' }, shipments: { type: 'string' }, json: { type: 'string' } },
});

/** What is measured on a stack of its own, or without one. */
type Benchmark = { title: string } & (
  | { measure: (site: Site) => Promise<Result> }
  | { measureAlone: (listener: Listener) => Promise<Result> }
);

const benchmarks: Record<string, Benchmark> = {
  budget: { title: 'Budget: history events and billable actions', measure: measureBudget },
  latency: { title: 'Latency: message to recorded step, one shipment at a time', measure: measureLatency },
  throughput: { title: 'Throughput: many shipments at once', measure: (site) => measureThroughput(site, atOnce(200)) },
  memory: { title: 'Memory: waiting shipments', measure: (site) => measureMemory(site, atOnce(1000)) },
  check: { title: 'Check: an order of 50 lines before it exists, and the import of lists', measure: measureCheck },
  documents: {
    title: 'Documents: the papers of an order of 50 lines printed, compared and read; no stack',
    measureAlone: measureDocuments,
  },
};

function atOnce(byDefault: number): number {
  const shipments = Number(options.shipments ?? byDefault);
  if (!Number.isInteger(shipments) || shipments < 1 || shipments > 4000)
    throw new Error(`--shipments is "${options.shipments}", and has to be a whole number from 1 to 4000`);
  return shipments;
}

process.exitCode = await run().catch((error: unknown) => {
  if (!interrupted.signal.aborted) throw error;
  say('Interrupted: the stack is stopped, nothing is left running.');
  return 130;
});
// A shipment that was given up is still being driven, on a stack that is gone.
process.exit();

async function run(): Promise<number> {
  const chosen = Object.keys(benchmarks).filter((name) => !options.only || name === options.only);
  if (chosen.length === 0) throw new Error(`--only is one of ${Object.keys(benchmarks).join(', ')}`);
  atOnce(1);
  const began = performance.now();
  const machine = machineInWords();
  say(machine);
  if (chosen.some((name) => 'measure' in (benchmarks[name] as Benchmark)))
    say(
      'Embedded PostgreSQL and Temporal server, one worker, on-demand sandboxes; every commit waits for the disk (FULL), as in production.',
    );
  const figures: Record<string, object> = {};
  const complaints: string[] = [];
  for (const name of chosen) {
    const benchmark = benchmarks[name] as Benchmark;
    const partBegan = performance.now();
    say(`\n${benchmark.title}`);
    const result = await resultOf(benchmark).catch(failed);
    interrupted.signal.throwIfAborted();
    const withStack = 'measure' in benchmark ? ', with the start and stop of its stack' : '';
    say(`\n${result.printed}\n\n(${secondsSince(partBegan)} s${withStack})`);
    figures[name] = result.figures;
    complaints.push(...result.complaints.map((complaint) => `${name}: ${complaint}`));
  }
  say(
    complaints.length === 0
      ? '\nEverything was measured, and every shipment ended as written.'
      : `\n${complaints.join('\n')}`,
  );
  say(`${secondsSince(began)} s in all.`);
  if (options.json) {
    const content = { at: new Date().toISOString(), machine, ...figures, complaints };
    // npm hands us its own folder; what the user named is meant from where the user stands.
    writeFileSync(
      resolve(process.env.INIT_CWD ?? process.cwd(), options.json),
      `${JSON.stringify(content, null, 2)}\n`,
    );
  }
  return complaints.length === 0 ? 0 : 1;
}

function resultOf(benchmark: Benchmark): Promise<Result> {
  const listener: Listener = { say: (line) => say(line), signal: interrupted.signal };
  return 'measure' in benchmark ? onNewStack(listener, benchmark.measure) : benchmark.measureAlone(listener);
}

/** One benchmark that cannot be made does not keep the others from being made. */
function failed(error: unknown): Result {
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { printed: `  not measured: ${why}`, figures: {}, complaints: ['it could not be measured, see above'] };
}

function machineInWords(): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'of an unknown make'}), ${memory} GiB; Node ${process.version} on ${process.platform} ${process.arch}; ${new Date().toISOString().slice(0, 10)}`;
}

function secondsSince(began: number): string {
  return ((performance.now() - began) / 1000).toFixed(0);
}
