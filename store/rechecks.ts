/** Looks at all open shipments after something changed that their reviews rest on, and what they found. */
import type { Instant } from '../rules/civil-date.ts';
import type { RecheckCause, RecheckReport } from '../rules/compliance/recheck.ts';
import type { SubmittedPaper } from '../rules/compliance/submitted-paper.ts';
import { findingKey } from '../rules/finding.ts';
import type { LineCorrection } from '../rules/order/amend.ts';
import { correctionsOf } from '../rules/order/corrections-of.ts';
import type { Database, Transaction } from './database.ts';

export interface RecheckRow {
  id: string;
  cause: RecheckCause;
  startedAt: Instant;
  finishedAt: Instant | null;
  report: RecheckReport | null;
}

const columns = 'id, cause, started_at as "startedAt", finished_at as "finishedAt", report';

/**
 * Notes that a re-check is called for, in the transaction that calls for it, before the engine is told: one that is away
 * then is told later. The same id again changes nothing.
 */
export async function wantRecheck(
  { organisation, query }: Transaction,
  { id, cause, wantedAt }: Pick<RecheckRow, 'id' | 'cause'> & { wantedAt: Instant },
): Promise<void> {
  await query(
    'insert into recheck (organisation, id, cause, started_at, awaits_start) values ($1, $2, $3, $4, true) on conflict do nothing',
    [organisation, id, cause, wantedAt],
  );
}

/** The engine runs it, or has run it. */
export async function markRecheckStarted({ organisation, query }: Transaction, id: string): Promise<void> {
  await query('update recheck set awaits_start = false where organisation = $1 and id = $2 and awaits_start', [
    organisation,
    id,
  ]);
}

/** Re-checks, of all organisations, that are called for and not known to run. */
export async function rechecksNotStarted(
  database: Database,
): Promise<{ organisation: string; id: string; cause: RecheckCause }[]> {
  return database.query('select organisation, id, cause from rechecks_not_started()');
}

/** Notes that a re-check runs; the same id again changes nothing. */
export async function beginRecheck(
  transaction: Transaction,
  { id, cause, startedAt }: Pick<RecheckRow, 'id' | 'cause' | 'startedAt'>,
): Promise<void> {
  const { organisation, query } = transaction;
  await query(
    'insert into recheck (organisation, id, cause, started_at) values ($1, $2, $3, $4) on conflict do nothing',
    [organisation, id, cause, startedAt],
  );
  await markRecheckStarted(transaction, id);
}

/** The latest re-checks, the newest first. */
export async function listRechecks({ organisation, query }: Transaction, limit: number): Promise<RecheckRow[]> {
  return query<RecheckRow>(
    `select ${columns} from recheck where organisation = $1 order by started_at desc, id limit $2`,
    [organisation, limit],
  );
}

/** One of them; undefined when this organisation has none of that id. */
export async function findRecheck({ organisation, query }: Transaction, id: string): Promise<RecheckRow | undefined> {
  const [row] = await query<RecheckRow>(`select ${columns} from recheck where organisation = $1 and id = $2`, [
    organisation,
    id,
  ]);
  return row;
}

/** The looks that a changed rule book began, the latest first; one that is not finished has to be started again where it ended. */
export async function looksAtRules({
  organisation,
  query,
}: Transaction): Promise<{ id: string; isFinished: boolean }[]> {
  return query(
    `select id, finished_at is not null as "isFinished" from recheck where organisation = $1 and id like 'rules-%'
       order by started_at desc, id desc`,
    [organisation],
  );
}

/** Organisations that have a shipment under way: a changed rule book concerns them. */
export async function organisationsWithOpenShipments(database: Database): Promise<string[]> {
  const rows = await database.query<{ organisation: string }>(
    'select organisation from organisations_with_open_shipments()',
  );
  return rows.map(({ organisation }) => organisation);
}

/** What a review rests on beside the order: papers, corrections, and what earlier reviews have told. */
export interface ReviewedFacts {
  documents: SubmittedPaper[];
  amendments: LineCorrection[][];
  /** Ids of warnings and worse that stood when the review was approved, or were told since. */
  told: string[];
  /** Ids of undecided rules of which a person had said then that they apply. */
  confirmed: string[];
}

/** Reads them from the event log, where everything that the workflow took stands. */
export async function reviewedFactsOf({ organisation, query }: Transaction, reference: string): Promise<ReviewedFacts> {
  const rows = await query<{ kind: string; name: string | null; data: Record<string, unknown> }>(
    `select kind, data->>'name' as name, data from shipment_event where organisation = $1 and reference = $2
       and (kind in ('finding', 'approved') or (kind in ('message', 'message-applied') and data->>'status' = 'applied'
         and data->>'name' in ('submitDocument', 'submitDocuments', 'amendDeclaration'))) order by seq`,
    [organisation, reference],
  );
  const papers = new Map<string, SubmittedPaper>();
  const amendments: LineCorrection[][] = [];
  let told: string[] = [];
  let confirmed: string[] = [];
  for (const { kind, name, data } of rows) {
    if (kind === 'finding') {
      if (data.severity !== 'info') told.push(findingKey(data as Parameters<typeof findingKey>[0]));
    } else if (kind === 'approved') {
      // Older logs do not say what stood.
      told = [...((data.told as string[] | undefined) ?? told)];
      confirmed = (data.confirmed as string[] | undefined) ?? confirmed;
    } else if (name === 'amendDeclaration') {
      amendments.push(correctionsOf(data.content as Parameters<typeof correctionsOf>[0]) as LineCorrection[]);
    } else {
      // As in the workflow: a paper handed in again under its number replaces the one before.
      const content = data.content as SubmittedPaper & { documents?: SubmittedPaper[] };
      for (const paper of content.documents ?? [content]) papers.set(paper.documentId, paper);
    }
  }
  return { documents: [...papers.values()], amendments, told, confirmed };
}
