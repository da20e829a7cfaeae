import type { RecordEntry } from '../activities/records/contract.ts';
import type { ShipmentRow } from '../store/shipments.ts';
import type { ShipmentSummary } from './contract.ts';
import { headlineOf, stageTimesOf } from './figures.ts';

/** A shipment of the projection as the API shows it; before its first record it stands in intake. */
export function summaryOf({
  reference,
  stage,
  outcome,
  asOf,
  progress,
  simulated,
  createdAt,
}: ShipmentRow): ShipmentSummary {
  return {
    reference,
    stage,
    moneyStage: progress.moneyStage ?? null,
    asOf,
    outcome,
    waitingOn: progress.waitingOn ?? [],
    openHolds: progress.openHolds ?? [],
    nextDeadline: progress.nextDeadline ?? null,
    declarationNumber: progress.declarationNumber ?? null,
    exportedOn: progress.exportedOn ?? null,
    total: progress.total ?? null,
    refundClaimed: progress.refundClaimed ?? null,
    refund: progress.refund ?? null,
    simulated,
    createdAt,
  };
}

/** What only the shipment's own page shows: its order, where its time went, and the figures it is judged by. */
export function detailOf(row: ShipmentRow, events: readonly RecordEntry[], openTasks: number) {
  const asOf = row.asOf ?? row.createdAt;
  return {
    ...summaryOf(row),
    openTasks,
    order: row.order,
    figures: { stages: stageTimesOf(events, asOf) },
    headline: headlineOf(events),
  };
}
