/**
 * Compares goods as they are with the same goods made otherwise, under the trade remedies of the destination. Only a real
 * difference of material or design counts: a variant that is declared otherwise and made the same is refused, and what
 * is only declared of a genuine one is left out. Judged by the line's own code, name and origin.
 */
import { z } from 'zod';
import type { Reference } from '../../reference/load.ts';
import { orderLineSchema, productAttributesSchema } from '../order/order.ts';
import {
  questionsByAttributes,
  type RemedySituation,
  type TradeRemedyLead,
  tradeRemedyLeads,
} from './trade-remedies.ts';
import { answersOfVariant, declaredOnly, designChanges, isMadeOtherwise, madeOtherwise } from './variant-design.ts';

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

const verdictSchema = z.enum(['likely', 'possible', 'out', 'no-lead']);
const answerSchema = z.enum(['yes', 'no', 'unsaid']);

/** What a variant would change under one case. `because`: questions whose answer differs. */
const caseComparisonSchema = z.object({
  case: z.string(),
  product: z.string(),
  before: verdictSchema,
  after: verdictSchema,
  /** Why it stands so afterwards. */
  reason: z.string(),
  because: z.array(z.object({ key: z.string(), question: z.string(), before: answerSchema, after: answerSchema })),
});
type CaseComparison = z.infer<typeof caseComparisonSchema>;

/** A variant's answer. Refused: nothing was compared, and the law that forbids it is named. */
export const variantComparisonSchema = z.discriminatedUnion('refused', [
  z.object({ variant: z.string(), refused: z.literal(true), reason: z.string(), law: z.string() }),
  z.object({
    variant: z.string(),
    refused: z.literal(false),
    design: z.string(),
    reason: z.string(),
    cases: z.array(caseComparisonSchema),
    leaves: z.array(z.string()).describe('Cases whose scope the changed material or design would leave.'),
    leavesByAnswersAlone: z
      .array(z.string())
      .describe(
        'Cases that the scope answers of the variant would leave, and no changed attribute bears that out: they count as covered until a person has read the scope.',
      ),
    ignored: z.array(z.string()).describe('What the variant only declares otherwise; it was left out.'),
    evidence: z.string(),
    needsHumanConfirmation: z.literal(true),
  }),
]);
export type VariantComparison = z.infer<typeof variantComparisonSchema>;

const law =
  'Enforce and Protect Act (EAPA), 19 USC 1517: entering covered goods by a false or misleading statement is evasion; interim measures come within 90 days';

/** Compares each variant with the line as it is, under every case that the line leads to. */
export function compareVariants(
  situation: RemedySituation,
  variants: readonly Variant[],
  reference: Reference,
): VariantComparison[] {
  const before = tradeRemedyLeads(situation, reference);
  return variants.map((variant) => {
    const refusal = refusalOf(variant, situation);
    if (refusal) return { variant: variant.name, refused: true, reason: refusal, law };
    const { byDesign, byAnswers } = leadsOfVariant(situation, variant, reference);
    const cases = compareCases(before, byDesign);
    const covered = cases.filter((one) => covers(one.after)).map((one) => one.case);
    return {
      variant: variant.name,
      refused: false,
      design: variant.design,
      reason: variant.reason,
      cases,
      leaves: cases.filter((one) => covers(one.before) && !covers(one.after)).map((one) => one.case),
      leavesByAnswersAlone: byAnswers
        .filter((lead) => covered.includes(lead.case) && !covers(lead.verdict))
        .map((lead) => lead.case),
      ignored: declaredOnly(situation.line, variant.changes),
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
  return isMadeOtherwise(line, changes)
    ? null
    : 'The variant is the same goods under another code, name, mark or answer: nothing of material or design differs. State in changes.attributes (materials, solidWood …) what it is made of.';
}

/** Leads of the variant: as its design decides, and as its own answers would have it on top. */
function leadsOfVariant(
  situation: RemedySituation,
  { changes }: Variant,
  reference: Reference,
): { byDesign: TradeRemedyLead[]; byAnswers: TradeRemedyLead[] } {
  const made = madeOtherwise(situation, designChanges(situation.line, changes));
  const { held, claimed } = answersOfVariant(
    situation,
    changes.scopeAnswers ?? {},
    questionsByAttributes(situation, reference),
    questionsByAttributes(made, reference),
  );
  const { nameZh, nameEn, hsCode, importCode } = { ...made.line, ...changes };
  const renamed = { ...made, line: { ...made.line, nameZh, nameEn, hsCode, importCode } };
  // Its own code and name may lead to further cases; they lead out of none.
  const met = new Set([made, renamed].flatMap((one) => tradeRemedyLeads(one, reference).map((lead) => lead.case)));
  const leads = (answers: Record<string, boolean>) => {
    const found = [made, renamed].flatMap((one) => tradeRemedyLeads({ ...one, answers }, reference));
    return [...new Map(found.map((lead) => [lead.case, lead])).values()].filter((lead) => met.has(lead.case));
  };
  return { byDesign: leads(held), byAnswers: leads(claimed) };
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
      reason: is?.reason ?? 'nothing leads there any more',
      because: (is?.questions ?? []).flatMap(({ key, question, answer }) => {
        const old = was?.questions.find((one) => one.key === key)?.answer ?? 'unsaid';
        return old === answer ? [] : [{ key, question, before: old, after: answer }];
      }),
    };
  });
}
