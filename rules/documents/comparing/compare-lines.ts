/** What papers say of each line, held against the order's line; of merged and split lines, what they come to. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import type { Reference } from '../../../reference/load.ts';
import { isSameUnit } from '../../classification/codes.ts';
import type { Finding } from '../../finding.ts';
import { converted } from '../../value/units.ts';
import type { StatedLine } from '../facts.ts';
import { added, isSamePrice, isSameQuantity, isWithin, type Quantity } from './agree-figures.ts';
import { textAgreement } from './agree-texts.ts';
import { figureOf } from './compare-within.ts';
import { type Comparison, isOf } from './comparison.ts';
import { findingOf, inMeasure, saidBy } from './difference.ts';
import { lineOf } from './line-evidence.ts';
import type { LineGroup } from './match-lines.ts';
import type { Paper, Value } from './paper.ts';
import { isWholePerSet } from './sets.ts';

/** Fields of which merged lines state the sum. */
const summed = ['quantity', 'total', 'packages', 'netWeightKg', 'grossWeightKg'];

/** Findings of one row about the lines of papers. Lines that could not be matched are told elsewhere. */
export function lineFindings(row: ComparisonRow, comparison: Comparison): Finding[] {
  return comparison.papers
    .filter((paper) => row.other.some((side) => isOf(paper, side)))
    .flatMap((paper) =>
      comparison
        .matchingOf(paper)
        .groups.flatMap((group) =>
          saysTheSame(row, paper, group, comparison) || (group.set && !row.ofParts)
            ? []
            : summed.includes(row.field)
              ? figureFindings(row, paper, group, comparison)
              : group.paper.flatMap((line) => textFindings(row, paper, group, line, comparison)),
        ),
    );
}

/** Most lines say letter by letter what the order says, in its unit, or nothing: no more is made of them. */
function saysTheSame(row: ComparisonRow, paper: Paper, group: LineGroup, comparison: Comparison): boolean {
  if (group.order.length > 1 || group.paper.length > 1) return false;
  const line = paper.lines[group.paper[0] ?? 0];
  const text = line?.[row.field as keyof StatedLine];
  if (text === undefined) return true;
  const ordered = comparison.baseOf(paper).lines[group.order[0] ?? 0];
  return text === ordered?.[row.field as keyof StatedLine] && line?.unit === ordered?.unit;
}

/** A line's value, the line, and whose it is. */
interface Placed extends Value {
  paper: Paper;
  line: StatedLine;
  index: number;
}

function figureFindings(row: ComparisonRow, paper: Paper, group: LineGroup, comparison: Comparison): Finding[] {
  const base = comparison.baseOf(paper);
  const ones = placed(base, group.order, row.field);
  const others = placed(paper, group.paper, row.field);
  const [first] = others;
  if (!first || ones.length < group.order.length || others.length < group.paper.length) return [];
  const same =
    row.field === 'quantity'
      ? group.set
        ? isSameNumberOfSets(group.set === 'order' ? [ones, others] : [others, ones], comparison)
        : isSameSumOfQuantities(ones, others, comparison.reference)
      : isWithin(added(ones.map(textOf)), added(others.map(textOf)), row.tolerance, base.currency);
  if (same !== false) return [];
  return [
    findingOf(
      { row, paper, at: first.at, expected: inSum(row, base, ones), found: inSum(row, paper, others) },
      comparison,
    ),
  ];
}

function isSameSumOfQuantities(
  ones: readonly Placed[],
  others: readonly Placed[],
  reference: Reference,
): boolean | undefined {
  const sums = quantitiesOf(ones, reference);
  const [theirs] = quantitiesOf(others, reference);
  return sums.length === 0 || !theirs ? undefined : isSameQuantity(sums, theirs, reference);
}

/** As many of each part in every set; or as many pieces as the set is declared to have. */
function isSameNumberOfSets(
  [[set], parts]: readonly [readonly Placed[], readonly Placed[]],
  { words, reference }: Comparison,
): boolean | undefined {
  const [pieces] = quantitiesOf(parts, reference);
  if (!set) return undefined;
  if (pieces && isSameQuantity(set.paper.alsoIn(set.index), pieces, reference) === true) return true;
  const [whole, ...lines] = [set, ...parts].map(({ line }) => lineOf(line, [], words));
  return whole && isWholePerSet(whole, lines, reference);
}

/** What lines come to: in the first one's unit, and for one line alone in its statutory units too. */
function quantitiesOf(lines: readonly Placed[], reference: Reference): Quantity[] {
  const [first, ...more] = lines;
  if (!first) return [];
  const { unit } = first.line;
  if (more.length === 0) return [{ quantity: first.text, unit }, ...first.paper.alsoIn(first.index)];
  const inUnit = lines.map(({ text, line }) =>
    line.unit === undefined || unit === undefined ? text : converted(text, line.unit, unit, reference),
  );
  return inUnit.some((one) => one === undefined) ? [] : [{ quantity: added(inUnit.flatMap((one) => one ?? [])), unit }];
}

function inSum(row: ComparisonRow, paper: Paper, lines: readonly Placed[]): string {
  const [first] = lines;
  const measured = (text: string, line: StatedLine | undefined) =>
    inMeasure(text, row.measure, { currency: paper.currency, unit: line?.unit });
  if (lines.length === 1 && first) return saidBy(paper, [{ text: measured(first.text, first.line), at: first.at }]);
  const parts = lines.map(({ text, line }) => measured(text, line)).join(' + ');
  const isOneUnit = row.measure !== 'unit' || lines.every(({ line }) => line.unit === first?.line.unit);
  const whole = isOneUnit ? ` = ${measured(added(lines.map(textOf)), first?.line)}` : '';
  return `${parts}${whole} (${paper.id} ${lines.map(({ at }) => at).join(', ')})`;
}

function textFindings(
  row: ComparisonRow,
  paper: Paper,
  group: LineGroup,
  line: number,
  comparison: Comparison,
): Finding[] {
  const [value] = placed(paper, [line], row.field);
  if (!value) return [];
  const ones = firstToSay(row, paper, group, comparison);
  if (ones.length === 0 || ones.some((one) => agrees(row, one, value, comparison) !== false)) return [];
  const from = ones[0]?.paper ?? paper;
  return [
    findingOf(
      {
        row,
        paper,
        at: value.at,
        expected: saidBy(
          from,
          ones.map((one) => shown(row, one)),
        ),
        found: saidBy(paper, [shown(row, value)]),
      },
      comparison,
    ),
  ];
}

/** The order's lines where they state the field, else the first paper of the row's one side that has the one line and states it. */
function firstToSay(row: ComparisonRow, paper: Paper, group: LineGroup, comparison: Comparison): Placed[] {
  const inOrder = placed(comparison.baseOf(paper), group.order, row.field);
  if (inOrder.length > 0) return inOrder;
  for (const side of row.one)
    for (const other of comparison.papers) {
      if (!isOf(other, side)) continue;
      const found = comparison
        .matchingOf(other)
        .groups.filter((one) => one.order.some((line) => group.order.includes(line)))
        .flatMap((one) => placed(other, one.paper, row.field));
      if (found.length > 0) return other === paper ? [] : found;
    }
  return [];
}

function agrees(row: ComparisonRow, one: Placed, other: Placed, comparison: Comparison): boolean | undefined {
  const { reference } = comparison;
  const asText = textAgreement(row.how);
  if (asText) return asText(one.text, other.text, comparison);
  switch (row.how) {
    case 'convertible-unit':
    case 'declared-unit':
      return unitsOf(one).some(
        (unit) =>
          isSameUnit(unit, other.text, reference) ||
          (row.how === 'convertible-unit' && converted('1', other.text, unit, reference) !== undefined),
      );
    case 'equal-after-unit-conversion':
      return isSamePrice(
        { price: one.text, unit: one.line.unit },
        { price: other.text, unit: other.line.unit },
        row.tolerance,
        reference,
      );
    default:
      return isWithin(one.text, other.text, row.tolerance, one.paper.currency);
  }
}

function unitsOf({ text, paper, index }: Placed): string[] {
  return [text, ...paper.alsoIn(index).map(({ unit }) => unit)];
}

/** A unit is shown with its quantity, a price with what it is for: 30 套, 12.00 USD per 台. */
function shown(row: ComparisonRow, { text, at, line, paper }: Placed): Value {
  if (row.field === 'unit') return { text: line.quantity === undefined ? text : `${line.quantity} ${text}`, at };
  if (row.field !== 'unitPrice') return { text, at };
  const price = inMeasure(text, row.measure, paper);
  return { text: line.unit === undefined ? price : `${price} per ${line.unit}`, at };
}

/** Those of the lines that state the field. */
function placed(paper: Paper, lines: readonly number[], field: string): Placed[] {
  return lines.flatMap((index) => {
    const line = paper.lines[index];
    const text = line && figureOf(line, field);
    return line === undefined || text === undefined
      ? []
      : [{ paper, line, index, text, at: `lines[${index}].${paper.pathOf(field)}` }];
  });
}

const textOf = ({ text }: Value) => text;
