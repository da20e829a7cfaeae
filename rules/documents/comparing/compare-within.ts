/** What one paper says against itself: net and gross weight, price times quantity, sums of lines. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import type { Finding } from '../../finding.ts';
import { currencySchema, inCurrency, sum, times } from '../../money.ts';
import type { StatedLine } from '../facts.ts';
import { isNetOrWithVat, isNotAbove, isWithin } from './agree-figures.ts';
import { type Comparison, isOf } from './comparison.ts';
import { findingOf, inMeasure, saidBy } from './difference.ts';
import type { Paper } from './paper.ts';

/** Findings of one row about papers in themselves. */
export function withinFindings(row: ComparisonRow, comparison: Comparison): Finding[] {
  return comparison.papers
    .filter((paper) => row.other.some((side) => isOf(paper, side)))
    .flatMap((paper) =>
      row.scope === 'within'
        ? ofWhole(row, paper, comparison)
        : paper.lines.flatMap((line, index) => ofLine(row, paper, line, index, comparison)),
    );
}

function ofWhole(row: ComparisonRow, paper: Paper, comparison: Comparison): Finding[] {
  const [value] = paper.valuesOf(row.field);
  if (!value) return [];
  if (row.how === 'not-above') {
    const [most] = paper.valuesOf(row.than[0] ?? '');
    return most ? aboveFinding(row, paper, value, most, comparison) : [];
  }
  const parts = paper.lines.map((line) => figureOf(line, row.field));
  if (parts.length === 0 || parts.some((part) => part === undefined)) return [];
  const come = sum(parts.flatMap((part) => part ?? []));
  // Freight and insurance stand in the prices, or under the lines: both are usual.
  const charges = row.field === 'total' ? [...paper.valuesOf('freight'), ...paper.valuesOf('insurance')] : [];
  const withCharges = sum([come, ...charges.map(({ text }) => text)]);
  if ([come, withCharges].some((amount) => isWithin(amount, value.text, row.tolerance, paper.currency))) return [];
  if (isNetOrWithVat(come, value.text, row)) return [];
  return [
    findingOf(
      {
        row,
        paper,
        at: value.at,
        expected: `${inMeasure(come, row.measure, paper)} (sum of ${paper.id} lines[].${row.field})`,
        found: saidBy(paper, [{ ...value, text: inMeasure(value.text, row.measure, paper) }]),
      },
      comparison,
    ),
  ];
}

function ofLine(row: ComparisonRow, paper: Paper, line: StatedLine, index: number, comparison: Comparison): Finding[] {
  const text = figureOf(line, row.field);
  const [first, second] = row.than.map((field) => figureOf(line, field));
  if (text === undefined || first === undefined) return [];
  const value = { text, at: `lines[${index}].${row.field}` };
  if (row.how === 'not-above')
    return aboveFinding(row, paper, value, { text: first, at: `lines[${index}].${row.than[0]}` }, comparison);
  if (second === undefined) return [];
  const product = times(first, second);
  if (isWithin(product, text, row.tolerance, paper.currency)) return [];
  const currency = currencySchema.safeParse(paper.currency);
  const rounded = currency.success ? inCurrency(product, currency.data) : product;
  return [
    findingOf(
      {
        row,
        paper,
        at: value.at,
        expected: `${first} × ${second} = ${inMeasure(rounded, row.measure, paper)} (${paper.id} lines[${index}])`,
        found: saidBy(paper, [{ ...value, text: inMeasure(text, row.measure, paper) }]),
      },
      comparison,
    ),
  ];
}

function aboveFinding(
  row: ComparisonRow,
  paper: Paper,
  value: { text: string; at: string },
  most: { text: string; at: string },
  comparison: Comparison,
): Finding[] {
  if (isNotAbove(value.text, most.text, row.tolerance)) return [];
  const measured = (one: { text: string; at: string }) => ({ ...one, text: inMeasure(one.text, row.measure, paper) });
  const expected = `at most ${saidBy(paper, [measured(most)])}`;
  return [findingOf({ row, paper, at: value.at, expected, found: saidBy(paper, [measured(value)]) }, comparison)];
}

/** A figure of a line by its field. */
export function figureOf(line: StatedLine, field: string): string | undefined {
  const value = line[field as keyof StatedLine];
  return typeof value === 'string' ? value : undefined;
}
