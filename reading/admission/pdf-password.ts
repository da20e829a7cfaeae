/**
 * PDFs that open without a password and forbid printing or copying, as carriers and banks make them. Their contents are
 * enciphered all the same (ISO 32000-2, 7.6): to look into them the key is worked out as every reader does, from the empty password.
 */
import { Buffer } from 'node:buffer';
import { createDecipheriv } from 'node:crypto';
import { fileKeyOf, type Protection, rc4, sealedKey } from './pdf-keys.ts';
import { dictionaryAt, type PdfDictionary, type PdfValue, plainName } from './pdf-objects.ts';
import { beginningsBefore, marked } from './pdf-places.ts';
import { type ObjectPlaces, placesOfObjects } from './pdf-streams.ts';

/** A stream's bytes in clear; undefined where they are not enciphered as the file says. */
export type Unlock = (bytes: Uint8Array, object: number, generation: number) => Uint8Array | undefined;

/** `password`: it opens with one only, or nobody can say. */
export type Lock = { unlock: Unlock } | 'password';

const ENCRYPT_MARK = marked('Encrypt');
const MOST_MARKS = 50;

/** How the PDF is locked; undefined where it is not. */
export function lockOf(text: string): Lock | undefined {
  const marks = [...text.matchAll(ENCRYPT_MARK)].filter(({ 0: found }) => plainName(found) === '/Encrypt');
  if (marks.length === 0) return undefined;
  const trailers = marks.slice(0, MOST_MARKS).map(({ index }) => trailerAround(text, index));
  const objects = trailers.some((trailer) => trailer) ? placesOfObjects(text) : undefined;
  const protections = trailers.map((trailer) => trailer && objects && protectionOf(text, objects, trailer));
  const [first] = protections;
  // Two ways of locking in one file: programs differ in which they follow.
  const isOne = protections.every((one) => one && first && JSON.stringify(one) === JSON.stringify(first));
  const key = first && isOne && marks.length <= MOST_MARKS ? fileKeyOf(first) : undefined;
  return first && key ? { unlock: unlockWith(first, key) } : 'password';
}

function unlockWith({ cipher }: Protection, key: Buffer): Unlock {
  return (bytes, object, generation) => {
    if (cipher === 'aes-256') return decipher(bytes, 'aes-256-cbc', key);
    const own = sealedKey(key, object, generation, cipher === 'aes-128');
    return cipher === 'rc4' ? rc4(own, bytes) : decipher(bytes, 'aes-128-cbc', own);
  };
}

/** The first block begins the chain; a line's end behind the last one is no part of it. */
function decipher(bytes: Uint8Array, algorithm: 'aes-128-cbc' | 'aes-256-cbc', key: Buffer): Uint8Array | undefined {
  const whole = bytes.length - (bytes.length % 16);
  if (whole < 32) return undefined;
  const clear = createDecipheriv(algorithm, key, bytes.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([clear.update(bytes.subarray(16, whole)), clear.final()]);
}

function trailerAround(text: string, at: number): PdfDictionary | undefined {
  return beginningsBefore(text, at)
    .map((begin) => dictionaryAt(text, begin)?.value)
    .find((dictionary) => dictionary?.entries.get('Encrypt')?.at === at);
}

function protectionOf(text: string, objects: ObjectPlaces, { entries }: PdfDictionary): Protection | undefined {
  const said = entries.get('Encrypt')?.value;
  const id = entries.get('ID')?.value;
  const first = id?.kind === 'list' ? id.items[0] : undefined;
  const dictionary = said?.kind === 'reference' ? objectOf(text, objects, said) : said;
  if (dictionary?.kind !== 'dictionary' || (first && first.kind !== 'text')) return undefined;
  const at = (name: string) => dictionary.entries.get(name)?.value;
  const [version, revision, permissions] = [numberOf(at('V')), numberOf(at('R')), numberOf(at('P'))];
  const [owner, user, sealed] = [bytesOf(at('O')), bytesOf(at('U')), bytesOf(at('UE'))];
  const cipher = cipherOf(version, dictionary);
  const metadata = at('EncryptMetadata');
  if (nameOf(at('Filter')) !== 'Standard' || !cipher || !owner || !user) return undefined;
  if (revision === undefined || permissions === undefined) return undefined;
  return {
    ...{ cipher, revision, permissions, owner, user, sealed: sealed ?? '' },
    id: first?.kind === 'text' ? first.bytes : '',
    keyBytes: version === 1 ? 5 : version === 2 ? (numberOf(at('Length')) ?? 40) / 8 : 16,
    hasPlainMetadata: metadata?.kind === 'word' && metadata.word === 'false',
  };
}

/** How streams are enciphered; undefined where that is not one of the usual ways, or texts and streams differ. */
function cipherOf(version: number | undefined, { entries }: PdfDictionary): Protection['cipher'] | undefined {
  if (version === 1 || version === 2) return 'rc4';
  const [streams, texts] = [nameOf(entries.get('StmF')?.value), nameOf(entries.get('StrF')?.value)];
  const filters = entries.get('CF')?.value;
  if (streams !== 'StdCF' || texts !== 'StdCF' || filters?.kind !== 'dictionary') return undefined;
  const filter = filters.entries.get('StdCF')?.value;
  const method = filter?.kind === 'dictionary' ? nameOf(filter.entries.get('CFM')?.value) : undefined;
  if (version === 4 && method === 'V2') return 'rc4';
  if (version === 4 && method === 'AESV2') return 'aes-128';
  return version === 5 && method === 'AESV3' ? 'aes-256' : undefined;
}

/** The dictionary of that number, where there is one only. */
function objectOf(text: string, objects: ObjectPlaces, { object, generation }: { object: number; generation: number }) {
  const [place, other] = objects.get(`${object} ${generation}`) ?? [];
  if (place === undefined || other !== undefined) return undefined;
  const begin = text.indexOf('<<', place);
  return begin - place < 100 ? dictionaryAt(text, begin)?.value : undefined;
}

const numberOf = (value: PdfValue | undefined) => (value?.kind === 'number' ? value.value : undefined);
const nameOf = (value: PdfValue | undefined) => (value?.kind === 'name' ? value.name : undefined);
const bytesOf = (value: PdfValue | undefined) => (value?.kind === 'text' ? value.bytes : undefined);
