import type { Progress, RecordEntry } from '../activities/records/contract.ts';
import type { Instant } from '../rules/civil-date.ts';
import { amendOrder, type LineCorrection } from '../rules/order/amend.ts';
import type { Order } from '../rules/order/order.ts';
import type { Database, Transaction } from './database.ts';

/** A shipment as lists and pages show it. */
export interface ShipmentRow {
  reference: string;
  order: Order;
  orderSha256: string;
  simulated: boolean;
  createdAt: Instant;
  startedAt: Instant | null;
  /** Empty until its workflow wrote the first time. */
  progress: Partial<Progress>;
  asOf: Instant | null;
  stage: string;
  outcome: string | null;
}

const columns = `reference, order_body as "order", order_sha256 as "orderSha256", simulated, created_at as "createdAt",
  started_at as "startedAt", progress, as_of as "asOf", stage, outcome`;

/** Stores an order; false when the reference is taken, which it is for ever. */
export async function insertShipment(
  { organisation, query }: Transaction,
  order: Order,
  orderSha256: string,
  simulated: boolean,
): Promise<boolean> {
  const rows = await query(
    'insert into shipment (organisation, reference, order_body, order_sha256, simulated) values ($1, $2, $3, $4, $5) on conflict do nothing returning reference',
    [organisation, order.reference, order, orderSha256, simulated],
  );
  return rows.length === 1;
}

/** Its order with all corrections so far. @throws Error when there is no such shipment. */
export async function amendedOrder(
  transaction: Transaction,
  reference: string,
  amendments: readonly LineCorrection[][],
): Promise<Order> {
  const shipment = await findShipment(transaction, reference);
  if (!shipment) throw new Error(`there is no shipment ${reference}`);
  return amendOrder(shipment.order, amendments);
}

/** Notes that the shipment's workflow runs. */
export async function markStarted({ organisation, query }: Transaction, reference: string): Promise<void> {
  await query(
    'update shipment set started_at = coalesce(started_at, now()) where organisation = $1 and reference = $2',
    [organisation, reference],
  );
}

/** One shipment; undefined when this organisation has none of that reference. */
export async function findShipment(
  { organisation, query }: Transaction,
  reference: string,
): Promise<ShipmentRow | undefined> {
  const [row] = await query<ShipmentRow>(`select ${columns} from shipment where organisation = $1 and reference = $2`, [
    organisation,
    reference,
  ]);
  return row;
}

/** A page of shipments by reference, after `after`. */
export async function listShipments(
  { organisation, query }: Transaction,
  page: { limit: number; after?: string; open?: boolean },
): Promise<ShipmentRow[]> {
  return query<ShipmentRow>(
    `select ${columns} from shipment where organisation = $1 and ($2::text is null or reference > $2)
       and ($3::boolean is null or (outcome is null) = $3) order by reference limit $4`,
    [organisation, page.after ?? null, page.open ?? null, page.limit],
  );
}

/** Shipments, of all organisations, whose order is stored and whose workflow is not known to run. */
export async function shipmentsNotStarted(database: Database): Promise<{ organisation: string; reference: string }[]> {
  return database.query('select organisation, reference from shipments_not_started()');
}

/** The event log, oldest first. */
export async function eventsOf({ organisation, query }: Transaction, reference: string): Promise<RecordEntry[]> {
  const rows = await query<RecordEntry & { seq: string | number }>(
    'select seq, at, kind, data from shipment_event where organisation = $1 and reference = $2 order by seq',
    [organisation, reference],
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** The attempt at a workflow task that writes. */
export interface WritingAttempt {
  runId: string;
  historyLength: number;
  asOf: Instant;
}

/**
 * Prepares the record for a write that follows event `kept`: what stands behind it was written by an attempt that the
 * engine did not keep, and is replaced. False when a later attempt has written: then nothing may be written.
 * docs/decisions/0011.
 */
export async function makeWayForWrite(
  { organisation, query }: Transaction,
  reference: string,
  kept: number,
  { runId, historyLength, asOf }: WritingAttempt,
): Promise<boolean> {
  const [last] = await query<{ run: string | null; length: string | null; asOf: Instant | null }>(
    'select written_run as run, written_length as length, as_of as "asOf" from shipment where organisation = $1 and reference = $2 for update',
    [organisation, reference],
  );
  const isLater =
    last?.run === runId && Number(last.length) !== historyLength
      ? Number(last.length) > historyLength
      : (last?.asOf ?? '') > asOf;
  if (isLater) return false;
  await query('select replace_unkept($1, $2)', [reference, kept]);
  return true;
}

/** Appends what happened; an entry that stands there already is left alone, so that a repeated write changes nothing. Returns the new ones. */
export async function appendEvents(
  { organisation, query }: Transaction,
  reference: string,
  entries: readonly RecordEntry[],
): Promise<RecordEntry[]> {
  if (entries.length === 0) return [];
  const rows = await query<{ seq: string }>(
    `insert into shipment_event (organisation, reference, seq, at, kind, data)
       select $1, $2, seq, at, kind, data from jsonb_to_recordset($3) as entry(seq bigint, at timestamptz, kind text, data jsonb)
       on conflict do nothing returning seq`,
    [organisation, reference, JSON.stringify(entries)],
  );
  const fresh = new Set(rows.map((row) => Number(row.seq)));
  return entries.filter((entry) => fresh.has(entry.seq));
}

/** Another shipment of the organisation that has this declaration number; undefined where there is none, as it should be. */
export async function otherShipmentDeclaredAs(
  { organisation, query }: Transaction,
  reference: string,
  declarationNumber: string,
): Promise<string | undefined> {
  const [other] = await query<{ reference: string }>(
    `select reference from shipment where organisation = $1 and progress->>'declarationNumber' = $2 and reference <> $3
       order by reference limit 1`,
    [organisation, declarationNumber, reference],
  );
  return other?.reference;
}

/** Writes the projection, and which attempt wrote it. */
export async function writeProgress(
  { organisation, query }: Transaction,
  reference: string,
  progress: Progress,
  { runId, historyLength, asOf }: WritingAttempt,
  lastSeq: number,
): Promise<void> {
  await query(
    `update shipment set progress = $3, as_of = $4, stage = $5, outcome = $6, next_deadline = $7, progress_seq = $8,
       started_at = coalesce(started_at, now()), written_run = $9, written_length = $10 where organisation = $1 and reference = $2`,
    [
      organisation,
      reference,
      progress,
      asOf,
      progress.stage,
      progress.outcome,
      progress.nextDeadline,
      lastSeq,
      runId,
      historyLength,
    ],
  );
}
