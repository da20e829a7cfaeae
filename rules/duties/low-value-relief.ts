/** What a market leaves untaxed, or takes flat, on consignments of low value. Relief that is gone is said, and what nobody looked up too. */
import type { LowValueRule } from '../../reference/duty-schema.ts';
import type { Reference } from '../../reference/load.ts';
import type { CivilDate } from '../civil-date.ts';
import { isInForce } from '../classification/codes.ts';
import { compare, inCurrency, type Money, times } from '../money.ts';
import type { Order, OrderLine } from '../order/order.ts';
import { type ExchangeRate, inOtherCurrency } from './exchange.ts';

/** A consignment as far as its value matters. */
export interface Consignment {
  /** Market of the destination, for example US or EU. */
  market: string;
  /** Country of the destination: members of a market may take fees of their own. */
  country: string;
  on: CivilDate;
  /** Parcels to consumers are direct-mail. */
  model: Order['model'];
  lines: readonly Pick<OrderLine, 'hsCode' | 'importCode' | 'origin'>[];
  /** Of the goods alone, without carriage. */
  value: Money;
  exchangeRates: readonly ExchangeRate[];
}

/** The answer for a consignment. */
export interface LowValueRelief {
  market: string;
  /**
   * relieved: no duty; flat-duty: so much for each tariff line; no-relief: duty as on any goods; gone: the same, and there was
   * relief once; not-known: the value cannot be held against the limit; not-covered: nobody looked this market up.
   */
  outcome: 'relieved' | 'flat-duty' | 'no-relief' | 'gone' | 'not-known' | 'not-covered';
  rule: string | null;
  words: string;
  /** Distinct tariff lines, by the destination's code where every line has it, else by the six digits that all tariffs share. */
  tariffLines: number;
  /** The flat duty in the rule's own currency. */
  duty: Money | null;
  tax: LowValueRule['tax'] | null;
  /** Fees on parcels that may come on top; whether they are charged was not verified. */
  fees: { id: string; name: string; amount: Money; source: string }[];
  source: string;
  needsHumanConfirmation: boolean;
}

/** The low-value rule of the market on that day, applied. */
export function lowValueRelief(consignment: Consignment, reference: Reference): LowValueRelief {
  const { market, on, lines } = consignment;
  const rule = reference.lowValueRules.find(
    (one) =>
      one.market === market &&
      isInForce(one, on) &&
      (one.origins === null || lines.some(({ origin }) => one.origins?.includes(origin))),
  );
  const nothing = { tariffLines: tariffLinesOf(lines).length, duty: null, tax: null, fees: [] };
  if (!rule)
    return {
      ...nothing,
      market,
      outcome: 'not-covered',
      rule: null,
      words: `Low-value rules of ${market} on ${on} are not covered: ask the carrier or the broker.`,
      source: 'reference/rates/low-value-relief.yaml',
      needsHumanConfirmation: true,
    };
  return {
    ...nothing,
    market,
    rule: rule.id,
    source: rule.source,
    needsHumanConfirmation: rule.needsHumanConfirmation,
    ...apply(rule, consignment, reference),
  };
}

function apply(
  rule: LowValueRule,
  consignment: Consignment,
  reference: Reference,
): Pick<LowValueRelief, 'outcome' | 'words' | 'duty' | 'tax' | 'fees'> {
  const none = { duty: null, tax: null, fees: [] };
  if (rule.mostValue === null) return { ...none, outcome: 'gone', words: rule.rule };
  if (rule.consumersOnly && consignment.model !== 'direct-mail')
    return {
      ...none,
      outcome: 'no-relief',
      words: `${rule.rule}: these goods are not sold to a consumer at a distance.`,
    };
  const { amount: most, currency } = rule.mostValue;
  const value = inOtherCurrency(consignment.value, currency, consignment.exchangeRates);
  if (value === null)
    return {
      ...none,
      outcome: 'not-known',
      words: `${rule.rule}: give the rate from ${consignment.value.currency} to ${currency} to hold the value against ${most} ${currency}.`,
    };
  if (compare(value, most) > 0)
    return {
      ...none,
      outcome: 'no-relief',
      words: `${rule.rule}: the goods are worth ${value} ${currency}, above ${most} ${currency}.`,
    };
  const fees = reference.parcelFees
    .filter((fee) => [consignment.market, consignment.country].includes(fee.market) && isInForce(fee, consignment.on))
    .map(({ id, name, amount, source }) => ({ id, name, amount, source }));
  const relief = { words: rule.rule, tax: rule.tax, fees };
  if (!rule.perTariffLine) return { ...relief, outcome: 'relieved', duty: null };
  const { amount, currency: paidIn } = rule.perTariffLine;
  const lines = String(tariffLinesOf(consignment.lines).length);
  return {
    ...relief,
    outcome: 'flat-duty',
    duty: { amount: inCurrency(times(amount, lines), paidIn), currency: paidIn },
  };
}

/** Index of the first line of each distinct tariff line: those that a duty for each tariff line is taken on. */
export function tariffLinesOf(lines: readonly Pick<OrderLine, 'hsCode' | 'importCode'>[]): number[] {
  const whole = lines.every(({ importCode }) => importCode !== undefined);
  const codes = lines.map(({ hsCode, importCode }) => (whole ? importCode : (importCode ?? hsCode).slice(0, 6)));
  return codes.flatMap((code, index) => (codes.indexOf(code) === index ? [index] : []));
}
