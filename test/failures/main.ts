/**
 * `npm run test:failures`: every activity of every case goes wrong in every mode, on a stack of its own.
 *
 *   -- --scenario EXAM --activity askPeople --mode repeated   only these
 *   -- --sample 40 --seed 2026-11-25                          so many of them, drawn by lot
 *   -- --storms                                               each case once, everything in it going wrong
 */
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { removeStackData, type Stack, startStack } from '../../stack/stack.ts';
import { openDatabase } from '../../store/database.ts';
import { Visitor } from '../scenarios/visitor.ts';
import type { Site } from './checks.ts';
import { FAULTS_VARIABLE, Faults } from './faults.ts';
import { allCells, type Clean, failureInWords, Matrix, type Result, storms, unreached } from './matrix.ts';
import { seeded, seedOfToday, shuffled } from './seeded.ts';
import { tableOf } from './table.ts';

const say = (line: string) => console.log(line);
const { values: options } = parseArgs({
  options: {
    scenario: { type: 'string', default: '' },
    activity: { type: 'string' },
    mode: { type: 'string' },
    sample: { type: 'string' },
    storms: { type: 'boolean', default: false },
    seed: { type: 'string', default: seedOfToday() },
    'side-by-side': { type: 'string', default: '6' },
  },
});
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());
process.exitCode = await run();
// Cells that were given up still wait for a stack that is gone.
process.exit();

async function run(): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'quayside-failures-'));
  chmodSync(dataDir, 0o711);
  const folder = join(dataDir, 'faults');
  process.env[FAULTS_VARIABLE] = folder;
  const stack = await startStack({
    dataDir,
    sandboxAnswers: 'on-demand',
    organisation: 'tests',
    log: say,
    synchronous: 'NORMAL',
    workerProgram: 'test/failures/worker-with-faults.ts',
    signal: interrupted.signal,
  });
  try {
    return await Promise.race([onStack(stack, new Faults(folder)), stopped()]);
  } finally {
    await stack.stop();
    removeStackData(dataDir);
  }
}

function stopped(): Promise<number> {
  return new Promise((resolve) => interrupted.signal.addEventListener('abort', () => resolve(130)));
}

async function onStack({ running, databaseUrl }: Stack, faults: Faults): Promise<number> {
  const connection = await Connection.connect({ address: running.temporalAddress });
  const database = openDatabase(databaseUrl, 4);
  try {
    const client = new Client({ connection, namespace: running.temporalNamespace });
    return await playMatrix({ visitor: new Visitor(running), client, database }, faults);
  } finally {
    await database.close();
    await connection.close();
  }
}

async function playMatrix(site: Site, faults: Faults): Promise<number> {
  const began = performance.now();
  const matrix = new Matrix(site, faults, Number(options['side-by-side']));
  const clean = await matrix.clean(
    matrix.cases.filter(({ scenario }) => scenario.reference.includes(options.scenario)),
  );
  say(`${clean.length} cases end as written when nothing goes wrong.`);
  const missing = options.scenario === '' ? unreached(clean) : [];
  for (const name of missing) say(`No case reaches ${name}: extend test/failures/cases.ts.`);
  const cells = chosenCells(clean);
  say(`${cells.length} cells, seed ${options.seed}.`);
  const failed: Result[] = [];
  const results = await matrix.playAll(cells, (result) => {
    if (result.complaints.length === 0 || interrupted.signal.aborted) return;
    failed.push(result);
    say(`FAILED ${failureInWords(result)}`);
  });
  if (!options.storms) say(`\n${tableOf(results)}`);
  say(
    `\n${results.length - failed.length} of ${results.length} cells ended as written, in ${Math.round((performance.now() - began) / 1000)} s, seed ${options.seed}.`,
  );
  return failed.length + missing.length === 0 && results.length > 0 ? 0 : 1;
}

function chosenCells(clean: readonly Clean[]) {
  if (options.storms) return storms(clean, options.seed);
  const { activity, mode } = options;
  const cells = shuffled(
    allCells(clean).filter(({ faults: [fault] }) => {
      return (activity ?? fault?.activity) === fault?.activity && (mode ?? fault?.mode) === fault?.mode;
    }),
    seeded(options.seed),
  );
  return options.sample === undefined ? cells : cells.slice(0, Number(options.sample));
}
