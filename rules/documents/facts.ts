/** What a paper says, in the words of the trade: the one shape in which papers are read, confirmed, kept and compared. */
import { z } from 'zod';
import { civilDateSchema } from '../civil-date.ts';
import { decimalSchema } from '../money.ts';

const text = (most: number) => z.string().trim().min(1, 'must not be empty').max(most, `at most ${most} characters`);

/** A company as a paper names it; a paper may give only one of its names. */
export const statedPartySchema = z.strictObject({
  name: text(300).optional(),
  nameZh: text(300).optional(),
  taxId: text(40).optional(),
  address: text(500).optional(),
});
export type StatedParty = z.infer<typeof statedPartySchema>;

/** A line of goods as a paper states it. Quantities, weights (kg) and money are decimal texts; absent: the paper does not say. */
export const statedLineSchema = z.strictObject({
  /** As numbered on the paper, from 1. */
  no: z.number().int().min(1).max(9999).optional(),
  productCode: text(80).optional(),
  nameZh: text(300).optional(),
  nameEn: text(300).optional(),
  hsCode: z
    .string()
    .regex(/^\d{4,13}$/, 'an HS code is written in digits only')
    .optional(),
  brand: text(80).optional(),
  model: text(120).optional(),
  origin: text(60).optional(),
  quantity: decimalSchema.optional(),
  unit: text(20).optional(),
  unitPrice: decimalSchema.optional(),
  total: decimalSchema.optional(),
  packages: decimalSchema.optional(),
  netWeightKg: decimalSchema.optional(),
  grossWeightKg: decimalSchema.optional(),
});
export type StatedLine = z.infer<typeof statedLineSchema>;

/**
 * What a paper says. Every field may be absent: papers say little, and what one does not say is no difference. Nothing here is
 * converted or corrected: it stands as on the paper, numbers and dates alone written in our way.
 */
export const documentFactsSchema = z.strictObject({
  number: text(80).optional(),
  date: civilDateSchema.optional(),
  /** Numbers of other papers that it names. */
  contractNumber: text(80).optional(),
  invoiceNumber: text(80).optional(),
  orderNumber: text(80).optional(),
  declarationNumber: text(40).optional(),
  seller: statedPartySchema.optional(),
  buyer: statedPartySchema.optional(),
  consignee: statedPartySchema.optional(),
  notify: statedPartySchema.optional(),
  currency: text(10).optional(),
  /** `FOB`, and the place named with it. */
  incoterm: text(10).optional(),
  incotermPlace: text(120).optional(),
  portOfLoading: text(120).optional(),
  portOfDischarge: text(120).optional(),
  /** Country of destination as the paper writes it: letters, or a name. */
  destination: text(120).optional(),
  vessel: text(80).optional(),
  voyage: text(40).optional(),
  marks: text(1000).optional(),
  /** Where the supplier makes or sells the goods from (货源地). */
  supplierPlace: text(120).optional(),
  /** Sum of the lines as stated. */
  total: decimalSchema.optional(),
  freight: decimalSchema.optional(),
  insurance: decimalSchema.optional(),
  fob: decimalSchema.optional(),
  packages: decimalSchema.optional(),
  netWeightKg: decimalSchema.optional(),
  grossWeightKg: decimalSchema.optional(),
  lines: z.array(statedLineSchema).max(500, 'at most 500 lines').default([]),
});
export type DocumentFacts = z.infer<typeof documentFactsSchema>;

/**
 * Path of one field: `total`, `seller.name`, `lines[0].quantity`. As people write it in messages and findings, lines counted
 * from 0 as in the order's paths.
 */
export type FactPath = string;

/** A paper as it is compared: which one, and what it says. */
export interface StatedDocument {
  /** The paper's id in the shipment: `LAMPS-1/commercial-invoice/1`, or what it was handed in under. */
  id: string;
  /** `commercial-invoice`, `packing-list`, `purchase-contract`, `bill-of-lading` … */
  kind: string;
  /** Made by us from the order, or received; it decides who can mend it. */
  made: boolean;
  facts: DocumentFacts;
}

/** One field read from a file, with how sure the reader is and where it stood. */
export const fieldReadingSchema = z.strictObject({
  path: z.string().min(1).max(80),
  value: z.string().max(2000),
  /** 0 to 1: 1 is a cell under its own heading, below 0.6 a guess that nobody should confirm unseen. */
  confidence: z.number().min(0).max(1),
  /** `page 2, line 14` of a PDF, `Sheet1!C7` of a workbook. */
  place: z.string().max(120),
});
export type FieldReading = z.infer<typeof fieldReadingSchema>;

/** Below this a value is a guess that nobody should confirm without looking at the paper. */
const SURE_FROM = 0.6;

/** Whether a value that was read is a guess. */
export function isDoubtful({ confidence }: Pick<FieldReading, 'confidence'>): boolean {
  return confidence < SURE_FROM;
}

/** What a reader made of a file: the paper it takes it for, and its fields; for a person to confirm or correct. */
export const readingSchema = z.strictObject({
  /** `read`: fields were found. `no-text`: a scan or a picture, its fields are asked for. `no-reader`: kept, and nobody reads its kind yet. `unreadable`: it broke the reader, which says why. */
  outcome: z.enum(['read', 'no-text', 'no-reader', 'unreadable']),
  /** The kind of paper that its words speak of; absent, they do not say. */
  kind: z.string().optional(),
  facts: documentFactsSchema,
  fields: z.array(fieldReadingSchema).max(10_000),
  /** What a person should know: `page 2 is a picture`, `3 lines have no quantity`. */
  notes: z.array(z.string().max(300)).max(50).default([]),
});
export type Reading = z.infer<typeof readingSchema>;
