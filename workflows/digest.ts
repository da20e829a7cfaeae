import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { stringify } from 'safe-stable-stringify';

/** A short digest of a message's content, whatever the order of its keys: tells a second delivery from a conflict. */
export function digestOf(message: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(stringify(message) ?? ''))).slice(0, 24);
}
