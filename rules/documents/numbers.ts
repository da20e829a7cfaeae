/** Numbers of our own papers: a pattern for each kind, as the organisation counts them. */
import { z } from 'zod';

const patternSchema = z
  .string()
  .max(40, 'at most 40 characters')
  .regex(/^[A-Za-z0-9._/-]*\{reference\}[A-Za-z0-9._/-]*$/, {
    error:
      'a pattern is letters, digits, dots, underscores, hyphens or slashes around {reference}, for example INV-{reference}',
  });

/**
 * The pattern of each kind's numbers. Each holds the shipment's reference once, so that two shipments of an organisation
 * never have one number, and a number can be made again without a counter.
 */
export const numberingSchema = z.strictObject({
  'commercial-invoice': patternSchema.default('INV-{reference}'),
  'packing-list': patternSchema.default('PL-{reference}'),
  'sales-contract': patternSchema.default('SC-{reference}'),
  'declaration-draft': patternSchema.default('DD-{reference}'),
  'declaration-elements': patternSchema.default('DE-{reference}'),
  'origin-application': patternSchema.default('CO-{reference}'),
  'letter-of-instruction': patternSchema.default('SI-{reference}'),
});
/** Patterns of all kinds, defaults filled in. */
export type Numbering = z.infer<typeof numberingSchema>;

const defaults = numberingSchema.parse({});

/** Number of a shipment's paper of that kind. */
export function documentNumberOf(kind: keyof Numbering, reference: string, numbering: Numbering): string {
  return numbering[kind].replace('{reference}', () => reference);
}

/** Number of a shipment's commercial invoice; the buyer pays under it. */
export function invoiceNumberOf(reference: string, numbering: Numbering): string {
  return documentNumberOf('commercial-invoice', reference, numbering);
}

/** Number of a shipment's sales contract; the buyer may pay under it as well. */
export function contractNumberOf(reference: string, numbering: Numbering): string {
  return documentNumberOf('sales-contract', reference, numbering);
}

/**
 * All numbers under which a buyer may pay: those of invoice and contract, by every way in which the organisation has numbered
 * and by the default patterns, since papers that went out before it chose another are still paid by theirs.
 */
export function paymentNumbersOf(reference: string, numberings: readonly Numbering[]): string[] {
  const numbers = [...numberings, defaults].flatMap((each) => [
    invoiceNumberOf(reference, each),
    contractNumberOf(reference, each),
  ]);
  return [...new Set(numbers)];
}
