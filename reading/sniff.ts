/** What a file is, by its content: names and media types of uploaders are claims. */
import { Buffer } from 'node:buffer';

/** Kinds of files that are taken, and `unknown`, which is refused. */
export type FileKind = 'pdf' | 'png' | 'jpeg' | 'tiff' | 'webp' | 'xlsx' | 'ofd' | 'xml' | 'unknown';

/** The media type by which a file of that kind is stored and served. */
export const mediaTypes: Readonly<Record<Exclude<FileKind, 'unknown'>, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  tiff: 'image/tiff',
  webp: 'image/webp',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ofd: 'application/ofd',
  xml: 'application/xml',
};

/** A PDF may have some bytes before its mark; readers look so far. */
const PDF_MARK_WITHIN = 1024;

const starts = (bytes: Uint8Array, ...mark: number[]) => mark.every((byte, index) => bytes[index] === byte);
const ascii = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to);

/** What the content is. A zip is told by the names in its directory, an XML file by its first element. */
export function sniff(bytes: Uint8Array): FileKind {
  if (isExecutable(bytes)) return 'unknown';
  if (starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (starts(bytes, 0xff, 0xd8, 0xff)) return 'jpeg';
  if (starts(bytes, 0x49, 0x49, 0x2a, 0) || starts(bytes, 0x4d, 0x4d, 0, 0x2a)) return 'tiff';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp';
  if (isZip(bytes)) return zipKind(bytes);
  if (ascii(bytes, 0, PDF_MARK_WITHIN).includes('%PDF-')) return 'pdf';
  return isXml(bytes) ? 'xml' : 'unknown';
}

/** Whether the file is a program of any system, by its first bytes: refused under every name. */
export function isExecutable(bytes: Uint8Array): boolean {
  if (starts(bytes, 0x7f, 0x45, 0x4c, 0x46) || starts(bytes, 0x23, 0x21) || starts(bytes, 0x00, 0x61, 0x73, 0x6d))
    return true;
  // `MZ` alone begins many a text: with the header's own offset it begins a program.
  if (starts(bytes, 0x4d, 0x5a)) return bytes.length >= 64;
  return [0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe].some((mark) =>
    starts(bytes, mark >>> 24, (mark >>> 16) & 0xff, (mark >>> 8) & 0xff, mark & 0xff),
  );
}

/** Whether it is an archive of the zip kind, whatever is in it. */
export function isZip(bytes: Uint8Array): boolean {
  return starts(bytes, 0x50, 0x4b, 3, 4) || starts(bytes, 0x50, 0x4b, 5, 6);
}

/** Whether it is a file of the older Office programs, which also wraps every workbook with a password. */
export function isCompoundFile(bytes: Uint8Array): boolean {
  return starts(bytes, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
}

/** The directory at a zip's end names its parts in plain letters. */
function zipKind(bytes: Uint8Array): FileKind {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.includes('xl/workbook.xml')) return 'xlsx';
  return all.includes('OFD.xml') ? 'ofd' : 'unknown';
}

function isXml(bytes: Uint8Array): boolean {
  const text = xmlText(bytes.subarray(0, 4096));
  const root = rootOf(text);
  // Pages and drawings carry scripts, and are papers of no kind.
  return /^(html|svg|script)$/i.test(root ?? '') ? false : text.startsWith('<?xml') || root !== undefined;
}

const preambles = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<!', '>'],
] as const;

/** The name of the first element, behind declarations and comments. Step by step: a pattern would try every way to end a comment. */
function rootOf(text: string): string | undefined {
  let rest = text.trimStart();
  for (;;) {
    const preamble = preambles.find(([begin]) => rest.startsWith(begin));
    if (!preamble) return /^<([\p{L}_][\p{L}\p{N}_.:-]*)/u.exec(rest)?.[1];
    const end = rest.indexOf(preamble[1], preamble[0].length);
    if (end < 0) return undefined;
    rest = rest.slice(end + preamble[1].length).trimStart();
  }
}

/** An XML file's letters: by its byte order mark, else by the encoding that it declares, else as UTF-8. */
export function xmlText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes).replace(/^\ufeff/, '');
}

function encodingOf(bytes: Uint8Array): string {
  if (starts(bytes, 0xff, 0xfe) || starts(bytes, 0x3c, 0, 0x3f, 0)) return 'utf-16le';
  if (starts(bytes, 0xfe, 0xff) || starts(bytes, 0, 0x3c, 0, 0x3f)) return 'utf-16be';
  const declared = /^<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(ascii(bytes, 0, 200))?.[1]?.toLowerCase();
  return declared && /^(gbk|gb2312|gb18030|big5)$/.test(declared) ? declared : 'utf-8';
}
