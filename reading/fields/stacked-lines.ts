/**
 * Lines of goods whose cells hold several figures one above the other, as the customs declaration (报关单) has them: price over
 * total over currency, statutory quantities over the one that was agreed.
 */
import { numericColumns } from './column-words.ts';
import type { CellInColumn, Column } from './columns.ts';
import { currencyOf, type NumberReading, readNumber } from './numbers.ts';
import { type DraftLine, type Figure, type FigureName, isProduct, takeText } from './table-lines.ts';

/** A text of a stacked cell. */
interface Piece {
  text: string;
  place: string;
}

/** Whether prices and totals of a table share a cell: `单价/总价/币制`. */
export function isStackedTable(columns: readonly Column[]): boolean {
  return columns.some(({ heading }) => heading.stacked?.includes('unitPrice'));
}

/** Whether a line begins with these cells: by its number, or by its HS code. */
export function beginsStackedLine(cells: readonly CellInColumn[]): boolean {
  return cells.some(({ column, text }) => {
    const plain = text.normalize('NFKC').trim();
    if (column?.heading.name === 'no') return /^\d{1,3}[.、)]?$/.test(plain);
    return column?.heading.name === 'hsCode' && /^\d[\d.\s]{6,14}\d$/.test(plain);
  });
}

/** The line that rows of cells state together, read column by column; undefined where nothing of it is a figure. */
export function stackedLineOf(
  rows: readonly (readonly CellInColumn[])[],
  columns: readonly Column[],
): DraftLine | undefined {
  const line: DraftLine = { names: [], namePlace: rows[0]?.[0]?.place ?? '', figures: {} };
  const quantities: { number: NumberReading; place: string }[] = [];
  for (const column of columns) {
    const pieces = piecesIn(column, rows);
    const [first] = pieces;
    const { name, stacked } = column.heading;
    if (!first) continue;
    if (stacked) takeStacked(line, stacked, pieces);
    else if (name === 'quantity') quantities.push(...pieces.flatMap(quantityIn));
    else if (name === 'name') takeNames(line, pieces);
    else if (name === 'origin') line.figures.origin = { value: countryIn(pieces), confidence: 1, place: first.place };
    else if (name === 'supplierPlace') line.supplierPlace = placeIn(first);
    else if (numericColumns.has(name)) takeOnly(line, name as FigureName, pieces);
    else if (name !== 'ignored' && name !== 'marks' && name !== 'currency')
      takeText(line, name as FigureName, first.text, first.place);
  }
  takeQuantity(line, quantities);
  const { quantity, total, netWeightKg } = line.figures;
  return (quantity ?? total ?? netWeightKg) && (line.names.length > 0 || line.figures.hsCode) ? line : undefined;
}

function piecesIn(column: Column, rows: readonly (readonly CellInColumn[])[]): Piece[] {
  return rows
    .flatMap((cells) => cells.filter((cell) => cell.column === column))
    .flatMap(({ text, place }) => text.split('\n').map((piece) => ({ text: piece.normalize('NFKC').trim(), place })))
    .filter(({ text }) => text !== '');
}

/** As many figures as the heading names, in its order; any other number of them, and none is taken. */
function takeStacked(line: DraftLine, names: readonly FigureName[], pieces: readonly Piece[]): void {
  const numbers = pieces.flatMap(({ text, place }) => {
    const number = readNumber(withoutCode(text));
    return number ? [{ number, place }] : [];
  });
  line.currency ??= pieces.map(({ text }) => currencyOf(text)).find((one) => one !== undefined);
  if (numbers.length !== names.length) return;
  for (const [index, name] of names.entries()) {
    const { number, place } = numbers[index] ?? {};
    if (number && place !== undefined && !line.figures[name])
      line.figures[name] = { value: number.value, confidence: number.confidence * 0.9, place };
  }
}

function takeOnly(line: DraftLine, name: FigureName, pieces: readonly Piece[]): void {
  const [number, ...more] = pieces.flatMap(({ text }) => readNumber(text) ?? []);
  if (number && more.length === 0)
    line.figures[name] = { value: number.value, confidence: number.confidence, place: pieces[0]?.place ?? '' };
}

/** The name stands above its declaration elements, which are told by their strokes: `4|3|家用照明|铝合金`. */
function takeNames(line: DraftLine, pieces: readonly Piece[]): void {
  const elements = pieces.findIndex(({ text }) => text.includes('|'));
  const names = elements < 0 ? pieces : pieces.slice(0, elements);
  line.names.push(...names.map(({ text }) => text));
  line.namePlace = pieces[0]?.place ?? line.namePlace;
}

function quantityIn({ text, place }: Piece): { number: NumberReading; place: string }[] {
  const number = readNumber(withoutCode(text));
  return number?.unit ? [{ number, place }] : [];
}

/**
 * The agreed quantity stands below the statutory ones (填制规范: third row). Where price times another one is the total, that
 * one was meant; where nothing tells, it is a guess.
 */
function takeQuantity(line: DraftLine, quantities: readonly { number: NumberReading; place: string }[]): void {
  const { unitPrice, total } = line.figures;
  const fitting = quantities.findLast(
    ({ number }) => unitPrice && total && isProduct(number.value, unitPrice.value, total.value),
  );
  const meant = fitting ?? quantities.at(-1);
  if (!meant) return;
  const { number, place } = meant;
  const sure = fitting || quantities.length === 1 ? number.confidence : 0.5;
  line.figures.quantity = { value: number.value, confidence: sure, place };
  if (number.unit) line.figures.unit = { value: number.unit.slice(0, 20), confidence: Math.min(sure, 0.95), place };
}

/** `中国` over `(CHN)`: the letters, where there are any. */
function countryIn(pieces: readonly Piece[]): string {
  const all = pieces.map(({ text }) => text).join(' ');
  return (/\(([A-Z]{2,3})\)/.exec(all)?.[1] ?? pieces[0]?.text ?? '').slice(0, 60);
}

/** `(33029)宁波其他` is Ningbo: 其他 are those of a city that lie in none of its zones. */
function placeIn({ text, place }: Piece): Figure | undefined {
  const value = text
    .replace(/\(\d+\)/g, '')
    .replace(/其他$/, '')
    .trim();
  return value === '' ? undefined : { value: value.slice(0, 120), confidence: 0.85, place };
}

/** `1,000 个 (007)`: customs' code of a unit is no part of it. */
function withoutCode(text: string): string {
  return text.replace(/\s*\(\d{3}\)$/, '');
}
