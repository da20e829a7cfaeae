/** Figures as a finding shows them. */
import type { Reference } from '../../reference/load.ts';
import { compare, currencyDigits, currencySchema, divide, minus, roundTo, times, written } from '../money.ts';

/** A price with its currency: what was stated stays, what was calculated is rounded to two decimals more than the currency writes. */
export function priceText(price: string, currency: string): string {
  const known = currencySchema.safeParse(currency);
  const digits = (known.success ? currencyDigits[known.data] : 2) + 2;
  return `${written(trimmed(roundTo(price, digits)), currency)} ${currency}`;
}

/** A weight in kg, to the gram; lighter ones to the milligram. */
export function weightText(kilograms: string): string {
  return `${trimmed(roundTo(kilograms, compare(kilograms, '0.1') < 0 ? 6 : 3))} kg`;
}

/** @example '9' of '12' //=> '25 % below' */
export function distanceText(figure: string, from: string): string {
  const percent = roundTo(times(divide(minus(figure, from), from), '100'), 0);
  return `${percent.replace('-', '')} % ${percent.startsWith('-') ? 'below' : 'above'}`;
}

/** The source as a finding bears it: a lead says that it is one. */
export function sourceText({
  source,
  needsHumanConfirmation,
}: Pick<Reference['valueBands'][number], 'source' | 'needsHumanConfirmation'>): string {
  return needsHumanConfirmation ? `${source}; needs confirmation` : source;
}

const trimmed = (decimal: string) => (decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal);
