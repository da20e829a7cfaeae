import { scenarios } from '../demo/scenarios.ts';
import { costOf } from '../simulation/cost.ts';
import { play } from '../simulation/play.ts';
import type { Scenario } from '../simulation/scenario.ts';
import { shipmentWorkflowId } from '../workflows/messages.ts';
import { type Breakdown, breakdownOf, kinds, sumOf } from './breakdown.ts';
import { standing } from './figures.ts';
import { historiesOf } from './histories.ts';
import { startDemoOrders } from './orders.ts';
import { refundsOf } from './refunds.ts';
import type { Result } from './result.ts';
import type { Site } from './site.ts';
import { table } from './table.ts';

/** What a shipment in which nothing is odd may cost the engine, and what it should come to. */
export const BUDGET = { historyEvents: 200, billableActions: 60 };
const AIM = { historyEvents: 150, billableActions: 45 };

interface Row {
  reference: string;
  title: string;
  outcome: string | null;
  /** In CNY. */
  refund: string | null;
  asWritten: boolean;
  breakdown: Breakdown;
  historyEvents: number;
  billableActions: number;
}

/** Plays every case of the demo and counts what each cost the engine; the first is held against the budget. */
export async function measureBudget(site: Site): Promise<Result> {
  await startDemoOrders(
    site,
    scenarios.map(({ reference }) => reference),
  );
  const rows = await Promise.all(scenarios.map((scenario) => rowOf(site, scenario)));
  const [plain] = rows as [Row, ...Row[]];
  const printed = [
    `The case in which nothing is odd: ${plain.title}; whole chain of runs, without the events of time skipping`,
    againstBudget(plain),
    'What that goes to',
    byKind(plain.breakdown),
    'Every case of the demo, n = 1 each',
    everyCase(rows),
  ].join('\n\n');
  const complaints = rows
    .filter(({ asWritten }) => !asWritten)
    .map(({ reference, outcome, refund }) => `${reference} did not end as written: ${outcome}, refund ${refund}`);
  return { printed, figures: { budget: BUDGET, aim: AIM, cases: rows }, complaints };
}

async function rowOf(site: Site, scenario: Scenario): Promise<Row> {
  const { client, running, signal } = site;
  const { reference, title, expected } = scenario;
  const { outcome, error } = await play(client, running, scenario, () => undefined, signal);
  const refund = (await refundsOf(site, [reference])).get(reference) ?? null;
  const workflowId = shipmentWorkflowId(running.organisation, reference);
  const breakdown = breakdownOf(await historiesOf(client, workflowId));
  const counted = await costOf(client, workflowId);
  const sum = sumOf(breakdown);
  if (sum.historyEvents !== counted.historyEvents || sum.billableActions !== counted.billableActions)
    throw new Error(
      `bench/breakdown.ts counts ${JSON.stringify(sum)} for ${reference} and simulation/cost.ts ${JSON.stringify(counted)}: their rules must be the same`,
    );
  return {
    reference,
    title,
    outcome: error ?? outcome,
    asWritten: !error && outcome === expected && refund === scenario.refund,
    refund,
    breakdown,
    ...counted,
  };
}

function againstBudget(row: Row): string {
  const line = (unit: string, figure: keyof typeof BUDGET) => [
    unit,
    String(row[figure]),
    String(BUDGET[figure]),
    standing(row[figure], BUDGET[figure]),
    String(AIM[figure]),
    standing(row[figure], AIM[figure]),
  ];
  return table(
    ['per shipment', 'measured', 'budget', '', 'aim', ''],
    [line('history events', 'historyEvents'), line('billable actions', 'billableActions')],
  );
}

function byKind(breakdown: Breakdown): string {
  const rows = kinds.map((kind) => {
    const { count, historyEvents, billableActions } = breakdown[kind];
    return [kind, String(count), String(historyEvents), String(billableActions)];
  });
  return table(['kind', 'count', 'events', 'actions'], rows);
}

function everyCase(rows: readonly Row[]): string {
  return table(
    ['case', 'outcome', 'events', 'actions'],
    rows.map(({ title, outcome, historyEvents, billableActions }) => [
      title,
      outcome ?? 'open',
      String(historyEvents),
      String(billableActions),
    ]),
  );
}
