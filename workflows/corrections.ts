/** What a correction of an order may say, as a message carries it and as the state keeps it. */
import { z } from 'zod';
import { nonNegativeDecimalSchema, positiveDecimalSchema } from '../rules/money.ts';
import { productAttributesSchema } from '../rules/order/product-attributes.ts';

const words = (most: number) => z.string().min(1).max(most, `at most ${most} characters`);

/** One line of goods, numbered from 1. What it leaves out stays as it was. */
export const correctedLineSchema = z.strictObject({
  line: z.number().int().min(1).max(50),
  unitPrice: positiveDecimalSchema.optional(),
  quantity: positiveDecimalSchema.optional(),
  unit: words(10).optional(),
  hsCode: z
    .string()
    .regex(/^(\d{6}|\d{8}|\d{10})$/, 'an HS code has 6, 8 or 10 digits and nothing else')
    .optional(),
  nameZh: words(200).optional(),
  nameEn: words(200).optional(),
  netWeightKg: positiveDecimalSchema.optional(),
  grossWeightKg: positiveDecimalSchema.optional(),
  /** The destination's own code. */
  importCode: z
    .string()
    .regex(/^\d{6,11}$/, 'a code of the destination has 6 to 11 digits and nothing else')
    .optional(),
  /** What the goods are: added to what the order says, or in its place. */
  attributes: productAttributesSchema.optional(),
  /** Answers to the scope questions of trade remedies and origin rules, by their keys. */
  scopeAnswers: z.record(words(80), z.boolean()).optional(),
  /** What the supplier will invoice, CNY without VAT. */
  purchaseNet: positiveDecimalSchema.optional(),
});

/** Of the order as a whole. */
export const correctedTransportSchema = z
  .strictObject({ vessel: words(60), voyage: words(40), stuffingPlace: words(200), consolidator: words(200) })
  .partial();

/** What carriage and insurance turned out to cost, in the order's currency: the FOB of every line follows. */
export const correctedChargesSchema = z
  .strictObject({ freight: nonNegativeDecimalSchema, insurance: nonNegativeDecimalSchema })
  .partial();

/** A correction as the state keeps it: what concerns the order as a whole stands with its first line. */
export const carriedCorrectionSchema = correctedLineSchema.extend({
  transport: correctedTransportSchema.optional(),
  charges: correctedChargesSchema.optional(),
});
export type CarriedCorrection = z.infer<typeof carriedCorrectionSchema>;
