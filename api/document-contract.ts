/** What the API takes and answers about papers. */
import { z } from 'zod';
import { civilDateSchema, instantSchema } from '../rules/civil-date.ts';
import {
  documentFactsSchema,
  fieldReadingSchema,
  readingSchema,
  statedLineSchema,
  statedPartySchema,
} from '../rules/documents/facts.ts';
import { submitDocumentSchema, verdictSchema } from '../workflows/messages.ts';
import { confirmationExample } from './examples.ts';

const nullable = <Schema extends z.ZodType>(schema: Schema) => schema.nullable();
const sha256 = z.string().describe('SHA-256 in hex.');

const id = z.string().describe('Id of the paper in its shipment.');
const kindWord = z.string().describe('For example commercial-invoice, purchase-contract, bill-of-lading.');
const revision = z.number().int().describe('Counted from 1; a changed paper is a new one.');
const contentSha256 = z.string().describe('SHA-256 of what the paper says: the same content, the same hash.');

/** What the documentation shows under a name of its own, since several answers have it. */
export const documentComponents = {
  DocumentFacts: documentFactsSchema,
  StatedParty: statedPartySchema,
  StatedLine: statedLineSchema,
  FieldReading: fieldReadingSchema,
  Reading: readingSchema,
};

/** A file as it is kept. */
export const keptFileSchema = z.object({
  sha256,
  name: z.string().describe('As its sender named it, without a path.'),
  mediaType: z.string().describe('By its content.'),
  sizeBytes: z.number().int().describe('In bytes.'),
});

/** What persons said of a paper, and when. */
export const statementSchema = z.object({
  by: z.string().describe('Role of the key.'),
  from: z.string().describe('Who, in the sender’s words.'),
  at: instantSchema.describe('When it was said.'),
  corrected: z
    .array(
      z.object({
        path: z.string().describe('Which field, for example lines[0].quantity.'),
        read: nullable(z.string()).describe('What was read; null, nothing was.'),
      }),
    )
    .describe('Fields in which the person differed from the reader, with what was read.'),
});

/** A paper of a shipment, one revision. */
export const documentSchema = z.object({
  id,
  kind: kindWord,
  revision,
  number: nullable(z.string()).describe('Number of the paper; null, it has none.'),
  date: nullable(civilDateSchema).describe('The date that the paper states; null, it states none.'),
  made: z.boolean().describe('Made by us from the order, or handed in.'),
  supersededBy: nullable(z.number().int()).describe('The revision that took its place; null, it counts.'),
  contentSha256,
  file: nullable(keptFileSchema).describe(
    'Null: a paper of ours is printed when its file is asked for; of another none was handed in.',
  ),
  statement: nullable(statementSchema).describe('Who confirmed what it says; null, nobody, or it is ours.'),
  asOf: instantSchema.describe('When it was made or handed in.'),
});

/** A file of which nobody has confirmed yet what it says. */
export const unconfirmedFileSchema = z.object({
  documentId: z.string(),
  kind: nullable(z.string()).describe('What it seems to be.'),
  file: keptFileSchema.describe('As it came.'),
  state: z
    .enum(['to-confirm', 'not-ours', 'replaced'])
    .describe(
      'not-ours: a person said that it does not belong to this shipment; replaced: another file of the paper came later.',
    ),
  reading: readingSchema.describe('What it was read to say.'),
  receivedFrom: z.string().describe('Who handed it in, in the sender’s words.'),
  receivedAt: instantSchema.describe('When it came.'),
});

/** One paper of the document archive (备案单证). */
export const archivePaperSchema = z.object({
  paper: z.string().describe('Which paper of the archive.'),
  nameZh: z.string().describe('Its name in the law.'),
  name: z.string().describe('Its name in English.'),
  state: z
    .enum(['here', 'kept-elsewhere', 'missing', 'not-yet-owed', 'not-owed'])
    .describe('not-owed: this shipment has no such paper.'),
  needed: z.boolean().describe('Whether the archive is incomplete without it.'),
  substitute: z.boolean().describe('It is here by a paper of like content only.'),
  documents: z.array(z.object({ id, kind: kindWord, revision })).describe('The papers of the shipment that are it.'),
  owedBy: z.string().describe('supplier, carrier, forwarder, broker or us.'),
  since: nullable(civilDateSchema).describe('The day from which it is owed; null, it is not yet.'),
  source: z.string().describe('What asks for it.'),
});

export const documentListSchema = z.object({
  documents: z.array(documentSchema).describe('Every revision of every paper.'),
  unconfirmed: z.array(unconfirmedFileSchema).describe('Files that wait for a person.'),
  archive: z
    .object({
      papers: z.array(archivePaperSchema).describe('In the order of the catalogue.'),
      complete: z.boolean().describe('Whether all that is needed is here.'),
      dueOn: nullable(civilDateSchema).describe('15 days after the claim; null, nothing is claimed yet.'),
      keptUntil: nullable(civilDateSchema).describe('Ten years after the claim.'),
    })
    .describe('备案单证.'),
});

export const documentContentSchema = documentSchema
  .pick({ id: true, kind: true, revision: true, contentSha256: true, asOf: true })
  .extend({
    content: z.unknown().describe('Of our own papers all that is printed; of others what was handed in of them.'),
    facts: nullable(documentFactsSchema).describe('What a person confirmed that it says; null, nobody has.'),
  });

/** What is done with papers of a kind. */
export const kindStandingSchema = z.object({
  compared: z.boolean().describe('Whether papers of that kind are held against the order and the other papers.'),
  known: z.boolean().describe('Whether any table names the kind; a paper of an unknown kind is kept.'),
  near: z.array(z.string()).describe('Kinds that are written nearly so, where it is unknown.'),
});

/** A file was taken. */
export const fileTakenSchema = z.object({
  documentId: z.string(),
  isNew: z.boolean().describe('False: the shipment has this very file already, and it was taken once.'),
  kind: nullable(z.string()).describe('What it seems to be; null, nothing says it.'),
  ofKind: nullable(kindStandingSchema).describe('What is done with papers of that kind; null, nothing says it.'),
  file: keptFileSchema.describe('As it is kept.'),
  reading: readingSchema.describe('For a person to confirm or correct: POST …/documents/confirmation.'),
  alsoIn: z.array(z.string()).describe('Other shipments that have the same file.'),
  notes: z
    .array(z.string())
    .describe('What was noticed when it came in: of a file that is here already, what was said of it and not taken.'),
  verdict: verdictSchema.describe('What the shipment said to it.'),
});

const { messageId, occurredAt, source, documentId, kind, number, holder, issuedOn, expiresOn, lines, fields } =
  submitDocumentSchema.shape;

/** What a person says that a paper states. */
export const confirmDocumentSchema = z
  .strictObject({
    ...{ messageId, occurredAt, source, documentId, holder, issuedOn, expiresOn },
    number: number.describe('Number of the paper; absent, the number in its facts.'),
    lines: lines.describe('Lines of the order that it covers, counted from 1; absent, all.'),
    fields: fields.describe('What else is known of it, by name.'),
    file: z
      .string()
      .regex(/^[0-9a-f]{64}$/, 'a SHA-256 has 64 hexadecimal digits')
      .optional()
      .describe('SHA-256 of the file that was looked at: where a later one came in meanwhile, nothing is confirmed.'),
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
  )
  .meta({ examples: [confirmationExample] });

export const documentConfirmedSchema = z.object({
  status: verdictSchema.shape.status.describe('The verdict of the shipment.'),
  reason: verdictSchema.shape.reason.describe('Why, and what to do instead.'),
  factsSha256: sha256,
  kind: kindWord,
  ofKind: kindStandingSchema.describe('What is done with papers of that kind.'),
  facts: documentFactsSchema.describe('What the paper is held to say from now on.'),
});
