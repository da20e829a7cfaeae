import { availableParallelism, loadavg } from 'node:os';
import { cslImporter } from '../reference/importing/csl.ts';
import { declarationsImporter } from '../reference/importing/declarations.ts';
import type { Importer, ImportFile } from '../reference/importing/importer.ts';
import { sdnImporter } from '../reference/importing/sdn.ts';
import { tariffImporter } from '../reference/importing/tariff.ts';
import { loadReference } from '../reference/load.ts';
import { addDays, chinaDate } from '../rules/civil-date.ts';
import { checkOrder } from '../rules/compliance/check.ts';
import type { ReviewRecords } from '../rules/compliance/review-context.ts';
import type { Order } from '../rules/order/order.ts';
import { buildNameIndex, type NameIndex } from '../rules/screening/name-index.ts';
import { screeningOf } from '../rules/screening/screen.ts';
import { settingsSchema } from '../rules/settings.ts';
import { orderToCheck, pastDeclarations, tariffTable } from './check-order.ts';
import { median, quantile, shown, standing } from './figures.ts';
import { consolidatedFile, type ListFile, listedParties, sdnFiles } from './listed-parties.ts';
import type { Result } from './result.ts';
import type { Site } from './site.ts';
import { table } from './table.ts';
import { cpuSecondsOf, whyNoUsage } from './usage.ts';

/** What the check and an import should come to, on any machine that somebody would work with. */
export const AIM = { checkMedianMs: 50, importSeconds: 10 };

const LIST_ENTRIES = 20_000;
/** Times that the exporter declared the order's 50 lines before: 2,000 lines. */
const DECLARED_BEFORE = 40;
const CHECKS = 100;
/** Made before and not counted: the lists are indexed, code is compiled. */
const WARM_UP = 20;

interface Import {
  list: string;
  files: ListFile[];
}

interface Imported {
  list: string;
  entries: number;
  mebibytes: number;
  seconds: number;
}

/** Milliseconds of one kind of call. */
interface Measured {
  name: string;
  times: number[];
}

/** The pre-order check of a 50-line order on a stack that holds lists as long as the real ones, and how long those take to import. */
export async function measureCheck(site: Site): Promise<Result> {
  const parties = listedParties(LIST_ENTRIES);
  const order = orderToCheck({
    exportOn: addDays(chinaDate(new Date().toISOString()), 14),
    // The fifth party is a company, and every word of its name is there but one.
    endUser: `${parties[5]?.names[0]?.replace(/ S\.A\.$/, '')} Group`,
  });
  const imports: Import[] = [
    { list: 'sdn', files: sdnFiles(parties) },
    { list: 'csl', files: [consolidatedFile(listedParties(LIST_ENTRIES, 2))] },
    { list: 'tariff', files: [tariffTable(order)] },
    { list: 'declarations', files: [pastDeclarations(order, DECLARED_BEFORE)] },
  ];
  const imported: Imported[] = [];
  for (const one of imports) imported.push(await importThrough(site, one));
  const first = await timed(() => checkThrough(site, order));
  const cpuBefore = cpuMsOf(site);
  const requests = await requestsOf(site, order);
  const cpuMs = cpuMsOf(site).map((after, at) => (after - (cpuBefore[at] ?? 0)) / (WARM_UP + CHECKS));
  const inMemory = await callsInMemory(site, order, imports);
  return resultOf({ imported, firstCheckMs: first, cpuMs, measured: [...requests, ...inMemory] });
}

/** CPU milliseconds that API and PostgreSQL have used; none where the system keeps no such books. */
function cpuMsOf({ dataDir }: Site): number[] {
  return whyNoUsage() ? [] : ['api', 'postgres'].map((name) => cpuSecondsOf(dataDir, name) * 1000);
}

async function importThrough({ running, signal }: Site, { list, files }: Import): Promise<Imported> {
  const form = new FormData();
  for (const { name, content } of files) form.append('file', new Blob([content], { type: 'text/csv' }), name);
  const began = performance.now();
  const response = await fetch(`${running.api}/v1/reference/${list}`, {
    ...{ method: 'POST', headers: { authorization: `Bearer ${running.key}` }, body: form, signal },
  });
  const answer = (await response.json()) as { entries?: number };
  const seconds = (performance.now() - began) / 1000;
  if (!response.ok || answer.entries === undefined)
    throw new Error(`POST /v1/reference/${list} did not import: ${JSON.stringify(answer).slice(0, 500)}`);
  const bytes = files.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  return { list, entries: answer.entries, mebibytes: bytes / 2 ** 20, seconds };
}

/** @throws Error where it is not the check that is meant: one that screened nobody would be a fast one */
async function checkThrough({ running, signal }: Site, order: Order): Promise<void> {
  const response = await fetch(`${running.api}/v1/compliance/checks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${running.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(order),
    signal,
  });
  const answer = (await response.json()) as { findings?: { rule: string }[]; screenedBy?: unknown[] };
  if (!response.ok || answer.screenedBy?.length !== 2 || !answer.findings?.some(({ rule }) => /screening/.test(rule)))
    throw new Error(`POST /v1/compliance/checks did not screen: ${JSON.stringify(answer).slice(0, 500)}`);
}

async function requestsOf(site: Site, order: Order): Promise<Measured[]> {
  const { running, signal } = site;
  const small = async () => {
    const headers = { authorization: `Bearer ${running.key}` };
    await (await fetch(`${running.api}/v1/reference`, { headers, signal })).json();
  };
  const check = { name: 'POST /v1/compliance/checks, 50 lines', call: () => checkThrough(site, order) };
  return inTurn(site, [check, { name: 'beside it: GET /v1/reference, one small query', call: small }]);
}

async function callsInMemory(site: Site, order: Order, imports: readonly Import[]): Promise<Measured[]> {
  const reference = loadReference();
  const { screening: thresholds } = settingsSchema.parse({});
  const indexes: NameIndex[] = [];
  for (const importer of [sdnImporter, cslImporter])
    indexes.push(
      await read(importer, imports).then((entries) =>
        buildNameIndex(entries, {
          ...{ list: importer.list, version: 'of the benchmark', entries: entries.length },
          importedAt: new Date().toISOString(),
        }),
      ),
    );
  const records: ReviewRecords = {
    screening: screeningOf(order, indexes, [], thresholds),
    declaredLines: await read(declarationsImporter(), imports),
    tariffCodes: await read(tariffImporter(), imports),
    papers: null,
  };
  const asOf = new Date().toISOString();
  return inTurn(site, [
    { name: 'in memory: checkOrder', call: () => checkOrder({ order, documents: [], asOf, reference, records }) },
    { name: 'in memory: its parties screened', call: () => screeningOf(order, indexes, [], thresholds) },
  ]);
}

async function read<Entry>(importer: Importer<Entry>, imports: readonly Import[]): Promise<Entry[]> {
  const files: ImportFile[] = imports
    .filter(({ list }) => list === importer.list)
    .flatMap(({ files }) => files.map(({ name, content }) => ({ name, content: Buffer.from(content) })));
  return (await importer.read(files)).entries;
}

async function inTurn({ signal }: Site, calls: readonly { name: string; call: () => unknown }[]): Promise<Measured[]> {
  const measured = calls.map(({ name }): Measured => ({ name, times: [] }));
  for (let nth = 0; nth < WARM_UP + CHECKS; nth++)
    for (const [at, { call }] of calls.entries()) {
      signal.throwIfAborted();
      const took = await timed(call);
      if (nth >= WARM_UP) measured[at]?.times.push(took);
    }
  return measured;
}

async function timed(call: () => unknown): Promise<number> {
  const began = performance.now();
  await call();
  return performance.now() - began;
}

interface Figures {
  imported: readonly Imported[];
  firstCheckMs: number;
  /** Of API and PostgreSQL for one check with the small request beside it, those before that do not count included. */
  cpuMs: readonly number[];
  measured: readonly Measured[];
}

function resultOf({ imported, firstCheckMs, cpuMs, measured }: Figures): Result {
  const figures = measured.map(({ name, times }) => ({
    ...{ name, calls: times.length, medianMs: median(times), p99Ms: quantile(times, 0.99) },
  }));
  const printed = [
    `An order of 50 lines of all kinds of goods, to the United States; the parties against two lists of ${LIST_ENTRIES} entries; 2,000 lines`,
    `declared before. One at a time, ${WARM_UP} each before that do not count. The first check of all indexes the lists: ${shown(firstCheckMs / 1000)} s.`,
    `Load of the machine over the last minute: ${shown(loadavg()[0])} on ${availableParallelism()} cores.`,
    '',
    table(
      ['milliseconds', 'n', 'median', 'p99', 'aim', ''],
      figures.map(({ name, calls, medianMs, p99Ms }, at) => [
        ...[name, String(calls), shown(medianMs), shown(p99Ms)],
        ...(at === 0 ? [String(AIM.checkMedianMs), standing(medianMs, AIM.checkMedianMs)] : []),
      ]),
    ),
    '',
    ...(cpuMs.length > 0
      ? [`CPU of both requests together: API ${shown(cpuMs[0])} ms, PostgreSQL ${shown(cpuMs[1])} ms.`, '']
      : []),
    table(
      ['import', 'entries', 'MiB', 'seconds', 'aim', ''],
      imported.map(({ list, entries, mebibytes, seconds }) => [
        ...[`POST /v1/reference/${list}`, String(entries), shown(mebibytes), shown(seconds, 2)],
        ...(entries >= LIST_ENTRIES ? [String(AIM.importSeconds), standing(seconds, AIM.importSeconds)] : []),
      ]),
    ),
  ].join('\n');
  return { printed, figures: { aim: AIM, firstCheckMs, cpuMs, checks: figures, imports: imported }, complaints: [] };
}
