/** What was paid to suppliers, held against what the order plans, or what was contracted. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import { roundTo, times } from '../../money.ts';
import { added, isNetOrWithVat, withVat } from './agree-figures.ts';
import { type Comparison, isOf } from './comparison.ts';
import { type Difference, inMeasure } from './difference.ts';
import { discountedWhole, wholeTitle } from './discounts.ts';
import type { Paper } from './paper.ts';
import { found, inWords, joined, onOnePaper, type Supply, statedTotal, suppliesOf, timesPaid } from './supplies.ts';

/** Where papers take a discount off several lines, those are held against the order together: what each costs after it, no paper says. */
export function purchasePriceDifferences(
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
