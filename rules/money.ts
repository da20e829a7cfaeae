import { Decimal } from 'decimal.js';
import { z } from 'zod';

/** 40 digits: a year's turnover in the smallest currency keeps its last decimal. */
const Exact = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -40, toExpPos: 40 });

/**
 * ISO 4217 currencies that an export contract or its bank may use, with their minor digits.
 * Our own table, because published ones lag: Bulgaria pays in euro since 1 Jan 2026 (no BGN), Curaçao in XCG.
 */
// biome-ignore format: a table, read by eye against ISO 4217
export const currencyDigits = {
  AED: 2, ARS: 2, AUD: 2, BDT: 2, BHD: 3, BRL: 2, CAD: 2, CHF: 2, CLP: 0, CNH: 2, CNY: 2, COP: 2, CZK: 2, DKK: 2,
  EGP: 2, EUR: 2, GBP: 2, HKD: 2, HUF: 2, IDR: 2, ILS: 2, INR: 2, ISK: 0, JOD: 3, JPY: 0, KES: 2, KRW: 0, KWD: 3,
  KZT: 2, LKR: 2, MAD: 2, MOP: 2, MXN: 2, MYR: 2, NGN: 2, NOK: 2, NZD: 2, OMR: 3, PEN: 2, PHP: 2, PKR: 2, PLN: 2,
  QAR: 2, RON: 2, RUB: 2, SAR: 2, SEK: 2, SGD: 2, THB: 2, TND: 3, TRY: 2, TWD: 2, UAH: 2, USD: 2, UYU: 2, UZS: 2,
  VND: 0, XAF: 0, XCG: 2, XOF: 0, ZAR: 2,
} as const;

/** YAML reads a field without a value as null. */
const isMissing = (input: unknown) => input === undefined || input === null;

/** ISO 4217 letters of a currency in {@link currencyDigits}. */
export const currencySchema = z.enum(Object.keys(currencyDigits) as [keyof typeof currencyDigits], {
  error: ({ input }) =>
    isMissing(input)
      ? 'is missing'
      : `unknown currency ${JSON.stringify(input)}: give its three ISO 4217 letters, for example USD`,
});
export type Currency = z.infer<typeof currencySchema>;

/** A decimal number as text, so that no binary rounding ever touches it: at most 14 digits before the point and 8 after. */
export const decimalSchema = z
  .string({ error: ({ input }) => (isMissing(input) ? 'is missing' : 'write the number as text, for example "12.50"') })
  .regex(/^-?(0|[1-9]\d{0,13})(\.\d{1,8})?$/, {
    error: 'not a decimal number of at most 14 digits, with a point and no separators',
    // Later checks calculate with it.
    abort: true,
  });

/** As {@link decimalSchema}, greater than zero. */
export const positiveDecimalSchema = decimalSchema.refine(
  (text) => !text.startsWith('-') && /[1-9]/.test(text),
  'must be greater than zero',
);

/** As {@link decimalSchema}, zero or greater. */
export const nonNegativeDecimalSchema = decimalSchema.refine((text) => !text.startsWith('-'), 'must not be negative');

/** An exact amount with its currency. */
export const moneySchema = z.strictObject({ amount: decimalSchema, currency: currencySchema });
export type Money = z.infer<typeof moneySchema>;

/** Sum of decimal texts, exact. An empty list is zero. */
export function sum(amounts: readonly string[]): string {
  return amounts.reduce((total, amount) => total.plus(amount), new Exact(0)).toFixed();
}

/** Exact difference `a − b`. */
export function minus(a: string, b: string): string {
  return new Exact(a).minus(b).toFixed();
}

/** Exact product; round it by {@link roundTo} where a law or a bank says how. */
export function times(a: string, b: string): string {
  return new Exact(a).times(b).toFixed();
}

/** Quotient at 40 digits. @throws RangeError when the divisor is zero: the caller knows what that means in its trade. */
export function divide(a: string, b: string): string {
  if (new Exact(b).isZero()) throw new RangeError('division by zero');
  return new Exact(a).dividedBy(b).toFixed();
}

/** −1, 0 or 1, as `a` is less than, equal to or greater than `b` ("1.0" equals "1.00"). */
export function compare(a: string, b: string): -1 | 0 | 1 {
  // Rounding to binary keeps the order: where those differ, the decimals do, in the same way. The rest is compared exactly.
  const near = Number(a) - Number(b);
  if (near > 0) return 1;
  return near < 0 ? -1 : (new Exact(a).comparedTo(b) as -1 | 0 | 1);
}

/** Half-up at so many decimals, all of them written ("12.5" at 2 is "12.50"): the rounding of Chinese tax and of customs totals. */
export function roundTo(amount: string, digits: number): string {
  return new Exact(amount).toFixed(digits, Decimal.ROUND_HALF_UP);
}

/** The amount as the currency writes it: two decimals for USD, none for JPY, three for KWD; half-up. */
export function inCurrency(amount: string, currency: Currency): string {
  return roundTo(amount, currencyDigits[currency]);
}

/**
 * The amount with at least the decimals that its currency writes, none lost and nothing rounded: for showing and storing
 * what a bank stated ("6000" USD is "6000.00", "1.12345" stays). A currency that we do not know is left as it is.
 */
export function written(amount: string, currency: string): string {
  const digits: number | undefined = (currencyDigits as Readonly<Record<string, number>>)[currency];
  const exact = new Exact(amount);
  return digits === undefined ? exact.toFixed() : exact.toFixed(Math.max(digits, exact.decimalPlaces()));
}
