/** Messages about papers: files that came in, what persons confirmed that they say, and the lock on our own. */
import { z } from 'zod';
import { civilDateSchema } from '../rules/civil-date.ts';
import { envelope, words } from './envelope.ts';

const documentId = words(80).min(1);
/** For example `certificate-cpc`, `transport-document`, `freight-invoice`. */
const documentKind = z.string().regex(/^[a-z0-9-]{2,60}$/, {
  error: ({ input }) => `a kind is small letters, digits and hyphens, for example ${asKind(input)}`,
});

/** `purchase_contract` as kinds are written, so that nobody has to guess; what is no word is not mended. */
function asKind(said: unknown): string {
  if (typeof said !== 'string' || !/^[A-Za-z][\w -]{1,59}$/.test(said)) return 'certificate-cpc';
  return said
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/[_ -]+/g, '-')
    .toLowerCase();
}
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 has 64 hexadecimal digits');

const paper = {
  documentId,
  kind: documentKind,
  number: words(80).optional(),
  holder: words(200).optional(),
  issuedOn: civilDateSchema.optional(),
  expiresOn: civilDateSchema.optional(),
  /** Lines of the order that it covers; absent, all. */
  lines: z.array(z.number().int().min(1).max(50)).max(50).optional(),
  fields: z
    .record(words(60), words(500))
    .refine((fields) => Object.keys(fields).length <= 50, 'at most 50 fields: the rest belongs into the document')
    .default({}),
  /** Hash of what a person confirmed that it says, kept in the records: the review holds it against the other papers. */
  facts: sha256.optional(),
};
const paperSchema = z.strictObject(paper);
export type PaperOfMessage = z.infer<typeof paperSchema>;

/** A paper handed in for the shipment: what it is and what it says, never its bytes. */
export const submitDocumentSchema = z.strictObject({ ...envelope, ...paper });

/** A folder of papers handed in together: all of them count, or none. */
export const submitDocumentsSchema = z.strictObject({ ...envelope, documents: z.array(paperSchema).min(1).max(20) });

/** A file came in of which nobody has said yet what it says: a person confirms what was read, or says what it is. */
export const receiveDocumentSchema = z.strictObject({
  ...envelope,
  documentId,
  /** What it seems to be. */
  kind: documentKind.optional(),
  fileName: words(120).min(1),
  file: sha256,
  /** Fields that were read, and those of them that nobody should confirm unseen. */
  fieldsRead: z.number().int().min(0).max(10_000),
  fieldsDoubtful: z.number().int().min(0).max(10_000),
  /** Why its fields are asked for where none were read. */
  note: words(300).optional(),
});
export type ReceiveDocument = z.infer<typeof receiveDocumentSchema>;

/** The papers are opened before they are declared: something in them has to change. What hangs on them is made again. */
export const unlockDocumentsSchema = z.strictObject({ ...envelope, reason: words().min(1) });
