/** What a PDF must not carry. Nothing of it is run: its bytes, and those of its packed object lists, are searched. */
import { Buffer } from 'node:buffer';
import { constants, inflateRawSync } from 'node:zlib';
import { carriesFiles, mayNameFiles, refusalOfAttachments } from './pdf-attachments.ts';
import { unlockedLists } from './pdf-locked-lists.ts';
import { lockOf, type Unlock } from './pdf-password.ts';
import type { PdfBytes } from './pdf-streams.ts';
import { type Refusal, refusal } from './refusal.ts';

/** An object list of that size holds more objects than a paper has. */
const MOST_LIST_BYTES = 8 * 1024 * 1024;
const MOST_LISTS = 2000;
const MOST_UNPACKED = 64 * 1024 * 1024;

/** `ObjStm`, each letter also as PDF allows to write it in a name: `#4f`. */
const LIST_MARK = new RegExp(
  [...'ObjStm'].map((letter) => `(?:${letter}|#${letter.charCodeAt(0).toString(16)})`).join(''),
  'gi',
);
/** No writer packs a list in another way than by FlateDecode alone: what does so means to be overlooked. */
const OTHER_PACKING =
  /\/(?:ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|RunLengthDecode|RL|Crypt)(?![A-Za-z])|\/Filter\s*\d|\/FlateDecode\s*\/(?:FlateDecode|Fl)(?![A-Za-z])|\/Predictor\s*(?:[2-9]|1\d)/;

const NAME_END = '(?![A-Za-z0-9_.-])';
const refusals: { found: RegExp; refusal: Refusal }[] = [
  {
    // Every script is an action of one of these types; the short key `/JS` alone also turns up by chance in packed pictures.
    found: new RegExp(`/(?:JavaScript|Rendition)${NAME_END}`),
    refusal: refusal(
      'script',
      'The PDF carries a script. Print it to a new PDF and hand that in: a script is never run here.',
    ),
  },
  {
    found: new RegExp(`/(?:Launch|SubmitForm|ImportData|RichMedia|GoToE)${NAME_END}`),
    refusal: refusal(
      'script',
      'The PDF starts a program or sends data when it is opened. Print it to a new PDF and hand that in.',
    ),
  },
  {
    found: /\/NeedsRendering\s+true/,
    refusal: refusal(
      'unknown-type',
      'The PDF is a form (XFA) without pages of its own: only Adobe Reader shows what it says. Open it there, print it to a new PDF and hand that in.',
    ),
  },
  {
    // Its scripts stand in streams, where nothing is searched. Three letters alone also turn up by chance in packed pictures.
    found: /\/XFA\s*(?:\[|\d+\s+\d+\s+R)/,
    refusal: refusal(
      'script',
      'The PDF is a form (XFA) whose fields may be worked out by scripts. Print it to a new PDF and hand that in.',
    ),
  },
  {
    found: new RegExp(`/Collection${NAME_END}`),
    refusal: refusal(
      'embedded-files',
      'The PDF is a folder of other files, and says nothing itself. Hand those in by themselves.',
    ),
  },
];

/** Why the PDF is not taken, or undefined. Names written in hexadecimal (`/J#53`) are read as what they mean. */
export function refusalOfPdf(bytes: Uint8Array): Promise<Refusal | undefined> {
  return refusalWith(bytes, (inner) => refusalWith(inner, async () => innermost));
}

const innermost = refusal('embedded-files', 'A PDF inside the PDF carries a PDF.');

/** @param ofInner why a PDF inside it is not taken */
async function refusalWith(
  bytes: Uint8Array,
  ofInner: (bytes: Uint8Array) => Promise<Refusal | undefined>,
): Promise<Refusal | undefined> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const names = plainNames(text);
  if (!/\d\s+obj\b/.test(text))
    return refusal('corrupt', 'The file begins as a PDF and has no content. Save or download it again.');
  if (!text.slice(-65_536).includes('%%EOF'))
    return refusal('corrupt', 'The PDF ends before its end. Was the upload or download cut short? Send it again.');
  const lock = lockOf(text);
  if (lock === 'password')
    return refusal('encrypted', 'The PDF is protected with a password. Save it without protection and hand that in.');
  const found = refusals.find((one) => one.found.test(names));
  if (found) return found.refusal;
  if (lock) return refusalOfLocked({ bytes, text }, lock.unlock);
  const lists: string[] = [];
  return refusalOfLists(text, lists) ?? refusalOfAttachments({ bytes, text }, lists, ofInner);
}

/** It opens without a password: what it packs out of sight is deciphered, and searched like that of any other, or else not taken. */
function refusalOfLocked(file: PdfBytes, unlock: Unlock): Refusal | undefined {
  const lists = unlockedLists(file, unlock);
  const found = lists?.flatMap((list) => refusals.filter((one) => one.found.test(plainNames(list))))[0];
  if (found) return found.refusal;
  return lists && !carriesFiles(file.text, lists)
    ? undefined
    : refusal(
        'encrypted',
        'The PDF opens without a password, but forbids changes in a way that cannot be looked through, or carries a file inside. Print it to a new PDF and hand that in.',
      );
}

function plainNames(text: string): string {
  return text.includes('#')
    ? text.replace(/#([2-7][0-9A-Fa-f])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}

/**
 * Objects may be packed together, out of sight of a search: those lists are unpacked, each with a limit.
 * @param naming filled with those that may name files inside
 */
function refusalOfLists(text: string, naming: string[]): Refusal | undefined {
  let unpacked = 0;
  let packed = 0;
  let lists = 0;
  for (const { index: at } of text.matchAll(LIST_MARK)) {
    if (OTHER_PACKING.test(plainNames(dictionaryAround(text, at))))
      return refusal(
        'corrupt',
        'The PDF packs its objects in a way that no common program does. Print it to a new PDF and hand that in.',
      );
    const list = packedListAt(text, at);
    const content = list ? unpackedList(list) : '';
    lists += 1;
    packed += list?.length ?? 0;
    unpacked += content?.length ?? MOST_UNPACKED;
    // Lists that overlap are together longer than their file: no writer does that, and unpacking them would never end.
    if (lists > MOST_LISTS || unpacked >= MOST_UNPACKED || packed > text.length)
      return refusal(
        'bomb',
        'The PDF unpacks into far more than a paper holds. Print it to a new PDF and hand that in.',
      );
    const names = plainNames(content ?? '');
    const found = refusals.find((one) => one.found.test(names));
    if (found) return found.refusal;
    if (content && mayNameFiles(content)) naming.push(content);
  }
  return undefined;
}

/** What is said of the stream whose kind stands at that place: from its object's head to its first byte. */
function dictionaryAround(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - 2000), at);
  const after = text.slice(at, at + 2000);
  const mark = after.search(/stream[\r\n]/);
  return mark < 0 ? '' : before.slice(Math.max(0, before.lastIndexOf('obj'))) + after.slice(0, mark);
}

/** The packed list after that place; undefined where none begins soon. */
function packedListAt(text: string, at: number): Buffer | undefined {
  const head = text.slice(at, at + 2000);
  const mark = head.indexOf('stream', 6);
  if (mark < 0) return undefined;
  const start = at + mark + 6 + (head.startsWith('\r\n', mark + 6) ? 2 : 1);
  const end = text.indexOf('endstream', start);
  return Buffer.from(text.slice(start, end < 0 ? undefined : end), 'latin1');
}

/**
 * What the list says; undefined where it is too large, empty where it is broken. Cut short or with a wrong sum at its end it
 * is read as far as it goes, for so do the programs that open it.
 */
function unpackedList(packed: Buffer): string | undefined {
  try {
    const content = packed.subarray(2);
    return inflateRawSync(content, {
      maxOutputLength: MOST_LIST_BYTES,
      finishFlush: constants.Z_SYNC_FLUSH,
    }).toString('latin1');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? undefined : '';
  }
}
