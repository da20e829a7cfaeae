import { scenarios } from '../demo/scenarios.ts';
import { costOf } from '../simulation/cost.ts';
import { play } from '../simulation/play.ts';
import type { Scenario } from '../simulation/scenario.ts';
import { shipmentWorkflowId } from '../workflows/messages.ts';
import { type Breakdown, breakdownOf, kinds, sumOf } from './breakdown.ts';
import { median, standing } from './figures.ts';
import { historiesOf } from './histories.ts';
import { startCopies, startDemoOrders } from './orders.ts';
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

const [plainCase] = scenarios as [Scenario, ...Scenario[]];
/** How often the case that is held against the budget is played: what falls into one workflow task hangs on how busy the machine is. */
const TIMES = 5;

/**
 * Plays every case of the demo and counts what each cost the engine. The one in which nothing is odd is then played alone,
 * several times; its median is held against the budget, and being over it is a complaint.
 */
export async function measureBudget(site: Site): Promise<Result> {
  await startDemoOrders(
    site,
    scenarios.map(({ reference }) => reference),
  );
  const rows = await Promise.all(scenarios.map((scenario) => rowOf(site, scenario)));
  const alone = await playedAlone(site);
  const printed = [
    `The case in which nothing is odd: ${plainCase.title}; whole chain of runs, without the events of time skipping, n = ${TIMES}, one after another`,
    againstBudget(alone),
    'What the median in events goes to',
    byKind(middle(alone, 'historyEvents').breakdown),
    'Every case of the demo, n = 1 each, all at once',
    everyCase(rows),
  ].join('\n\n');
  const complaints = [...rows, ...alone]
    .filter(({ asWritten }) => !asWritten)
    .map(({ reference, outcome, refund }) => `${reference} did not end as written: ${outcome}, refund ${refund}`);
  return {
    printed,
    figures: { budget: BUDGET, aim: AIM, alone, cases: rows },
    complaints: [...complaints, ...overBudget(alone)],
  };
}

async function playedAlone(site: Site): Promise<Row[]> {
  const rows: Row[] = [];
  for (let time = 1; time <= TIMES; time++) {
    const reference = `LAMPS-ALONE-${time}`;
    await startCopies(site, { of: plainCase.reference, references: [reference] });
    rows.push(await rowOf(site, { ...plainCase, reference }));
  }
  return rows;
}

/** The row with the median of a figure. */
function middle(rows: readonly Row[], figure: keyof typeof BUDGET): Row {
  const sought = median(rows.map((row) => row[figure]));
  return rows.find((row) => row[figure] === sought) as Row;
}

/** What is over the budget, in words; nothing when all is within. */
function overBudget(rows: readonly Row[]): string[] {
  return (Object.keys(BUDGET) as (keyof typeof BUDGET)[])
    .map((figure) => ({ figure, count: middle(rows, figure)[figure] }))
    .filter(({ figure, count }) => standing(count, BUDGET[figure]) === 'over')
    .map(({ figure, count }) => `${plainCase.reference}: ${count} ${figure}, the budget is ${BUDGET[figure]}`);
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

function againstBudget(rows: readonly Row[]): string {
  const line = (unit: string, figure: keyof typeof BUDGET) => {
    const counts = rows.map((row) => row[figure]);
    const count = median(counts);
    return [
      unit,
      `${Math.min(...counts)}–${Math.max(...counts)}`,
      String(count),
      String(BUDGET[figure]),
      standing(count, BUDGET[figure]),
      String(AIM[figure]),
      standing(count, AIM[figure]),
    ];
  };
  return table(
    ['per shipment', 'measured', 'median', 'budget', '', 'aim', ''],
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
