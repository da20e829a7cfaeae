import type { Reference } from '../../reference/load.ts';
import { chinaDate, type Instant } from '../civil-date.ts';
import type { Finding } from '../finding.ts';
import { amendOrder, type LineCorrection } from '../order/amend.ts';
import type { Order } from '../order/order.ts';
import type { Question } from '../task.ts';
import { certificateFindings } from './certificates.ts';
import { declaredDataFindings } from './declared-data.ts';
import type { SubmittedPaper } from './submitted-paper.ts';

/** What a review looks at. */
export interface ReviewInput {
  order: Order;
  documents: readonly SubmittedPaper[];
  /** Corrections so far; they are applied before anything is checked. */
  amendments: readonly (readonly LineCorrection[])[];
  /** {@link findingId} of findings that a person waived. */
  waived: readonly string[];
  asOf: Instant;
  reference: Reference;
}

/**
 * Reviews an order before its papers are made: certificates of the market, figures, names, codes, terms.
 * Each blocking finding comes with one question; a finding that a person waived is kept as information.
 * Where no rule is known for a market or for goods it says so; an empty list never means 'approved by law'.
 */
export function reviewOrder({ order, documents, amendments, waived, asOf, reference }: ReviewInput): {
  findings: Finding[];
  questions: Question[];
} {
  const amended = amendOrder(order, amendments);
  const today = chinaDate(asOf);
  const findings = [
    ...certificateFindings(amended, documents, today, reference),
    ...declaredDataFindings(amended, order.orderedOn ?? today, reference),
  ].map((finding) =>
    waived.includes(findingId(finding))
      ? { ...finding, severity: 'info' as const, title: `${finding.title} (waived)` }
      : finding,
  );
  return {
    findings,
    questions: findings.filter(({ severity }) => severity === 'block').map((finding) => questionOf(finding, reference)),
  };
}

/** Names a finding in one order: `<rule>@<where>`. */
export function findingId({ rule, where }: Pick<Finding, 'rule' | 'where'>): string {
  return `${rule}@${where}`;
}

function questionOf(finding: Finding, reference: Reference): Question {
  const wanted = reference.certificateRules.find(({ id }) => id === finding.rule)?.documents[0];
  return {
    key: `review/${finding.rule}/${finding.where}`,
    kind: 'review-finding',
    question: `${finding.title}. ${finding.remedy}`,
    evidence: [
      { label: 'where', value: finding.where },
      { label: 'expected', value: finding.expected },
      { label: 'found', value: finding.found },
      { label: 'source', value: finding.source },
    ],
    choices: [
      { id: 'supplied', label: 'the paper was submitted, or the data was corrected' },
      { id: 'not-required', label: 'not required here: needs a manager’s reason' },
      { id: 'cancel', label: 'the order is called off' },
    ],
    ownerRole: 'operator',
    ...(wanted ? { wantsDocument: wanted } : {}),
    finding,
  };
}
