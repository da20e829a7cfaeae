/** Holds every paper of a shipment against the order and against the others, by the one table that says what must agree. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import { assertNever } from '../../assert-never.ts';
import type { Finding } from '../../finding.ts';
import { headFindings } from './compare-heads.ts';
import { lineFindings } from './compare-lines.ts';
import { purchaseFindings } from './compare-purchases.ts';
import { setFindings } from './compare-sets.ts';
import { withinFindings } from './compare-within.ts';
import { type CompareInput, type Comparison, comparisonOf } from './comparison.ts';
import { unmatchedFindings } from './unmatched-lines.ts';

export type { CompareInput } from './comparison.ts';

/**
 * Every difference between the papers, as findings of kind `document`; `of` names the row of the table. What one paper does not
 * say is no difference, and what cannot be told (a place under an unknown code, two candidates for a line) is not guessed.
 * @returns the same findings in whatever order papers and lines come, but for the places of lines in them
 */
export function compareDocuments(input: CompareInput): Finding[] {
  const comparison = comparisonOf(input);
  return [...comparison.rows.flatMap((row) => findingsOf(row, comparison)), ...unmatchedFindings(comparison)];
}

function findingsOf(row: ComparisonRow, comparison: Comparison): Finding[] {
  switch (row.scope) {
    case 'document':
      return headFindings(row, comparison);
    case 'line':
      return row.how === 'not-below' || row.how === 'net-or-with-vat'
        ? purchaseFindings(row, comparison)
        : row.how === 'listed-alike'
          ? setFindings(row, comparison)
          : lineFindings(row, comparison);
    case 'within':
    case 'within-line':
      return withinFindings(row, comparison);
    default:
      return assertNever(row.scope);
  }
}
