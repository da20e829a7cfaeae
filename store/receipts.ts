import type { Allocation } from '../activities/bank/contract.ts';
import type { Progress } from '../activities/records/contract.ts';
import type { CivilDate, Instant } from '../rules/civil-date.ts';
import type { Order } from '../rules/order/order.ts';
import type { Database, Transaction } from './database.ts';

/** A credit on the exporter's account, as the bank stated it. Amounts in its currency. */
export interface ReceiptRow {
  id: string;
  bookedAmount: string;
  currency: string;
  charges: string;
  instructedAmount: string | null;
  bookedOn: CivilDate;
  valueDate: CivilDate;
  payerName: string | null;
  remittance: string[];
  /** `unmatched`: some of it has no place yet; `not-export`: it is no shipment's money. */
  status: 'unmatched' | 'matched' | 'not-export';
}

/** A part of a receipt that stands booked. */
export type BookedAllocation = Omit<Allocation, 'remainder' | 'valueDate'>;

/** What is known here of a bank statement; its own workflow knows it better while it runs. */
export interface StatementRow {
  /** Null until its workflow is known to run. */
  startedAt: Instant | null;
  /** References of the shipments that its receipts pay. */
  told: string[];
  /** Receipts of it that have no place, or not wholly. */
  unmatched: number;
}

/** Keeps the bytes of a statement; false when the same file was received before. */
export async function insertStatement(
  { organisation, query }: Transaction,
  sha256: string,
  content: string,
): Promise<boolean> {
  const rows = await query(
    'insert into bank_statement (organisation, sha256, content) values ($1, $2, $3) on conflict do nothing returning sha256',
    [organisation, sha256, content],
  );
  return rows.length === 1;
}

/** Notes that the statement's workflow runs. */
export async function markStatementStarted({ organisation, query }: Transaction, sha256: string): Promise<void> {
  await query(
    'update bank_statement set started_at = coalesce(started_at, now()) where organisation = $1 and sha256 = $2',
    [organisation, sha256],
  );
}

/** Statements, of all organisations, that are stored and whose workflow is not known to run. */
export async function statementsNotStarted(database: Database): Promise<{ organisation: string; sha256: string }[]> {
  return database.query('select organisation, sha256 from statements_not_started()');
}

/** What became of a statement by our own records; undefined when this organisation has none of that sum. */
export async function findStatement(
  { organisation, query }: Transaction,
  sha256: string,
): Promise<StatementRow | undefined> {
  const [row] = await query<StatementRow>(
    `select s.started_at as "startedAt",
       (select count(*)::int from receipt r where r.organisation = s.organisation and r.statement_sha256 = s.sha256 and r.status = 'unmatched') as unmatched,
       array(select distinct a.reference from receipt r join receipt_allocation a on a.organisation = r.organisation and a.receipt_id = r.id
         where r.organisation = s.organisation and r.statement_sha256 = s.sha256 order by 1) as told
     from bank_statement s where s.organisation = $1 and s.sha256 = $2`,
    [organisation, sha256],
  );
  return row;
}

/** The file as it was received. @throws Error when there is none. */
export async function statementContent({ organisation, query }: Transaction, sha256: string): Promise<string> {
  const [row] = await query<{ content: string }>(
    'select content from bank_statement where organisation = $1 and sha256 = $2',
    [organisation, sha256],
  );
  if (!row) throw new Error(`there is no bank statement ${sha256}`);
  return row.content;
}

/** One matching at a time in an organisation, until the transaction ends: two would book one receivable twice. */
export async function lockMatching({ organisation, query }: Transaction): Promise<void> {
  await query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`matching/${organisation}`]);
}

/** Keeps a credit, and says what became of it so far; undefined when another statement reported it first: it is that one's. */
export async function insertReceipt(
  { organisation, query }: Transaction,
  statementSha256: string,
  receipt: Omit<ReceiptRow, 'status'>,
): Promise<ReceiptRow['status'] | undefined> {
  const [row] = await query<{ own: boolean; status: ReceiptRow['status'] }>(
    `insert into receipt (organisation, id, statement_sha256, booked_amount, currency, charges, instructed_amount, booked_on, value_date, payer_name, remittance)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (organisation, id) do update set statement_sha256 = receipt.statement_sha256
       returning statement_sha256 = $3 as own, status`,
    [
      organisation,
      receipt.id,
      statementSha256,
      receipt.bookedAmount,
      receipt.currency,
      receipt.charges,
      receipt.instructedAmount,
      receipt.bookedOn,
      receipt.valueDate,
      receipt.payerName,
      JSON.stringify(receipt.remittance),
    ],
  );
  return row?.own ? row.status : undefined;
}

/** One credit; undefined when there is none. */
export async function findReceipt({ organisation, query }: Transaction, id: string): Promise<ReceiptRow | undefined> {
  const [row] = await query<ReceiptRow>(
    `select id, booked_amount::text as "bookedAmount", currency, charges::text, instructed_amount::text as "instructedAmount", booked_on as "bookedOn",
       value_date as "valueDate", payer_name as "payerName", remittance, status from receipt where organisation = $1 and id = $2`,
    [organisation, id],
  );
  return row;
}

/** What became of a credit. */
export async function markReceipt(
  { organisation, query }: Transaction,
  id: string,
  status: ReceiptRow['status'],
): Promise<void> {
  await query('update receipt set status = $3 where organisation = $1 and id = $2', [organisation, id, status]);
}

/** Books a part of a receipt on an instalment; booking it again changes nothing. */
export async function insertAllocation({ organisation, query }: Transaction, allocation: Allocation): Promise<void> {
  await query(
    'insert into receipt_allocation (organisation, receipt_id, reference, instalment, amount, charges, currency, because) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing',
    [
      organisation,
      allocation.receiptId,
      allocation.reference,
      allocation.instalment,
      allocation.amount,
      allocation.charges,
      allocation.currency,
      allocation.because,
    ],
  );
}

/** What of a receipt is booked already, the statement's earlier try included. */
export async function allocationsOf(
  { organisation, query }: Transaction,
  receiptIds: string[],
): Promise<BookedAllocation[]> {
  return query(
    `select receipt_id as "receiptId", reference, instalment, currency, amount::text, charges::text, because from receipt_allocation where organisation = $1 and receipt_id = any($2) order by receipt_id, reference, instalment`,
    [organisation, receiptIds],
  );
}

/** Shipments that still expect money: their order, their instalments as last amended, and what is booked on each. */
export async function openReceivables({
  organisation,
  query,
}: Transaction): Promise<
  { order: Order; progress: Partial<Progress>; booked: { instalment: number; total: string }[] }[]
> {
  return query(
    `select s.order_body as "order", s.progress, coalesce((select jsonb_agg(jsonb_build_object('instalment', b.instalment, 'total', b.total::text))
       from (select instalment, sum(amount + charges) as total from receipt_allocation a where a.organisation = s.organisation and a.reference = s.reference group by instalment) b), '[]') as booked
     from shipment s where s.organisation = $1 and s.outcome is null order by s.reference`,
    [organisation],
  );
}
