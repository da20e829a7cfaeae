import { z } from 'zod';
import type { Transaction } from '../store/database.ts';
import { claimKey, keepAnswer } from '../store/idempotency-keys.ts';
import { sha256OfJson } from '../store/sha256.ts';
import { Problem } from './problem.ts';

/** What the caller gets, word for word again under the same Idempotency-Key. */
export interface KeptAnswer {
  status: number;
  /** JSON. */
  body: string;
}

/** The caller's own key of a request. */
export const idempotencyKeyHeader = z
  .string()
  .min(1)
  .max(200, 'at most 200 characters')
  .optional()
  .describe(
    'Your own key of this request: sent again with the same body, the answer is the same word for word, and nothing happens twice.',
  );

/** The headers of a door that makes something new at each request without a key. */
export const onceHeaders = z.object({ 'idempotency-key': idempotencyKeyHeader });

/** A request as it is known again. */
export interface KeyedRequest {
  key: string | undefined;
  /** Method and path: the same body at two doors is two requests. */
  door: string;
  content: object;
}

/**
 * Answers a request once under its key: what `make` writes and the answer are one transaction, so that there is an answer
 * whenever the key is seen. Without a key each request is a new one.
 * @throws Problem `key-used-before` when the key had another request
 */
export async function answeredOnce(
  transaction: Transaction,
  { key, door, content }: KeyedRequest,
  make: () => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  const earlier = key === undefined ? undefined : await claim(transaction, key, sha256OfJson({ door, ...content }));
  if (earlier) return earlier;
  const made = await make();
  if (key !== undefined) await keepAnswer(transaction, key, made.status, made.body);
  return made;
}

/** Claims the key, or finds what it was answered. */
export async function claim(
  transaction: Transaction,
  key: string,
  requestSha256: string,
): Promise<KeptAnswer | undefined> {
  const earlier = await claimKey(transaction, key, requestSha256);
  if (!earlier) return undefined;
  if (earlier.requestSha256 !== requestSha256)
    throw new Problem('key-used-before', `the Idempotency-Key ${key} was used for a request with another body`);
  return earlier.status === null || earlier.body === null ? undefined : { status: earlier.status, body: earlier.body };
}
