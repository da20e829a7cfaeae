/** Holds every paper of a shipment against the order and against the others, by the one table that says what must agree. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import { assertNever } from '../../assert-never.ts';
import type { Finding } from '../../finding.ts';
import { compare } from '../../money.ts';
import { added } from './agree-figures.ts';
import { headFindings } from './compare-heads.ts';
import { lineFindings } from './compare-lines.ts';
import { purchaseFindings } from './compare-purchases.ts';
import { setFindings } from './compare-sets.ts';
import { figureOf, withinFindings } from './compare-within.ts';
import { type CompareInput, type Comparison, comparisonOf } from './comparison.ts';
import type { Paper } from './paper.ts';
import { unmatchedFindings } from './unmatched-lines.ts';

export type { CompareInput } from './comparison.ts';

/**
 * Every difference between the papers, as findings of kind `document`; `of` names the row of the table. What one paper does not
 * say is no difference, and what cannot be told (a place under an unknown code, two candidates for a line) is not guessed.
 * @returns the same findings in whatever order papers and lines come, but for the places of lines in them
 */
export function compareDocuments(input: CompareInput): Finding[] {
  const comparison = comparisonOf(input);
  const found = comparison.rows.flatMap((row) => findingsOf(row, comparison));
  return [...found.filter((one) => !followsFromLines(one, found, comparison)), ...unmatchedFindings(comparison)];
}

/** Whether a whole differs because its lines do, which is told there: one figure too much on a line is one mistake. */
function followsFromLines({ of, where }: Finding, found: readonly Finding[], { rows, papers }: Comparison): boolean {
  const row = rows.find(({ id, followsFrom }) => id === of && followsFrom.length > 0);
  const paper = row && papers.find(({ id }) => where === `${id} ${row.field}`);
  if (!row || !paper) return false;
  const isTold = found.some(
    (one) => row.followsFrom.includes(one.of ?? '') && one.where.startsWith(`${paper.id} lines[`),
  );
  return isTold && [row.field, ...row.than].every((field) => isSumOfLines(paper, field));
}

function isSumOfLines(paper: Paper, field: string): boolean {
  const parts = paper.lines.map((line) => figureOf(line, field));
  const [whole] = paper.valuesOf(field);
  return whole !== undefined && parts.every((part) => part !== undefined) && compare(added(parts), whole.text) === 0;
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
