/** `npm run demo`: the main job on this machine. Sixteen orders come in by CSV and run, each by its written case, to their end. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { addDays, chinaDate } from '../rules/civil-date.ts';
import { costOf } from '../simulation/cost.ts';
import { play } from '../simulation/play.ts';
import type { Scenario } from '../simulation/scenario.ts';
import { removeStackData, type Stack, startStack } from '../stack/stack.ts';
import { shipmentWorkflowId } from '../workflows/messages.ts';
import { printed, rowOf, type ShipmentDetail, summaryOf } from './report.ts';
import { isOfPapers, papersPrinted } from './report-of-papers.ts';
import { reviewsPrinted, type Told } from './report-of-reviews.ts';
import { scenarios } from './scenarios.ts';
import { scenariosOfChanges } from './scenarios-of-changes.ts';
import { scenariosOfPapers } from './scenarios-of-papers.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dataDir = join(root, '.quayside/demo');
const { values: options } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });
/** npm hands us its own folder; what the user named is meant from where the user stands. */
const jsonFile = options.json && resolve(process.env.INIT_CWD ?? process.cwd(), options.json);

const say = (line: string) => console.log(line);
/** Ends the demo in order: what has begun is let go, the stack is stopped. */
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());
process.exitCode = await run().catch((error: unknown) => {
  if (!interrupted.signal.aborted) throw error;
  say('Interrupted: the stack is stopped, nothing is left running.');
  return 130;
});

async function run(): Promise<number> {
  const chosen = [...scenarios, ...scenariosOfChanges, ...scenariosOfPapers].filter(
    (scenario) => !options.only || scenario.reference.includes(options.only),
  );
  // Each demo tells its story from the beginning, on servers of its own; what the last one left is there until then.
  for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE']) delete process.env[name];
  removeStackData(dataDir);
  say('Starting PostgreSQL, the Temporal server, the sandboxes, the worker and the API …');
  const stack = await startStack({
    dataDir,
    sandboxAnswers: 'on-demand',
    organisation: 'demo',
    log: say,
    signal: interrupted.signal,
  });
  try {
    say(`Ready. Temporal UI while it runs: ${stack.running.temporalUi}\n`);
    const began = performance.now();
    await importOrders(stack, chosen);
    return await playAll(stack, chosen, began);
  } finally {
    await stack.stop();
  }
}

/** demo/orders.csv with its offsets turned into days from today on, through the API's own import. */
async function importOrders(stack: Stack, chosen: Scenario[]): Promise<void> {
  const today = chinaDate(new Date().toISOString());
  const [head = '', ...rows] = readFileSync(join(root, 'demo/orders.csv'), 'utf8').trimEnd().split('\n');
  const wanted = rows.filter((row) => chosen.some((scenario) => row.startsWith(`${scenario.reference},`)));
  const csv = [head, ...wanted].join('\n').replace(/\{\+(\d+)\}/g, (_, days: string) => addDays(today, Number(days)));
  const response = await fetch(`${stack.running.api}/v1/orders/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stack.running.key}`, 'content-type': 'text/csv', 'quayside-simulated': 'true' },
    body: csv,
  });
  const answer = (await response.json()) as { started: string[]; refused: object[] };
  if (!response.ok || answer.refused.length > 0)
    throw new Error(`demo/orders.csv was not taken whole: ${JSON.stringify(answer)}`);
  say(`${answer.started.length} orders started by POST /v1/orders/import.`);
}

async function playAll(stack: Stack, chosen: Scenario[], began: number): Promise<number> {
  const { running } = stack;
  const connection = await Connection.connect({ address: running.temporalAddress });
  const client = new Client({ connection, namespace: running.temporalNamespace });
  try {
    const settled = await Promise.allSettled(
      chosen.map(async (scenario) => {
        const show = (line: string) => say(`  ${scenario.reference.padEnd(18)}${line}`);
        const { error } = await play(client, running, scenario, show, interrupted.signal).catch((failure: Error) => ({
          error: failure.message,
        }));
        interrupted.signal.throwIfAborted();
        show(error ? `stopped: ${error}` : 'ended');
        const detail = await detailOf(stack, scenario.reference);
        return rowOf(
          scenario,
          detail,
          await costOf(client, shipmentWorkflowId(running.organisation, scenario.reference)),
          error,
        );
      }),
    );
    interrupted.signal.throwIfAborted();
    const rows = settled.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
    const wallSeconds = Math.round((performance.now() - began) / 100) / 10;
    const summary = summaryOf(rows);
    say(printed(rows, summary, wallSeconds));
    say(await toldByReviews(stack, chosen));
    say('Look at it again: QUAYSIDE_DATA_DIR=.quayside/demo npm start');
    if (jsonFile) writeFileSync(jsonFile, `${JSON.stringify({ shipments: rows, summary, wallSeconds }, null, 2)}\n`);
    return rows.every((row) => row.ok) ? 0 : 1;
  } finally {
    await connection.close();
  }
}

/** What the reviews asked of people, what became of the papers that others made, and which open shipments a change concerned. */
async function toldByReviews(stack: Stack, chosen: Scenario[]): Promise<string> {
  const read = async (path: string) => {
    const response = await fetch(`${stack.running.api}${path}`, {
      headers: { authorization: `Bearer ${stack.running.key}` },
    });
    return (await response.json()) as Told;
  };
  const references = chosen.map(({ reference }) => reference);
  const asked = await Promise.all(
    references.map((reference) => read(`/v1/tasks?status=all&limit=100&reference=${reference}`)),
  );
  const tasks = asked.flatMap((one) => one.tasks ?? []);
  const { rechecks } = await read('/v1/compliance/rechecks');
  const ofRules = tasks.filter((task) => !isOfPapers(task));
  return reviewsPrinted(ofRules, rechecks ?? []) + (await papersPrinted(references, tasks, read));
}

async function detailOf(stack: Stack, reference: string): Promise<ShipmentDetail | undefined> {
  const response = await fetch(`${stack.running.api}/v1/shipments/${reference}`, {
    headers: { authorization: `Bearer ${stack.running.key}` },
  });
  return response.ok ? ((await response.json()) as ShipmentDetail) : undefined;
}
