/** What an order will cost there, as the pre-order check shows it: duties by layer, cases of trade remedies, low-value relief. */
import { z } from 'zod';
import type { ExchangeRate } from '../duties/exchange.ts';
import { type LandedLine, landedCost } from '../duties/landed-cost.ts';
import type { ReviewContext } from './review-context.ts';

const amount = z.string().describe('Decimal text, in the currency of the order.');
const nullable = <Schema extends z.ZodType>(schema: Schema) => schema.nullable();

const layerSchema = z.object({
  /** From 1; null: on the entry as a whole. */
  line: nullable(z.number().int()),
  id: z.string(),
  name: z.string(),
  ratePercent: nullable(z.string()),
  amount: nullable(amount).describe('Null: not known, and the total is a lower bound.'),
  benchmarkAmount: nullable(amount)
    .optional()
    .describe('Of a trade remedy whose deposit is not known: its benchmark at the highest. In no total.'),
  note: z.string(),
  source: z.string(),
  needsHumanConfirmation: z.boolean(),
});

export const checkedCostsSchema = z.object({
  landedCost: z
    .object({
      estimate: z.literal(true),
      currency: z.string(),
      entryOn: z.string(),
      valuedAt: z.enum(['FOB', 'CIF']),
      sellerPays: z.array(z.string()),
      buyerPays: z.array(z.string()),
      layers: z.array(layerSchema),
      totals: z.object({
        fob: amount,
        freight: amount,
        insurance: amount,
        customsValue: amount,
        duties: amount,
        taxes: amount,
        fees: amount,
        landed: amount,
      }),
      upToMore: nullable(amount)
        .optional()
        .describe('What the benchmarks of trade remedies would add to the total; null: none is known.'),
      complete: z.boolean(),
      missing: z.array(z.string()),
    })
    .describe('An estimate; a lower bound where it is not complete.'),
  adcvd: z.array(
    z.object({
      line: z.number().int(),
      case: z.string(),
      countervailingCase: nullable(z.string()),
      product: z.string(),
      verdict: z.enum(['likely', 'possible', 'out']),
      ledBy: z.string(),
      reason: z.string(),
      questions: z.array(z.object({ key: z.string(), question: z.string(), answer: z.enum(['yes', 'no', 'unsaid']) })),
      evidence: z.string(),
      source: z.string(),
    }),
  ),
  lowValueRelief: z.object({
    outcome: z.enum(['relieved', 'flat-duty', 'no-relief', 'gone', 'not-known', 'not-covered']),
    words: z.string(),
    source: z.string(),
    needsHumanConfirmation: z.boolean(),
  }),
});
export type CheckedCosts = z.infer<typeof checkedCostsSchema>;

/** Estimates them. Exchange rates are the caller's: none is guessed. */
export function checkedCosts(context: ReviewContext, exchangeRates: readonly ExchangeRate[] = []): CheckedCosts {
  const { order, entryOn, reference } = context;
  const { currency, valuedAt, incoterm, lines, fees, totals, upToMore, complete, missing, lowValue } = landedCost(
    { order, entryOn, exchangeRates },
    reference,
  );
  const shown = (line: number | null) => (layer: Omit<z.infer<typeof layerSchema>, 'line'>) => ({
    line,
    id: layer.id,
    name: layer.name,
    ratePercent: layer.ratePercent,
    amount: layer.amount,
    ...(layer.benchmarkAmount === undefined ? {} : { benchmarkAmount: layer.benchmarkAmount }),
    note: layer.note,
    source: layer.source,
    needsHumanConfirmation: layer.needsHumanConfirmation,
  });
  return {
    landedCost: {
      estimate: true,
      currency,
      entryOn,
      valuedAt,
      sellerPays: incoterm.sellerPays,
      buyerPays: incoterm.buyerPays,
      layers: [...lines.flatMap(({ line, layers }) => layers.map(shown(line))), ...fees.map(shown(null))],
      totals,
      upToMore,
      complete,
      missing,
    },
    adcvd: remedies(lines),
    lowValueRelief: {
      outcome: lowValue.outcome,
      words: lowValue.words,
      source: lowValue.source,
      needsHumanConfirmation: lowValue.needsHumanConfirmation,
    },
  };
}

function remedies(lines: readonly LandedLine[]): CheckedCosts['adcvd'] {
  return lines.flatMap(({ line, remedies }) =>
    remedies.map((lead) => ({
      line,
      case: lead.case,
      countervailingCase: lead.countervailingCase,
      product: lead.product,
      verdict: lead.verdict,
      ledBy: lead.ledBy,
      reason: lead.reason,
      questions: lead.questions.map(({ key, question, answer }) => ({ key, question, answer })),
      evidence: lead.evidence,
      source: lead.source,
    })),
  );
}
