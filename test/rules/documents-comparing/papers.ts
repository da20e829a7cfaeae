/** Papers for the tests of the comparison: the order of lamps, our own papers of it, and papers of others as they are given. */
import type { ComparisonStage } from '../../../reference/comparison-schema.ts';
import type { CivilDate } from '../../../rules/civil-date.ts';
import { compareDocuments } from '../../../rules/documents/comparing/compare-documents.ts';
import { statedOfPrepared } from '../../../rules/documents/comparing/facts-of-papers.ts';
import { documentFactsSchema, type StatedDocument } from '../../../rules/documents/facts.ts';
import { prepareDocuments } from '../../../rules/documents/prepare.ts';
import type { Finding } from '../../../rules/finding.ts';
import type { Order } from '../../../rules/order/order.ts';
import { asOf, reference, settings } from '../orders.ts';

export const today = '2026-11-27' as CivilDate;

/** Our own papers of an order, as they are compared. */
export function ownPapers(order: Order): StatedDocument[] {
  const { documents } = prepareDocuments({ order, settings, organisation: 'demo', revision: 1, asOf, reference });
  return documents.map(statedOfPrepared);
}

/** A paper that says just this. */
export function paper(kind: string, facts: object, id = `P-${kind}`, made = false): StatedDocument {
  return { id, kind, made, facts: documentFactsSchema.parse(facts) };
}

/** What the comparison finds. */
export function differences(
  order: Order,
  documents: readonly StatedDocument[],
  stage: ComparisonStage = 'before-filing',
): Finding[] {
  return compareDocuments({ order, documents, stage, exporter: settings.exporter, today, reference });
}

/** Findings as one reads them: row or rule, and where. */
export function told(findings: readonly Finding[]): string[] {
  return findings.map(({ rule, of, where }) => `${of ?? rule} @ ${where}`).sort();
}

/** 500 ceramic mugs at 2.00 each, as an order's line and as a paper's. */
export const mug = {
  productCode: 'MUG-1',
  nameZh: '陶瓷杯',
  nameEn: 'Ceramic mug',
  hsCode: '6912001000',
  unit: '个',
  quantity: '500',
  unitPrice: '2.00',
} as const;
