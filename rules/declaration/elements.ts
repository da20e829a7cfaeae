import type { Reference } from '../../reference/load.ts';
import { plain } from '../classification/codes.ts';
import type { OrderLine } from '../order/order.ts';

/** One declaration element (申报要素) by its Chinese name; an empty value was not stated. */
export interface DeclaredElement {
  name: string;
  value: string;
}

/** 品牌类型: the digit that customs reads. */
const brandTypeCodes = {
  none: '0',
  'domestic-own': '1',
  'domestic-acquired': '2',
  'foreign-oem': '3',
  'foreign-other': '4',
} as const;

const brandType = ['品牌类型', 'brand type', 'brandType'];
const preference = ['出口享惠情况', 'preferential status', 'preference'];

/**
 * The elements of a line in declared order: brand type, preferential status at export, then those of the HS heading. Where
 * the heading's order is not known, what the order states follows by name, so that one order always declares one text.
 * What was not stated stays empty: nothing is made up.
 */
export function elementsOf(
  line: Pick<OrderLine, 'elements' | 'brand' | 'brandType' | 'hsCode'>,
  reference: Reference,
): DeclaredElement[] {
  const stated = new Map(Object.entries(line.elements).map(([key, value]) => [plain(key), value]));
  const take = (names: readonly string[]): string | undefined => {
    const key = names.map(plain).find((name) => stated.has(name));
    const value = key === undefined ? undefined : stated.get(key);
    for (const name of names) stated.delete(plain(name));
    return value;
  };
  const first = [
    { name: brandType[0] ?? '', value: brandTypeOf(line.brandType, take(brandType)) },
    { name: preference[0] ?? '', value: take(preference) ?? '' },
  ];
  const heading = reference.declarationElements.find(({ hsPrefix }) => line.hsCode.startsWith(hsPrefix));
  const listed = (heading?.elements ?? []).map((names) => ({
    name: names[0] ?? '',
    value: take(names) ?? (names.includes('brand') ? (line.brand ?? '') : ''),
  }));
  const rest = [...stated].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => ({ name, value }));
  return [...first, ...listed, ...rest];
}

/** The order's own field says it in the digit of customs; a text among its elements only stands in for it. */
function brandTypeOf(brandType: OrderLine['brandType'], stated: string | undefined): string {
  return brandType ? brandTypeCodes[brandType] : (stated ?? '');
}
