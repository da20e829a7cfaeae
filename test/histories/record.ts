/**
 * `npm run histories`: plays every case on a stack of its own and keeps the history of each, in place of the ones before.
 * When to do that: docs/upgrades.md.
 *
 *   -- REFERENCE …                 those cases alone, with the statements and re-checks that they bring about
 *   -- reference-age               the daily look at what has grown old
 *   -- --before 0023 REFERENCE …   and beside what is kept of them, for good: as they went before a change under `patched`
 */
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { runsOf } from '../../simulation/cost.ts';
import { removeStackData, startStack } from '../../stack/stack.ts';
import { continueAsNewSignal, SHIPMENTS_TASK_QUEUE, shipmentWorkflowId } from '../../workflows/messages.ts';
import { orders, Visitor } from '../scenarios/visitor.ts';
import { type RecordedCase, recordedCases } from './cases.ts';
import { isKeptForGood, nameBefore, storeHistory } from './stored.ts';

const organisation = 'histories';
const AGE = 'reference-age';
const { values: options, positionals: wanted } = parseArgs({
  options: { before: { type: 'string' } },
  allowPositionals: true,
});
const { before } = options;
const isWhole = wanted.length === 0 && before === undefined;
const cases = recordedCases.filter(({ scenario }) => isWhole || wanted.includes(scenario.reference));
const names = [...recordedCases.map(({ scenario }) => scenario.reference), AGE];
if (!isWhole && (wanted.length === 0 || wanted.some((one) => !names.includes(one))))
  throw new Error(`name cases of these: ${names.join(', ')}`);

/** Of many runs the first, one in the middle and the last say all. */
async function keep(client: Client, workflow: string, workflowId: string): Promise<void> {
  const runs = (await runsOf(client, workflowId)).reverse();
  const last = runs.length - 1;
  for (const n of new Set([0, Math.floor(runs.length / 2), last])) {
    const history = await client.workflow.getHandle(workflowId, runs[n]).fetchHistory();
    const name = runs.length === 1 ? workflow : `${workflow}-run-${n + 1}`;
    storeHistory({ name: before === undefined ? name : nameBefore(name, before), history });
  }
}

/** The engine's own schedule starts it once a day: here it is asked for. */
async function keepTheDailyLook(client: Client): Promise<void> {
  const workflowId = `${AGE}-${randomUUID()}`;
  await client.workflow.execute('referenceAge', { taskQueue: SHIPMENTS_TASK_QUEUE, workflowId });
  await keep(client, AGE, workflowId);
}

async function playAll(client: Client, visitor: Visitor): Promise<void> {
  await visitor.bringIn(orders(Object.fromEntries(cases.map(({ scenario, order }) => [scenario.reference, order]))));
  const move = ({ scenario }: RecordedCase) =>
    client.workflow.getHandle(shipmentWorkflowId(organisation, scenario.reference)).signal(continueAsNewSignal);
  const hearing = ({ unheard }: RecordedCase) => {
    const sandboxes = { ...visitor.running.sandboxes };
    if (unheard) delete sandboxes[unheard];
    return new Visitor({ ...visitor.running, sandboxes });
  };
  const played = await Promise.all(
    cases.map((one) => hearing(one).play(client, one.scenario, async () => (one.moves ? move(one) : undefined))),
  );
  const wrong = cases.flatMap(({ scenario: { reference, expected } }, n) =>
    played[n]?.outcome === expected ? [] : [`${reference} ${played[n]?.error ?? played[n]?.outcome}`],
  );
  if (wrong.length > 0) throw new Error(`not as written: ${wrong.join('; ')}`);
}

const dataDir = mkdtempSync(join(tmpdir(), 'quayside-histories-'));
chmodSync(dataDir, 0o711);
const stack = await startStack({
  ...{ dataDir, organisation, sandboxAnswers: 'on-demand', synchronous: 'NORMAL' },
  log: (line) => console.log(line),
});
const { running } = stack;
const connection = await Connection.connect({ address: running.temporalAddress });
const client = new Client({ connection, namespace: running.temporalNamespace });
try {
  if (cases.length > 0) await playAll(client, new Visitor(running));
  if (isWhole)
    for (const file of readdirSync('test/histories').filter((name) => name.endsWith('.history.gz')))
      if (!isKeptForGood(file)) rmSync(join('test/histories', file));
  for (const { scenario, beside } of cases) {
    await keep(client, scenario.reference, shipmentWorkflowId(organisation, scenario.reference));
    for (const [name, workflowId] of Object.entries((await beside?.(client, running)) ?? {}))
      await keep(client, name, workflowId);
  }
  if (isWhole || wanted.includes(AGE)) await keepTheDailyLook(client);
  console.log(`${cases.length} cases and what they brought about are recorded in test/histories.`);
} finally {
  await connection.close();
  await stack.stop();
  removeStackData(dataDir);
}
