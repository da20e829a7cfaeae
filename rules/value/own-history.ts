/** The unit price of a line against what the exporter declared for the same goods before. */

import type { Finding } from '../finding.ts';
import { compare, minus } from '../money.ts';
import type { OrderLine } from '../order/order.ts';
import type { Comparable, Comparables } from './comparable-lines.ts';
import { distanceText, priceText } from './figures.ts';
import { sideOf, type Usual, unusualAmong } from './statistics.ts';

/** Of the lines that lie outside the usual themselves, so many are named. */
const outliersShown = 3;

/**
 * Whether the price is usual among the exporter's own. Nothing where fewer than three lines are comparable. Prices are
 * compared as they were agreed: a change of the Incoterm alone moves them.
 * @param at path of the line in the order
 */
export function ownHistoryFindings(line: OrderLine, at: string, currency: string, own: Comparables): Finding[] {
  const unusual = unusualAmong(
    line.unitPrice,
    own.lines.map(({ unitPrice }) => unitPrice),
  );
  if (!unusual) return [];
  const { side, usual } = unusual;
  const price = (amount: string) => priceText(amount, currency);
  return [
    {
      rule: `value-${side}-own-history`,
      kind: 'value',
      severity: 'warn',
      title: `The unit price is ${side} what was declared for these goods before`,
      where: `${at}.unitPrice`,
      expected: `${price(usual.low)} to ${price(usual.high)} per ${line.unit}: ${historyText(own, usual, currency)}`,
      found: `${price(line.unitPrice)} per ${line.unit}, ${distanceText(line.unitPrice, usual.median)} the median`,
      remedy:
        side === 'below'
          ? 'Correct the price, or keep the proof of it: contract, payment, why it fell. Customs reads a sudden drop as undervaluation.'
          : 'Correct the price, or keep the proof of it. A sudden rise is asked about by the tax bureau: the refund hangs on the value.',
      due: 'before-export',
      source: `Own declarations, ${dates(own.lines)}`,
    },
  ];
}

function historyText(own: Comparables, usual: Usual, currency: string): string {
  const price = (amount: string) => priceText(amount, currency);
  const by = own.by === 'product-code' ? 'of the same product code' : 'of the same HS code and a like name';
  const spread = `median ${price(usual.median)}, spread ${price(usual.deviation)}, ${price(usual.least)} to ${price(usual.most)}`;
  const odd = outliers(own.lines, usual);
  if (odd.length === 0) return `${own.lines.length} lines ${by}, ${spread}`;
  const named = odd
    .slice(0, outliersShown)
    .map(({ unitPrice, line }) => `${price(unitPrice)} in ${line.declarationNumber} of ${line.declaredOn}`);
  return `${own.lines.length} lines ${by}, ${spread}; unusual among them ${odd.length}: ${named.join(', ')}`;
}

/** Furthest from the median first. */
function outliers(lines: readonly Comparable[], usual: Usual): Comparable[] {
  const away = ({ unitPrice }: Comparable) => minus(unitPrice, usual.median).replace('-', '');
  return lines
    .filter(({ unitPrice }) => sideOf(unitPrice, usual) !== 'usual')
    .sort((a, b) => compare(away(b), away(a)));
}

function dates(lines: readonly Comparable[]): string {
  const days = lines.map(({ line }) => line.declaredOn).sort();
  return `${days[0]} to ${days.at(-1)}`;
}
