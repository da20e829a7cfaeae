/** Which of the lines declared before are the same goods as a line of an order. */
import { ratio } from 'fuzzball';
import type { Reference } from '../../reference/load.ts';
import { addMonths, type CivilDate } from '../civil-date.ts';
import { plain } from '../classification/codes.ts';
import type { DeclaredLine } from '../compliance/review-context.ts';
import { divide, times } from '../money.ts';
import type { OrderLine } from '../order/order.ts';
import { converted } from './units.ts';

/** Prices of longer ago say little about those of today. */
const monthsThatCount = 24;
/** The latest so many of the same goods count; older ones move no median that a person would still trust. */
const linesThatCount = 30;
/** Of one HS code, the latest so many are looked through for a like name: a check of fifty lines is done while one waits. */
const linesLookedThrough = 500;
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

/** Declared lines put in order once for all lines of an order: latest first, by product code and by HS code. */
export interface History {
  byProduct: ReadonlyMap<string, readonly DeclaredLine[]>;
  byHsCode: ReadonlyMap<string, readonly DeclaredLine[]>;
  /** How many of one unit are in one of another, as asked before. */
  factors: Map<string, string | undefined>;
  /** Kilograms of one unit, by what they are reckoned from: a shop's cartons weigh the same each time. */
  unitWeights: Map<string, string>;
  reference: Reference;
}

/** The lines in one currency of the two years before a day. Their order plays no part. */
export function historyOf(
  declared: readonly DeclaredLine[],
  currency: string,
  on: CivilDate,
  reference: Reference,
): History {
  const since = addMonths(on, -monthsThatCount);
  const lines = declared
    .filter(
      (one) =>
        one.currency === currency && one.declaredOn <= on && one.declaredOn >= since && isPositive(one.unitPrice),
    )
    .sort(
      (a, b) =>
        rising(b.declaredOn, a.declaredOn) ||
        rising(b.declarationNumber, a.declarationNumber) ||
        rising(b.unitPrice, a.unitPrice),
    );
  return {
    byProduct: grouped(lines, ({ productCode }) => productCode && plain(productCode)),
    byHsCode: grouped(lines, ({ hsCode }) => hsCode),
    factors: new Map(),
    unitWeights: new Map(),
    reference,
  };
}

const rising = (a: string, b: string) => (a < b ? -1 : Number(a > b));

function grouped(
  lines: readonly DeclaredLine[],
  key: (line: DeclaredLine) => string | null,
): Map<string, DeclaredLine[]> {
  const groups = new Map<string, DeclaredLine[]>();
  for (const line of lines) {
    const name = key(line);
    if (!name) continue;
    const group = groups.get(name);
    if (group) group.push(line);
    else groups.set(name, [line]);
  }
  return groups;
}

/**
 * The lines with the same product code; where those are too few, the lines of the same HS code whose Chinese or English
 * name is alike. Only in units that convert.
 * @param enough lines with the product code that make a look at names needless
 */
export function comparablesOf(line: OrderLine, history: History, enough: number): Comparables {
  const priced = (lines: readonly DeclaredLine[], wanted: (one: DeclaredLine) => boolean): Comparable[] => {
    const found: Comparable[] = [];
    for (const one of lines) {
      if (found.length === linesThatCount) break;
      const inOne = factorOf(line.unit, one.unit, history);
      if (inOne !== undefined && wanted(one)) found.push(perUnit(one, inOne, history));
    }
    return found;
  };
  const byCode = priced((line.productCode && history.byProduct.get(plain(line.productCode))) || [], () => true);
  if (byCode.length >= enough) return { by: 'product-code', lines: byCode };
  const ofCode = (history.byHsCode.get(line.hsCode) ?? []).slice(0, linesLookedThrough);
  return { by: 'name', lines: priced(ofCode, alikeTo(line)) };
}

function factorOf(from: string, to: string, { factors, reference }: History): string | undefined {
  const key = `${from}\n${to}`;
  if (!factors.has(key)) factors.set(key, converted('1', from, to, reference));
  return factors.get(key);
}

/** @param inOne how many units of the declared line are in one of the order's */
function perUnit(line: DeclaredLine, inOne: string, { unitWeights }: History): Comparable {
  const weighed = line.netWeightKg !== null && isPositive(line.netWeightKg) && isPositive(line.quantity);
  return {
    line,
    unitPrice: inOne === '1' ? line.unitPrice : times(line.unitPrice, inOne),
    unitWeightKg: weighed ? unitWeightOf(line.netWeightKg ?? '0', line.quantity, inOne, unitWeights) : null,
  };
}

function unitWeightOf(weightKg: string, quantity: string, inOne: string, known: Map<string, string>): string {
  const key = `${weightKg}\n${quantity}\n${inOne}`;
  const weight = known.get(key) ?? divide(times(weightKg, inOne), quantity);
  known.set(key, weight);
  return weight;
}

const isPositive = (decimal: string) => !decimal.startsWith('-') && /[1-9]/.test(decimal);

/** Whether a declared line's names mean the goods of this one, as far as letters tell. Each name is compared once. */
export function alikeTo(
  line: Pick<OrderLine, 'nameZh' | 'nameEn'>,
): (declared: Pick<DeclaredLine, 'nameZh' | 'nameEn'>) => boolean {
  const verdicts = new Map<string, boolean>();
  const same = (own: string, other: string): boolean => {
    const key = `${own}\n${other}`;
    const told = verdicts.get(key);
    if (told !== undefined) return told;
    const verdict = own === other || ratio(plain(own), plain(other), { full_process: false }) >= alikeFrom;
    verdicts.set(key, verdict);
    return verdict;
  };
  return ({ nameZh, nameEn }) => same(line.nameZh, nameZh) || (nameEn !== null && same(line.nameEn, nameEn));
}
