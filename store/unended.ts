/** What by our records goes on or should, so that the engine can be asked whether it does. */
import type { Instant } from '../rules/civil-date.ts';
import type { Transaction } from './database.ts';

/** Open shipments whose workflow was known to run, by reference, after `after`. */
export async function startedShipments(
  { organisation, query }: Transaction,
  page: { after: string; limit: number },
): Promise<string[]> {
  const rows = await query<{ reference: string }>(
    `select reference from shipment where organisation = $1 and outcome is null and started_at is not null and reference > $2
       order by reference limit $3`,
    [organisation, page.after, page.limit],
  );
  return rows.map(({ reference }) => reference);
}

/** Of these, the shipments that are open and whose workflow was known to run. */
export async function openAmong(
  { organisation, query }: Transaction,
  references: readonly string[],
): Promise<Set<string>> {
  const rows = await query<{ reference: string }>(
    `select reference from shipment where organisation = $1 and outcome is null and started_at is not null and reference = any($2)`,
    [organisation, references],
  );
  return new Set(rows.map(({ reference }) => reference));
}

/** Sums of the statements that were started and have a receipt without a place. */
export async function unsettledStatements({ organisation, query }: Transaction): Promise<string[]> {
  const rows = await query<{ sha256: string }>(
    `select sha256 from bank_statement s where organisation = $1 and started_at is not null and exists (select from receipt r
       where r.organisation = s.organisation and r.statement_sha256 = s.sha256 and r.status = 'unmatched') order by sha256 limit 1000`,
    [organisation],
  );
  return rows.map(({ sha256 }) => sha256);
}

/** Looks at all open shipments that were wanted before that moment and are not finished, the oldest first. */
export async function unfinishedRechecks(
  { organisation, query }: Transaction,
  before: Instant,
): Promise<{ id: string; since: Instant }[]> {
  return query(
    `select id, started_at as since from recheck where organisation = $1 and finished_at is null and started_at < $2
       order by started_at limit 50`,
    [organisation, before],
  );
}

/** Orders that were stored before that moment and whose workflow is not known to run. */
export async function unstartedShipments(
  { organisation, query }: Transaction,
  before: Instant,
): Promise<{ reference: string; since: Instant }[]> {
  return query(
    `select reference, created_at as since from shipment where organisation = $1 and started_at is null and created_at < $2
       order by created_at limit 200`,
    [organisation, before],
  );
}

/** The same of bank statements. */
export async function unstartedStatements(
  { organisation, query }: Transaction,
  before: Instant,
): Promise<{ sha256: string; since: Instant }[]> {
  return query(
    `select sha256, received_at as since from bank_statement where organisation = $1 and started_at is null and received_at < $2
       order by received_at limit 200`,
    [organisation, before],
  );
}

/** What the record of a shipment says that was ended in the engine and closed by a person. */
export const ENDED_IN_ENGINE = 'ended-in-engine';

/** Closes the record of a shipment whose workflow is no more; false when it was closed meanwhile. */
export async function closeRecord({ organisation, query }: Transaction, reference: string): Promise<boolean> {
  const rows = await query(
    `update shipment set outcome = $3, next_deadline = null,
       progress = progress || jsonb_build_object('outcome', $3::text, 'waitingOn', '[]'::jsonb, 'nextDeadline', null)
       where organisation = $1 and reference = $2 and outcome is null returning reference`,
    [organisation, reference, ENDED_IN_ENGINE],
  );
  return rows.length === 1;
}

/** Closes the open tasks whose answer a workflow waited for that is no more. Returns their ids. */
export async function mootTasksOf(
  { organisation, query }: Transaction,
  workflowId: string,
  at: Instant,
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `update task set status = 'moot', closed_at = $3 where organisation = $1 and workflow_id = $2 and status = 'open' returning id`,
    [organisation, workflowId, at],
  );
  return rows.map(({ id }) => id);
}
