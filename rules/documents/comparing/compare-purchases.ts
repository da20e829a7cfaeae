/** What was bought, held against what is exported: each kind of suppliers' papers by itself. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import { converted } from '../../value/units.ts';
import { purchasePriceDifferences } from './compare-purchase-prices.ts';
import { type Comparison, isOf } from './comparison.ts';
import { type Difference, inMeasure } from './difference.ts';
import { coverageOf, eachOnce, found, onOnePaper, type Supply, suppliesOf } from './supplies.ts';

/** Differences of one row about what was bought, a kind of paper at a time: contracts and invoices tell of the same goods twice. */
export function purchaseDifferences(row: ComparisonRow, comparison: Comparison): Difference[] {
  const papers = comparison.papers.filter((paper) => row.other.some((side) => isOf(paper, side)));
  const kinds = [...new Set(papers.map(({ kind }) => kind.kind))];
  return kinds.flatMap((kind) => {
    const ofKind = eachOnce(papers.filter((paper) => paper.kind.kind === kind));
    const supplies = suppliesOf(ofKind, comparison).filter(({ isSet }) => !isSet || row.ofParts);
    return row.how === 'not-below'
      ? supplies.flatMap((supply) => quantityDifferences(row, supply, comparison))
      : purchasePriceDifferences(row, supplies, ofKind, comparison);
  });
}

function quantityDifferences(row: ComparisonRow, supply: Supply, comparison: Comparison): Difference[] {
  const coverage = coverageOf(supply, comparison);
  if (coverage?.bought !== 'less') return [];
  const places = supply.order.map((line) => `lines[${line}].quantity`).join(', ');
  const { exported } = coverage;
  const each = supply.isSet ? ' of each part' : '';
  const least = inMeasure(exported.quantity, 'unit', exported);
  const expected = `at least ${least}${each} (order ${places})`;
  const { lines, unit } = onOnePaper(supply) ?? {};
  const inUnit = supply.isSet
    ? undefined
    : converted(exported.quantity, exported.unit ?? '', unit ?? '', comparison.reference);
  return found(row, supply, 'quantity', expected, lines && inUnit && { lines, field: 'quantity', value: inUnit });
}
