import type { Instant } from '../rules/civil-date.ts';
import type { Trouble, TroubleActionName, TroubleKind } from '../rules/trouble.ts';
import type { Transaction } from './database.ts';

/** How an action ended; `begun`: not known to have ended. */
export type TroubleActionOutcome = 'begun' | 'done' | 'refused' | 'failed';

/** What somebody did about a trouble. */
export interface TroubleActionRow {
  id: string;
  troubleId: string;
  kind: TroubleKind;
  reference: string | null;
  workflowId: string | null;
  action: TroubleActionName;
  /** Number of the key, never the key. */
  keyId: string;
  keyRole: string;
  reason: string;
  at: Instant;
  outcome: TroubleActionOutcome;
  words: string | null;
  endedAt: Instant | null;
}

/** Writes down, before it is done, who does what and why. Returns the entry's id. */
export async function beginTroubleAction(
  { organisation, query }: Transaction,
  {
    trouble,
    action,
    by,
    reason,
  }: {
    trouble: Trouble;
    action: TroubleActionName;
    by: { keyId: string; role: string };
    reason: string;
  },
): Promise<string> {
  const [row] = await query<{ id: string }>(
    `insert into trouble_action (organisation, trouble_id, kind, reference, workflow_id, action, key_id, key_role, reason)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
    [organisation, trouble.id, trouble.kind, trouble.reference, trouble.workflowId, action, by.keyId, by.role, reason],
  );
  if (!row) throw new Error('the action on a trouble was not written');
  return row.id;
}

/** Adds how it ended. */
export async function endTroubleAction(
  { organisation, query }: Transaction,
  id: string,
  outcome: Exclude<TroubleActionOutcome, 'begun'>,
  words: string,
): Promise<void> {
  await query(
    `update trouble_action set outcome = $3, words = $4, ended_at = now() where organisation = $1 and id = $2 and outcome = 'begun'`,
    [organisation, id, outcome, words],
  );
}

/** The latest actions first. */
export async function latestTroubleActions(
  { organisation, query }: Transaction,
  limit: number,
): Promise<TroubleActionRow[]> {
  return query<TroubleActionRow>(
    `select id, trouble_id as "troubleId", kind, reference, workflow_id as "workflowId", action, key_id as "keyId", key_role as "keyRole",
       reason, at, outcome, words, ended_at as "endedAt" from trouble_action where organisation = $1 order by id desc limit $2`,
    [organisation, limit],
  );
}
