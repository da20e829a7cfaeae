/** The packed object lists of a protected PDF, in clear. */
import { type PdfDictionary, plainName } from './pdf-objects.ts';
import type { Unlock } from './pdf-password.ts';
import { beginningsBefore, marked } from './pdf-places.ts';
import { contentOf, type PdfBytes, type PdfStream, streamAt } from './pdf-streams.ts';

const MOST_LISTS = 500;
const MOST_LIST_BYTES = 8 * 1024 * 1024;
const MOST_UNPACKED = 32 * 1024 * 1024;
const LIST_MARK = marked('ObjStm');

/** What every list says; undefined where one is not to be seen whole, or they are more than a paper has. */
export function unlockedLists(file: PdfBytes, unlock: Unlock): string[] | undefined {
  const lists: string[] = [];
  let unpacked = 0;
  let packed = 0;
  for (const { 0: found, index } of file.text.matchAll(LIST_MARK)) {
    if (plainName(found) !== '/ObjStm') continue;
    const list = listAround(file.text, index);
    const number = list && numberBefore(file.text, list.begin);
    if (!list || !number || lists.length >= MOST_LISTS) return undefined;
    const content = contentOf(file, list.stream, MOST_LIST_BYTES, (own) => {
      packed += own.length;
      // Lists that overlap are together longer than their file: no writer does that, and deciphering them would never end.
      return packed > file.bytes.length ? undefined : unlock(own, number.object, number.generation);
    });
    if (typeof content === 'string') return undefined;
    unpacked += content.bytes.length;
    if (unpacked > MOST_UNPACKED) return undefined;
    lists.push(Buffer.from(content.bytes).toString('latin1'));
  }
  return lists;
}

function listAround(text: string, at: number): { begin: number; stream: PdfStream } | undefined {
  for (const begin of beginningsBefore(text, at)) {
    const stream = streamAt(text, begin);
    if (stream && typeAt(stream.dictionary) === at) return { begin, stream };
  }
  return undefined;
}

const typeAt = ({ entries }: PdfDictionary) => {
  const type = entries.get('Type')?.value;
  return type?.kind === 'name' ? type.at : undefined;
};

/** What stands before a dictionary that is an object: its number is part of its key. */
const HEAD =
  /(?<!\d)(\d{1,10})(?:[\0\s]|%[^\r\n]*[\r\n])+(\d{1,5})(?:[\0\s]|%[^\r\n]*[\r\n])*obj(?:[\0\s]|%[^\r\n]*[\r\n])*$/;
const HEAD_WITHIN = 100;

function numberBefore(text: string, begin: number): { object: number; generation: number } | undefined {
  const [, object, generation] = HEAD.exec(text.slice(Math.max(0, begin - HEAD_WITHIN), begin)) ?? [];
  return object === undefined ? undefined : { object: Number(object), generation: Number(generation) };
}
