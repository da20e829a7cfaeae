/** What one paper says against itself: net and gross weight, price times quantity, sums of lines. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import { currencySchema, inCurrency, sum, times } from '../../money.ts';
import type { StatedLine } from '../facts.ts';
import { isNetOrWithVat, isNotAbove, isWithin } from './agree-figures.ts';
import { type Comparison, isOf } from './comparison.ts';
import { type Difference, inMeasure, saidBy } from './difference.ts';
import type { Paper, Value } from './paper.ts';

/** Differences of one row within papers. */
export function withinDifferences(row: ComparisonRow, { papers }: Comparison): Difference[] {
  return papers
    .filter((paper) => row.other.some((side) => isOf(paper, side)))
    .flatMap((paper) => contradictions(row, paper));
}

/** What one paper says against itself. @param only the line that is looked at; all, where none is named */
export function contradictions(row: ComparisonRow, paper: Paper, only?: number): Difference[] {
  if (row.scope === 'within') return ofWhole(row, paper);
  return paper.lines.flatMap((line, index) => ((only ?? index) === index ? ofLine(row, paper, line, index) : []));
}

/** Whether the whole is what its lines come to, with freight and insurance under them or not. */
export function isSumOfLines(row: ComparisonRow, paper: Paper, field: string): boolean {
  const [whole] = paper.valuesOf(field);
  return (
    whole !== undefined &&
    sumsOf(paper, field).some((come) => isWithin(come, whole.text, row.tolerance, paper.currency))
  );
}

/** None where a line does not state the field; a discount has nothing but its amount. */
function sumsOf(paper: Paper, field: string): string[] {
  const parts = paper.lines
    .filter((_, index) => field === 'total' || !paper.discounts.includes(index))
    .map((line) => figureOf(line, field));
  if (parts.length === 0 || parts.some((part) => part === undefined)) return [];
  const come = sum(parts.flatMap((part) => part ?? []));
  // Freight and insurance stand in the prices, or under the lines: both are usual.
  const charges = field === 'total' ? [...paper.valuesOf('freight'), ...paper.valuesOf('insurance')] : [];
  return [come, sum([come, ...charges.map(({ text }) => text)])];
}

function ofWhole(row: ComparisonRow, paper: Paper): Difference[] {
  const [value] = paper.valuesOf(row.field);
  if (!value) return [];
  if (row.how === 'not-above') {
    const [most] = paper.valuesOf(row.than[0] ?? '');
    return most ? aboveDifference(row, paper, value, most) : [];
  }
  const [come] = sumsOf(paper, row.field);
  if (come === undefined || isSumOfLines(row, paper, row.field) || isNetOrWithVat(come, value.text, row)) return [];
  return [
    {
      row,
      paper,
      at: value.at,
      expected: `${inMeasure(come, row.measure, paper)} (sum of ${paper.id} lines[].${row.field})`,
      found: saidBy(paper, [{ ...value, text: inMeasure(value.text, row.measure, paper) }]),
    },
  ];
}

function ofLine(row: ComparisonRow, paper: Paper, line: StatedLine, index: number): Difference[] {
  const text = figureOf(line, row.field);
  const [first, second] = row.than.map((field) => figureOf(line, field));
  if (text === undefined || first === undefined) return [];
  const place = paper.lineAt(index);
  const value = { text, at: `${place}.${row.field}` };
  if (row.how === 'not-above')
    return aboveDifference(row, paper, value, { text: first, at: `${place}.${row.than[0]}` }).map((one) => ({
      ...one,
      line: index,
    }));
  if (second === undefined) return [];
  const product = times(first, second);
  if (isWithin(product, text, row.tolerance, paper.currency)) return [];
  const currency = currencySchema.safeParse(paper.currency);
  const rounded = currency.success ? inCurrency(product, currency.data) : product;
  return [
    {
      row,
      paper,
      at: value.at,
      line: index,
      expected: `${first} × ${second} = ${inMeasure(rounded, row.measure, paper)} (${paper.id} ${place})`,
      found: saidBy(paper, [{ ...value, text: inMeasure(text, row.measure, paper) }]),
    },
  ];
}

function aboveDifference(row: ComparisonRow, paper: Paper, value: Value, most: Value): Difference[] {
  if (isNotAbove(value.text, most.text, row.tolerance)) return [];
  const measured = (one: Value) => ({ ...one, text: inMeasure(one.text, row.measure, paper) });
  const expected = `at most ${saidBy(paper, [measured(most)])}`;
  return [{ row, paper, at: value.at, expected, found: saidBy(paper, [measured(value)]) }];
}

/** A figure of a line by its field. */
export function figureOf(line: StatedLine, field: string): string | undefined {
  const value = line[field as keyof StatedLine];
  return typeof value === 'string' ? value : undefined;
}
