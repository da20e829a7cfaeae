/** What a PDF must not carry. Nothing of it is run: its bytes, and those of its packed object lists, are searched. */
import { Buffer } from 'node:buffer';
import { carriesFiles, mayNameFiles, refusalOfAttachments } from './pdf-attachments.ts';
import { packedLists } from './pdf-lists.ts';
import { lockOf } from './pdf-password.ts';
import { type Refusal, refusal } from './refusal.ts';

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
  const lists = packedLists({ bytes, text }, lock?.unlock);
  if (typeof lists === 'string') return lock ? locked : lists === 'unseen' ? oddlyPacked : tooMuch;
  const hidden = lists.flatMap((list) => refusals.filter((one) => one.found.test(plainNames(list))))[0];
  if (hidden) return hidden.refusal;
  if (lock) return carriesFiles(text, lists.filter(mayNameFiles)) ? locked : undefined;
  return refusalOfAttachments({ bytes, text }, lists.filter(mayNameFiles), ofInner);
}

const oddlyPacked = refusal(
  'corrupt',
  'The PDF packs its objects in a way that no common program does, or is damaged. Print it to a new PDF and hand that in.',
);
const tooMuch = refusal(
  'bomb',
  'The PDF unpacks into far more than a paper holds. Print it to a new PDF and hand that in.',
);
/** What is enciphered and cannot be looked into for certain is not taken, though it opens without a password. */
const locked = refusal(
  'encrypted',
  'The PDF opens without a password, but forbids changes in a way that cannot be looked through, or carries a file inside. Print it to a new PDF and hand that in.',
);

function plainNames(text: string): string {
  return text.includes('#')
    ? text.replace(/#([2-7][0-9A-Fa-f])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}
