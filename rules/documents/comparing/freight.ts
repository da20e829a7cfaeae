/** What a forwarder billed against the freight that the prices contain: the refund is on FOB, so that the one changes the other. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import type { Finding } from '../../finding.ts';
import { inCurrency, minus, sum } from '../../money.ts';
import { chargesInPrice, fobTotal, orderTotal } from '../../order/figures.ts';
import { isWithin } from './agree-figures.ts';
import { textAgreement } from './agree-texts.ts';
import type { Comparison } from './comparison.ts';
import { findingOf, inMeasure, saidBy } from './difference.ts';
import type { Paper, Value } from './paper.ts';

/**
 * Where the Incoterm puts freight into the price and another amount was billed: FOB before and after. A bill in another
 * currency is shown, not converted: no rate is at hand here.
 */
export function fobFindings(row: ComparisonRow, paper: Paper, comparison: Comparison): Finding[] {
  const { order } = comparison;
  const { freight, insurance } = chargesInPrice(order);
  const [billed] = [...paper.valuesOf('freight'), ...paper.valuesOf('total')];
  if (!billed || Number(freight) === 0) return [];
  const expected = saidBy(comparison.firstSide(row, paper)?.paper ?? paper, [
    { text: inMeasure(freight, 'money', order), at: 'freight' },
  ]);
  if (paper.currency !== undefined && textAgreement('equal')?.(paper.currency, order.currency, comparison) === false)
    return [inOtherCurrency(row, paper, billed, expected, comparison)];
  if (isWithin(freight, billed.text, row.tolerance, order.currency)) return [];
  const before = fobTotal(order).amount;
  const after = inCurrency(minus(orderTotal(order).amount, sum([billed.text, insurance])), order.currency);
  const found = saidBy(paper, [{ ...billed, text: inMeasure(billed.text, 'money', order) }]);
  return [
    findingOf(
      {
        row,
        paper,
        at: billed.at,
        expected: `${expected}; FOB ${before} ${order.currency}`,
        found: `${found}; FOB would be ${after} ${order.currency}, ${signed(inCurrency(minus(after, before), order.currency))} ${order.currency}`,
      },
      comparison,
    ),
  ];
}

function inOtherCurrency(
  row: ComparisonRow,
  paper: Paper,
  billed: Value,
  expected: string,
  comparison: Comparison,
): Finding {
  const found = saidBy(paper, [{ ...billed, text: inMeasure(billed.text, 'money', paper) }]);
  return findingOf(
    {
      row: { ...row, title: 'The freight was billed in another currency than the order is in' },
      paper,
      at: billed.at,
      expected,
      found,
      remedy: `State what was billed in ${comparison.order.currency}, at the rate at which it was paid, and compare it with the freight of the order: the FOB value hangs on it.`,
    },
    comparison,
  );
}

function signed(amount: string): string {
  return amount.startsWith('-') ? amount : `+${amount}`;
}
