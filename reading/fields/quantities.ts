/** The quantity of a line whose cell says more than one number: statutory quantities above the agreed one, spare parts beside it. */
import { compare, minus, times } from '../../rules/money.ts';
import { type DraftLine, type Figure, leftOutOf, type Piece, type StatedQuantities } from './draft-line.ts';
import { type NumberReading, readNumber } from './numbers.ts';

/** Which of several quantities was agreed, nothing tells. */
const GUESSED = 0.5;
/** Beside a remark that may change it. */
const REMARKED = 0.6;
const MOST_LETTERS_OF_UNIT = 20;

/** Whether quantity times price is the amount, as papers round it. */
export function isProduct(quantity: string, unitPrice: string, total: string): boolean {
  const apart = minus(times(quantity, unitPrice), total).replace('-', '');
  return compare(apart, '1') <= 0 || compare(apart, times(total.replace('-', ''), '0.001')) <= 0;
}

/** Adds what cells of quantities say, from top to bottom; which of them was meant is decided when the line is complete. */
export function addQuantities(quantities: StatedQuantities, pieces: readonly Piece[]): void {
  for (const piece of pieces) {
    const isBeside = quantities.pieces.length > 0 || pieces.length > 1;
    quantities.pieces.push(piece);
    addPiece(quantities, piece, isBeside);
  }
}

function addPiece(quantities: StatedQuantities, { text, place }: Piece, isBeside: boolean): void {
  const last = quantities.stated.at(-1);
  const unit = bareUnit(text);
  if (unit !== undefined) {
    if (last) last.number.unit ??= unit;
    return;
  }
  // `(10)` alone is ten less than nothing in the books; below a quantity it is part of it.
  const number = isBeside && /^\(.*\)$/.test(text) ? undefined : readNumber(withoutCode(text));
  const bare = text.replace(/\s*\([^()]*\)$/, '');
  const remarked = number || bare === text ? undefined : readNumber(bare);
  const read = number ?? remarked;
  if (read) quantities.stated.push({ number: read, place });
  if (!number) quantities.hasRemark = true;
}

/** `台`, `PCS`, `(PCS)` by itself; `(含备品)` is none. */
function bareUnit(text: string): string | undefined {
  const inBrackets = /^\(([a-z]{1,5}|\p{Script=Han})\)$/iu.exec(text)?.[1];
  return inBrackets ?? (text.length <= 8 && /^\p{L}[\p{L} .]*$/u.test(text) ? text : undefined);
}

/** Sets quantity and unit of a line whose prices are known; what was not taken of its cells is left out by name. */
export function settleQuantity(line: DraftLine): void {
  const { quantities, figures } = line;
  const { stated, units, pieces } = quantities;
  const isPaired = stated.length > 1 && units.length === stated.length;
  if (isPaired) for (const [index, { number }] of stated.entries()) number.unit ??= units[index]?.text;
  const meant = meantQuantity(line);
  if (meant) figures.quantity = { value: meant.number.value, confidence: sureOf(line, meant), place: meant.place };
  else if (pieces.some(({ text }) => /[\p{L}\d]/u.test(text))) line.leftOut.push(...leftOutOf('quantity', pieces));
  const unit = unitOf(quantities, meant, isPaired);
  if (unit) figures.unit = unit;
}

/**
 * The agreed quantity stands below the statutory ones (填制规范: third row). Where price times another one is the total, that
 * one was meant; else the one in the unit of the line.
 */
function meantQuantity({ quantities: { stated, units }, figures: { unitPrice, total } }: DraftLine) {
  const fitting = stated.findLast(
    ({ number }) => unitPrice && total && isProduct(number.value, unitPrice.value, total.value),
  );
  const [unit, other] = units;
  const inUnit = unit && !other ? stated.findLast(({ number }) => number.unit === unit.text) : undefined;
  return fitting ?? inUnit ?? stated.at(-1);
}

function sureOf({ quantities, figures }: DraftLine, { number }: { number: NumberReading }): number {
  if (number.value.startsWith('-')) return 0.4;
  const { unitPrice, total } = figures;
  const isFitting = unitPrice && total && isProduct(number.value, unitPrice.value, total.value);
  if (quantities.stated.length > 1 && !isFitting) return Math.min(number.confidence, GUESSED);
  return quantities.hasRemark ? Math.min(number.confidence, REMARKED) : number.confidence;
}

/** A unit in a column of its own wins, unless there are several quantities, each with its own; then the heading's. */
function unitOf(
  { stated, units, headingUnit }: StatedQuantities,
  meant: { number: NumberReading; place: string } | undefined,
  isPaired: boolean,
): Figure | undefined {
  const own = meant?.number.unit?.replace(/^per\s+/i, '');
  const column = isPaired ? '' : units.map(({ text }) => text).join(' ');
  if (column !== '' && column.length <= MOST_LETTERS_OF_UNIT && !(own && stated.length > 1))
    return { value: column, confidence: 1, place: units[0]?.place ?? '' };
  const value = (own ?? headingUnit)?.slice(0, MOST_LETTERS_OF_UNIT);
  return meant && value ? { value, confidence: 0.95, place: meant.place } : undefined;
}

/** `1,000 个 (007)`: customs' code of a unit is no part of it. */
function withoutCode(text: string): string {
  return text.replace(/(\p{L})\s*\(\d{3}\)$/u, '$1');
}
