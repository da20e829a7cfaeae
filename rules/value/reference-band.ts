/** The FOB value of a line against what such goods are usually declared at. */
import type { ValueBand } from '../../reference/goods-schema.ts';
import type { Reference } from '../../reference/load.ts';
import type { CivilDate } from '../civil-date.ts';
import { isInForce } from '../classification/codes.ts';
import type { Finding } from '../finding.ts';
import { compare, divide } from '../money.ts';
import type { OrderLine } from '../order/order.ts';
import { priceText, sourceText } from './figures.ts';
import { inBaseUnit } from './units.ts';

/** A band that speaks of a line, and the line's value as the band counts it. */
export interface Banded {
  band: ValueBand;
  /** USD per kg, piece or pair. */
  value: string;
}

/**
 * The band of the longest HS prefix whose measure the line has; undefined where none speaks of it. A code shorter than a
 * band's prefix is not taken for its goods.
 * @param fobUsd FOB value of the whole line, USD
 */
export function bandOf(line: OrderLine, fobUsd: string, on: CivilDate, reference: Reference): Banded | undefined {
  return reference.valueBands
    .filter((band) => line.hsCode.startsWith(band.hsPrefix) && isInForce(band, on))
    .sort((a, b) => b.hsPrefix.length - a.hsPrefix.length)
    .flatMap((band) => {
      const amount = measureOf(line, band.per, reference);
      return amount === undefined ? [] : [{ band, value: divide(fobUsd, amount) }];
    })[0];
}

function measureOf(line: OrderLine, per: ValueBand['per'], reference: Reference): string | undefined {
  if (per === 'kg') return line.netWeightKg;
  const counted = inBaseUnit(line.quantity, line.unit, reference);
  return counted?.base === per ? counted.quantity : undefined;
}

/** Whether the line's value lies in its band. @param at path of the line in the order */
export function bandFindings({ band, value }: Banded, at: string): Finding[] {
  const below = compare(value, band.least) < 0;
  if (!below && (band.most === null || compare(value, band.most) <= 0)) return [];
  const price = (amount: string) => `${priceText(amount, 'USD')} per ${band.per}`;
  const upper = band.most === null ? 'no upper end known' : `to ${price(band.most)}`;
  return [
    {
      rule: 'value-outside-band',
      kind: 'value',
      severity: 'warn',
      title: `The FOB value is ${below ? 'below' : 'above'} what ${band.goods} are usually declared at`,
      where: `${at}.unitPrice`,
      expected: `${price(band.least)} ${upper}; lower end because ${band.because}`,
      found: price(value),
      remedy: below
        ? 'Check price, quantity, weight and code; where they are right, keep the proof of the price: customs may value the goods itself.'
        : 'Check price, quantity, weight and code; where they are right, say in the name what makes the goods so dear.',
      due: 'before-export',
      source: sourceText(band),
    },
  ];
}
