/** The pre-order check: what is known against an order, which papers it needs, what it will cost there, and its way. */
import { z } from 'zod';
import { civilDateSchema } from '../civil-date.ts';
import type { ExchangeRate } from '../duties/exchange.ts';
import { findingSchema } from '../finding.ts';
import { checkedCosts, checkedCostsSchema } from './check-costs.ts';
import { judgeRules } from './judge-rules.ts';
import { papersWanted } from './papers-wanted.ts';
import { planOf } from './plan.ts';
import { contextOf, findingsIn, type ReviewInput } from './review.ts';

const nullable = <Schema extends z.ZodType>(schema: Schema) => schema.nullable();
const days = z.object({ least: z.number().int(), most: z.number().int() });

export const complianceCheckSchema = z.object({
  reference: z.string(),
  asOf: civilDateSchema,
  /** True where a finding blocks: the order is not to be accepted as it is. */
  blocked: z.boolean(),
  /** Lists that the parties were held against; null: nobody looked. */
  screenedBy: nullable(z.array(z.object({ list: z.string(), version: z.string(), importedAt: z.string() }))),
  findings: z.array(findingSchema),
  documents: z.array(
    z.object({
      rule: z.string(),
      name: z.string(),
      kinds: z.array(z.string()),
      holder: z.string(),
      lines: z.array(z.number().int()),
      state: z.enum(['here', 'missing', 'expired', 'contradicted', 'maybe']),
      unread: z.array(z.string()),
      due: findingSchema.shape.due,
      by: nullable(civilDateSchema),
      startBy: nullable(civilDateSchema),
      days: nullable(days),
      cost: z.string(),
      how: z.string(),
    }),
  ),
  ...checkedCostsSchema.shape,
  plan: z.object({
    channel: z.object({
      supervisionMode: z.string(),
      name: z.string(),
      refund: z.string(),
      transport: z.string(),
    }),
    exportOn: civilDateSchema,
    entryOn: civilDateSchema,
    refundBetween: nullable(z.object({ earliest: civilDateSchema, latest: civilDateSchema })),
    steps: z.array(
      z.object({
        what: z.string(),
        who: z.string(),
        by: nullable(civilDateSchema),
        startBy: nullable(civilDateSchema),
        late: z.boolean(),
        rule: nullable(z.string()),
        cost: nullable(z.string()),
      }),
    ),
  }),
});
/** The answer of `POST /v1/compliance/checks` and of `quayside check`. */
export type ComplianceCheck = z.infer<typeof complianceCheckSchema>;

/** Checks an order before it exists, by the same rules that review it later. */
export function checkOrder(
  input: Omit<ReviewInput, 'amendments' | 'waived' | 'confirmed' | 'told'> & {
    /** The caller's own; none is guessed. */
    exchangeRates?: readonly ExchangeRate[];
  },
): ComplianceCheck {
  const context = contextOf({ ...input, amendments: [], waived: [] });
  const judgements = judgeRules(context, { confirmed: [] });
  const findings = findingsIn(context, judgements);
  const papers = papersWanted(judgements, context);
  return {
    reference: context.order.reference,
    asOf: context.today,
    blocked: findings.some(({ severity }) => severity === 'block'),
    screenedBy: context.records.screening?.lists ?? null,
    findings,
    documents: papers,
    ...checkedCosts(context, input.exchangeRates),
    plan: planOf(context, papers, findings),
  };
}
