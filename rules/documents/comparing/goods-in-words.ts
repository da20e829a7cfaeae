/** Lines as people recognise them. */
import { added } from './agree-figures.ts';
import type { Comparison } from './comparison.ts';
import type { Paper } from './paper.ts';

/**
 * Some lines of a paper with what they are and how many; a part that stands in several, one for each carton, is added up.
 * @example 500 把 餐刀 + 500 把 餐叉 (CUTLERY-1/packing-list/1 lines[0], lines[1], lines[2])
 */
export function goodsInWords(
  paper: Paper,
  lines: readonly number[],
  { words }: Pick<Comparison, 'words'>,
  field?: string,
): string {
  const parts = new Map<string, { unit: string | undefined; name: string | undefined; quantities: string[] }>();
  const places = lines.filter((line) => !paper.discounts.includes(line));
  for (const place of places) {
    const { quantity, unit, nameZh, nameEn, productCode } = paper.lines[place] ?? {};
    const name = nameZh ?? nameEn ?? productCode;
    // Without a quantity there is nothing to add up.
    const key = quantity === undefined || name === undefined ? `line ${place}` : `${words.goods(name)} ${unit ?? ''}`;
    const part = parts.get(key) ?? { unit, name, quantities: [] };
    parts.set(key, { ...part, quantities: [...part.quantities, ...(quantity === undefined ? [] : [quantity])] });
  }
  const inWords = [...parts.values()].map(({ unit, name, quantities }) =>
    [quantities.length === 0 ? undefined : added(quantities), unit, name ?? 'without a name']
      .filter((word) => word !== undefined)
      .join(' '),
  );
  const path = field === undefined ? '' : `.${paper.pathOf(field)}`;
  return `${inWords.join(' + ')} (${paper.id} ${places.map((place) => `${paper.lineAt(place)}${path}`).join(', ')})`;
}

/** One line with all that tells it from others. @example TL-20, LED台灯, 9405210090, 1000 台, 12000.00 (P-1 lines[0]) */
export function lineInWords(paper: Paper, place: number): string {
  const { productCode, nameZh, nameEn, hsCode, brand, model, quantity, unit, ...figures } = paper.lines[place] ?? {};
  const { unitPrice, total, packages, netWeightKg, grossWeightKg, origin } = figures;
  const goods = [productCode, nameZh ?? nameEn, hsCode];
  const isNamed = goods.some((word) => word !== undefined);
  const said = (text: string | undefined, what: string) => (text === undefined ? undefined : `${text} ${what}`);
  const words = [
    ...(isNamed ? goods : [brand, model, origin]),
    said(quantity, unit ?? '')?.trim() ?? unit,
    total,
    // What has no name is known by all its figures.
    ...(isNamed
      ? []
      : [
          said(unitPrice, 'each'),
          said(packages, 'packages'),
          said(netWeightKg, 'kg net'),
          said(grossWeightKg, 'kg gross'),
        ]),
  ].filter((word) => word !== undefined);
  return `${words.join(', ')} (${paper.id} ${paper.lineAt(place)})`;
}
