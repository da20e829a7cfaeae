/** Holds every paper of a shipment against the order and against the others, by the one table that says what must agree. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import { assertNever } from '../../assert-never.ts';
import type { Finding } from '../../finding.ts';
import { headDifferences } from './compare-heads.ts';
import { lineDifferences } from './compare-lines.ts';
import { purchaseDifferences } from './compare-purchases.ts';
import { setDifferences } from './compare-sets.ts';
import { withinDifferences } from './compare-within.ts';
import { type CompareInput, type Comparison, comparisonOf } from './comparison.ts';
import { type Difference, findingOf } from './difference.ts';
import { toldOnce } from './told-once.ts';
import { unmatchedFindings } from './unmatched-lines.ts';

export type { CompareInput } from './comparison.ts';

/**
 * Every difference between the papers, as findings of kind `document`; `of` names the row of the table. What one paper does not
 * say is no difference, and what cannot be told (a place under an unknown code, two candidates for a line) is not guessed.
 * @returns the same findings in whatever order papers and lines come, but for the places of lines in them
 */
export function compareDocuments(input: CompareInput): Finding[] {
  const comparison = comparisonOf(input);
  const differences = comparison.rows.flatMap((row) => differencesOf(row, comparison));
  return [
    ...toldOnce(differences, comparison).map((one) => findingOf(one, comparison)),
    ...unmatchedFindings(comparison),
  ];
}

function differencesOf(row: ComparisonRow, comparison: Comparison): Difference[] {
  switch (row.scope) {
    case 'document':
      return headDifferences(row, comparison);
    case 'line':
      return row.how === 'not-below' || row.how === 'net' || row.how === 'net-or-with-vat'
        ? purchaseDifferences(row, comparison)
        : row.how === 'listed-alike'
          ? setDifferences(row, comparison)
          : lineDifferences(row, comparison);
    case 'within':
    case 'within-line':
      return withinDifferences(row, comparison);
    default:
      return assertNever(row.scope);
  }
}
