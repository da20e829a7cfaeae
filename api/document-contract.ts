/** What the API takes and answers about papers. */
import { z } from 'zod';
import { civilDateSchema, instantSchema } from '../rules/civil-date.ts';
import { documentFactsSchema, readingSchema } from '../rules/documents/facts.ts';
import { submitDocumentSchema, verdictSchema } from '../workflows/messages.ts';

const nullable = <Schema extends z.ZodType>(schema: Schema) => schema.nullable();
const sha256 = z.string().describe('SHA-256 in hex.');

/** A file as it is kept. */
export const keptFileSchema = z.object({
  sha256,
  name: z.string().describe('As its sender named it, without a path.'),
  mediaType: z.string().describe('By its content.'),
  sizeBytes: z.number().int(),
});

/** What persons said of a paper, and when. */
export const statementSchema = z.object({
  by: z.string().describe('Role of the key.'),
  from: z.string().describe('Who, in the sender’s words.'),
  at: instantSchema,
  corrected: z
    .array(z.object({ path: z.string(), read: nullable(z.string()) }))
    .describe('Fields in which the person differed from the reader, with what was read.'),
});

/** A paper of a shipment, one revision. */
export const documentSchema = z.object({
  id: z.string(),
  kind: z.string(),
  revision: z.number().int(),
  number: nullable(z.string()),
  made: z.boolean().describe('Made by us from the order, or handed in.'),
  supersededBy: nullable(z.number().int()).describe('The revision that took its place; null, it counts.'),
  contentSha256: z.string(),
  file: nullable(keptFileSchema).describe(
    'Null: a paper of ours is printed when its file is asked for; of another none was handed in.',
  ),
  statement: nullable(statementSchema),
  asOf: instantSchema,
});

/** A file of which nobody has confirmed yet what it says. */
export const unconfirmedFileSchema = z.object({
  documentId: z.string(),
  kind: nullable(z.string()).describe('What it seems to be.'),
  file: keptFileSchema,
  state: z.enum(['to-confirm', 'not-ours']),
  reading: readingSchema,
  receivedFrom: z.string(),
  receivedAt: instantSchema,
});

/** One paper of the document archive (备案单证). */
export const archivePaperSchema = z.object({
  paper: z.string(),
  nameZh: z.string(),
  name: z.string(),
  state: z
    .enum(['here', 'kept-elsewhere', 'missing', 'not-yet-owed', 'not-owed'])
    .describe('not-owed: this shipment has no such paper.'),
  needed: z.boolean().describe('Whether the archive is incomplete without it.'),
  substitute: z.boolean().describe('It is here by a paper of like content only.'),
  documents: z.array(z.object({ id: z.string(), kind: z.string(), revision: z.number().int() })),
  owedBy: z.string().describe('supplier, carrier, forwarder, broker or us.'),
  since: nullable(civilDateSchema).describe('The day from which it is owed; null, it is not yet.'),
  source: z.string(),
});

export const documentListSchema = z.object({
  documents: z.array(documentSchema),
  unconfirmed: z.array(unconfirmedFileSchema),
  archive: z.object({
    papers: z.array(archivePaperSchema).describe('In the order of the catalogue.'),
    complete: z.boolean(),
    dueOn: nullable(civilDateSchema).describe('15 days after the claim; null, nothing is claimed yet.'),
    keptUntil: nullable(civilDateSchema).describe('Ten years after the claim.'),
  }),
});

export const documentContentSchema = documentSchema
  .pick({ id: true, kind: true, revision: true, contentSha256: true, asOf: true })
  .extend({ content: z.unknown(), facts: nullable(documentFactsSchema) });

/** A file was taken. */
export const fileTakenSchema = z.object({
  documentId: z.string(),
  isNew: z.boolean().describe('False: the shipment has this very file already, and it was taken once.'),
  kind: nullable(z.string()),
  file: keptFileSchema,
  reading: readingSchema.describe('For a person to confirm or correct: POST …/documents/confirmation.'),
  alsoIn: z.array(z.string()).describe('Other shipments that have the same file.'),
  notes: z.array(z.string()),
  verdict: verdictSchema,
});

const { messageId, occurredAt, source, documentId, kind, number, holder, issuedOn, expiresOn, lines, fields } =
  submitDocumentSchema.shape;

/** What a person says that a paper states. */
export const confirmDocumentSchema = z
  .strictObject({
    ...{ messageId, occurredAt, source, documentId, number, holder, issuedOn, expiresOn, lines, fields },
    kind: kind.optional().describe('Default: what the file seemed to be.'),
    facts: documentFactsSchema
      .optional()
      .describe('All that it says; absent, what was read counts, with the corrections.'),
    corrections: z
      .record(z.string().min(1).max(80), nullable(z.string().max(2000)))
      .default({})
      .describe('By path: `{"lines[0].quantity": "500"}`; null takes a field away.'),
  })
  .refine(
    ({ corrections }) => Object.keys(corrections).length <= 500,
    'at most 500 corrections: state the facts instead',
  );

export const documentConfirmedSchema = z.object({
  ...verdictSchema.shape,
  factsSha256: sha256,
  facts: documentFactsSchema.describe('What the paper is held to say from now on.'),
});
