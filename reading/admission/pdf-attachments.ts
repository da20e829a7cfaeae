/**
 * Files inside a PDF. Electronic invoices carry their data as one (Factur-X, 数电票): data is taken, and stays where it is, never
 * handed out by itself. What could run, hides other files or cannot be looked at is refused.
 */
import { safeFileName } from '../../rules/documents/file-name.ts';
import { LARGEST_FILE_BYTES } from '../limits.ts';
import { whyNoData } from './data-only.ts';
import { behindGap, dictionaryAt, lettersOf, type PdfDictionary, plainName } from './pdf-objects.ts';
import { beginningsBefore, marked } from './pdf-places.ts';
import {
  contentOf,
  type ObjectPlaces,
  type PdfBytes,
  type PdfStream,
  placesOfObjects,
  streamAt,
  streamsOf,
} from './pdf-streams.ts';
import { type Refusal, refusal } from './refusal.ts';

/** An invoice carries one file, a set of papers a few. */
const MOST_FILES = 10;
const MOST_MARKS = 100;
/** So often two letters of a key do not turn up by chance. */
const MOST_CHANCES = 2000;
/** All attachments together, unpacked. */
const MOST_UNPACKED = 2 * LARGEST_FILE_BYTES;

const FILES_MARK = marked('EF');
const STREAM_MARK = marked('EmbeddedFile');
const ANY_MARK = new RegExp(`${FILES_MARK.source}|${STREAM_MARK.source}`, 'i');
/** The value of `/EF`, a dictionary or where one stands: by chance, in a packed picture, two letters are not followed by it. */
const FILES_VALUE = /<<|\d{1,10}(?:[\0\s]|%[^\r\n]{0,200}[\r\n]){1,20}\d{1,5}(?:[\0\s]|%[^\r\n]{0,200}[\r\n]){1,20}R/y;

const unseen = refusal(
  'embedded-files',
  'The PDF carries a file inside that cannot be looked at. Print the PDF to a new one without it and hand that in.',
);
const tooMuch = refusal(
  'bomb',
  'The files inside the PDF unpack into far more than a paper holds. Print the PDF to a new one and hand that in.',
);

/** Whether there is any file inside, or something that may be one. */
export function carriesFiles(text: string, lists: readonly string[]): boolean {
  return attachedIn(text, lists)?.size !== 0;
}

/** Whether a text may name files inside: then it has to be looked at closely. */
export function mayNameFiles(text: string): boolean {
  return ANY_MARK.test(text);
}

/** A stream that is a file inside, under every name that the PDF gives it. */
type Attached = PdfStream & { names: Set<string> };

/**
 * Why the files inside are not taken, or undefined. They are found by their keys, wherever those stand: in the list of attachments,
 * behind a mark on a page, in a revision that no longer counts.
 * @param lists what the packed object lists say, where files may be named too
 * @param ofPdf why a PDF inside the PDF is not taken
 */
export async function refusalOfAttachments(
  file: PdfBytes,
  lists: readonly string[],
  ofPdf: (bytes: Uint8Array) => Promise<Refusal | undefined>,
): Promise<Refusal | undefined> {
  const attached = attachedIn(file.text, lists);
  if (!attached || attached.size > MOST_FILES) return unseen;
  let left = MOST_UNPACKED;
  for (const stream of attached.values()) {
    const content = contentOf(file, stream, Math.min(left, LARGEST_FILE_BYTES));
    if (content === 'too-large') return tooMuch;
    if (content === 'unseen') return unseen;
    left -= content.bytes.length;
    if (left <= 0) return tooMuch;
    const [name, ...others] = stream.names;
    const why = await whyNoData(content.bytes, name === undefined ? [] : [name, ...others], ofPdf);
    if (why)
      return refusal(
        'embedded-files',
        `The PDF carries a file inside (${safeFileName(name ?? '', 'without a name')}) that is ${why}. Print the PDF to a new one without it and hand that in.`,
      );
  }
  return undefined;
}

/** Every stream that is a file inside, by its place; undefined where one is named and cannot be found. */
function attachedIn(text: string, lists: readonly string[]): Map<number, Attached> | undefined {
  const attached = new Map<number, Attached>();
  if (lists.length === 0 && !mayNameFiles(text)) return attached;
  const objects = placesOfObjects(text);
  const add = (stream: PdfStream, names: readonly string[]) => {
    const known = attached.get(stream.start) ?? { ...stream, names: new Set<string>() };
    for (const name of names) known.names.add(name);
    attached.set(stream.start, known);
  };
  for (const part of [text, ...lists]) {
    const marks = filesMarksIn(part);
    if (!marks) return undefined;
    for (const at of marks) {
      const named = objects && streamsNamedAt(text, objects, part, at);
      if (!named) return undefined;
      for (const stream of named.streams) add(stream, named.names);
    }
  }
  const marks = marksIn(text, STREAM_MARK, 'EmbeddedFile');
  if (!marks) return undefined;
  for (const at of marks) {
    const streams = beginningsBefore(text, at).map((begin) => streamAt(text, begin));
    const own = streams.find((stream) => stream && typeAt(stream.dictionary) === at);
    if (!own) return undefined;
    add(own, []);
  }
  // Streams stand in no list: what calls itself one there is not seen.
  return lists.some((list) => marksIn(list, STREAM_MARK, 'EmbeddedFile')?.length !== 0) ? undefined : attached;
}

function filesMarksIn(text: string): number[] | undefined {
  const places = marksIn(text, FILES_MARK, 'EF', MOST_CHANCES)?.filter((at) => {
    FILES_VALUE.lastIndex = behindGap(text, behindName(text, at));
    return FILES_VALUE.test(text);
  });
  return places && places.length <= MOST_MARKS ? places : undefined;
}

const behindName = (text: string, at: number) => at + (/^\/[^\0\s<%]*/.exec(text.slice(at, at + 20))?.[0].length ?? 0);

const typeAt = ({ entries }: PdfDictionary) => {
  const type = entries.get('Type')?.value;
  return type?.kind === 'name' ? type.at : undefined;
};

/** Places of a name; undefined where they are too many to look at. */
function marksIn(text: string, mark: RegExp, name: string, most = MOST_MARKS): number[] | undefined {
  const places: number[] = [];
  let count = 0;
  for (const { 0: found, index } of text.matchAll(mark)) {
    count += 1;
    if (count > most) return undefined;
    if (plainName(found) === `/${name}`) places.push(index);
  }
  return places;
}

/** The streams that the key `/EF` at that place names, and what their file is called; undefined where that is not to be seen. */
function streamsNamedAt(
  text: string,
  objects: ObjectPlaces,
  part: string,
  at: number,
): { streams: PdfStream[]; names: string[] } | undefined {
  const around = beginningsBefore(part, at)
    .map((begin) => dictionaryAt(part, begin)?.value)
    .filter((dictionary) => dictionary?.entries.get('EF')?.at === at);
  const [first] = around;
  const files = first?.entries.get('EF')?.value;
  if (!first || files?.kind !== 'dictionary' || first.entries.has('RF')) return undefined;
  const streams: PdfStream[] = [];
  for (const { value } of files.entries.values()) {
    const found = value.kind === 'reference' ? streamsOf(text, objects, value) : undefined;
    if (!found) return undefined;
    streams.push(...found);
  }
  // Read from another beginning it may have another name: each counts.
  const names = around.map((dictionary) => dictionary && namesIn(dictionary));
  return names.includes(undefined) ? undefined : { streams, names: names.flatMap((some) => some ?? []) };
}

/** What a file is called; undefined where its name stands elsewhere. */
function namesIn({ entries }: PdfDictionary): string[] | undefined {
  const values = ['UF', 'F', 'Unix', 'Mac', 'DOS'].flatMap((key) => entries.get(key)?.value ?? []);
  const names = values.flatMap((value) => (value.kind === 'text' ? [lettersOf(value.bytes)] : []));
  return names.length === values.length ? names : undefined;
}
