/** What histories are recorded of: every written case, and what only happens on the way when somebody makes it happen. */
import { Client, Connection } from '@temporalio/client';
import { scenarios } from '../../demo/scenarios.ts';
import { scenariosOfChanges } from '../../demo/scenarios-of-changes.ts';
import { scenariosOfPapers } from '../../demo/scenarios-of-papers.ts';
import { runsOf } from '../../simulation/cost.ts';
import { pause } from '../../simulation/patience.ts';
import type { Deed, Scenario } from '../../simulation/scenario.ts';
import type { Running, World } from '../../simulation/world.ts';
import { continueAsNewSignal, messageNames, shipmentMessages, shipmentWorkflowId } from '../../workflows/messages.ts';
import { settleTooLate } from '../failures/cases.ts';
import { answerStatement, waitsOfStatement } from '../failures/statements.ts';
import { otherEndings } from '../scenarios/other-endings.ts';
import { Visitor } from '../scenarios/visitor.ts';

/** A case of which the histories are kept. */
export interface RecordedCase {
  scenario: Scenario;
  /** Of demo/orders.csv. */
  order: string;
  /** It goes on in a new run at every rest: its runs begin within stages. */
  moves?: true;
  /** A party that reports nothing and is asked instead. */
  unheard?: keyof Running['sandboxes'];
  /** Ids of other workflows that the case has brought about, by the names under which their histories are kept. */
  beside?: (client: Client, running: Running) => Promise<Record<string, string>>;
}

const demoCases = [...scenarios, ...scenariosOfPapers];
const plain = demoCases[0] as Scenario;
const called = (reference: string): Scenario => demoCases.find((one) => one.reference === reference) as Scenario;

/** The engine as its own users reach it. */
async function atEngine(running: Running, look: (client: Client) => Promise<void>): Promise<void> {
  const connection = await Connection.connect({ address: running.temporalAddress });
  try {
    await look(new Client({ connection, namespace: running.temporalNamespace }));
  } finally {
    await connection.close();
  }
}

/** The statements of one case: the first matched by itself, the second put to finance and moved while it waited. */
function statementsOfBothKinds(): RecordedCase {
  const kept: Record<string, string> = {};
  const paid: Deed = async (world) => {
    kept['statement-matched'] = (await world.buyerPays({ amount: '3600.00' })).workflowId;
  };
  const overpaid: Deed = async (world) => {
    const { workflowId, sha256 } = await world.buyerPays({ amount: '9000.00' }, true);
    kept['statement-asked'] = workflowId;
    await atEngine(world.running, (client) => answeredInItsNextRun(client, world, workflowId, sha256));
  };
  const onDay = plain.onDay.filter(([day]) => day !== 4 && day !== 30);
  return {
    scenario: { ...plain, reference: 'OVERPAID-01', onDay: [...onDay, [4, paid], [30, overpaid]] },
    order: plain.reference,
    beside: async () => kept,
  };
}

/** Customs and the bureau keep silent until they are asked, and finance until the manager has its question. */
function silentUntilAsked(): RecordedCase {
  const kept: Record<string, string> = {};
  const overpaid: Deed = async (world) => {
    const uploaded = await world.buyerPays({ amount: '9000.00' }, true);
    kept['statement-escalated'] = uploaded.workflowId;
    await atEngine(world.running, (client) => settleTooLate(client, world.running, uploaded));
  };
  const onDay = plain.onDay.filter(([day]) => day !== 30);
  return {
    scenario: { ...plain, reference: 'SILENT-2609', onDay: [...onDay, [30, overpaid]] },
    order: plain.reference,
    unheard: 'taxBureau',
    beside: async () => kept,
  };
}

async function answeredInItsNextRun(client: Client, world: World, workflowId: string, sha256: string): Promise<void> {
  const visitor = new Visitor(world.running);
  const question = async () => {
    for (;;) {
      const [wait] = await waitsOfStatement(visitor, sha256);
      if (wait?.until) return wait.taskId;
      await pause(50);
    }
  };
  const taskId = await question();
  await client.workflow.getHandle(workflowId).signal(continueAsNewSignal);
  while ((await runsOf(client, workflowId)).length < 2) await pause(50);
  await answerStatement(visitor, taskId, 'not-export', 'kept for the next order');
  await client.workflow.getHandle(workflowId).result();
}

/** What people type into the engine's own page: one message that counts, one that nobody can read by each signal, and one that nobody knows. */
const typed: Deed = (world) =>
  atEngine(world.running, async (client) => {
    const handle = client.workflow.getHandle(shipmentWorkflowId(world.running.organisation, world.reference));
    const occurredAt = world.clock.now();
    const planned = { classifier: 'PLN', event: 'LOAD', eventAt: occurredAt, voyage: '7' };
    await handle.signal('logisticsEvent', { messageId: 'typed-1', occurredAt, source: 'typed by hand', ...planned });
    for (const name of messageNames.filter((one) => shipmentMessages[one].alsoSignal))
      await handle.signal(name, 'paid');
    await handle.signal('releaseTheGoods', {});
  });

/** The looks at all open shipments that were made after a list and after a table was loaded. */
async function rechecks(client: Client, running: Running): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { workflowId } of client.workflow.list({ query: "WorkflowType = 'recheck'" })) {
    const list = /\/(sdn|tariff)-/.exec(workflowId)?.[1];
    if (list && workflowId.startsWith(`recheck/${running.organisation}/`)) found[`recheck-${list}`] = workflowId;
  }
  return found;
}

const ofDemo = (scenario: Scenario): RecordedCase => ({ scenario, order: scenario.reference });
const moving = (reference: string): RecordedCase => ({
  scenario: { ...called(reference), reference: `${reference}-MOVED` },
  order: reference,
  moves: true,
});

/** All of them. */
export const recordedCases: RecordedCase[] = [
  ...demoCases.map(ofDemo),
  ...scenariosOfChanges.map((scenario): RecordedCase => ({ ...ofDemo(scenario), beside: rechecks })),
  ...otherEndings.map((scenario) => ({ scenario, order: plain.reference })),
  moving('EXAM-2604'),
  moving('LOCKS-2614'),
  statementsOfBothKinds(),
  silentUntilAsked(),
  {
    order: plain.reference,
    scenario: {
      ...plain,
      reference: 'TYPED-01',
      onDay: [...plain.onDay, [14, typed]],
      answers: { 'message-misfit': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'seen', 'told') } },
    },
  },
];
