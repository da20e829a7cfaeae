/** Entries of the screening lists, by version, and what people decided about parties and entries. */
import { type ScreeningDecision, type ScreeningEntry, screeningEntrySchema } from '../rules/screening/entry.ts';
import type { Transaction } from './database.ts';

/** Rows of one statement: far below what a statement may carry, and few enough statements. */
const rowsAtOnce = 2000;

/**
 * Writes the entries of a version that is begun and not in force yet; some thousands a second.
 * @throws Error of the database when two entries have one number: the importer numbers them apart
 */
export async function insertScreeningEntries(
  { query, organisation }: Transaction,
  listId: string,
  entries: readonly ScreeningEntry[],
): Promise<void> {
  for (let from = 0; from < entries.length; from += rowsAtOnce) {
    const batch = entries.slice(from, from + rowsAtOnce);
    await query(
      `insert into screening_entry (organisation, list_id, entry_id, fingerprint, content)
         select $1, $2, entry->>'entryId', entry->>'fingerprint', entry from jsonb_array_elements($3::jsonb) as entry`,
      [organisation, listId, JSON.stringify(batch)],
    );
  }
}

/** How many names and aliases the entries of a version have. */
export async function screeningNames({ query, organisation }: Transaction, listId: string): Promise<number> {
  const [row] = await query<{ names: number }>(
    `select coalesce(sum(jsonb_array_length(content->'names')), 0)::int as names
     from screening_entry where organisation = $1 and list_id = $2`,
    [organisation, listId],
  );
  return row?.names ?? 0;
}

/** All entries of a version, by number. */
export async function screeningEntries(
  { query, organisation }: Transaction,
  listId: string,
): Promise<ScreeningEntry[]> {
  const rows = await query<{ content: unknown }>(
    'select content from screening_entry where organisation = $1 and list_id = $2 order by entry_id',
    [organisation, listId],
  );
  return rows.map(({ content }) => screeningEntrySchema.parse(content));
}

/** Where a decision was made: the shipment's event, so that it goes with what a repair takes back. */
export interface DecidedAt {
  reference: string;
  eventSeq: number;
}

/** Remembers what a person decided about a party and an entry as it stood; a later decision about the same replaces it. */
export async function putScreeningDecision(
  { query, organisation }: Transaction,
  decision: ScreeningDecision,
  at?: DecidedAt,
): Promise<void> {
  await query(
    `insert into screening_decision
       (organisation, party, list, entry_id, fingerprint, decision, reason, decided_by, decided_at, reference, event_seq)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (organisation, party, list, entry_id, fingerprint) do update set
       decision = excluded.decision, reason = excluded.reason, decided_by = excluded.decided_by,
       decided_at = excluded.decided_at, reference = excluded.reference, event_seq = excluded.event_seq`,
    [
      organisation,
      decision.party,
      decision.list,
      decision.entryId,
      decision.fingerprint,
      decision.decision,
      decision.reason,
      decision.decidedBy,
      decision.decidedAt,
      at?.reference ?? null,
      at?.eventSeq ?? null,
    ],
  );
}

/** What was decided about parties, by the keys of `partyKey`. */
export async function screeningDecisions(
  { query, organisation }: Transaction,
  parties: readonly string[],
): Promise<ScreeningDecision[]> {
  return query<ScreeningDecision>(
    `select party, list, entry_id as "entryId", fingerprint, decision, reason, decided_by as "decidedBy", decided_at as "decidedAt"
     from screening_decision where organisation = $1 and party = any($2) order by decided_at, list, entry_id`,
    [organisation, parties],
  );
}
