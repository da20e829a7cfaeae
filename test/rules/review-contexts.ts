import { addDays, type CivilDate } from '../../rules/civil-date.ts';
import {
  type DeclaredLine,
  noRecords,
  type ReviewContext,
  type ReviewRecords,
} from '../../rules/compliance/review-context.ts';
import type { SubmittedPaper } from '../../rules/compliance/submitted-paper.ts';
import type { Finding } from '../../rules/finding.ts';
import type { Order } from '../../rules/order/order.ts';
import { orderOf, reference } from './orders.ts';

export const today = '2026-11-24' as CivilDate;

/** What a finder looks at: an order, papers, records; exported the next day. */
export function contextOf(
  order: Order,
  {
    documents = [],
    records = {},
    exporter = null,
  }: { documents?: SubmittedPaper[]; records?: Partial<ReviewRecords>; exporter?: ReviewContext['exporter'] } = {},
): ReviewContext {
  return {
    order,
    documents,
    today,
    exportOn: addDays(today, 1),
    entryOn: addDays(today, 30),
    reference,
    exporter,
    records: { ...noRecords, ...records },
  };
}

/** A line of lamps as it was declared before: 1,000 at 12.00 USD, 1.5 kg each. */
export function declaredLine(changes: Partial<DeclaredLine> = {}): DeclaredLine {
  return {
    productCode: 'TL-20',
    nameZh: 'LED台灯',
    nameEn: 'LED table lamp',
    hsCode: '9405210090',
    quantity: '1000',
    unit: '台',
    unitPrice: '12.00',
    currency: 'USD',
    netWeightKg: '1500',
    declaredOn: '2026-09-01' as CivilDate,
    declarationNumber: '310120260000000001',
    buyer: 'Hearth & Lantern Inc.',
    destination: 'US',
    ...changes,
  };
}

/** One declared line a price, a month apart. */
export function declaredAt(prices: readonly string[], changes: Partial<DeclaredLine> = {}): DeclaredLine[] {
  return prices.map((unitPrice, index) =>
    declaredLine({
      unitPrice,
      declaredOn: addDays('2026-10-01' as CivilDate, -30 * (index % 20)),
      declarationNumber: `31012026${String(index).padStart(10, '0')}`,
      ...changes,
    }),
  );
}

export const paper = (kind: string, more: Partial<SubmittedPaper> = {}): SubmittedPaper => ({
  documentId: `${kind}-1`,
  kind,
  ...more,
});

export const rulesOf = (findings: readonly Finding[]) => findings.map(({ rule }) => rule).sort();
export const found = (findings: readonly Finding[], rule: string) => findings.find((finding) => finding.rule === rule);
export const lamps = (line: Parameters<typeof orderOf>[1] = [{}]) => orderOf({}, line);
