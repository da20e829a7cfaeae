/** What forwarders billed against the freight that the prices contain: the refund is on FOB, so that the one changes the other. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import { inCurrency, minus, sum } from '../../money.ts';
import { chargesInPrice, fobTotal, orderTotal } from '../../order/figures.ts';
import { isWithin } from './agree-figures.ts';
import { textAgreement } from './agree-texts.ts';
import type { Comparison } from './comparison.ts';
import { type Difference, inMeasure, saidBy } from './difference.ts';
import type { Paper } from './paper.ts';
import { type Statement, statementsOf } from './statements.ts';

/**
 * Where the Incoterm puts freight into the price and another amount was billed: FOB before and after. Bills of one kind are
 * added up. One in another currency is shown, not converted: no rate is at hand here.
 */
export function fobDifferences(row: ComparisonRow, bills: readonly Paper[], comparison: Comparison): Difference[] {
  const { order } = comparison;
  const { freight } = chargesInPrice(order);
  if (Number(freight) === 0) return [];
  const billed = statementsOf(row, bills, (paper) => [...paper.valuesOf('freight'), ...paper.valuesOf('total')][0]);
  return billed.flatMap((bill) => {
    const { currency } = bill.paper;
    if (currency !== undefined && textAgreement('equal')?.(currency, order.currency, comparison) === false)
      return [inOtherCurrency(row, bill, freight, comparison)];
    return isWithin(freight, bill.text, row.tolerance, order.currency)
      ? []
      : [beforeAndAfter(row, bill, freight, comparison)];
  });
}

function beforeAndAfter(row: ComparisonRow, bill: Statement, freight: string, comparison: Comparison): Difference {
  const { order } = comparison;
  const { insurance } = chargesInPrice(order);
  const money = (amount: string) => `${inCurrency(amount, order.currency)} ${order.currency}`;
  const before = fobTotal(order).amount;
  const after = minus(orderTotal(order).amount, sum([bill.text, insurance]));
  const change = minus(after, before);
  return {
    row,
    paper: bill.paper,
    at: bill.parts[0]?.value.at ?? row.field,
    expected: `${money(freight)} (order freight); FOB ${money(before)}`,
    found: `${inWords(bill, order.currency)}; FOB would be ${money(after)}, ${change.startsWith('-') ? '' : '+'}${money(change)}`,
  };
}

function inOtherCurrency(row: ComparisonRow, bill: Statement, freight: string, comparison: Comparison): Difference {
  const { currency } = comparison.order;
  return {
    row: { ...row, title: 'The freight was billed in another currency than the order is in' },
    paper: bill.paper,
    at: bill.parts[0]?.value.at ?? row.field,
    expected: `${inMeasure(freight, 'money', { currency })} (order freight)`,
    found: inWords(bill, bill.paper.currency),
    remedy: `State what was billed in ${currency}, at the rate at which it was paid, and compare it with the freight of the order: the FOB value hangs on it.`,
  };
}

function inWords({ parts }: Statement, currency: string | undefined): string {
  return parts
    .map(({ paper, value }) => saidBy(paper, [{ ...value, text: inMeasure(value.text, 'money', { currency }) }]))
    .join(' + ');
}
