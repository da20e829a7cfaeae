/** What papers say as a whole, one against another: parties, terms, totals, weights, places, dates. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import type { Finding } from '../../finding.ts';
import { isWithin } from './agree-figures.ts';
import { textAgreement } from './agree-texts.ts';
import { type Comparison, isOf } from './comparison.ts';
import { findingOf, inMeasure, saidBy } from './difference.ts';
import { fobFindings } from './freight.ts';
import type { Paper, Value } from './paper.ts';

/** Findings of one row about papers as a whole. */
export function headFindings(row: ComparisonRow, comparison: Comparison): Finding[] {
  const others = comparison.papers.filter((paper) => row.other.some((side) => isOf(paper, side)));
  return others.flatMap((paper) => {
    if (row.how === 'changes-fob') return fobFindings(row, paper, comparison);
    const [value] = paper.valuesOf(row.field);
    const first = value && comparison.firstSide(row, paper);
    if (!first || first.values.some((one) => agrees(row, one, value, first.paper, comparison) !== false)) return [];
    const measured = (from: Paper) => (one: Value) => ({
      ...one,
      text: inMeasure(one.text, row.measure, { currency: from.currency }),
    });
    const expected = saidBy(first.paper, first.values.map(measured(first.paper)));
    return [
      findingOf(
        {
          row,
          paper,
          at: value.at,
          expected: row.how === 'not-before' ? `not before ${expected}` : expected,
          found: saidBy(paper, [measured(paper)(value)]),
        },
        comparison,
      ),
    ];
  });
}

function agrees(
  row: ComparisonRow,
  one: Value,
  other: Value,
  from: Paper,
  comparison: Comparison,
): boolean | undefined {
  const asText = textAgreement(row.how);
  return asText
    ? asText(one.text, other.text, comparison)
    : isWithin(one.text, other.text, row.tolerance, from.currency);
}
