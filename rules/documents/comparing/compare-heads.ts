/** What papers say as a whole, one against another: parties, terms, totals, weights, places, dates. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import { isWithin } from './agree-figures.ts';
import { textAgreement } from './agree-texts.ts';
import { type Comparison, isOf } from './comparison.ts';
import { type Difference, inMeasure, saidBy } from './difference.ts';
import { fobDifferences } from './freight.ts';
import type { Paper, Value } from './paper.ts';
import { type Statement, statementsOf } from './statements.ts';

/** Differences of one row about papers as a whole. */
export function headDifferences(row: ComparisonRow, comparison: Comparison): Difference[] {
  const others = comparison.papers.filter((paper) => row.other.some((side) => isOf(paper, side)));
  if (row.how === 'changes-fob') return fobDifferences(row, others, comparison);
  return statementsOf(row, others, (paper) => paper.valuesOf(row.field)[0]).flatMap((statement) =>
    ofStatement(row, statement, comparison),
  );
}

function ofStatement(row: ComparisonRow, statement: Statement, comparison: Comparison): Difference[] {
  const { paper, text, parts } = statement;
  const first = comparison.firstSide(row, paper);
  if (!first || first.values.some((one) => agrees(row, one.text, text, first.paper, comparison) !== false)) return [];
  const expected = saidBy(
    first.paper,
    first.values.map((one) => measured(row, first.paper, one)),
  );
  return [
    {
      row,
      paper,
      at: parts[0]?.value.at ?? row.field,
      expected: row.how === 'not-before' ? `not before ${expected}` : expected,
      found: parts.map((one) => saidBy(one.paper, [measured(row, one.paper, one.value)])).join(' + '),
      ...mendOf(row, statement, first.values),
    },
  ];
}

/** Only a figure that one paper states alone, against one figure, can be put in its place. */
function mendOf(
  { how, field }: ComparisonRow,
  { parts }: Statement,
  values: readonly Value[],
): Pick<Difference, 'mend'> {
  const [value] = values;
  return how === 'within' && parts.length === 1 && values.length === 1 && value
    ? { mend: { field, value: value.text } }
    : {};
}

function measured(row: ComparisonRow, { currency }: Paper, { text, at }: Value): Value {
  return { text: inMeasure(text, row.measure, { currency }), at };
}

function agrees(
  row: ComparisonRow,
  one: string,
  other: string,
  from: Paper,
  comparison: Comparison,
): boolean | undefined {
  const asText = textAgreement(row.how);
  return asText ? asText(one, other, comparison) : isWithin(one, other, row.tolerance, from.currency);
}
