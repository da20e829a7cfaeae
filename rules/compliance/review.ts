import type { Reference } from '../../reference/load.ts';
import { addDays, type CivilDate, chinaDate, type Instant } from '../civil-date.ts';
import { papersAskedFor } from '../documents/papers-to-compare.ts';
import { type Finding, findingKey } from '../finding.ts';
import { amendOrder, type LineCorrection } from '../order/amend.ts';
import type { Order } from '../order/order.ts';
import { withRatesOfTable } from '../refund/rates-of-table.ts';
import type { Question } from '../task.ts';
import { finders } from './finders.ts';
import { type Judgement, judgeRules } from './judge-rules.ts';
import { noRecords, type ReviewContext, type ReviewRecords } from './review-context.ts';
import { questionsOf, warningsQuestion } from './review-questions.ts';
import { ruleFindings } from './rule-findings.ts';
import type { SubmittedPaper } from './submitted-paper.ts';

/** What a review looks at. */
export interface ReviewInput {
  order: Order;
  documents: readonly SubmittedPaper[];
  /** Corrections so far; they are applied before anything is checked. */
  amendments: readonly (readonly LineCorrection[])[];
  /** {@link findingKey} of findings that a person waived, or accepted. */
  waived: readonly string[];
  /** {@link findingKey} of undecided rules of which a person said that they apply. */
  confirmed?: readonly string[];
  /** {@link findingKey} of warnings that a person was asked about before. */
  told?: readonly string[];
  asOf: Instant;
  reference: Reference;
  /** What our records hold; by default nobody looked. */
  records?: ReviewRecords;
  exporter?: ReviewContext['exporter'];
  /** Characters of a text that our fonts cannot show; by default nobody looks. */
  unprintable?: ReviewContext['unprintable'];
}

/** About how many days goods are under way; rules of entry are looked up by it. An estimate, which the carrier knows better. */
const daysUnderWay = { sea: 30, rail: 20, road: 10, post: 15, air: 5, express: 4 } as const;

/** What every finder looks at. `on`: the days that count, where they are known better than by the order. */
export function contextOf(input: ReviewInput, on: { exportOn?: CivilDate; entryOn?: CivilDate } = {}): ReviewContext {
  const order = amendOrder(input.order, input.amendments);
  const today = chinaDate(input.asOf);
  const planned = order.plannedExportOn;
  const exportOn = on.exportOn ?? (planned !== undefined && planned > today ? planned : today);
  return {
    order,
    documents: input.documents,
    today,
    exportOn,
    entryOn: on.entryOn ?? addDays(exportOn, daysUnderWay[order.transport.mode]),
    reference: withRatesOfTable(input.reference, input.records?.tariffCodes ?? null),
    exporter: input.exporter ?? null,
    records: input.records ?? noRecords,
    unprintable: input.unprintable,
  };
}

/** What a review comes to. */
export interface Reviewed {
  findings: Finding[];
  /** Of blocking findings: a person answers each before the shipment goes on. */
  questions: Question[];
  /** Of warnings: one question, which holds nothing up. Null where there is none. */
  warnings: Question | null;
  /** Papers that the comparison wants and that are not here: asked for beside the process. */
  wanted: Question[];
}

/**
 * Reviews an order: the rule book, the figures, names and codes, terms, and what our records say of parties, values and
 * codes. A finding that a person waived or accepted is kept as information. Where no rule is known for a market or for
 * goods it says so; an empty list never means 'approved by law'.
 */
export function reviewOrder(input: ReviewInput): Reviewed {
  const context = contextOf(input);
  const findings = findingsIn(context, judgeRules(context, { confirmed: input.confirmed ?? [] }), input.waived);
  return {
    findings,
    questions: questionsOf(
      findings.filter(({ severity }) => severity === 'block'),
      input.reference,
      input.records?.screening ?? null,
    ),
    wanted: input.records?.papers?.stage === 'before-filing' ? papersAskedFor(context.order, input.documents) : [],
    warnings: warningsQuestion(
      findings.filter((finding) => finding.severity === 'warn' && !input.told?.includes(findingKey(finding))),
    ),
  };
}

/** All findings in a context, with the rules as they were judged in it; those that a person answered are information. */
export function findingsIn(
  context: ReviewContext,
  judgements: readonly Judgement[],
  waived: ReviewInput['waived'] = [],
): Finding[] {
  return [...ruleFindings(judgements, context), ...finders.flatMap((find) => find(context))].map((finding) =>
    waived.includes(findingKey(finding)) && finding.severity !== 'info'
      ? { ...finding, severity: 'info' as const, title: `${finding.title} (waived)` }
      : finding,
  );
}
