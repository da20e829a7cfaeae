/** Which of the lines declared before are the same goods as a line of an order. */
import { ratio } from 'fuzzball';
import type { Reference } from '../../reference/load.ts';
import { addMonths, type CivilDate } from '../civil-date.ts';
import { plain } from '../classification/codes.ts';
import type { DeclaredLine } from '../compliance/review-context.ts';
import { compare, divide, times } from '../money.ts';
import type { OrderLine } from '../order/order.ts';
import { converted } from './units.ts';

/** Prices of longer ago say little about those of today. */
const monthsThatCount = 24;
/** Of 100: names that share three letters in five in order. */
const alikeFrom = 60;

/** A line declared before, its price and net weight per unit of the order's line. */
export interface Comparable {
  line: DeclaredLine;
  unitPrice: string;
  unitWeightKg: string | null;
}

/** What was found, and by what it was found to be the same goods. */
export interface Comparables {
  by: 'product-code' | 'name';
  lines: Comparable[];
}

/**
 * The lines with the same product code; where those are too few, the lines of the same HS code whose Chinese or English
 * name is alike. Only in the same currency, in units that convert, and of the two years before the day.
 * @param enough lines with the product code that make a look at names needless
 */
export function comparablesOf(
  line: OrderLine,
  currency: string,
  on: CivilDate,
  declared: readonly DeclaredLine[],
  reference: Reference,
  enough: number,
): Comparables {
  const since = addMonths(on, -monthsThatCount);
  const priced = (wanted: (one: DeclaredLine) => boolean): Comparable[] =>
    declared.flatMap((one) => {
      if (one.currency !== currency || one.declaredOn > on || one.declaredOn < since || !wanted(one)) return [];
      const inOne = converted('1', line.unit, one.unit, reference);
      return inOne === undefined || compare(one.unitPrice, '0') <= 0 ? [] : [perUnit(one, inOne)];
    });
  const code = line.productCode && plain(line.productCode);
  const byCode = code ? priced(({ productCode }) => productCode !== null && plain(productCode) === code) : [];
  if (byCode.length >= enough) return { by: 'product-code', lines: byCode };
  return { by: 'name', lines: priced((one) => one.hsCode === line.hsCode && isAlike(line, one)) };
}

/** @param inOne how many units of the declared line are in one of the order's */
function perUnit(line: DeclaredLine, inOne: string): Comparable {
  const weighed = line.netWeightKg !== null && compare(line.netWeightKg, '0') > 0 && compare(line.quantity, '0') > 0;
  return {
    line,
    unitPrice: times(line.unitPrice, inOne),
    unitWeightKg: weighed ? times(divide(line.netWeightKg ?? '0', line.quantity), inOne) : null,
  };
}

/** Whether two names mean the same goods, as far as letters tell. */
export function isAlike(a: Pick<OrderLine, 'nameZh' | 'nameEn'>, b: Pick<DeclaredLine, 'nameZh' | 'nameEn'>): boolean {
  const [zhA, zhB] = [plain(a.nameZh), plain(b.nameZh)];
  if (zhA === zhB || ratio(zhA, zhB, { full_process: false }) >= alikeFrom) return true;
  return b.nameEn !== null && ratio(plain(a.nameEn), plain(b.nameEn), { full_process: false }) >= alikeFrom;
}
