/** Compares variants of a line of an order before it exists, as `POST /v1/compliance/variants` and `quayside variants` answer. */
import { z } from 'zod';
import type { Reference } from '../../reference/load.ts';
import type { Instant } from '../civil-date.ts';
import { marketOf } from '../classification/codes.ts';
import { remediesAreCovered } from '../duties/trade-remedies.ts';
import { compareVariants, variantComparisonSchema, variantSchema } from '../duties/variants.ts';
import { orderSchema } from '../order/order.ts';
import { contextOf } from './review.ts';

/** Variants of a line, as a file holds them. */
export const variantsSchema = z.array(variantSchema).min(1, 'give at least one variant').max(20);

/** What is asked: an order, one of its lines counted from 1, and the variants of it. */
export const variantsRequestSchema = z
  .strictObject({ order: orderSchema, line: z.number().int().min(1), variants: variantsSchema })
  .superRefine(({ order, line }, context) => {
    if (line > order.lines.length)
      context.addIssue({
        code: 'custom',
        path: ['line'],
        message: `the order has ${order.lines.length} lines: count from 1`,
      });
  });
export type VariantsRequest = z.infer<typeof variantsRequestSchema>;

/** The answer. Not covered: nobody looked up the orders of the market, and that no case is shown means nothing. */
export const variantsAnswerSchema = z.object({
  reference: z.string(),
  line: z.number().int(),
  market: z.string(),
  covered: z.boolean(),
  entryOn: z.string().describe('The day whose cases were looked at.'),
  variants: z.array(variantComparisonSchema),
});
export type VariantsAnswer = z.infer<typeof variantsAnswerSchema>;

/**
 * Compares by the cases in force on the day on which the goods would enter.
 * @param asOf the day of that is counted from it
 * @throws RangeError when the order has no such line: the request's schema refuses it before
 */
export function compareLineVariants(
  { order: asked, line: number, variants }: VariantsRequest,
  asOf: Instant,
  reference: Reference,
): VariantsAnswer {
  const { order, entryOn } = contextOf({ order: asked, documents: [], asOf, reference, amendments: [], waived: [] });
  const line = order.lines[number - 1];
  if (!line) throw new RangeError(`line ${number}: the order has ${order.lines.length}`);
  const market = marketOf(order.destination.country, entryOn, reference);
  return {
    reference: order.reference,
    line: number,
    market,
    covered: remediesAreCovered(market, reference),
    entryOn,
    variants: compareVariants({ line, order, market, on: entryOn }, variants, reference),
  };
}
