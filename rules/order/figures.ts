/** Sums of an order: what the invoice states, what the refund counts (FOB), what the buyer owes and when. Amounts in the order's currency. */
import { addDays, type CivilDate } from '../civil-date.ts';
import { type Currency, compare, currencyDigits, inCurrency, type Money, minus, sum, times } from '../money.ts';
import type { Order, OrderLine } from './order.ts';

/** What the sums of an order are made of; a checkout quote has no more than this. */
export interface PricedOrder extends Pick<Order, 'currency' | 'incoterm' | 'freight' | 'insurance'> {
  lines: readonly Pick<OrderLine, 'lineTotal' | 'quantity' | 'unitPrice'>[];
}

/** What each Incoterm's price contains beyond FOB. Freight is not insured by the seller under CFR and CPT, so nothing is stripped for it. */
const withFreight = ['CFR', 'CPT', 'CIF', 'CIP', 'DAP', 'DPU', 'DDP'];
const withInsurance = ['CIF', 'CIP', 'DAP', 'DPU', 'DDP'];

/** Total of a line: as stated, else quantity × unit price; half-up in the currency's decimals. */
export function lineTotalOf(line: Pick<OrderLine, 'lineTotal' | 'quantity' | 'unitPrice'>, currency: Currency): string {
  return inCurrency(line.lineTotal ?? times(line.quantity, line.unitPrice), currency);
}

/** Total of the commercial invoice in the order's terms: what the buyer owes. */
export function orderTotal(order: PricedOrder): Money {
  return {
    amount: inCurrency(sum(order.lines.map((line) => lineTotalOf(line, order.currency))), order.currency),
    currency: order.currency,
  };
}

/** Freight and insurance that the prices contain by their Incoterm; zero under FOB and its like, whatever the order states. */
export function chargesInPrice(order: PricedOrder): { freight: string; insurance: string } {
  const { rule } = order.incoterm;
  return {
    freight: inCurrency(withFreight.includes(rule) ? (order.freight ?? '0') : '0', order.currency),
    insurance: inCurrency(withInsurance.includes(rule) ? (order.insurance ?? '0') : '0', order.currency),
  };
}

/** FOB total: the invoice total less the freight and insurance in it. Negative when they exceed it, which the review blocks. */
export function fobTotal(order: PricedOrder): Money {
  const { freight, insurance } = chargesInPrice(order);
  return {
    amount: inCurrency(minus(orderTotal(order).amount, sum([freight, insurance])), order.currency),
    currency: order.currency,
  };
}

/**
 * FOB of each line: freight and insurance split by line value, so that the lines add up to {@link fobTotal} to the cent. Lines
 * that are all worth less than the smallest coin share alike.
 */
export function fobOfLines(order: PricedOrder): string[] {
  const totals = order.lines.map((line) => lineTotalOf(line, order.currency));
  const { freight, insurance } = chargesInPrice(order);
  const weights = totals.some((total) => compare(total, '0') > 0) ? totals : totals.map(() => '1');
  const shares = split(sum([freight, insurance]), weights, currencyDigits[order.currency]);
  return totals.map((total, index) => inCurrency(minus(total, shares[index] ?? '0'), order.currency));
}

/**
 * Splits an amount in proportion to weights by the largest remainder: each part is rounded down, the units left over go to
 * the parts that lost most, the earlier of two equals first. The parts add up to the amount exactly.
 * @throws RangeError when no weight is above zero: there is nothing to split by
 */
export function split(amount: string, weights: readonly string[], digits: number): string[] {
  const total = minorUnits(amount, digits);
  const scaled = weights.map((weight) => minorUnits(weight, 8));
  const weightTotal = scaled.reduce((all, one) => all + one, 0n);
  if (weightTotal <= 0n || scaled.some((weight) => weight < 0n))
    throw new RangeError('nothing to split by: no weight above zero, or one below');
  const parts = scaled.map((weight) => (total * weight) / weightTotal);
  const remainders = scaled.map((weight, index) => ({ index, lost: (total * weight) % weightTotal }));
  remainders.sort((a, b) => (a.lost === b.lost ? a.index - b.index : a.lost < b.lost ? 1 : -1));
  const left = Number(total - parts.reduce((all, one) => all + one, 0n));
  for (const { index } of remainders.slice(0, left)) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts.map((part) => fromMinorUnits(part, digits));
}

/** Net and gross weight of all lines, kg, exact. */
export function weightsOf(order: Order): { netWeightKg: string; grossWeightKg: string } {
  return {
    netWeightKg: sum(order.lines.map((line) => line.netWeightKg)),
    grossWeightKg: sum(order.lines.map((line) => line.grossWeightKg)),
  };
}

/** A payment that the contract asks for. `days` after the trigger; `on`, where the date is already known. */
export interface Instalment {
  /** Counted from 1. */
  no: number;
  amount: string;
  currency: Currency;
  trigger: 'order' | 'shipment' | 'arrival' | 'date';
  days: number;
  on?: CivilDate;
}

/**
 * The payments of the contract. Shares are taken of the order total, half-up; where all are shares the last takes the
 * rounding rest, so that they add up to the total. Stated amounts stay as stated, even when they do not: the review blocks that.
 * @param orderedOn from which an instalment on order is due
 */
export function instalmentsOf(order: Order, orderedOn: CivilDate): Instalment[] {
  const { amount: total } = orderTotal(order);
  const terms = order.payment.instalments;
  const amounts = terms.map((term) => inCurrency(term.amount ?? times(total, term.share ?? '0'), order.currency));
  if (terms.every((term) => term.share !== undefined))
    amounts[amounts.length - 1] = inCurrency(minus(total, sum(amounts.slice(0, -1))), order.currency);
  return terms.map(({ trigger, days = 0, on }, index) => {
    const known = trigger === 'order' ? addDays(orderedOn, days) : on && addDays(on, days);
    return {
      no: index + 1,
      amount: amounts[index] ?? '0',
      currency: order.currency,
      trigger,
      days,
      ...(known ? { on: known } : {}),
    };
  });
}

/** A whole number of the smallest unit. @throws RangeError when the text is finer than that: cutting it would lose money. */
function minorUnits(amount: string, digits: number): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  if (fraction.length > digits) throw new RangeError(`${amount} has more than ${digits} decimals`);
  return BigInt(whole + fraction.padEnd(digits, '0'));
}

function fromMinorUnits(units: bigint, digits: number): string {
  const text = units.toString().padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
