import { createHash } from 'node:crypto';
import { stringify } from 'safe-stable-stringify';

/** SHA-256 in hex of a text or bytes. */
export function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** SHA-256 in hex of a value's canonical JSON: the order of keys does not matter. */
export function sha256OfJson(value: unknown): string {
  return sha256Of(stringify(value) ?? '');
}
