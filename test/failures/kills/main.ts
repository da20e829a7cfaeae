/**
 * `npm run test:kills`: worker, API, PostgreSQL and the Temporal server are killed (-9) one at a time, at moments drawn
 * by lot, while cases are played and orders are placed, on a stack of its own.
 *
 *   -- --rounds 5 --seed 2026-11-25 --side-by-side 3
 */
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { scenarios } from '../../../demo/scenarios.ts';
import { scenariosOfPapers } from '../../../demo/scenarios-of-papers.ts';
import { pause } from '../../../simulation/patience.ts';
import type { Played } from '../../../simulation/play.ts';
import type { Scenario } from '../../../simulation/scenario.ts';
import { removeStackData, type Stack, startStack } from '../../../stack/stack.ts';
import { openDatabase } from '../../../store/database.ts';
import { orders, Visitor } from '../../scenarios/visitor.ts';
import { complaintsOfTheEnd, Look, type Site } from '../checks.ts';
import { seeded, seedOfToday, shuffled } from '../seeded.ts';
import { Caller } from './callers.ts';
import { figuresOf, type Kill, killInTurns, type Watched } from './killer.ts';

const say = (line: string) => console.log(line);
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seed: { type: 'string', default: seedOfToday() },
    'side-by-side': { type: 'string', default: '3' },
  },
});
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());
process.exitCode = await run();
// What still waits for an answer of a stack that is gone must not keep the command.
process.exit();

async function run(): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'quayside-kills-'));
  chmodSync(dataDir, 0o711);
  const stack = await startStack({
    dataDir,
    sandboxAnswers: 'on-demand',
    organisation: 'tests',
    log: (line) => say(`  ${line.split('\n')[0]}`),
    signal: interrupted.signal,
  });
  try {
    return await Promise.race([onStack(stack, dataDir), stopped()]);
  } finally {
    await stack.stop();
    removeStackData(dataDir);
  }
}

function stopped(): Promise<number> {
  return new Promise((resolve) => interrupted.signal.addEventListener('abort', () => resolve(130)));
}

async function onStack({ running, databaseUrl }: Stack, dataDir: string): Promise<number> {
  const connection = await Connection.connect({ address: running.temporalAddress });
  const database = openDatabase(databaseUrl, 4);
  const client = new Client({ connection, namespace: running.temporalNamespace });
  const site: Site = { visitor: new Visitor(running), client, database };
  try {
    return await killAndCheck(site, {
      dataDir,
      countEvents: () =>
        database
          .within(running.organisation, ({ query }) => query<{ n: string }>('select count(*) as n from shipment_event'))
          .then(([row]) => Number(row?.n))
          .catch(() => undefined),
      isReady: () =>
        fetch(`${running.api}/readyz`)
          .then(({ ok }) => ok)
          .catch(() => false),
    });
  } finally {
    await database.close();
    await connection.close();
  }
}

async function killAndCheck(site: Site, watched: Watched): Promise<number> {
  const { seed, rounds } = options;
  const began = performance.now();
  const over = new AbortController();
  const caller = new Caller(site);
  const calling = caller.keepCalling(over.signal);
  const playing = playUntil(site, shuffled([...scenarios, ...scenariosOfPapers], seeded(`${seed}/cases`)), over.signal);
  const kills = await killInTurns(watched, Number(rounds), seeded(`${seed}/kills`), (kill) =>
    say(inWords(kill)),
  ).finally(() => over.abort());
  const played = await playing;
  await calling;
  const called = await caller.check();
  const complaints = [...caller.complaints];
  for (const { scenario, played: one } of played) complaints.push(...(await complaintsOf(site, scenario, one)));
  for (const { target } of kills.filter(({ backAfterMs }) => backAfterMs === null))
    complaints.push(`${target} was killed, and it is not back or nothing goes on`);
  for (const complaint of complaints) say(`FAILED ${complaint}`);
  say(`\n${figuresOf(kills).join('\n')}`);
  say(`orders placed and called off: ${called}; the API's answers: ${answersInWords(caller.answers)}`);
  say(
    `${kills.length} kills, ${played.length} cases, ${complaints.length} complaints, in ${Math.round((performance.now() - began) / 1000)} s, seed ${seed}.`,
  );
  return complaints.length === 0 && played.length > 0 ? 0 : 1;
}

function inWords({ target, wentOnAfterMs, backAfterMs }: Kill): string {
  if (wentOnAfterMs === null) return `${target} killed; NOTHING WENT ON`;
  const back = backAfterMs === null ? 'NOT BACK' : `all back after ${(backAfterMs / 1000).toFixed(1)} s`;
  return `${target} killed; the next event after ${(wentOnAfterMs / 1000).toFixed(1)} s, ${back}`;
}

interface PlayedCase {
  scenario: Scenario;
  played: Played;
}

/** Plays one case after another in each lane for as long as there is killing, and those that have begun to their end. */
async function playUntil(site: Site, cases: readonly Scenario[], over: AbortSignal): Promise<PlayedCase[]> {
  const results: PlayedCase[] = [];
  let begun = 0;
  const lane = async () => {
    while (!over.aborted) {
      const source = cases[begun % cases.length] as Scenario;
      begun += 1;
      const reference = `${source.reference.split('-')[0]}-K${String(begun).padStart(4, '0')}`;
      const scenario = { ...source, reference };
      await bringIn(site.visitor, orders({ [reference]: source.reference }));
      results.push({ scenario, played: await site.visitor.play(site.client, scenario) });
    }
  };
  await Promise.all(Array.from({ length: Number(options['side-by-side']) }, lane));
  return results;
}

/** As an order system does: sent again until it is taken; the same file again starts nothing twice. */
async function bringIn(visitor: Visitor, csv: string): Promise<void> {
  for (let left = 200; ; left--) {
    try {
      return await visitor.bringIn(csv);
    } catch (error) {
      if (left === 0) throw error;
      await pause(300);
    }
  }
}

async function complaintsOf(site: Site, scenario: Scenario, played: Played): Promise<string[]> {
  const complaints = await complaintsOfTheEnd(site, scenario, played);
  if (played.error === undefined) complaints.push(...(await (await Look.at(site, scenario.reference)).complaints()));
  return complaints.map((one) => `${scenario.reference}: ${one}`);
}

function answersInWords(answers: ReadonlyMap<string, number>): string {
  return [...answers].map(([status, times]) => `${status} ${times} times`).join(', ');
}
