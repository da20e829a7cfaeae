/** Objects of a PDF may be packed together in lists, out of sight of a search: they are unpacked, each with a limit. */
import { Buffer } from 'node:buffer';
import { dictionaryAt, type PdfDictionary, plainName } from './pdf-objects.ts';
import type { Unlock } from './pdf-password.ts';
import { beginningsBefore, marked } from './pdf-places.ts';
import { contentOf, type PdfBytes, type PdfStream, streamAt } from './pdf-streams.ts';

/** A list of that size holds more objects than a paper has. */
const MOST_LIST_BYTES = 8 * 1024 * 1024;
const MOST_LISTS = 2000;
const MOST_UNPACKED = 64 * 1024 * 1024;
/** Outlines have the key too, one for each chapter. */
const MOST_FIRSTS = 50_000;
/** A dictionary is no longer than that. */
const WITHIN = 16_384;

const LIST_MARK = marked('ObjStm');
/** Where in the list its first object begins: what has it is read as a list by programs that do not ask for its type. */
const FIRST_MARK = marked('First');

/** What every list says; `unseen`: one is packed or broken so that it is not to be seen whole; `too-large`: more than a paper has. */
export type PackedLists = string[] | 'unseen' | 'too-large';

/** @param unlock deciphers the lists of a protected file */
export function packedLists(file: PdfBytes, unlock?: Unlock): PackedLists {
  const places = listPlaces(file.text);
  if (typeof places === 'string') return places;
  const lists: string[] = [];
  let unpacked = 0;
  let packed = 0;
  for (const [begin, stream] of places) {
    const content = contentOf(file, stream, MOST_LIST_BYTES, (own) => {
      packed += own.length;
      // Lists that overlap are together longer than their file: no writer does that, and unpacking them would never end.
      return packed > file.bytes.length ? undefined : unlocked(file.text, begin, own, unlock);
    });
    if (content === 'too-large') return 'too-large';
    if (content === 'unseen') return packed > file.bytes.length ? 'too-large' : 'unseen';
    unpacked += content.bytes.length;
    if (unpacked > MOST_UNPACKED) return 'too-large';
    lists.push(Buffer.from(content.bytes).toString('latin1'));
  }
  return lists;
}

/** Streams that are lists, by the place of their dictionary: what calls itself one, and what is made like one. */
function listPlaces(text: string): ReadonlyMap<number, PdfStream> | 'unseen' | 'too-large' {
  const places = new Map<number, PdfStream>();
  for (const { 0: found, index } of text.matchAll(LIST_MARK)) {
    if (plainName(found) !== '/ObjStm') continue;
    const list = beginningsBefore(text, index)
      .map((begin) => ({ begin, stream: streamAt(text, begin) }))
      .find(({ stream }) => stream && typeAt(stream.dictionary) === index);
    if (!list?.stream) return 'unseen';
    places.set(list.begin, list.stream);
    if (places.size > MOST_LISTS) return 'too-large';
  }
  let firsts = 0;
  for (const { 0: found, index } of text.matchAll(FIRST_MARK)) {
    firsts += 1;
    if (firsts > MOST_FIRSTS || places.size > MOST_LISTS) return 'too-large';
    if (
      plainName(found) !== '/First' ||
      !text
        .slice(index, index + WITHIN)
        .match(/endobj|stream/)?.[0]
        .startsWith('s')
    )
      continue;
    const begin = beginningsBefore(text, index).find(
      (one) => dictionaryAt(text, one)?.value.entries.get('First')?.at === index,
    );
    if (begin === undefined) return 'unseen';
    const stream = streamAt(text, begin);
    if (stream) places.set(begin, stream);
  }
  return places;
}

const typeAt = ({ entries }: PdfDictionary) => {
  const type = entries.get('Type')?.value;
  return type?.kind === 'name' ? type.at : undefined;
};

/** What stands before a dictionary that is an object: its number is part of its key. */
const HEAD =
  /(?<!\d)(\d{1,10})(?:[\0\s]|%[^\r\n]*[\r\n])+(\d{1,5})(?:[\0\s]|%[^\r\n]*[\r\n])*obj(?:[\0\s]|%[^\r\n]*[\r\n])*$/;
const HEAD_WITHIN = 100;

function unlocked(text: string, begin: number, packed: Uint8Array, unlock?: Unlock): Uint8Array | undefined {
  if (!unlock) return packed;
  const [, object, generation] = HEAD.exec(text.slice(Math.max(0, begin - HEAD_WITHIN), begin)) ?? [];
  return object === undefined ? undefined : unlock(packed, Number(object), Number(generation));
}
