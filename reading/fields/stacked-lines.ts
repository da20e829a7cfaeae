/**
 * Lines of goods whose cells hold several figures one above the other, as the customs declaration (报关单) has them: price over
 * total over currency, statutory quantities over the one that was agreed.
 */
import { numericColumns } from './column-words.ts';
import type { CellInColumn, Column } from './columns.ts';
import {
  type DraftLine,
  emptyLine,
  type Figure,
  type FigureName,
  leftOutOf,
  type Piece,
  piecesOf,
} from './draft-line.ts';
import { withoutElements } from './elements.ts';
import { readNumber } from './numbers.ts';
import { addQuantities } from './quantities.ts';
import { takeStacked } from './stacked-figures.ts';
import { takeText } from './table-lines.ts';

/**
 * Whether figures of a table share a cell: `单价/总价/币制`. Weights alone that do (`毛重/净重`) stand in cells of several lines in
 * a workbook, where each row is a line of goods; on a page their rows belong together.
 */
export function isStackedTable(columns: readonly Column[], isPage: boolean): boolean {
  return columns.some(({ heading }) => heading.stacked && (isPage || heading.stacked.includes('unitPrice')));
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
  const line = emptyLine(rows[0]?.[0]?.place ?? '');
  for (const column of columns) {
    const pieces = piecesOf(rows.flatMap((cells) => cells.filter((cell) => cell.column === column)));
    const [first] = pieces;
    const { name, stacked } = column.heading;
    if (!first) continue;
    if (stacked) takeStacked(line, stacked, pieces);
    else if (name === 'quantity') addQuantities(line.quantities, pieces);
    else if (name === 'name') takeNames(line, pieces);
    else if (name === 'origin') line.figures.origin = { value: countryIn(pieces), confidence: 1, place: first.place };
    else if (name === 'supplierPlace') line.supplierPlace = placeIn(first);
    else if (numericColumns.has(name)) takeOnly(line, name as FigureName, pieces);
    else if (name !== 'ignored' && name !== 'marks' && name !== 'currency')
      takeText(line, name as FigureName, first.text, first.place);
  }
  const { total, netWeightKg } = line.figures;
  return (line.quantities.pieces[0] ?? total ?? netWeightKg) && (line.names.length > 0 || line.figures.hsCode)
    ? line
    : undefined;
}

function takeOnly(line: DraftLine, name: FigureName, pieces: readonly Piece[]): void {
  const [number, ...more] = pieces.flatMap(({ text }) => readNumber(text) ?? []);
  if (number && more.length === 0)
    line.figures[name] = { value: number.value, confidence: number.confidence, place: pieces[0]?.place ?? '' };
  else if (pieces.some(({ text }) => /\d/.test(text))) line.leftOut.push(...leftOutOf(name, pieces));
}

/** The name stands above its declaration elements. */
function takeNames(line: DraftLine, pieces: readonly Piece[]): void {
  line.names.push(...withoutElements(pieces.map(({ text }) => text)));
  line.namePlace = pieces[0]?.place ?? line.namePlace;
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
