/** The door for files: what is taken, as what, and why not. Nothing is stored or read before it has passed here. */
import { Buffer } from 'node:buffer';
import { endingOf, safeFileName } from '../rules/documents/file-name.ts';
import { refusalOfArchive } from './admission/archive.ts';
import { refusalOfImage } from './admission/images.ts';
import { refusalOfPdf } from './admission/pdf.ts';
import { type Refusal, refusal } from './admission/refusal.ts';
import { refusalOfXml } from './admission/xml.ts';
import { LARGEST_FILE_BYTES, LARGEST_XML_BYTES } from './limits.ts';
import { type FileKind, isCompoundFile, isExecutable, isZip, mediaTypes, sniff, xmlText } from './sniff.ts';

export type { Refusal, RefusalCode } from './admission/refusal.ts';

/** A file that is taken. */
export interface Admitted {
  refused: false;
  kind: Exclude<FileKind, 'unknown'>;
  mediaType: string;
  /** As {@link safeFileName} leaves it. */
  name: string;
  /** What the sender should know: `The name says .pdf, the content is a PNG picture: taken as that.` */
  notes: string[];
}

/** Letters of an upload's name that are kept, for people to know it by. */
const LONGEST_NAME = 120;
const TAKEN = 'PDF, XLSX, PNG, JPEG, TIFF, WebP, XML or OFD';
const endings: Readonly<Record<Admitted['kind'], readonly string[]>> = {
  pdf: ['pdf'],
  png: ['png'],
  jpeg: ['jpg', 'jpeg', 'jpe', 'jfif'],
  tiff: ['tif', 'tiff'],
  webp: ['webp'],
  xlsx: ['xlsx'],
  ofd: ['ofd'],
  xml: ['xml'],
};

/**
 * Takes a file by its content, or says why not. The name and the media type of the sender decide nothing.
 * @param name as the sender named it
 */
export async function admit(bytes: Uint8Array, name: string): Promise<Admitted | Refusal> {
  if (bytes.length === 0) return refusal('empty', 'The file is empty. Send it again.');
  if (bytes.length > LARGEST_FILE_BYTES)
    return refusal(
      'too-large',
      `The file is larger than ${LARGEST_FILE_BYTES / 1024 / 1024} MiB. Scan in grey at 200 dpi, or send the pages as several files.`,
    );
  const kind = sniff(bytes);
  if (kind === 'unknown') return unknown(bytes);
  const why = await refusalByKind(bytes, kind);
  if (why) return why;
  return {
    refused: false,
    kind,
    mediaType: mediaTypes[kind],
    name: safeFileName(name, 'file', LONGEST_NAME),
    notes: notesOn(name, kind),
  };
}

async function refusalByKind(bytes: Uint8Array, kind: Admitted['kind']): Promise<Refusal | undefined> {
  switch (kind) {
    case 'pdf':
      return refusalOfPdf(bytes);
    case 'xlsx':
    case 'ofd':
      return refusalOfArchive(bytes);
    case 'xml':
      return bytes.length > LARGEST_XML_BYTES
        ? refusal(
            'too-large',
            `The XML file is larger than ${LARGEST_XML_BYTES / 1024 / 1024} MiB. Send one invoice a file.`,
          )
        : refusalOfXml(xmlText(bytes));
    default:
      return refusalOfImage(bytes, kind);
  }
}

/** What cannot be taken is named as closely as can be, so that its sender knows what to send instead. */
async function unknown(bytes: Uint8Array): Promise<Refusal> {
  if (isExecutable(bytes)) return refusal('executable', `The file is a program. Send a paper: ${TAKEN}.`);
  if (isZip(bytes)) {
    const why = await refusalOfArchive(bytes);
    return why ?? refusal('unknown-type', `The file is an archive of another kind. Unpack it, and send ${TAKEN}.`);
  }
  if (isCompoundFile(bytes)) {
    const wrapped = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
      Buffer.from('EncryptedPackage', 'utf16le'),
    );
    return wrapped
      ? refusal('encrypted', 'The workbook is protected with a password. Save it without protection and hand that in.')
      : refusal('unknown-type', 'The file comes from an older Office program. Save it as .xlsx or PDF and send that.');
  }
  return refusal('unknown-type', `The file is of no kind that is taken here. Send ${TAKEN}.`);
}

function notesOn(name: string, kind: Admitted['kind']): string[] {
  const ending = endingOf(name);
  if (ending === '' || endings[kind].includes(ending)) return [];
  return [`The name ends in .${ending}, the content is ${kind.toUpperCase()}: taken by its content.`];
}
