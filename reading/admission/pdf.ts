/** What a PDF must not carry. Nothing of it is run: its bytes, and those of its packed object lists, are searched. */
import { Buffer } from 'node:buffer';
import { inflateSync } from 'node:zlib';
import { type Refusal, refusal } from './refusal.ts';

/** An object list of that size holds more objects than a paper has. */
const MOST_LIST_BYTES = 8 * 1024 * 1024;
const MOST_LISTS = 2000;
const MOST_UNPACKED = 64 * 1024 * 1024;

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
    found: new RegExp(`/(?:Launch|SubmitForm|ImportData|RichMedia)${NAME_END}`),
    refusal: refusal(
      'script',
      'The PDF starts a program or sends data when it is opened. Print it to a new PDF and hand that in.',
    ),
  },
  {
    found: new RegExp(`/EmbeddedFiles?${NAME_END}`),
    refusal: refusal(
      'embedded-files',
      'The PDF carries other files inside. Hand those in by themselves, and print the PDF to a new one without them.',
    ),
  },
];

/** Why the PDF is not taken, or undefined. Names written in hexadecimal (`/J#53`) are read as what they mean. */
export function refusalOfPdf(bytes: Uint8Array): Refusal | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const names = plainNames(text);
  if (!/\d\s+obj\b/.test(text))
    return refusal('corrupt', 'The file begins as a PDF and has no content. Save or download it again.');
  if (!text.slice(-65_536).includes('%%EOF'))
    return refusal('corrupt', 'The PDF ends before its end. Was the upload or download cut short? Send it again.');
  if (new RegExp(`/Encrypt${NAME_END}`).test(names))
    return refusal('encrypted', 'The PDF is protected with a password. Save it without protection and hand that in.');
  return refusals.find(({ found }) => found.test(names))?.refusal ?? refusalOfLists(text);
}

function plainNames(text: string): string {
  return text.includes('#')
    ? text.replace(/#([2-7][0-9A-Fa-f])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}

/** Objects may be packed together, out of sight of a search: those lists are unpacked, each with a limit. */
function refusalOfLists(text: string): Refusal | undefined {
  let unpacked = 0;
  let lists = 0;
  for (let at = text.indexOf('ObjStm'); at >= 0; at = text.indexOf('ObjStm', at + 6)) {
    lists += 1;
    const list = listAt(text, at);
    unpacked += list.length;
    if (lists > MOST_LISTS || unpacked > MOST_UNPACKED)
      return refusal(
        'bomb',
        'The PDF unpacks into far more than a paper holds. Print it to a new PDF and hand that in.',
      );
    const names = plainNames(list);
    const found = refusals.find((one) => one.found.test(names));
    if (found) return found.refusal;
  }
  return undefined;
}

/** What the list after that place says; empty where it is not packed in the usual way, or broken. */
function listAt(text: string, at: number): string {
  const mark = text.indexOf('stream', at + 6);
  if (mark < 0 || mark - at > 2000) return '';
  const start = mark + 6 + (text.startsWith('\r\n', mark + 6) ? 2 : 1);
  const end = text.indexOf('endstream', start);
  try {
    const packed = Buffer.from(text.slice(start, end < 0 ? undefined : end), 'latin1');
    return inflateSync(packed, { maxOutputLength: MOST_LIST_BYTES }).toString('latin1');
  } catch (error) {
    // Too large: counted as such. Broken: the reader will not read it either.
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? ' '.repeat(MOST_UNPACKED + 1) : '';
  }
}
