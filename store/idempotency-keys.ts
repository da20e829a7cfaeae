import type { Transaction } from './database.ts';

/** What an earlier request with this key was, and what it was answered. */
export interface EarlierRequest {
  requestSha256: string;
  /** Null while the first request is not answered yet. */
  status: number | null;
  body: string | null;
}

/** Claims the key for this request; answers the earlier request where the key was used before. */
export async function claimKey(
  { organisation, query }: Transaction,
  key: string,
  requestSha256: string,
): Promise<EarlierRequest | undefined> {
  const fresh = await query(
    'insert into idempotency_key (organisation, key, request_sha256) values ($1, $2, $3) on conflict do nothing returning key',
    [organisation, key, requestSha256],
  );
  if (fresh.length === 1) return undefined;
  const [row] = await query<EarlierRequest>(
    'select request_sha256 as "requestSha256", status, body from idempotency_key where organisation = $1 and key = $2',
    [organisation, key],
  );
  return row;
}

/** Keeps the answer, to be given again word for word. */
export async function keepAnswer(
  { organisation, query }: Transaction,
  key: string,
  status: number,
  body: string,
): Promise<void> {
  await query('update idempotency_key set status = $3, body = $4 where organisation = $1 and key = $2', [
    organisation,
    key,
    status,
    body,
  ]);
}
