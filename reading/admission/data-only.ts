/** Whether a file inside another is data, and nothing else. */
import { safeFileName } from '../../rules/documents/file-name.ts';
import { LARGEST_XML_BYTES } from '../limits.ts';
import { isCompoundFile, isExecutable, isZip, sniff, xmlText } from '../sniff.ts';
import { refusalOfArchive } from './archive.ts';
import { refusalOfImage } from './images.ts';
import type { Refusal } from './refusal.ts';
import { refusalOfXml } from './xml.ts';

/** Endings of data and of papers. A file that calls itself anything else is refused, whatever it holds. */
const dataEndings: ReadonlySet<string> = new Set([
  ...['xml', 'xbrl', 'json', 'csv', 'txt', 'edi'],
  ...['pdf', 'ofd', 'xlsx', 'png', 'jpg', 'jpeg', 'tif', 'tiff', 'webp'],
]);

/**
 * What the file is that keeps it from being data, as words behind “that is”; undefined for data: XML, plain text, a picture, a workbook
 * without macros, an OFD, a PDF without anything of its own that could run.
 * @param names every name that it is given, as they are
 */
export async function whyNoData(
  bytes: Uint8Array,
  names: readonly string[],
  ofPdf: (bytes: Uint8Array) => Promise<Refusal | undefined>,
): Promise<string | undefined> {
  if (isExecutable(bytes)) return 'a program or a script';
  const wrong = names.map(lastEnding).find((ending) => ending !== undefined && !dataEndings.has(ending));
  if (wrong !== undefined) return `no data by its name (.${safeFileName(wrong, '…')})`;
  const kind = sniff(bytes);
  if (kind === 'unknown') return whyNoText(bytes);
  const why = await refusalOf(kind);
  return why && `not taken itself (${why.code})`;

  async function refusalOf(of: Exclude<typeof kind, 'unknown'>): Promise<Pick<Refusal, 'code'> | undefined> {
    if (of === 'pdf') return ofPdf(bytes);
    if (of === 'xlsx' || of === 'ofd') return refusalOfArchive(bytes);
    if (of === 'xml') return bytes.length > LARGEST_XML_BYTES ? { code: 'too-large' } : refusalOfXml(xmlText(bytes));
    return refusalOfImage(bytes, of);
  }
}

/** What stands behind the last dot; undefined without one. Longer ones than papers have are endings too: `.application` starts a program. */
function lastEnding(name: string): string | undefined {
  const seen = name.replace(/\p{C}/gu, '').replace(/[\s.]+$/, '');
  const file = seen.slice(Math.max(seen.lastIndexOf('/'), seen.lastIndexOf('\\')) + 1);
  return file.includes('.') ? file.slice(file.lastIndexOf('.') + 1).toLowerCase() : undefined;
}

function whyNoText(bytes: Uint8Array): string | undefined {
  if (isZip(bytes) || hasMark(bytes)) return 'an archive';
  if (isCompoundFile(bytes)) return 'a file of an older Office program, which may carry macros';
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what has them is no text
  if (/[\u0000-\u0008\u000e-\u001f\u007f]/.test(text)) return 'of a kind that cannot be looked at';
  // Pages and rich text carry scripts and other files.
  return /^(?:\xef\xbb\xbf)?\s*(?:<|\{\\rtf)/.test(text) ? 'a page or a text that may carry a script' : undefined;
}

/** First bytes of archives other than zip: RAR, 7z, gzip, bzip2, xz, cabinet. */
const archiveMarks = ['526172211a07', '377abcaf271c', '1f8b', '425a68', 'fd377a585a00', '4d534346'];

function hasMark(bytes: Uint8Array): boolean {
  const first = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  return archiveMarks.some((mark) => first.startsWith(mark));
}
