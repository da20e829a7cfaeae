/** What several papers of suppliers come to together: one contract may supply a part, two invoices the whole. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import { compare, divide, roundTo, times } from '../../money.ts';
import { converted } from '../../value/units.ts';
import type { StatedLine } from '../facts.ts';
import { added, isNetOrWithVat, type Quantity, withVat } from './agree-figures.ts';
import { type Comparison, isOf } from './comparison.ts';
import { type Difference, inMeasure, type Mend, saidBy } from './difference.ts';
import { lineOf } from './line-evidence.ts';
import type { Paper } from './paper.ts';
import { countsOf } from './set-lines.ts';

/** Lines of papers of one kind that are for the same lines of the order. */
interface Supply {
  order: number[];
  parts: { paper: Paper; line: number }[];
  /** Of one set, its parts: how many of each are in it only the goods say. */
  isSet: boolean;
}

/** Differences of one row about what was bought, a kind of paper at a time: contracts and invoices tell of the same goods twice. */
export function purchaseDifferences(row: ComparisonRow, comparison: Comparison): Difference[] {
  const papers = comparison.papers.filter((paper) => row.other.some((side) => isOf(paper, side)));
  const kinds = [...new Set(papers.map(({ kind }) => kind.kind))];
  return kinds.flatMap((kind) =>
    suppliesOf(eachOnce(papers.filter((paper) => paper.kind.kind === kind)), comparison).flatMap((supply) =>
      supply.isSet && !row.ofParts
        ? []
        : row.how === 'not-below'
          ? quantityDifferences(row, supply, comparison)
          : priceDifferences(row, supply, comparison),
    ),
  );
}

/** The PDF and the XML of one invoice are one invoice: what bears one number counts once. */
function eachOnce(papers: readonly Paper[]): Paper[] {
  const seen = new Set<string>();
  return papers.filter((paper) => {
    const number = paper.valuesOf('number')[0]?.text;
    if (number === undefined) return true;
    const isNew = !seen.has(number);
    seen.add(number);
    return isNew;
  });
}

function suppliesOf(papers: readonly Paper[], comparison: Comparison): Supply[] {
  let supplies: Supply[] = [];
  for (const paper of papers)
    for (const { order, paper: lines, set } of comparison.matchingOf(paper).groups) {
      const shares = (one: Supply) => one.order.some((line) => order.includes(line));
      const joined = supplies.filter(shares);
      supplies = [
        ...supplies.filter((one) => !shares(one)),
        {
          order: [...new Set([...joined.flatMap((one) => one.order), ...order])].sort((a, b) => a - b),
          parts: [...joined.flatMap(({ parts }) => parts), ...lines.map((line) => ({ paper, line }))],
          isSet: set === 'order' && joined.every((one) => one.isSet),
        },
      ];
    }
  return supplies;
}

/** What is exported, and whether as much of it was bought: less, just that, or more. */
interface Coverage {
  exported: Quantity;
  bought: 'less' | 'all' | 'more';
  /** How many times what is exported was bought, where that can be counted. */
  times?: string;
}

/** Undefined where no unit is common and nothing is told. */
function coverageOf(supply: Supply, comparison: Comparison): Coverage | undefined {
  const both = quantitiesOf(supply, comparison);
  if (supply.isSet && !(both && compare(both.bought, both.exported.quantity) === 0))
    return setCoverageOf(supply, comparison);
  if (!both) return undefined;
  const more = compare(both.bought, both.exported.quantity);
  return {
    exported: both.exported,
    bought: more === 0 ? 'all' : more === 1 ? 'more' : 'less',
    times: divide(both.bought, both.exported.quantity),
  };
}

/** A set needs one of each part at least; a lone part says nothing of the others, which somebody else may supply. */
function setCoverageOf(
  { order, parts }: Supply,
  { order: { lines }, words, reference }: Comparison,
): Coverage | undefined {
  const set = lines[order[0] ?? 0];
  const counts = countsOf(
    parts.flatMap(({ paper, line }) => paper.lines[line] ?? []).map((line) => lineOf(line, [], words)),
    reference,
  );
  if (!set || !counts) return undefined;
  const isShort = counts.some((count) => compare(count, set.quantity) < 0);
  return { exported: set, bought: isShort ? 'less' : counts.length > 1 ? 'all' : 'more' };
}

function quantitiesOf(
  { order, parts }: Supply,
  { order: { lines }, reference }: Comparison,
): { exported: Quantity; bought: string } | undefined {
  const ordered = order.flatMap((index) => lines[index] ?? []);
  const [first] = ordered;
  if (!first) return undefined;
  const alternatives = ordered.length === 1 ? [first, ...first.statutory] : [first];
  for (const { unit, quantity } of alternatives) {
    const exported =
      ordered.length === 1 ? [quantity] : ordered.map((line) => converted(line.quantity, line.unit, unit, reference));
    const bought = parts.map(({ paper, line }) => {
      const stated = paper.lines[line];
      if (isDiscount(stated)) return '0';
      return stated?.quantity && converted(stated.quantity, stated.unit ?? unit, unit, reference);
    });
    if ([...exported, ...bought].every((one) => one !== undefined))
      return {
        exported: { quantity: added(exported.flatMap((one) => one ?? [])), unit },
        bought: added(bought.flatMap((one) => one ?? [])),
      };
  }
  return undefined;
}

/** A VAT invoice writes a discount (折扣) as a line of its own, below zero and without a quantity. */
function isDiscount(line: StatedLine | undefined): boolean {
  return line?.quantity === undefined && line?.total?.startsWith('-') === true;
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

/** Of what several papers say together, none alone can be said to be wrong. */
function onOnePaper({ parts }: Supply): { lines: number[]; unit: string | undefined } | undefined {
  const stated = parts.map(({ paper, line }) => ({ paper, unit: paper.lines[line]?.unit }));
  const [first] = stated;
  const isOne = stated.every(({ paper, unit }) => paper === first?.paper && unit === first.unit);
  return isOne ? { lines: parts.map(({ line }) => line), unit: first?.unit } : undefined;
}

/** How many times the planned price must have been paid; undefined where a part was bought, whose price says nothing of the whole. */
function timesPaid(supply: Supply, comparison: Comparison): string | undefined {
  const coverage = coverageOf(supply, comparison);
  if (coverage?.bought === 'all') return '1';
  if (coverage) return coverage.bought === 'more' ? coverage.times : undefined;
  // A paper that counts nothing is about all of it.
  return supply.parts.every(({ paper, line }) => paper.lines[line]?.quantity === undefined) ? '1' : undefined;
}

function priceDifferences(row: ComparisonRow, supply: Supply, comparison: Comparison): Difference[] {
  const paid = timesPaid(supply, comparison);
  const stated = statedTotal(supply);
  if (paid === undefined || stated === undefined) return [];
  const planned = plannedNet(supply, comparison);
  if (!row.one.includes('purchases-planned'))
    return planned === undefined ? contractedDifferences(row, supply, stated, comparison) : [];
  if (planned === undefined) return [];
  const net = paid === '1' ? planned : roundTo(times(planned, paid), 2);
  if (isNetOrWithVat(net, stated, row)) return [];
  const places = supply.order.map((line) => `lines[${line}].purchaseNet`).join(', ');
  const amount = `${inMeasure(net, 'money', { currency: 'CNY' })} without VAT`;
  const orWithVat = row.vatRatesPercent ? ', or that with VAT' : '';
  const { lines } = onOnePaper(supply) ?? {};
  const mend = lines && { lines, field: 'total', value: net, withVat: withVat(net, row) };
  return found(row, supply, 'total', `${amount}${orWithVat} (order ${places})`, mend);
}

/** Where the order plans no price, the contract for the same goods does: invoices without VAT, contracts with it or without. */
function contractedDifferences(
  row: ComparisonRow,
  supply: Supply,
  stated: string,
  comparison: Comparison,
): Difference[] {
  const contracts = suppliesOf(
    comparison.papers.filter((paper) => row.one.some((side) => isOf(paper, side))),
    comparison,
  ).filter((contract) => contract.order.join() === supply.order.join() && timesPaid(contract, comparison) === '1');
  return contracts.flatMap((contract) => {
    const contracted = statedTotal(contract);
    if (contracted === undefined || isNetOrWithVat(stated, contracted, row)) return [];
    return found(row, supply, 'total', `${inWords(row, contract, 'total')}, with VAT or without`, undefined);
  });
}

function plannedNet({ order }: Supply, { order: { lines } }: Comparison): string | undefined {
  const planned = order.map((line) => lines[line]?.purchaseNet);
  return planned.some((one) => one === undefined) ? undefined : added(planned.flatMap((one) => one ?? []));
}

function statedTotal({ parts }: Supply): string | undefined {
  const stated = parts.map(({ paper, line }) => paper.lines[line]?.total);
  return stated.some((one) => one === undefined) ? undefined : added(stated.flatMap((one) => one ?? []));
}

function found(
  row: ComparisonRow,
  { parts }: Supply,
  field: 'quantity' | 'total',
  expected: string,
  mend: Mend | '' | undefined,
): Difference[] {
  const [first] = parts;
  if (!first) return [];
  const { paper, line } = first;
  const at = `${paper.lineAt(line)}.${field}`;
  const said = inWords(row, { parts }, field);
  return [{ row, paper, at, line, expected, found: said, ...(mend ? { mend } : {}) }];
}

/** What each of the lines states, and where. */
function inWords(row: ComparisonRow, { parts }: Pick<Supply, 'parts'>, field: 'quantity' | 'total'): string {
  const said = parts.flatMap(({ paper, line }) => {
    const stated = paper.lines[line];
    if (stated?.[field] === undefined) return [];
    const text = inMeasure(stated[field], row.measure, { currency: paper.currency, unit: stated.unit });
    return saidBy(paper, [{ text, at: `${paper.lineAt(line)}.${field}` }]);
  });
  return said.join(' + ');
}
