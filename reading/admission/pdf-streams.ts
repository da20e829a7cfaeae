/** A PDF's streams: where they stand, and what they hold as far as that can be looked at. */
import { inflateRawSync } from 'node:zlib';
import { behindGap, dictionaryAt, type PdfDictionary, type PdfValue } from './pdf-objects.ts';

/** A file as bytes, and as text of a letter for each byte. */
export interface PdfBytes {
  bytes: Uint8Array;
  text: string;
}

/** A stream: its dictionary, and where its first byte stands. */
export interface PdfStream {
  dictionary: PdfDictionary;
  start: number;
}

/** What a stream holds; `unseen`: packed in a way that is not looked into; `too-large`: more than it may. */
export type StreamContent = { bytes: Uint8Array } | 'unseen' | 'too-large';

/** A file of the largest size that is taken has fewer objects: what has more was made to be searched for ever. */
const MOST_OBJECTS = 300_000;
const HEAD = /(?<!\d)(\d{1,10})(?:[\0\s]|%[^\r\n]*[\r\n])+(\d{1,5})(?:[\0\s]|%[^\r\n]*[\r\n])*$/;
const HEAD_WITHIN = 80;
const MOST_REVISIONS = 20;

/** Where objects begin, by number and generation: a file that was changed keeps the old one beside the new. */
export type ObjectPlaces = ReadonlyMap<string, readonly number[]>;

/** The places behind every `12 0 obj`; undefined where they are more than any paper has. */
export function placesOfObjects(text: string): ObjectPlaces | undefined {
  const places = new Map<string, number[]>();
  let count = 0;
  for (let at = text.indexOf('obj'); at >= 0; at = text.indexOf('obj', at + 3)) {
    count += 1;
    if (count > MOST_OBJECTS) return undefined;
    const [, object, generation] = HEAD.exec(text.slice(Math.max(0, at - HEAD_WITHIN), at)) ?? [];
    if (object === undefined) continue;
    const key = `${Number(object)} ${Number(generation)}`;
    const same = places.get(key);
    if (same) same.push(at + 3);
    else places.set(key, [at + 3]);
  }
  return places;
}

/**
 * Every stream of that number, for programs differ in which they open. Undefined where there is none, or an object of that
 * number is no stream.
 */
export function streamsOf(
  text: string,
  places: ObjectPlaces,
  { object, generation }: { object: number; generation: number },
): PdfStream[] | undefined {
  const own = places.get(`${object} ${generation}`) ?? [];
  const streams = own.slice(0, MOST_REVISIONS + 1).map((place) => streamAt(text, behindGap(text, place)));
  return own.length === 0 || own.length > MOST_REVISIONS || streams.includes(undefined)
    ? undefined
    : streams.filter((stream) => stream !== undefined);
}

/** The stream whose dictionary begins at that place; undefined where none does. */
export function streamAt(text: string, at: number): PdfStream | undefined {
  const read = dictionaryAt(text, at);
  const mark = read && behindGap(text, read.end);
  if (!mark || !text.startsWith('stream', mark)) return undefined;
  return { dictionary: read.value, start: mark + 6 + (text.startsWith('\r\n', mark + 6) ? 2 : 1) };
}

/**
 * What a stream holds.
 * @param most bytes that it may unpack into
 * @param open deciphers it first, where the file is protected; undefined where that fails
 */
export function contentOf(
  { bytes, text }: PdfBytes,
  { dictionary, start }: PdfStream,
  most: number,
  open: (packed: Uint8Array) => Uint8Array | undefined = (packed) => packed,
): StreamContent {
  const { entries } = dictionary;
  // Under /F its content would stand in another file, or its packing under the short name.
  if (!isPlain(entries.get('DecodeParms')?.value) || entries.has('DP') || entries.has('F')) return 'unseen';
  const filter = entries.get('Filter')?.value;
  const filters = filter?.kind === 'list' ? filter.items : filter ? [filter] : [];
  const [first, second] = filters;
  const end = endOf({ bytes, text }, entries.get('Length')?.value, start);
  const packed = end === undefined ? undefined : open(bytes.subarray(start, end));
  if (!packed) return 'unseen';
  if (!first) return packed.length > most ? 'too-large' : { bytes: packed };
  if (second || first.kind !== 'name' || (first.name !== 'FlateDecode' && first.name !== 'Fl')) return 'unseen';
  try {
    // It ends where its packing says so, not before: no reader looks at what stands behind.
    return { bytes: inflateRawSync(packed.subarray(2), { maxOutputLength: most }) };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'unseen';
  }
}

/** Whether nothing is to be done to a stream behind its unpacking. */
function isPlain(parameters: PdfValue | undefined): boolean {
  if (parameters === undefined) return true;
  if (parameters.kind === 'list') return parameters.items.every(isPlain);
  if (parameters.kind !== 'dictionary') return parameters.kind === 'word' && parameters.word === 'null';
  const predictor = parameters.entries.get('Predictor')?.value;
  return predictor === undefined || (predictor.kind === 'number' && predictor.value === 1);
}

/** Its stated length, or the mark of its end where that is further; undefined where there is none. */
function endOf({ bytes, text }: PdfBytes, length: PdfValue | undefined, start: number): number | undefined {
  const mark = text.indexOf('endstream', start);
  const stated = length?.kind === 'number' ? start + length.value : 0;
  if (mark < 0) return undefined;
  return stated > mark && stated <= bytes.length ? stated : mark;
}
