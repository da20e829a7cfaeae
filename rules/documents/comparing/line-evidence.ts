/** What speaks for two lines being the same goods: code, HS code, names, figures. Evidence is added up; nothing decides alone. */
import type { Reference } from '../../../reference/load.ts';
import { isSameUnit } from '../../classification/codes.ts';
import { compare } from '../../money.ts';
import { converted } from '../../value/units.ts';
import type { StatedLine } from '../facts.ts';
import { likeness, type Words } from './words.ts';

/** A line with what is worked out of it once. */
export interface Line {
  stated: StatedLine;
  code: string | undefined;
  zh: string | undefined;
  en: string | undefined;
  /** Every quantity stated of it, statutory ones too. */
  quantities: readonly { quantity: string; unit: string | undefined }[];
  /** Words and Chinese signs of its names, code and model. */
  tokens: ReadonlySet<string>;
}

/** Points for each piece of evidence. A pair below {@link enough} is no pair; two within {@link close} are equally good. */
const points = {
  code: 5,
  otherCode: -1,
  name: 4,
  otherName: -0.5,
  hs: { 8: 2, 6: 1.5, 4: 0.5, 0: -2 },
  quantity: 1.5,
  total: 2,
  unitPrice: 1,
  weight: 0.75,
  model: 2,
  otherModel: -2,
  brand: 0.5,
} as const;
/** Half of a name and one figure, a code and nothing against it, or quantity and money both under another name. */
export const enough = 3;
/** Less than any one figure counts: a difference of so much is chance. */
export const close = 0.5;

/** Lays a line out. */
export function lineOf(stated: StatedLine, also: Line['quantities'], words: Words): Line {
  return {
    stated,
    code: stated.productCode && words.name(stated.productCode),
    zh: stated.nameZh && words.goods(stated.nameZh),
    en: stated.nameEn && words.name(stated.nameEn),
    quantities: stated.quantity === undefined ? also : [{ quantity: stated.quantity, unit: stated.unit }, ...also],
    tokens: tokensOf([stated.productCode, stated.nameZh, stated.nameEn, stated.model], words),
  };
}

/** `Filter F-1` has `filter` and `f1`; Chinese has no spaces between words, each sign is one. */
function tokensOf(texts: readonly (string | undefined)[], words: Words): ReadonlySet<string> {
  return new Set(
    texts.flatMap((text) =>
      text === undefined
        ? []
        : (text.normalize('NFKC').match(/\p{Script=Han}|[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}.-]*/gu) ?? []).map(
            words.name,
          ),
    ),
  );
}

/** Whether two lines of one side say the same in those fields, so that which of them is meant makes no difference. */
export function isAlike(a: Line | undefined, b: Line | undefined, fields: ReadonlySet<string>): boolean {
  if (a === b) return true;
  return [...fields].every((field) => a?.stated[field as keyof StatedLine] === b?.stated[field as keyof StatedLine]);
}

/** The fields that lines of a paper state, their numbers apart. */
export function fieldsOf(lines: readonly Line[]): ReadonlySet<string> {
  const stated = new Set(
    lines.flatMap(({ stated: line }) =>
      Object.entries(line).flatMap(([field, value]) => (value === undefined ? [] : [field])),
    ),
  );
  stated.delete('no');
  return stated;
}

/** How much speaks for the pair, in points. */
export function evidenceFor(a: Line, b: Line, words: Words, reference: Reference): number {
  const [one, other] = [a.stated, b.stated];
  return (
    descriptionFor(a, b, words) +
    (sameQuantity(a, b, reference) ? points.quantity : 0) +
    (sameFigure(one.total, other.total) ? points.total : 0) +
    (sameFigure(one.unitPrice, other.unitPrice) ? points.unitPrice : 0) +
    (sameFigure(one.netWeightKg, other.netWeightKg) ? points.weight : 0) +
    (sameFigure(one.grossWeightKg, other.grossWeightKg) ? points.weight : 0)
  );
}

/** How much codes, names, model and brand speak for the pair: what the goods are, however many of them there are. */
export function descriptionFor(a: Line, b: Line, words: Words): number {
  const [one, other] = [a.stated, b.stated];
  return (
    texts(a.code, b.code, points.code, points.otherCode) +
    hsPoints(one.hsCode, other.hsCode) +
    namePoints(a, b, words) +
    texts(one.model && words.name(one.model), other.model && words.name(other.model), points.model, points.otherModel) +
    texts(one.brand && words.name(one.brand), other.brand && words.name(other.brand), points.brand, 0)
  );
}

/** Points for a word that only one of several lines bears, and the other side's line too: it tells which of them is meant. */
export const tellingWord = 2;

/** The words that one line alone bears among some, the model, the size, the colour, and that line's place. */
export function tellingWords(lines: readonly Line[], among: readonly number[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const several = new Set<string>();
  for (const place of among)
    for (const token of lines[place]?.tokens ?? []) {
      if (places.has(token)) several.add(token);
      places.set(token, place);
    }
  for (const token of several) places.delete(token);
  return places;
}

/** The places of lines of which a line of the other side bears a telling word. */
export function namedBy({ tokens }: Line, telling: ReadonlyMap<string, number>): ReadonlySet<number> {
  const named = new Set<number>();
  for (const token of tokens) {
    const place = telling.get(token);
    if (place !== undefined) named.add(place);
  }
  return named;
}

/** The likeness of the names in the language in which they are more alike; 0 where none can be compared. */
export function likenessOf(one: StatedLine, other: StatedLine, words: Words): number {
  const zh = one.nameZh && other.nameZh ? likeness(one.nameZh, other.nameZh, words) : 0;
  const en = one.nameEn && other.nameEn ? likeness(one.nameEn, other.nameEn, words) : 0;
  return Math.max(zh, en);
}

/** The line's quantity in that unit; undefined where it is not stated or does not convert. */
export function quantityIn(line: Line, unit: string | undefined, reference: Reference): string | undefined {
  for (const { quantity, unit: own } of line.quantities) {
    if (own === undefined || unit === undefined) return quantity;
    if (own === unit || isSameUnit(own, unit, reference)) return quantity;
  }
  const first = line.quantities[0];
  return first?.unit === undefined || unit === undefined
    ? undefined
    : converted(first.quantity, first.unit, unit, reference);
}

function sameQuantity(a: Line, b: Line, reference: Reference): boolean {
  if (a.stated.quantity === undefined || b.stated.quantity === undefined) return false;
  const inUnit = quantityIn(a, b.stated.unit, reference);
  return inUnit !== undefined && sameFigure(inUnit, b.stated.quantity);
}

function sameFigure(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a === b || compare(a, b) === 0;
}

function texts(a: string | undefined, b: string | undefined, same: number, differ: number): number {
  if (a === undefined || b === undefined) return 0;
  return a === b ? same : differ;
}

function hsPoints(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return 0;
  const shared = ([8, 6, 4] as const).find((length) => a.length >= length && a.slice(0, length) === b.slice(0, length));
  return points.hs[shared ?? 0];
}

function namePoints(a: Line, b: Line, words: Words): number {
  if ((a.zh && a.zh === b.zh) || (a.en && a.en === b.en)) return points.name;
  const [one, other] = [a.stated, b.stated];
  const comparable = (one.nameZh && other.nameZh) || (one.nameEn && other.nameEn);
  if (!comparable) return 0;
  const alike = likenessOf(one, other, words);
  if (saysMore(a.zh, b.zh, 2) || saysMore(a.en, b.en, 4)) return Math.max(enough, points.name * alike);
  return alike < 0.15 ? points.otherName : points.name * alike;
}

/** A name that contains the other one whole says more of the same goods: its colour, its kind. */
function saysMore(a: string | undefined, b: string | undefined, least: number): boolean {
  if (a === undefined || b === undefined) return false;
  const [less, more] = a.length <= b.length ? [a, b] : [b, a];
  return less.length >= least && more.includes(less);
}
