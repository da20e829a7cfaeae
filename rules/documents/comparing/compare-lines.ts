/** What papers say of each line, held against the order's line; of merged and split lines, what they come to. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import type { Reference } from '../../../reference/load.ts';
import { isSameUnit, unitOf } from '../../classification/codes.ts';
import { times } from '../../money.ts';
import { converted } from '../../value/units.ts';
import type { StatedLine } from '../facts.ts';
import { added, isNotAbove, isSamePrice, isSameQuantity, isWithin, type Quantity } from './agree-figures.ts';
import { textAgreement } from './agree-texts.ts';
import { unequalParts } from './compare-sets.ts';
import { figureOf } from './compare-within.ts';
import { type Comparison, isOf } from './comparison.ts';
import { type Difference, inMeasure, saidBy } from './difference.ts';
import { discountedWhole, isDiscount, isSameAmount, wholeTitle } from './discounts.ts';
import { lineOf } from './line-evidence.ts';
import type { LineGroup } from './match-lines.ts';
import type { Paper, Value } from './paper.ts';
import { isWholePerSet } from './set-lines.ts';

/** Fields of which merged lines state the sum. */
const summed = ['quantity', 'total', 'packages', 'netWeightKg', 'grossWeightKg'];

/** Differences of one row about the lines of papers. Lines that could not be matched are told elsewhere. */
export function lineDifferences(row: ComparisonRow, comparison: Comparison): Difference[] {
  return comparison.papers
    .filter((paper) => row.other.some((side) => isOf(paper, side)))
    .flatMap((paper) => ofPaper(row, paper, comparison));
}

/** Where a discount is taken off several lines, their prices are those before it: the order's may be those after it. */
function ofPaper(row: ComparisonRow, paper: Paper, comparison: Comparison): Difference[] {
  const matching = comparison.matchingOf(paper);
  const isPrice = row.field === 'total' || row.field === 'unitPrice';
  const whole = isPrice ? discountedWhole(paper, matching) : undefined;
  if (whole && isSameAmount(whole, paper, comparison.baseOf(paper))) return [];
  const ofLines = matching.groups.flatMap((group) =>
    saysTheSame(row, paper, group, comparison) || (group.set && !row.ofParts)
      ? []
      : summed.includes(row.field)
        ? figureDifferences(row, paper, group, comparison)
        : statedDifferences(row, paper, group, comparison),
  );
  if (!whole || row.field !== 'total') return ofLines;
  return [...ofLines, ...figureDifferences({ ...row, title: wholeTitle }, paper, whole, comparison)];
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

function figureDifferences(row: ComparisonRow, paper: Paper, group: LineGroup, comparison: Comparison): Difference[] {
  const base = comparison.baseOf(paper);
  const ones = placed(base, group.order, row.field);
  const others = placed(paper, group.paper, row.field);
  const [first] = others;
  const isQuantity = row.field === 'quantity';
  // A discount weighs nothing and is no piece: that it does not say so leaves nothing open.
  const isAll =
    others.length >= group.paper.filter((line) => row.field === 'total' || !isDiscount(paper.lines[line])).length;
  if (!first || ones.length < group.order.length || (group.set && !isAll)) return [];
  const same = isQuantity
    ? group.set
      ? isSameNumberOfSets(group.set === 'order' ? [ones, others] : [others, ones], comparison)
      : isSameSumOfQuantities(ones, others, comparison.reference)
    : isWithin(added(ones.map(textOf)), added(others.map(textOf)), row.tolerance, base.currency);
  if (same !== false) return [];
  // Lines that do not say how much they weigh or cost may make up what is missing, never what is too much.
  if (!isAll && !isQuantity && isNotAbove(added(others.map(textOf)), added(ones.map(textOf)))) return [];
  const told = { row, paper, at: first.at, line: first.index };
  if (isQuantity && group.set) return [{ ...told, ...unequalParts(row, paper, group, comparison) }];
  const value = isQuantity ? quantityFor(ones, others, comparison.reference) : added(ones.map(textOf));
  const mend = value && { mend: { lines: group.paper, field: row.field, value } };
  return [{ ...told, expected: inSum(row, base, ones), found: inSum(row, paper, others), ...mend }];
}

/** What the order's lines come to, in the unit of the paper's; undefined where those have several units. */
function quantityFor(ones: readonly Placed[], others: readonly Placed[], reference: Reference): string | undefined {
  const unit = others[0]?.line.unit;
  if (others.some(({ line }) => line.unit !== unit)) return undefined;
  return quantitiesOf(ones, reference)
    .map((whole) =>
      whole.unit === undefined || unit === undefined
        ? whole.quantity
        : converted(whole.quantity, whole.unit, unit, reference),
    )
    .find((quantity) => quantity !== undefined);
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

/** What each line of the paper states for itself, texts, units and prices; names of several lines that differ are told together. */
function statedDifferences(row: ComparisonRow, paper: Paper, group: LineGroup, comparison: Comparison): Difference[] {
  const stated = placed(paper, group.paper, row.field);
  if (stated.length === 0) return [];
  const ones = firstToSay(row, paper, group, comparison);
  if (ones.length === 0 || (row.field === 'unitPrice' && isToldByTotal(ones, paper, group, comparison))) return [];
  const differ = (one: Placed, other: Placed) => agrees(row, one, other, comparison) === false;
  // Of lines of the order that are one on the paper each must agree; other papers tell by any of theirs.
  const isOrder = ones[0]?.paper === comparison.baseOf(paper);
  const others = stated.filter((other) =>
    isOrder ? ones.some((one) => differ(one, other)) : ones.every((one) => differ(one, other)),
  );
  if (others.length === 0) return [];
  const told = textAgreement(row.how) ? [others] : others.map((other) => [other]);
  return told.flatMap((some) => {
    const differing = ones.filter((one) => some.some((other) => differ(one, other)));
    return differenceOf(row, differing, some, comparison);
  });
}

/** The average price of lines that cost several prices is none of them, nor is one before a discount that after it: the total tells whether it is right. */
function isToldByTotal(ones: readonly Placed[], paper: Paper, group: LineGroup, { reference }: Comparison): boolean {
  const [first, ...more] = ones;
  const price = ({ text, line }: Placed) => ({ price: text, unit: line.unit });
  const isDiscounted = group.paper.some((line) => isDiscount(paper.lines[line]));
  return (
    first !== undefined &&
    (isDiscounted || more.some((one) => isSamePrice(price(first), price(one), undefined, reference) !== true)) &&
    placed(paper, group.paper, 'total').length === group.paper.length
  );
}

function differenceOf(
  row: ComparisonRow,
  ones: readonly Placed[],
  others: readonly Placed[],
  comparison: Comparison,
): Difference[] {
  const [one, other] = [ones[0], others[0]];
  if (!one || !other) return [];
  const { reference } = comparison;
  const isUnknown =
    row.field === 'unit' && [ones, others].some((side) => side.every(({ text }) => !unitOf(text, reference)));
  const mend = row.field === 'unitPrice' ? priceFor(ones, other, reference) : undefined;
  return [
    {
      row: isUnknown ? aboutUnknownUnit(row) : row,
      paper: other.paper,
      at: other.at,
      line: other.index,
      expected: saidBy(
        one.paper,
        ones.map((some) => shown(row, some)),
      ),
      found: others.map((some) => saidBy(some.paper, [shown(row, some)])).join(' + '),
      ...(isUnknown ? { remedy: unknownUnitRemedy } : {}),
      ...(mend === undefined ? {} : { mend: { lines: [other.index], field: row.field, value: mend } }),
    },
  ];
}

/** What a word means that is in no table cannot be told: it holds nothing back. */
function aboutUnknownUnit(row: ComparisonRow): ComparisonRow {
  const severity = row.severity === 'block' ? 'warn' : row.severity;
  return { ...row, severity, title: 'A unit is not known here, so that it could not be compared' };
}

const unknownUnitRemedy =
  'Look which unit is meant. Have it written by a name of the customs unit table; where it is no unit of the order, have the paper corrected.';

/** The one price of the order, per unit of the paper's line. */
function priceFor(ones: readonly Placed[], { line }: Placed, reference: Reference): string | undefined {
  const [one] = ones;
  if (!one || ones.some(({ text, line: { unit } }) => text !== one.text || unit !== one.line.unit)) return undefined;
  if (one.line.unit === undefined || line.unit === undefined || one.line.unit === line.unit) return one.text;
  const each = converted('1', line.unit, one.line.unit, reference);
  return each && times(one.text, each);
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
      return unitNamesOf(one).some(
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

function unitNamesOf({ text, paper, index }: Placed): string[] {
  return [text, ...paper.alsoIn(index).map(({ unit }) => unit)];
}

/** A unit is shown with its quantity, a price with what it is for: 30 套, 12.00 USD per 台. */
function shown(row: ComparisonRow, { text, at, line, paper }: Placed): Value {
  if (row.field === 'unit') return { text: line.quantity === undefined ? text : `${line.quantity} ${text}`, at };
  if (row.field !== 'unitPrice') return { text, at };
  const price = inMeasure(text, row.measure, paper);
  return { text: line.unit === undefined ? price : `${price} per ${line.unit}`, at };
}

/** Those of the lines that state the field; what a discount is called says nothing of the goods. */
function placed(paper: Paper, lines: readonly number[], field: string): Placed[] {
  return lines.flatMap((index) => {
    const line = field === 'total' || !paper.discounts.includes(index) ? paper.lines[index] : undefined;
    const text = line && figureOf(line, field);
    return line === undefined || text === undefined
      ? []
      : [{ paper, line, index, text, at: `${paper.lineAt(index)}.${paper.pathOf(field)}` }];
  });
}

const textOf = ({ text }: Value) => text;
