/** Quantities and prices from one customs unit to another. Undefined means that they do not convert: a set is no number of pieces. */
import type { Reference } from '../../reference/load.ts';
import { isSameUnit, unitOf } from '../classification/codes.ts';
import { divide, times } from '../money.ts';

/** What a quantity is in the base unit of its kind, for example 2 吨 //=> 2000 kg. */
export interface InBase {
  quantity: string;
  base: Reference['unitFactors'][number]['base'];
}

/** @param unit by any name of the customs table */
export function inBaseUnit(quantity: string, unit: string, reference: Reference): InBase | undefined {
  const factor = factorOf(unit, reference);
  return factor && { quantity: times(quantity, factor.factor), base: factor.base };
}

/** The quantity in another unit; itself where both names mean one unit. @example '3', 'dozen', 'pcs' //=> '36' */
export function converted(quantity: string, from: string, to: string, reference: Reference): string | undefined {
  if (isSameUnit(from, to, reference)) return quantity;
  const [one, other] = [factorOf(from, reference), factorOf(to, reference)];
  return one && other && one.base === other.base ? divide(times(quantity, one.factor), other.factor) : undefined;
}

function factorOf(unit: string, reference: Reference) {
  const code = unitOf(unit, reference)?.code;
  return reference.unitFactors.find((one) => one.code === code);
}
