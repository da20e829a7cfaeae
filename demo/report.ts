import { daysBetween, type Instant } from '../rules/civil-date.ts';
import type { Cost } from '../simulation/cost.ts';
import type { Scenario } from '../simulation/scenario.ts';

/** What the API says of a shipment, as far as the report shows it. */
export interface ShipmentDetail {
  outcome: string | null;
  createdAt: Instant;
  asOf: Instant | null;
  refund: { amount: string; currency: string } | null;
  figures: { stages: { stage: string; machineDays: number; peopleDays: number; counterpartyDays: number }[] };
  headline: { documentReviewWorkingDays?: number; inspectionResponseDays?: number; refundArrivalDays?: number };
}

export interface ReportRow {
  ref: string;
  scenario: string;
  expected: string;
  outcome: string | null;
  /** Outcome and refund are as the scenario says. */
  ok: boolean;
  error?: string;
  refund: { amount: string; currency: string } | null;
  virtualDays: number;
  historyEvents: number;
  billableActions: number;
  stages: ShipmentDetail['figures']['stages'];
  headline: ShipmentDetail['headline'];
}

/** The steps by which the service is judged, with what an agency in this market publishes (working days; the last in days). */
const targets = [
  {
    step: 'document review',
    figure: 'documentReviewWorkingDays',
    stages: ['intake', 'compliance-review'],
    self: '5–7',
    agency: '3–5',
    best: '1–3',
    most: 3,
  },
  {
    step: 'inspection response',
    figure: 'inspectionResponseDays',
    stages: ['export-inspection', 'destination-clearance'],
    self: '10–15+',
    agency: '7–10',
    best: '3–7',
    most: 7,
  },
  {
    step: 'refund arrival',
    figure: 'refundArrivalDays',
    stages: ['receipts-and-invoices', 'three-way-check', 'refund-claim', 'tax-bureau-review'],
    self: '90–120+',
    agency: '60–90',
    best: '45–60',
    most: 60,
  },
] as const;

export interface SummaryRow {
  step: string;
  shipments: number;
  median: number | null;
  p90: number | null;
  /** Share inside the best service's target, 0 to 1. */
  insideTarget: number | null;
  /** Mean days of the step's stages in which our machine or our people had it, and in which others had. */
  ownDays: number;
  othersDays: number;
  selfOperated: string;
  regularAgency: string;
  bestService: string;
}

/** One row of the report, from the scenario, the API's answer and the engine's history. */
export function rowOf(scenario: Scenario, detail: ShipmentDetail | undefined, cost: Cost, error?: string): ReportRow {
  const refund = detail?.refund ?? null;
  const ok = !error && detail?.outcome === scenario.expected && (refund?.amount ?? null) === scenario.refund;
  const virtualDays = detail?.asOf ? Math.round(daysBetween(detail.createdAt, detail.asOf) * 10) / 10 : 0;
  return {
    ref: scenario.reference,
    scenario: scenario.title,
    expected: scenario.expected,
    outcome: detail?.outcome ?? null,
    ok,
    error,
    refund,
    virtualDays,
    ...cost,
    stages: detail?.figures.stages ?? [],
    headline: detail?.headline ?? {},
  };
}

/** The portfolio's figures beside the published ones. */
export function summaryOf(rows: readonly ReportRow[]): SummaryRow[] {
  return targets.map(({ step, figure, stages, self, agency, best, most }) => {
    const with_ = rows.filter((row) => row.headline[figure] !== undefined);
    const values = with_.map((row) => row.headline[figure] ?? 0).sort((a, b) => a - b);
    const days = (of: (stage: ReportRow['stages'][number]) => number) =>
      mean(
        with_.map((row) =>
          row.stages
            .filter(({ stage }) => (stages as readonly string[]).includes(stage))
            .reduce((total, stage) => total + of(stage), 0),
        ),
      );
    return {
      step,
      shipments: values.length,
      median: quantile(values, 0.5),
      p90: quantile(values, 0.9),
      insideTarget: values.length === 0 ? null : values.filter((value) => value <= most).length / values.length,
      ownDays: days((stage) => stage.machineDays + stage.peopleDays),
      othersDays: days((stage) => stage.counterpartyDays),
      selfOperated: self,
      regularAgency: agency,
      bestService: best,
    };
  });
}

function quantile(sorted: readonly number[], share: number): number | null {
  return sorted.length === 0
    ? null
    : (sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? null);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.round((values.reduce((a, b) => a + b, 0) / values.length) * 100) / 100;
}

const shownStages = [
  ['review', ['intake', 'compliance-review']],
  ['papers', ['document-preparation']],
  ['customs', ['export-declaration']],
  ['inspect', ['export-inspection']],
  ['voyage', ['departure', 'arrival']],
  ['entry', ['destination-clearance']],
  ['deliver', ['delivery']],
  ['money in', ['receipts-and-invoices']],
  ['bureau', ['three-way-check', 'refund-claim', 'tax-bureau-review']],
] as const;

/** The tables that the demo prints. */
export function printed(rows: readonly ReportRow[], summary: readonly SummaryRow[], wallSeconds: number): string {
  const daysIn = (row: ReportRow, stages: readonly string[]) => {
    const days = row.stages
      .filter(({ stage }) => stages.includes(stage))
      .reduce(
        (total, { machineDays, peopleDays, counterpartyDays }) => total + machineDays + peopleDays + counterpartyDays,
        0,
      );
    return days === 0 ? '·' : days.toFixed(1);
  };
  const shipments = table(
    ['shipment', ...shownStages.map(([name]) => name), 'days', 'refund CNY', 'outcome', 'events', 'actions', ''],
    rows.map((row) => [
      row.ref,
      ...shownStages.map(([, stages]) => daysIn(row, stages)),
      row.virtualDays.toFixed(0),
      row.refund?.amount ?? '–',
      row.outcome ?? 'open',
      String(row.historyEvents),
      String(row.billableActions),
      row.ok ? 'ok' : `NOT AS WRITTEN: ${row.error ?? `expected ${row.expected}`}`,
    ]),
  );
  const figure = (value: number | null) => (value === null ? '–' : value.toFixed(1));
  const headline = table(
    ['step', 'n', 'median', 'p90', 'in target', 'own time', "others' time", 'self-operated', 'agency', 'best offered'],
    summary.map((row) => [
      row.step,
      String(row.shipments),
      figure(row.median),
      figure(row.p90),
      row.insideTarget === null ? '–' : `${Math.round(row.insideTarget * 100)} %`,
      figure(row.ownDays),
      figure(row.othersDays),
      row.selfOperated,
      row.regularAgency,
      row.bestService,
    ]),
  );
  const legend = rows.map((row) => `  ${row.ref.padEnd(18)}${row.scenario}`).join('\n');
  return [
    '\nShipments (days of each one’s own clock, by stage; money runs beside voyage, entry and delivery)\n',
    shipments,
    `\n${legend}\n`,
    '\nThe portfolio beside what an agency in this market publishes (working days; refund arrival in days)\n',
    headline,
    `\n${rows.filter((row) => row.ok).length} of ${rows.length} ended as written, in ${wallSeconds.toFixed(1)} s.\n`,
  ].join('\n');
}

function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) =>
    `  ${cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()}`;
  return [line(head), `  ${widths.map((width) => '─'.repeat(width)).join('  ')}`, ...rows.map(line)].join('\n');
}
