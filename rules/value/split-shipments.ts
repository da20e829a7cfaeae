/** Several shipments to one buyer, each just under a limit of value, that together pass it. */
import type { SplitLimit } from '../../reference/goods-schema.ts';
import { type CivilDate, daysBetween } from '../civil-date.ts';
import { isInForce, marketOf, plain, supervisionCodeOf } from '../classification/codes.ts';
import type { DeclaredLine, ReviewContext } from '../compliance/review-context.ts';
import type { Finding } from '../finding.ts';
import { compare, sum, times } from '../money.ts';
import { orderTotal } from '../order/figures.ts';
import type { Order } from '../order/order.ts';
import { alikeTo } from './comparable-lines.ts';
import { priceText, sourceText } from './figures.ts';

/** A shipment declared before, with all its lines to this buyer. */
interface Shipment {
  declarationNumber: string;
  declaredOn: CivilDate;
  value: string;
}

/**
 * Shipments of the same goods to the same buyer and country within days of this one. Only limits in the order's currency
 * are looked at: no rate of exchange is at hand here. Two orders that the buyer truly placed are no offence; the finding
 * shows the figures and asks.
 */
export function splitShipmentFindings(context: ReviewContext): Finding[] {
  const { order, exportOn, reference, records } = context;
  if (records.declaredLines === null) return [];
  const market = marketOf(order.destination.country, exportOn, reference);
  const mode = supervisionCodeOf(order, reference);
  const own = orderTotal(order);
  const limits = reference.splitLimits.filter(
    (limit) =>
      (limit.market === market || limit.market === 'CN') &&
      limit.currency === own.currency &&
      isInForce(limit, exportOn) &&
      (limit.supervisionModes?.includes(mode) ?? true) &&
      isJustUnder(own.amount, limit),
  );
  if (limits.length === 0) return [];
  const shipments = shipmentsOf(order, records.declaredLines);
  return limits.flatMap((limit) => {
    const others = shipments.filter(
      ({ declaredOn, value }) => isWithin(limit.withinDays, declaredOn, exportOn) && isJustUnder(value, limit),
    );
    const total = sum([own.amount, ...others.map(({ value }) => value)]);
    return others.length === 0 || compare(total, limit.amount) <= 0 ? [] : [split(order, limit, others, total)];
  });
}

/** At or below the limit, and no less than the share of it from which a shipment counts as just under. */
function isJustUnder(value: string, limit: SplitLimit): boolean {
  return compare(value, limit.amount) <= 0 && compare(value, times(limit.amount, limit.nearShare)) >= 0;
}

function isWithin(days: number, a: CivilDate, b: CivilDate): boolean {
  return Math.abs(daysBetween(`${a}T00:00:00Z`, `${b}T00:00:00Z`)) <= days;
}

/** Shipments to the order's buyer and country in its currency that hold at least one of its goods. */
function shipmentsOf(order: Order, declared: readonly DeclaredLine[]): Shipment[] {
  const buyer = plain(order.buyer.name);
  const byNumber = new Map<string, DeclaredLine[]>();
  for (const line of declared) {
    if (line.buyer === null || plain(line.buyer) !== buyer || line.destination !== order.destination.country) continue;
    byNumber.set(line.declarationNumber, [...(byNumber.get(line.declarationNumber) ?? []), line]);
  }
  return [...byNumber].flatMap(([declarationNumber, lines]) => {
    const [first] = lines;
    const comparable =
      lines.every(({ currency }) => currency === order.currency) && lines.some((line) => isIn(order, line));
    if (!first || !comparable) return [];
    const value = sum(lines.map(({ quantity, unitPrice }) => times(quantity, unitPrice)));
    return [{ declarationNumber, declaredOn: first.declaredOn, value }];
  });
}

/** Whether the order holds the same goods: by product code, or by code of six digits and name. */
function isIn(order: Order, declared: DeclaredLine): boolean {
  return order.lines.some((line) => {
    if (line.productCode && declared.productCode) return plain(line.productCode) === plain(declared.productCode);
    return line.hsCode.slice(0, 6) === declared.hsCode.slice(0, 6) && alikeTo(line)(declared);
  });
}

function split(order: Order, limit: SplitLimit, others: readonly Shipment[], total: string): Finding {
  const price = (amount: string) => priceText(amount, limit.currency);
  const each = others.map(
    ({ declarationNumber, declaredOn, value }) => `${price(value)} in ${declarationNumber} of ${declaredOn}`,
  );
  return {
    rule: 'split-shipment',
    kind: 'value',
    severity: 'warn',
    title: `Together with shipments of the same days this one passes a limit of ${limit.market}: ${limit.what}`,
    where: 'lines',
    expected: `at most ${price(limit.amount)} to one buyer in one consignment`,
    found: `${price(total)} to ${order.buyer.name} within ${limit.withinDays} days: this one ${price(orderTotal(order).amount)}, ${each.join(', ')}`,
    remedy:
      'Where they are one sale, declare them as one consignment. Where the buyer ordered each by itself, keep the orders and payments apart as proof.',
    due: 'before-export',
    source: sourceText(limit),
  };
}
