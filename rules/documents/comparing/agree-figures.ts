/** Whether two figures of papers agree: within a tolerance, converted into one unit, with or without VAT. */
import type { ComparisonRow, Tolerance } from '../../../reference/comparison-schema.ts';
import type { Reference } from '../../../reference/load.ts';
import { isSameUnit } from '../../classification/codes.ts';
import { compare, currencyDigits, divide, minus, sum, times } from '../../money.ts';
import { converted } from '../../value/units.ts';

/** A quantity in the unit that it is stated in; a paper may give a number alone. */
export interface Quantity {
  quantity: string;
  unit: string | undefined;
}

/** What a conversion may lose: a third of a dozen does not end. */
const lostInConversion = '0.000001';

/** Sum of figures; one alone stays as it is written. */
export function added(figures: readonly string[]): string {
  const [only] = figures;
  return figures.length === 1 && only !== undefined ? only : sum(figures);
}

/** Whether a figure is within what the row allows of the first side's. @param currency whose smallest unit counts; two decimals where none is known */
export function isWithin(one: string, other: string, tolerance: Tolerance | undefined, currency?: string): boolean {
  if (one === other) return true;
  const apart = minus(one, other).replace('-', '');
  return compare(apart, allowed(one, tolerance, currency)) <= 0;
}

/** Whether the first figure is at most the second, within the tolerance. */
export function isNotAbove(less: string, more: string, tolerance?: Tolerance): boolean {
  return less === more || compare(minus(less, more), allowed(more, tolerance, undefined)) <= 0;
}

/** The other side's quantity in the unit of one of the first side's quantities, beside that; undefined where none converts. */
export function inOneUnit(
  ones: readonly Quantity[],
  other: Quantity,
  reference: Reference,
): { one: string; other: string; converted: boolean } | undefined {
  const same = ones.find(
    ({ unit }) =>
      unit === undefined || other.unit === undefined || unit === other.unit || isSameUnit(unit, other.unit, reference),
  );
  if (same) return { one: same.quantity, other: other.quantity, converted: false };
  for (const { quantity, unit } of ones) {
    const inUnit = converted(other.quantity, other.unit ?? '', unit ?? '', reference);
    if (inUnit !== undefined) return { one: quantity, other: inUnit, converted: true };
  }
  return undefined;
}

/** Whether both quantities are one, whatever their units; undefined where the units do not convert. */
export function isSameQuantity(ones: readonly Quantity[], other: Quantity, reference: Reference): boolean | undefined {
  const both = inOneUnit(ones, other, reference);
  return both && isWithin(both.one, both.other, both.converted ? { absolute: lostInConversion } : undefined);
}

/** Whether both prices are one per the same unit; undefined where the units do not convert. */
export function isSamePrice(
  one: { price: string; unit: string | undefined },
  other: { price: string; unit: string | undefined },
  tolerance: Tolerance | undefined,
  reference: Reference,
): boolean | undefined {
  if (one.unit === undefined || other.unit === undefined || one.unit === other.unit)
    return isWithin(one.price, other.price, tolerance);
  const ofOther = converted('1', other.unit, one.unit, reference);
  return ofOther === undefined ? undefined : isWithin(one.price, divide(other.price, ofOther), tolerance);
}

/** Whether an amount is the net one, or that with VAT at one of the rates. */
export function isNetOrWithVat(net: string, stated: string, row: ComparisonRow): boolean {
  return [net, ...withVat(net, row)].some((amount) => isWithin(amount, stated, row.tolerance));
}

/** A net amount with VAT, at each of the rates that the row names. */
export function withVat(net: string, { vatRatesPercent = [] }: ComparisonRow): string[] {
  return vatRatesPercent.map((rate) => times(net, sum(['1', divide(rate, '100')])));
}

function allowed(one: string, tolerance: Tolerance | undefined, currency: string | undefined): string {
  const { absolute = '0', relative, minorUnits = 0 } = tolerance ?? {};
  const digits = (currencyDigits as Readonly<Record<string, number>>)[currency ?? ''] ?? 2;
  const parts = [absolute, minorUnits === 0 ? '0' : divide(String(minorUnits), String(10 ** digits))];
  if (relative !== undefined) parts.push(times(one, relative));
  return parts.reduce((most, part) => (compare(part, most) > 0 ? part : most));
}
