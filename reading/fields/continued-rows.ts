/** Rows below a line of goods that go on with it: more of its name, of its declaration elements, of its quantities. */
import { compare, sum } from '../../rules/money.ts';
import type { ColumnName } from './column-words.ts';
import type { CellInColumn } from './columns.ts';
import { type DraftLine, piecesOf } from './draft-line.ts';
import { withoutElements } from './elements.ts';
import { readNumber } from './numbers.ts';
import type { PlacedRow } from './placed.ts';
import { isProduct } from './quantities.ts';
import { isIdentified } from './table-lines.ts';

/** The line above a row. */
export interface LineAbove {
  line: DraftLine;
  /** Its last row so far. */
  row: PlacedRow;
  /** All lines of the table so far. */
  lines: readonly DraftLine[];
  isPage: boolean;
}

/** A row further below than that many letters' heights does not continue the name above it. */
export const CONTINUES_WITHIN = 1.9;
/** A row of one line may be empty: a declaration without a second statutory unit. */
export const STACKED_WITHIN = 3.4;

/** Columns whose cells may run over several lines. */
const continuing: ReadonlySet<ColumnName> = new Set(['name', 'model', 'marks', 'ignored']);
/** And those that do so where a declaration gives elements and further quantities. */
const continuingInDeclarations: ReadonlySet<ColumnName> = new Set([
  ...([...continuing, 'quantity', 'unit', 'brand', 'origin', 'supplierPlace', 'currency'] as const),
]);

/** Whether a row goes on with the line above it, close below. */
export function goesOn(above: LineAbove, row: PlacedRow, cells: readonly CellInColumn[]): boolean {
  const isUnit = ({ column, text }: CellInColumn) =>
    column?.heading.name === 'quantity' && text.length <= 8 && !/\d/.test(text);
  const isMore = cells.every((cell) => continuing.has(nameOver(cell)) || isUnit(cell));
  return (isMore && isCloseBelow(above, row, CONTINUES_WITHIN)) || hasFurtherQuantity(above, row, cells);
}

/**
 * Whether a row that could be a line itself is one with the line above: on a page, one more quantity beside more of the name. A
 * line of its own would have a number, a code or a price, as the one above it has.
 */
export function isOneLineWith(above: LineAbove, row: PlacedRow, cells: readonly CellInColumn[]): boolean {
  const { figures } = above.line;
  const isPriced = figures.total !== undefined || figures.unitPrice !== undefined;
  return isIdentified(figures) && isPriced && hasFurtherQuantity(above, row, cells);
}

/** The cells that stand under a column of that name. */
export const under = (name: ColumnName, cells: readonly CellInColumn[]) =>
  cells.filter((cell) => nameOver(cell) === name);

const nameOver = ({ column }: CellInColumn): ColumnName =>
  column && !column.heading.stacked ? column.heading.name : 'no';

function isCloseBelow(above: LineAbove, row: PlacedRow, heights: number): boolean {
  return row.top - above.row.top <= (above.isPage ? heights * above.row.height : 1);
}

function hasNoMoreName({ line: { names } }: LineAbove, cells: readonly CellInColumn[]): boolean {
  const more = withoutElements([...names, ...under('name', cells).map(({ text }) => text)]);
  return more.length === withoutElements(names).length;
}

/**
 * Whether a row gives the line above it a further quantity, or a remark on it. In a workbook most of them stand in one cell: there
 * a row with a name is another line. A number by itself, and one that all lines add up to, is a sum below the table.
 */
function hasFurtherQuantity(above: LineAbove, row: PlacedRow, cells: readonly CellInColumn[]): boolean {
  const { line, lines, isPage } = above;
  const hasNumber = isIdentified(line.figures);
  if (!isPage && !(hasNumber && hasNoMoreName(above, cells))) return false;
  if (!isCloseBelow(above, row, hasNumber ? STACKED_WITHIN : CONTINUES_WITHIN)) return false;
  const pieces = piecesOf(under('quantity', cells));
  if (line.quantities.stated.length === 0 || pieces.length === 0) return false;
  if (!cells.every((cell) => continuingInDeclarations.has(nameOver(cell)))) return false;
  const hasUnit = under('unit', cells).length > 0;
  return pieces.every(({ text }) => {
    if (/^\(.*\)$/.test(text)) return true;
    const number = readNumber(text);
    if (!number) return false;
    const { unitPrice, total } = line.figures;
    if (unitPrice && total && isProduct(number.value, unitPrice.value, total.value)) return true;
    return (hasUnit || number.unit !== undefined) && !isSumOf(lines, number.value);
  });
}

function isSumOf(lines: readonly DraftLine[], value: string): boolean {
  const quantities = lines.map(({ quantities }) => quantities.stated[0]?.number.value ?? '0');
  return lines.length > 1 && compare(sum(quantities), value) === 0;
}
