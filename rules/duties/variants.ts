/**
 * Compares goods as they are with the same goods made otherwise, under the trade remedies of the destination. Only a real
 * difference of material or design counts: a variant that is declared otherwise and made the same is refused.
 */
import { z } from 'zod';
import type { Reference } from '../../reference/load.ts';
import { orderLineSchema, productAttributesSchema } from '../order/order.ts';
import { type RemedySituation, type TradeRemedyLead, tradeRemedyLeads } from './trade-remedies.ts';

const line = orderLineSchema.shape;
/** A genuine variant: what is made otherwise and why, and what of the line that changes. */
export const variantSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** What is physically different: material, construction, size. */
  design: z.string().trim().min(20, 'say in a sentence what is made otherwise').max(1000),
  /** Why it is made so: strength, weight, cost, what the buyer asked. */
  reason: z.string().trim().min(10, 'give the reason in a few words').max(1000),
  changes: z.strictObject({
    attributes: productAttributesSchema.optional(),
    scopeAnswers: line.scopeAnswers,
    nameZh: line.nameZh.optional(),
    nameEn: line.nameEn.optional(),
    hsCode: line.hsCode.optional(),
    importCode: line.importCode,
    origin: z.string().optional(),
  }),
});
export type Variant = z.infer<typeof variantSchema>;

/** What a variant would change under one case. */
export interface CaseComparison {
  case: string;
  product: string;
  before: TradeRemedyLead['verdict'] | 'no-lead';
  after: TradeRemedyLead['verdict'] | 'no-lead';
  /** Questions whose answer differs. */
  because: { key: string; question: string; before: string; after: string }[];
}

/** A variant's answer. Refused: nothing was compared, and the law that forbids it is named. */
export type VariantComparison =
  | { variant: string; refused: true; reason: string; law: string }
  | {
      variant: string;
      refused: false;
      design: string;
      reason: string;
      cases: CaseComparison[];
      /** Cases whose scope would no longer cover the goods. */
      leaves: string[];
      /** What a person wants to see before believing it. */
      evidence: string;
      needsHumanConfirmation: true;
    };

const law =
  'Enforce and Protect Act (EAPA), 19 USC 1517: entering covered goods by a false or misleading statement is evasion; interim measures come within 90 days';

/** Compares each variant with the line as it is, under every case that either leads to. */
export function compareVariants(
  situation: RemedySituation,
  variants: readonly Variant[],
  reference: Reference,
): VariantComparison[] {
  const before = tradeRemedyLeads(situation, reference);
  return variants.map((variant) => {
    const refusal = refusalOf(variant, situation);
    if (refusal) return { variant: variant.name, refused: true, reason: refusal, law };
    const after = tradeRemedyLeads(changed(situation, variant), reference);
    const cases = compareCases(before, after);
    return {
      variant: variant.name,
      refused: false,
      design: variant.design,
      reason: variant.reason,
      cases,
      leaves: cases.filter((one) => covers(one.before) && !covers(one.after)).map((one) => one.case),
      evidence:
        'Drawings, bill of materials and photographs of the variant, the supplier’s confirmation of how it is made, and a person’s reading of the written scope. Its code is found anew from what it is.',
      needsHumanConfirmation: true,
    };
  });
}

const covers = (verdict: CaseComparison['before']) => verdict === 'likely' || verdict === 'possible';

function refusalOf({ changes }: Variant, { line }: RemedySituation): string | null {
  if (changes.origin !== undefined && changes.origin !== line.origin)
    return 'The variant declares another origin. Origin follows from where the goods are made and is no choice of design.';
  const differs = [
    ...Object.entries(changes.attributes ?? {}).map(
      ([name, value]) =>
        JSON.stringify(value) !== JSON.stringify(line.attributes[name as keyof typeof line.attributes]),
    ),
    ...Object.entries(changes.scopeAnswers ?? {}).map(([key, value]) => value !== line.scopeAnswers?.[key]),
  ];
  return differs.includes(true)
    ? null
    : 'The variant is the same goods under another code or name: nothing of material or design differs.';
}

function changed(situation: RemedySituation, { changes }: Variant): RemedySituation {
  const { attributes, scopeAnswers, origin: _same, ...names } = changes;
  const given = Object.fromEntries(Object.entries(names).filter(([, value]) => value !== undefined));
  const { line, answers } = situation;
  return {
    ...situation,
    line: { ...line, ...given, attributes: { ...line.attributes, ...attributes } },
    answers: { ...line.scopeAnswers, ...answers, ...scopeAnswers },
  };
}

function compareCases(before: readonly TradeRemedyLead[], after: readonly TradeRemedyLead[]): CaseComparison[] {
  const ids = [...new Set([...before, ...after].map((lead) => lead.case))];
  return ids.map((id) => {
    const [was, is] = [before, after].map((leads) => leads.find((lead) => lead.case === id));
    return {
      case: id,
      product: (was ?? is)?.product ?? '',
      before: was?.verdict ?? 'no-lead',
      after: is?.verdict ?? 'no-lead',
      because: (is?.questions ?? []).flatMap(({ key, question, answer }) => {
        const old = was?.questions.find((one) => one.key === key)?.answer ?? 'unsaid';
        return old === answer ? [] : [{ key, question, before: old, after: answer }];
      }),
    };
  });
}
