/** What several papers of suppliers come to together: one contract may supply a part, two invoices the whole. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import { compare, divide, roundTo, times } from '../../money.ts';
import { converted } from '../../value/units.ts';
import { added, isNetOrWithVat, type Quantity, withVat } from './agree-figures.ts';
import { type Comparison, isOf } from './comparison.ts';
import { type Difference, inMeasure, type Mend, saidBy } from './difference.ts';
import { discountedWhole, isDiscount, wholeTitle } from './discounts.ts';
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
  return kinds.flatMap((kind) => {
    const ofKind = eachOnce(papers.filter((paper) => paper.kind.kind === kind));
    const supplies = suppliesOf(ofKind, comparison).filter(({ isSet }) => !isSet || row.ofParts);
    return row.how === 'not-below'
      ? supplies.flatMap((supply) => quantityDifferences(row, supply, comparison))
      : pricesOf(row, supplies, ofKind, comparison);
  });
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
    parts
      .flatMap(({ paper, line }) => paper.lines[line] ?? [])
      .filter((line) => !isDiscount(line))
      .map((line) => lineOf(line, [], words)),
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
  const goods = parts.filter(({ paper, line }) => !isDiscount(paper.lines[line]));
  const stated = goods.map(({ paper, line }) => ({ paper, unit: paper.lines[line]?.unit }));
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

/** Where papers take a discount off several lines, those are held against the order together: what each costs after it, no paper says. */
function pricesOf(
  row: ComparisonRow,
  supplies: readonly Supply[],
  papers: readonly Paper[],
  comparison: Comparison,
): Difference[] {
  if (!row.one.includes('purchases-planned')) return contractedPrices(row, supplies, papers, comparison);
  const discounts = discountsOn(papers, comparison);
  const isOff = ({ parts }: Supply) => parts.some(({ paper }) => discounts.some((one) => one.paper === paper));
  const ofSupplies = (some: readonly Supply[]) => some.flatMap((one) => priceDifferences(row, [one], comparison) ?? []);
  const ofWhole =
    discounts.length > 0
      ? priceDifferences({ ...row, title: wholeTitle }, supplies.filter(isOff), comparison, discounts)
      : undefined;
  if (ofWhole?.length === 0) return ofSupplies(supplies.filter((one) => !isOff(one)));
  return [...ofSupplies(supplies), ...(ofWhole ?? [])];
}

/** Discounts that are taken off several lines at once. */
function discountsOn(papers: readonly Paper[], comparison: Comparison): Supply['parts'] {
  return papers
    .filter((paper) => discountedWhole(paper, comparison.matchingOf(paper)))
    .flatMap((paper) => paper.discounts.map((line) => ({ paper, line })));
}

function joined(supplies: readonly Supply[], discounts: Supply['parts']): Supply {
  return {
    order: [...new Set(supplies.flatMap(({ order }) => order))].sort((a, b) => a - b),
    parts: [...supplies.flatMap(({ parts }) => parts), ...discounts],
    isSet: false,
  };
}

/** Without VAT, for as much as was bought; undefined where that or the plan is not known. */
function plannedFor(supply: Supply, comparison: Comparison): string | undefined {
  const paid = timesPaid(supply, comparison);
  const planned = plannedNet(supply, comparison);
  if (paid === undefined || planned === undefined) return undefined;
  return paid === '1' ? planned : roundTo(times(planned, paid), 2);
}

/** @returns undefined where it cannot be told whether there is a difference */
function priceDifferences(
  row: ComparisonRow,
  supplies: readonly Supply[],
  comparison: Comparison,
  discounts: Supply['parts'] = [],
): Difference[] | undefined {
  const all = joined(supplies, discounts);
  const planned = supplies.map((supply) => plannedFor(supply, comparison));
  const stated = statedTotal(all);
  if (supplies.length === 0 || stated === undefined || planned.some((one) => one === undefined)) return undefined;
  const net = added(planned.flatMap((one) => one ?? []));
  if (isNetOrWithVat(net, stated, row)) return [];
  const places = all.order.map((line) => `lines[${line}].purchaseNet`).join(', ');
  const amount = `${inMeasure(net, 'money', { currency: 'CNY' })} without VAT`;
  const orWithVat = row.vatRatesPercent ? ', or that with VAT' : '';
  const { lines } = onOnePaper(all) ?? {};
  const mend = lines && { lines, field: 'total', value: net, withVat: withVat(net, row) };
  return found(row, all, 'total', `${amount}${orWithVat} (order ${places})`, mend);
}

/** Where the order plans no price, the contract for the same goods does; of what is taken off several lines, the whole tells. */
function contractedPrices(
  row: ComparisonRow,
  supplies: readonly Supply[],
  papers: readonly Paper[],
  comparison: Comparison,
): Difference[] {
  const open = supplies.filter(
    (one) => timesPaid(one, comparison) !== undefined && plannedNet(one, comparison) === undefined,
  );
  const contractPapers = comparison.papers.filter((paper) => row.one.some((side) => isOf(paper, side)));
  const contracts = suppliesOf(contractPapers, comparison).filter((one) => timesPaid(one, comparison) === '1');
  const ofLines = open.flatMap((one) => contractedDifferences(row, one, contracts) ?? []);
  const [off, offContracts] = [discountsOn(papers, comparison), discountsOn(contractPapers, comparison)];
  if (open.length === 0 || off.length + offContracts.length === 0) return ofLines;
  const whole = joined(open, off);
  const ofWhole = contractedDifferences({ ...row, title: wholeTitle }, whole, [joined(contracts, offContracts)]);
  return ofWhole?.length === 0 ? [] : [...ofLines, ...(ofWhole ?? [])];
}

/**
 * Invoices without VAT, contracts with it or without.
 * @returns undefined where there is no contract for the same goods, or one side does not say what they cost
 */
function contractedDifferences(
  row: ComparisonRow,
  supply: Supply,
  contracts: readonly Supply[],
): Difference[] | undefined {
  const stated = statedTotal(supply);
  const same = contracts.filter(({ order }) => order.join() === supply.order.join());
  const told = same.flatMap((contract) => {
    const contracted = statedTotal(contract);
    if (stated === undefined || contracted === undefined) return [];
    if (isNetOrWithVat(stated, contracted, row)) return [[]];
    return [found(row, supply, 'total', `${inWords(row, contract, 'total')}, with VAT or without`, undefined)];
  });
  return told.length === 0 ? undefined : told.flat();
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
