/** The few words of PDF in which dictionaries are written, read where they stand: nothing is followed, run or unpacked. */

/** A dictionary; `at` is where the key begins in its text. */
export interface PdfDictionary {
  kind: 'dictionary';
  entries: ReadonlyMap<string, { value: PdfValue; at: number }>;
}

/** A value as it is written. A text's letters are its bytes; a name's `at` is where its slash stands. */
export type PdfValue =
  | PdfDictionary
  | { kind: 'name'; name: string; at: number }
  | { kind: 'text'; bytes: string }
  | { kind: 'number'; value: number }
  | { kind: 'reference'; object: number; generation: number }
  | { kind: 'list'; items: PdfValue[] }
  | { kind: 'word'; word: string };

/** A value and the place behind it. */
type Read<Value> = { value: Value; end: number } | undefined;

/** No dictionary that speaks of an attachment is longer or deeper. */
const LONGEST = 16_384;
const DEEPEST = 20;

const GAP = /(?:[\0\t\n\f\r ]|%[^\r\n]*)*/y;
const NAME = /\/((?:[^\0\t\n\f\r ()<>[\]{}/%])*)/y;
const REFERENCE = /(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+R(?![A-Za-z0-9])/y;
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)/y;
const WORD = /true|false|null/y;
const HEXADECIMAL = /<([0-9A-Fa-f\0\t\n\f\r ]*)>/y;

/** The place of the next thing that is neither space nor comment. */
export function behindGap(text: string, at: number): number {
  return at + (matched(GAP, text.slice(at, at + LONGEST), 0)?.[0].length ?? 0);
}

/**
 * The dictionary that begins at that place, with the place behind it; undefined where none does, where it is longer than any
 * that matters here, or says one thing twice, so that two programs could read it in two ways.
 */
export function dictionaryAt(text: string, at: number): Read<PdfDictionary> {
  const read = dictionary(text.slice(at, at + LONGEST), 0, 0);
  return read && { value: moved(read.value, at) as PdfDictionary, end: at + read.end };
}

/** What a name means: letters may be written in hexadecimal (`/J#53`). */
export function plainName(name: string): string {
  return name.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** A text's letters: UTF-16 or UTF-8 where its first bytes say so, else each byte a letter. */
export function lettersOf(bytes: string): string {
  const raw = Buffer.from(bytes, 'latin1');
  if (bytes.startsWith('\xfe\xff')) return new TextDecoder('utf-16be').decode(raw);
  if (bytes.startsWith('\xff\xfe')) return new TextDecoder('utf-16le').decode(raw);
  return bytes.startsWith('\xef\xbb\xbf') ? new TextDecoder('utf-8').decode(raw) : bytes;
}

function dictionary(text: string, at: number, depth: number): Read<PdfDictionary> {
  if (!text.startsWith('<<', at) || depth > DEEPEST) return undefined;
  const entries = new Map<string, { value: PdfValue; at: number }>();
  for (let next = gap(text, at + 2); ; ) {
    if (text.startsWith('>>', next)) return { value: { kind: 'dictionary', entries }, end: next + 2 };
    const key = matched(NAME, text, next);
    const read = key && value(text, gap(text, next + key[0].length), depth + 1);
    if (!key || !read) return undefined;
    const name = plainName(key[1] ?? '');
    if (entries.has(name)) return undefined;
    entries.set(name, { value: read.value, at: next });
    next = gap(text, read.end);
  }
}

function value(text: string, at: number, depth: number): Read<PdfValue> {
  if (depth > DEEPEST) return undefined;
  if (text.startsWith('<<', at)) return dictionary(text, at, depth);
  if (text[at] === '(') return literal(text, at);
  if (text[at] === '[') return list(text, at, depth);
  return simple(text, at);
}

function simple(text: string, at: number): Read<PdfValue> {
  const name = matched(NAME, text, at);
  if (name) return { value: { kind: 'name', name: plainName(name[1] ?? ''), at }, end: at + name[0].length };
  const reference = matched(REFERENCE, text, at);
  if (reference) {
    const [all, object, generation] = reference;
    return {
      value: { kind: 'reference', object: Number(object), generation: Number(generation) },
      end: at + all.length,
    };
  }
  const number = matched(NUMBER, text, at);
  if (number) return { value: { kind: 'number', value: Number(number[0]) }, end: at + number[0].length };
  const word = matched(WORD, text, at);
  if (word) return { value: { kind: 'word', word: word[0] }, end: at + word[0].length };
  const hexadecimal = matched(HEXADECIMAL, text, at);
  if (!hexadecimal) return undefined;
  const digits = (hexadecimal[1] ?? '').replace(/[^0-9A-Fa-f]/g, '');
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex').toString('latin1');
  return { value: { kind: 'text', bytes }, end: at + hexadecimal[0].length };
}

function list(text: string, at: number, depth: number): Read<PdfValue> {
  const items: PdfValue[] = [];
  for (let next = gap(text, at + 1); ; ) {
    if (text[next] === ']') return { value: { kind: 'list', items }, end: next + 1 };
    const read = value(text, next, depth + 1);
    if (!read) return undefined;
    items.push(read.value);
    next = gap(text, read.end);
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '', '\r': '' };

/** A text in round brackets, which may stand in pairs within it. */
function literal(text: string, at: number): Read<PdfValue> {
  let bytes = '';
  let open = 1;
  for (let next = at + 1; next < text.length; next++) {
    const letter = text[next] ?? '';
    if (letter === '\\') {
      const octal = /^[0-7]{1,3}/.exec(text.slice(next + 1, next + 4))?.[0];
      const escaped = text[next + 1] ?? '';
      bytes += octal ? String.fromCharCode(Number.parseInt(octal, 8) & 0xff) : (escapes[escaped] ?? escaped);
      next += octal?.length ?? (text.startsWith('\r\n', next + 1) ? 2 : 1);
      continue;
    }
    if (letter === '(') open += 1;
    if (letter === ')') open -= 1;
    if (open === 0) return { value: { kind: 'text', bytes }, end: next + 1 };
    bytes += letter;
  }
  return undefined;
}

const gap = (text: string, at: number): number => at + (matched(GAP, text, at)?.[0].length ?? 0);

function matched(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Places in a piece of text into places in the whole. */
function moved(value: PdfValue, by: number): PdfValue {
  if (value.kind === 'name') return { ...value, at: value.at + by };
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => moved(item, by)) };
  if (value.kind !== 'dictionary') return value;
  const entries = [...value.entries].map(
    ([name, entry]) => [name, { value: moved(entry.value, by), at: entry.at + by }] as const,
  );
  return { kind: 'dictionary', entries: new Map(entries) };
}
