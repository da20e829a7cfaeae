import { execFile } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { printDocument } from '../printing/print-document.ts';
import { readInWorker, stopReader } from '../reading/in-worker.ts';
import { loadReference } from '../reference/load.ts';
import { chinaDate } from '../rules/civil-date.ts';
import { compareDocuments } from '../rules/documents/comparing/compare-documents.ts';
import type { StatedDocument } from '../rules/documents/facts.ts';
import type { PreparedDocument, PreparedKind } from '../rules/documents/prepared.ts';
import { differing, fullSetOf, orderOfPapers, ownPapersOf, packingWorkbook, settings } from './document-papers.ts';
import { median, quantile, shown, standing } from './figures.ts';
import type { Result } from './result.ts';
import type { Site } from './site.ts';
import { table } from './table.ts';

/** What the papers of a 50-line order should come to: all seven made, all compared, one file read. */
export const AIM = { fullSetMs: 2000, reviewMs: 20, readingMs: 1000 };

/** So that the papers are the same at every run, and with them the bytes that are read. */
const AS_OF = '2026-11-24T08:00:00Z';
/** Of the quick kinds of call, and of those that take a second. */
const REVIEWS = { counted: 200, before: 50 };
const READINGS = { counted: 50, before: 10 };
const SETS = { counted: 20, before: 3 };
/** Processes that print their first set. */
const FIRST_SETS = 5;

/** What a benchmark without a stack needs: somebody who listens, and a way to be stopped. */
export type Listener = Pick<Site, 'say' | 'signal'>;

/** Milliseconds of one kind of call, and what its median is held against. */
interface Measured {
  name: string;
  times: number[];
  aim?: number;
}

/** The documents of a 50-line order printed, compared and read, without server, engine and database. */
export async function measureDocuments({ signal }: Listener): Promise<Result> {
  const reference = loadReference();
  const order = orderOfPapers();
  const own = ownPapersOf(order, AS_OF, reference);
  const agreeing = fullSetOf(order, own);
  const review = (documents: readonly StatedDocument[]) =>
    compareDocuments({
      ...{ order, documents, reference, exporter: settings.exporter },
      ...{ stage: 'before-filing', today: chinaDate(AS_OF) },
    });
  const odd = differing(agreeing);
  const files = await filesOf(own, await packingWorkbook(order));
  try {
    const measured = [
      ...(await firstSets(signal)),
      ...(await setByKind(signal, () => ownPapersOf(order, AS_OF, reference))),
      await timesOf(
        signal,
        'cross-review of the full set, which agrees',
        REVIEWS,
        () => review(agreeing),
        AIM.reviewMs,
      ),
      await timesOf(signal, 'cross-review, theirs differ in every line', REVIEWS, () => review(odd), AIM.reviewMs),
      ...(await readings(signal, files)),
    ];
    return resultOf(measured, { papers: agreeing.length, agreeing: review(agreeing).length, odd: review(odd).length });
  } finally {
    await stopReader();
  }
}

interface FileToRead {
  name: string;
  kind: 'pdf' | 'xlsx';
  bytes: Uint8Array;
  /** What the reader must take it for: a file that is not understood is read fast. */
  paper: string;
}

async function filesOf(own: readonly PreparedDocument[], workbook: Uint8Array): Promise<FileToRead[]> {
  const printed = async (paper: PreparedKind): Promise<FileToRead> => {
    const found = own.find(({ kind }) => kind === paper);
    if (!found)
      throw new Error(`Among the prepared papers is no ${paper}: rules/documents/prepare.ts makes other ones.`);
    return { name: `reading: ${paper}, PDF`, kind: 'pdf', bytes: await printDocument(found), paper };
  };
  return [
    await printed('commercial-invoice'),
    await printed('packing-list'),
    { name: 'reading: packing-list, XLSX', kind: 'xlsx', bytes: workbook, paper: 'packing-list' },
  ];
}

const firstSetSchema = z.object({ ms: z.number(), cpuMs: z.number() });

/** By the clock, and the CPU of it, which other work on the machine does not lengthen as much. @throws Error of the program that could not print */
async function firstSets(signal: AbortSignal): Promise<Measured[]> {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const taken: z.infer<typeof firstSetSchema>[] = [];
  for (let nth = 0; nth < FIRST_SETS; nth++) {
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'bench/first-set.ts'], {
      ...{ cwd, signal },
    });
    taken.push(firstSetSchema.parse(JSON.parse(stdout)));
  }
  return [
    { name: 'full set, first of a process: fonts are loaded', times: taken.map(({ ms }) => ms), aim: AIM.fullSetMs },
    { name: 'of it: CPU', times: taken.map(({ cpuMs }) => cpuMs) },
  ];
}

/** The full set again and again, and within it each kind. */
async function setByKind(signal: AbortSignal, prepare: () => PreparedDocument[]): Promise<Measured[]> {
  const whole: Measured = { name: 'full set, fonts loaded before', times: [], aim: AIM.fullSetMs };
  const preparing: Measured = { name: 'of it: prepared as data', times: [] };
  const kinds = new Map(prepare().map(({ kind }) => [kind, { name: `of it: ${kind}`, times: [] as number[] }]));
  for (let nth = 0; nth < SETS.before + SETS.counted; nth++) {
    signal.throwIfAborted();
    const began = performance.now();
    const papers = prepare();
    const took = [performance.now() - began];
    for (const paper of papers) took.push(await timed(() => printDocument(paper)));
    if (nth < SETS.before) continue;
    whole.times.push(performance.now() - began);
    for (const [at, { times }] of [preparing, ...kinds.values()].entries()) times.push(took[at] ?? 0);
  }
  return [whole, preparing, ...kinds.values()];
}

async function readings(signal: AbortSignal, files: readonly FileToRead[]): Promise<Measured[]> {
  const read = async ({ bytes, kind, paper, name }: FileToRead) => {
    const reading = await readInWorker(bytes, { kind });
    if (reading.kind !== paper || reading.facts.lines.length !== 50)
      throw new Error(`${name}: it was not read (${JSON.stringify(reading).slice(0, 300)})`);
  };
  const [first] = files;
  if (!first) return [];
  await stopReader();
  const measured: Measured[] = [
    { name: 'reading: the first, which starts the thread', times: [await timed(() => read(first))] },
  ];
  for (const file of files) measured.push(await timesOf(signal, file.name, READINGS, () => read(file), AIM.readingMs));
  return measured;
}

async function timesOf(
  signal: AbortSignal,
  name: string,
  { counted, before }: typeof SETS,
  call: () => unknown,
  aim: number,
): Promise<Measured> {
  const times: number[] = [];
  for (let nth = 0; nth < before + counted; nth++) {
    signal.throwIfAborted();
    const took = await timed(call);
    if (nth >= before) times.push(took);
  }
  return { name, times, aim };
}

async function timed(call: () => unknown): Promise<number> {
  const began = performance.now();
  await call();
  return performance.now() - began;
}

/** How many papers are compared, and how many findings that made. */
interface Counts {
  papers: number;
  agreeing: number;
  odd: number;
}

/** The tables, and a complaint where papers that agree were found to differ or the others were not: then another thing was measured. */
export function resultOf(measured: readonly Measured[], counts: Counts): Result {
  const figures = measured.map(({ name, times, aim }) => ({
    ...{ name, calls: times.length, medianMs: median(times), p99Ms: quantile(times, 0.99), aim },
  }));
  const printed = [
    `An order of 50 lines: our seven papers, and ${counts.papers - 7} of supplier, forwarder, carrier and authority, made of the same facts. Warmed up before`,
    `but for the firsts. The review found ${counts.agreeing} differences in the set that agrees, ${counts.odd} in the other one.`,
    `Load of the machine over the last minute: ${shown(loadavg()[0])} on ${availableParallelism()} cores.`,
    '',
    table(
      ['milliseconds', 'n', 'median', 'p99', 'aim', ''],
      figures.map(({ name, calls, medianMs, p99Ms, aim }) => [
        ...[name, String(calls), shown(medianMs), shown(p99Ms)],
        ...(aim === undefined ? [] : [String(aim), standing(medianMs, aim)]),
      ]),
    ),
  ].join('\n');
  const complaints = [
    ...(counts.agreeing > 0 ? [`the papers that agree were found to differ ${counts.agreeing} times`] : []),
    ...(counts.odd === 0 ? ['nothing was found in papers that differ in every line'] : []),
  ];
  return { printed, figures: { aim: AIM, counts, calls: figures }, complaints };
}
