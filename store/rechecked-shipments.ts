/** What a re-check found, shipment by shipment: written before a shipment is told, so that a step that is done again says the same. */
import type { Instant } from '../rules/civil-date.ts';
import type { Affected, RecheckReport } from '../rules/compliance/recheck.ts';
import type { Transaction } from './database.ts';

/** A shipment that a re-check concerns. */
export interface RecheckedShipment {
  reference: string;
  /** What is new in its review; empty for one that could not be looked at. */
  findings: Affected['findings'];
  /** On the clock of the shipment; part of the message to it. */
  foundAt: Instant;
  /** Null until it is known to have the message. */
  toldAt: Instant | null;
  /** Why it could not be looked at or told; counts for as long as it is not told. */
  failed: string | null;
}

const columns = 'reference, findings, found_at as "foundAt", told_at as "toldAt", failed';

/** What this re-check has found of a shipment before; undefined when nothing. */
export async function findRechecked(
  { organisation, query }: Transaction,
  recheck: string,
  reference: string,
): Promise<RecheckedShipment | undefined> {
  const [row] = await query<RecheckedShipment>(
    `select ${columns} from rechecked_shipment where organisation = $1 and recheck = $2 and reference = $3`,
    [organisation, recheck, reference],
  );
  return row;
}

/**
 * Keeps what is new in the review of a shipment, before it is told, and answers what counts: of two steps that found
 * something at once both tell what the first has kept.
 */
export async function keepFindings(
  { organisation, query }: Transaction,
  recheck: string,
  { reference, findings, foundAt }: Pick<RecheckedShipment, 'reference' | 'findings' | 'foundAt'>,
): Promise<RecheckedShipment> {
  const [row] = await query<RecheckedShipment>(
    `insert into rechecked_shipment as kept (organisation, recheck, reference, findings, found_at) values ($1, $2, $3, $4, $5)
       on conflict (organisation, recheck, reference) do update
         set findings = case when kept.findings = '[]' then excluded.findings else kept.findings end,
           found_at = case when kept.findings = '[]' then excluded.found_at else kept.found_at end
       returning ${columns}`,
    [organisation, recheck, reference, JSON.stringify(findings), foundAt],
  );
  return row as RecheckedShipment;
}

/** The shipment has the message. */
export async function markTold(
  { organisation, query }: Transaction,
  recheck: string,
  reference: string,
  at: Instant,
): Promise<void> {
  await query(
    'update rechecked_shipment set told_at = coalesce(told_at, $4) where organisation = $1 and recheck = $2 and reference = $3',
    [organisation, recheck, reference, at],
  );
}

/** Keeps why a shipment could not be looked at or told, or that it now can (null); one that was told meanwhile stays told. */
export async function keepFailure(
  { organisation, query }: Transaction,
  recheck: string,
  { reference, because, at }: { reference: string; because: string | null; at: Instant },
): Promise<void> {
  await query(
    `insert into rechecked_shipment (organisation, recheck, reference, found_at, failed) values ($1, $2, $3, $5, $4)
       on conflict (organisation, recheck, reference) do update set failed = excluded.failed`,
    [organisation, recheck, reference, because, at],
  );
}

/** References of those that this re-check could not look at or tell, after `after`. */
export async function failedReferences(
  { organisation, query }: Transaction,
  recheck: string,
  page: { limit: number; after: string | null },
): Promise<string[]> {
  const rows = await query<{ reference: string }>(
    `select reference from rechecked_shipment where organisation = $1 and recheck = $2 and failed is not null and told_at is null
       and ($3::text is null or reference > $3) order by reference limit $4`,
    [organisation, recheck, page.after, page.limit],
  );
  return rows.map(({ reference }) => reference);
}

/**
 * Keeps what a re-check has found so far as its report. `report` is what its workflow carries: how many shipments it looked
 * at and, where it ran on a version that carried them itself, those that it named.
 */
export async function endRecheck(
  transaction: Transaction,
  { id, finishedAt, report }: { id: string; finishedAt: Instant; report: RecheckReport },
): Promise<void> {
  const { organisation, query } = transaction;
  await keepCarried(transaction, id, finishedAt, report);
  await query(
    `with named as (select reference, findings, told_at, failed from rechecked_shipment where organisation = $1 and recheck = $2)
     update recheck set awaits_start = false, finished_at = $3, report = jsonb_build_object('looked', $4::integer,
       'affected', coalesce((select jsonb_agg(jsonb_build_object('reference', reference, 'findings', findings) order by reference)
         from named where told_at is not null), '[]'),
       'failed', coalesce((select jsonb_agg(jsonb_build_object('reference', reference, 'because', failed) order by reference)
         from named where told_at is null and failed is not null), '[]'))
     where organisation = $1 and id = $2`,
    [organisation, id, finishedAt, report.looked],
  );
}

/** What stands here already is what today's step has written, and counts. */
async function keepCarried(
  { organisation, query }: Transaction,
  id: string,
  at: Instant,
  { affected, failed }: RecheckReport,
): Promise<void> {
  for (const { reference, findings } of affected)
    await query(
      `insert into rechecked_shipment (organisation, recheck, reference, findings, found_at, told_at)
         values ($1, $2, $3, $4, $5, $5) on conflict do nothing`,
      [organisation, id, reference, JSON.stringify(findings), at],
    );
  for (const { reference, because } of failed)
    await query(
      `insert into rechecked_shipment (organisation, recheck, reference, found_at, failed)
         values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [organisation, id, reference, at, because],
    );
}
