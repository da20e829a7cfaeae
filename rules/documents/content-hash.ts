import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { stringify } from 'safe-stable-stringify';

/**
 * sha256, hexadecimal, of a value's JSON with its keys sorted: the same content has the same hash whatever its key order,
 * and a database may reorder keys. Fields that are `undefined` do not count, as JSON has none.
 * @throws TypeError for a value that JSON cannot write
 */
export function contentHashOf(content: unknown): string {
  const text = stringify(content);
  if (text === undefined) throw new TypeError('not content: JSON cannot write it');
  return bytesToHex(sha256(utf8ToBytes(text)));
}
