/** Money in another currency, by a rate that somebody gave. Where none was given there is no answer: a rate is never guessed. */
import { z } from 'zod';
import { civilDateSchema } from '../civil-date.ts';
import {
  type Currency,
  currencySchema,
  divide,
  inCurrency,
  type Money,
  positiveDecimalSchema,
  times,
} from '../money.ts';

/** One unit of `from` is worth `rate` of `to`, on the day that whoever gave it says. */
export const exchangeRateSchema = z.strictObject({
  from: currencySchema,
  to: currencySchema,
  rate: positiveDecimalSchema,
  asOf: civilDateSchema,
});
export type ExchangeRate = z.infer<typeof exchangeRateSchema>;

/** The rates of one request: each pair once, or the choice between two would be nobody's. */
export const exchangeRatesSchema = z
  .array(exchangeRateSchema)
  .max(40)
  .refine(
    (rates) => new Set(rates.map(({ from, to }) => `${from} ${to}`)).size === rates.length,
    'two rates are given for one pair of currencies: give one',
  );

/**
 * The amount in the other currency, half-up at its decimals: by the rate given for the pair, else by the one given the other
 * way round. Null: no rate for this pair was given; two rates are not chained.
 */
export function inOtherCurrency(
  { amount, currency }: Money,
  to: Currency,
  rates: readonly ExchangeRate[],
): string | null {
  if (currency === to) return inCurrency(amount, to);
  const direct = rates.find((rate) => rate.from === currency && rate.to === to);
  if (direct) return inCurrency(times(amount, direct.rate), to);
  const reverse = rates.find((rate) => rate.from === to && rate.to === currency);
  return reverse ? inCurrency(divide(amount, reverse.rate), to) : null;
}
