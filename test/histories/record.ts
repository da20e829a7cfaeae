/**
 * `npm run histories`: plays every case on a stack of its own and keeps the history of each, in place of the ones before.
 * When to do that: docs/upgrades.md.
 *
 *   -- REFERENCE …                 those cases alone
 *   -- --before 0023 REFERENCE …   and beside what is kept of them, for good: as they went before a change under `patched`
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { scenarios } from '../../demo/scenarios.ts';
import { scenariosOfPapers } from '../../demo/scenarios-of-papers.ts';
import { runsOf } from '../../simulation/cost.ts';
import { play } from '../../simulation/play.ts';
import type { Scenario } from '../../simulation/scenario.ts';
import { removeStackData, startStack } from '../../stack/stack.ts';
import { continueAsNewSignal, shipmentWorkflowId } from '../../workflows/messages.ts';
import { otherEndings } from '../scenarios/other-endings.ts';
import { orders } from '../scenarios/visitor.ts';
import { isKeptForGood, nameBefore, storeHistory } from './stored.ts';

const organisation = 'histories';
const demoCases = [...scenarios, ...scenariosOfPapers];
const orderOf = ({ reference }: Scenario) =>
  demoCases.find((demo) => reference.startsWith(demo.reference))?.reference ?? 'LAMPS-2601';
/** One that goes on in a new run at every rest: its runs begin within stages. */
const moving: Scenario = { ...(demoCases[3] as Scenario), reference: 'EXAM-2604-MOVED' };
const { values: options, positionals: wanted } = parseArgs({
  options: { before: { type: 'string' } },
  allowPositionals: true,
});
const { before } = options;
const all = [...demoCases, ...otherEndings, moving];
const isWhole = wanted.length === 0 && before === undefined;
const cases = isWhole ? all : all.filter(({ reference }) => wanted.includes(reference));
if (cases.length === 0) throw new Error(`name cases of these: ${all.map(({ reference }) => reference).join(', ')}`);

/** Of the bank statements the shortest and the longest history: one that matched by itself, one that people were asked about. */
async function recordStatements(): Promise<void> {
  const histories = [];
  for await (const { workflowId } of client.workflow.list({ query: "WorkflowType = 'statement'" }))
    histories.push(await client.workflow.getHandle(workflowId).fetchHistory());
  histories.sort((a, b) => (a.events?.length ?? 0) - (b.events?.length ?? 0));
  for (const [name, history] of [
    ['statement-shortest', histories.at(0)],
    ['statement-longest', histories.at(-1)],
  ] as const) {
    if (!history) throw new Error('no case brought a bank statement');
    storeHistory({ name, history });
  }
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
  const response = await fetch(`${running.api}/v1/orders/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${running.key}`, 'content-type': 'text/csv', 'quayside-simulated': 'true' },
    body: orders(Object.fromEntries(cases.map((one) => [one.reference, orderOf(one)]))),
  });
  if (!response.ok) throw new Error(await response.text());
  const move = (reference: string) =>
    client.workflow.getHandle(shipmentWorkflowId(organisation, reference)).signal(continueAsNewSignal);
  const played = await Promise.all(
    cases.map((one) =>
      play(
        client,
        running,
        one,
        () => undefined,
        undefined,
        async () => {
          if (one === moving) await move(one.reference);
        },
      ),
    ),
  );
  const wrong = cases.filter(({ expected }, n) => played[n]?.outcome !== expected);
  if (wrong.length > 0) throw new Error(`not as written: ${wrong.map(({ reference }) => reference).join(', ')}`);

  if (isWhole)
    for (const file of readdirSync('test/histories').filter((name) => name.endsWith('.history.gz')))
      if (!isKeptForGood(file)) rmSync(join('test/histories', file));
  for (const { reference } of cases) {
    const workflowId = shipmentWorkflowId(organisation, reference);
    const runs = (await runsOf(client, workflowId)).reverse();
    // Of many runs the first, one in the middle and the last say all.
    const chosen = runs.length === 1 ? [0] : [0, Math.floor(runs.length / 2), runs.length - 1];
    for (const n of chosen) {
      const history = await client.workflow.getHandle(workflowId, runs[n]).fetchHistory();
      const name = runs.length === 1 ? reference : `${reference}-run-${n + 1}`;
      storeHistory({ name: before === undefined ? name : nameBefore(name, before), history });
    }
  }
  if (isWhole) await recordStatements();
  console.log(`${cases.length} cases${isWhole ? ' and their statements' : ''} recorded in test/histories.`);
} finally {
  await connection.close();
  await stack.stop();
  removeStackData(dataDir);
}
