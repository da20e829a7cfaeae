/** The keys of protected PDFs, from the empty password (ISO 32000-1, 7.6.3; ISO 32000-2, 7.6.4). */
import { Buffer } from 'node:buffer';
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

/** How a PDF is locked, as its own dictionary says; texts of a letter for each byte. */
export interface Protection {
  cipher: 'rc4' | 'aes-128' | 'aes-256';
  /** Of the way in which keys are made: 2 to 6. */
  revision: number;
  keyBytes: number;
  owner: string;
  user: string;
  /** The file's key under the user's password, of revisions 5 and 6. */
  sealed: string;
  /** What its owner allows, as one signed number. */
  permissions: number;
  /** Of the file. */
  id: string;
  hasPlainMetadata: boolean;
}

const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

/** The key of the file, where it opens without a password; else, and for ways that nobody uses, undefined. */
export function fileKeyOf(protection: Protection): Buffer | undefined {
  const { cipher, revision, keyBytes } = protection;
  const isNew = revision === 5 || revision === 6;
  if (isNew !== (cipher === 'aes-256')) return undefined;
  if (isNew) return newKeyOf(protection);
  const isKnown = revision >= 2 && revision <= 4 && Number.isInteger(keyBytes) && keyBytes >= 5 && keyBytes <= 16;
  return isKnown ? oldKeyOf(protection) : undefined;
}

function oldKeyOf(protection: Protection): Buffer | undefined {
  const { revision, owner, user, permissions, id, hasPlainMetadata } = protection;
  const keyBytes = revision === 2 ? 5 : protection.keyBytes;
  const allowed = Buffer.alloc(4);
  allowed.writeInt32LE(permissions | 0);
  const parts = [PADDING, bytes(owner).subarray(0, 32), allowed, bytes(id)];
  if (revision >= 4 && hasPlainMetadata) parts.push(Buffer.alloc(4, 0xff));
  let key = md5(...parts);
  if (revision >= 3) for (let round = 0; round < 50; round++) key = md5(key.subarray(0, keyBytes));
  key = key.subarray(0, keyBytes);
  return isUser(key) ? key : undefined;

  function isUser(own: Buffer): boolean {
    if (revision === 2) return rc4(own, PADDING).equals(bytes(user).subarray(0, 32));
    let proof = md5(PADDING, bytes(id));
    for (let round = 0; round < 20; round++) proof = rc4(Buffer.from(own.map((byte) => byte ^ round)), proof);
    return proof.equals(bytes(user).subarray(0, 16));
  }
}

function newKeyOf({ revision, user, sealed }: Protection): Buffer | undefined {
  const said = bytes(user);
  const hash = revision === 5 ? (salt: Buffer) => sha(256, salt) : hashOfRevision6;
  if (said.length < 48 || sealed.length !== 32 || !hash(said.subarray(32, 40)).equals(said.subarray(0, 32)))
    return undefined;
  const opened = createDecipheriv('aes-256-cbc', hash(said.subarray(40, 48)), Buffer.alloc(16)).setAutoPadding(false);
  return Buffer.concat([opened.update(bytes(sealed)), opened.final()]);
}

/** Made slow on purpose: algorithm 2.B, with the empty password. */
export function hashOfRevision6(salt: Buffer): Buffer {
  let key = sha(256, salt);
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(false);
    const mixed = cipher.update(Buffer.concat(Array.from({ length: 64 }, () => key)));
    const remainder = mixed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = sha(remainder === 0 ? 256 : remainder === 1 ? 384 : 512, mixed);
    last = mixed.at(-1) ?? 0;
  }
  return key.subarray(0, 32);
}

/** The key of one object, of revisions 2 to 4. */
export function sealedKey(key: Buffer, object: number, generation: number, isAes: boolean): Buffer {
  const about = Buffer.from([object, object >> 8, object >> 16, generation, generation >> 8]);
  const own = md5(key, about, Buffer.from(isAes ? 'sAlT' : ''));
  return own.subarray(0, Math.min(key.length + 5, 16));
}

/** The cipher of older files: the same enciphers and deciphers. */
export function rc4(key: Buffer, content: Uint8Array): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number) => state[index & 255] ?? 0;
  const swap = (one: number, other: number) => {
    const kept = at(one);
    state[one & 255] = at(other);
    state[other & 255] = kept;
  };
  for (let index = 0, mix = 0; index < 256; index++) {
    mix = (mix + at(index) + (key[index % key.length] ?? 0)) & 255;
    swap(index, mix);
  }
  let [one, other] = [0, 0];
  return Buffer.from(
    content.map((byte) => {
      one = (one + 1) & 255;
      other = (other + at(one)) & 255;
      swap(one, other);
      return byte ^ at(at(one) + at(other));
    }),
  );
}

const bytes = (text: string) => Buffer.from(text, 'latin1');
const sha = (bits: 256 | 384 | 512, content: Buffer) => createHash(`sha${bits}`).update(content).digest();

function md5(...parts: Uint8Array[]): Buffer {
  const hash = createHash('md5');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
