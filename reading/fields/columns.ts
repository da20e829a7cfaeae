/** Columns of a table, by the headings above them, and which cell stands under which. */
import { type ColumnName, type Heading, headingOf, numericColumns } from './column-words.ts';
import { readNumber } from './numbers.ts';
import type { PlacedCell, PlacedRow, Sheet } from './placed.ts';

/** A column under its heading. */
export interface Column {
  heading: Heading;
  /** False for a heading that we do not know: its column is there, and its cells are not kept. */
  isKnown: boolean;
  left: number;
  right: number;
  place: string;
}

/** A cell, and the column it stands under. */
export interface CellInColumn {
  column: Column | undefined;
  text: string;
  place: string;
}

const identifying: ReadonlySet<ColumnName> = new Set(['name', 'productCode', 'hsCode']);
const MOST_WORDS_OF_HEADINGS = 12;
/** Headings may be written over three lines: `Gross / weight / (kg)`. */
const MOST_HEADING_ROWS = 3;
/** A number under no heading rather belongs to a column of numbers, a word to one of words. */
const WRONG_SORT = 4;

/** The columns whose headings begin in that row, and over how many rows those are written; undefined where no table begins. */
export function columnsAt(sheet: Sheet, index: number): { columns: Column[]; rows: number } | undefined {
  const first = sheet.rows[index];
  if (!first || first.cells.length < 2) return undefined;
  let best: { columns: Column[]; rows: number } | undefined;
  let cells: PlacedCell[] = first.cells;
  for (let rows = 1; rows <= MOST_HEADING_ROWS; rows++) {
    const columns = cells.flatMap(columnsOf);
    if (isTable(columns) && knownOf(columns) > knownOf(best?.columns ?? [])) best = { columns, rows };
    const [above, below] = [sheet.rows[index + rows - 1], sheet.rows[index + rows]];
    if (!above || !below || below.cells.length > first.cells.length + 2) break;
    if (below.top - above.top > (sheet.isPage ? 2 * above.height : 1)) break;
    cells = stacked(cells, below.cells);
  }
  return best;
}

/** Whether a row only heads columns: a repeated or second heading, no line of goods. */
export function isHeading(row: PlacedRow): boolean {
  const known = row.cells.filter(({ text }) => headingOf(text) !== undefined).length;
  return known >= 2 && known >= row.cells.length * 0.6;
}

/** How many of the columns have a heading that we know. */
export const knownOf = (columns: readonly Column[]) => columns.filter(({ isKnown }) => isKnown).length;

/** A heading is one column, or several where headings stand so close that they were taken for one text. */
function columnsOf(cell: PlacedCell): Column[] {
  const heading = headingOf(cell.text);
  // On a page `单价 总价` may be two headings that stand close; without a gap it is one.
  const cut = heading && isRunTogether(heading, cell.text) ? cutHeadings(partsOf(cell), cell.place) : undefined;
  if (cut && cut.length > 1) return cut;
  if (heading) return [{ heading, isKnown: true, left: cell.left, right: cell.right, place: cell.place }];
  // A heading that we do not know still has its column: its figures must not be taken for those of the column beside it.
  const unknown: Column = {
    heading: { name: 'ignored' },
    isKnown: false,
    left: cell.left,
    right: cell.right,
    place: cell.place,
  };
  return cutHeadings(partsOf(cell), cell.place) ?? [unknown];
}

const partsOf = (cell: PlacedCell) => cell.parts?.slice(0, MOST_WORDS_OF_HEADINGS) ?? [];

/** Whether a heading of several figures may be several headings: nothing but a gap stands between them. */
const isRunTogether = ({ stacked }: Heading, text: string) =>
  stacked !== undefined && /\s/.test(text) && !text.includes('/');

/** Words into headings, from the left, each as long as it can be; undefined where words are left over. */
function cutHeadings(words: NonNullable<PlacedCell['parts']>, place: string): Column[] | undefined {
  if (words.length === 0) return undefined;
  for (let length = words.length; length > 0; length--) {
    const [first, last] = [words[0], words[length - 1]];
    const text = words
      .slice(0, length)
      .map((word) => word.text)
      .join(' ');
    const heading = headingOf(text);
    if (!heading || !first || !last || (length > 1 && isRunTogether(heading, text))) continue;
    const column = { heading, isKnown: true, left: first.left, right: last.right, place };
    const rest = length === words.length ? [] : cutHeadings(words.slice(length), place);
    if (rest) return [column, ...rest];
  }
  return undefined;
}

function isTable(columns: readonly Column[]): boolean {
  const names = new Set(columns.filter(({ isKnown }) => isKnown).map(({ heading }) => heading.name));
  // A sentence with two such words in it is no row of headings.
  if (knownOf(columns) < columns.length / 2) return false;
  const hasNumbers = [...names].some((name) => numericColumns.has(name));
  return names.size >= 2 && hasNumbers && [...names].some((name) => identifying.has(name));
}

/** Cells of a heading's second line are added to those above them. */
function stacked(cells: readonly PlacedCell[], below: readonly PlacedCell[]): PlacedCell[] {
  const merged = cells.map((cell) => ({ ...cell }));
  for (const cell of below) {
    const above = merged.find((one) => overlap(one, cell) > 0);
    if (!above) {
      merged.push({ ...cell });
      continue;
    }
    above.text = `${above.text} ${cell.text}`;
    above.left = Math.min(above.left, cell.left);
    above.right = Math.max(above.right, cell.right);
  }
  return merged.toSorted((a, b) => a.left - b.left);
}

/** Cells of a row under their columns, from left to right. Words that run over several headings are told apart one by one. */
export function placeInColumns(row: PlacedRow, columns: readonly Column[]): CellInColumn[] {
  return row.cells.flatMap((cell): CellInColumn[] => {
    const under = columns.filter((column) => overlap(column, cell) > 0);
    if (under.length < 2 || !cell.parts)
      return [{ column: nearest(cell, columns), text: cell.text, place: cell.place }];
    const pieces: CellInColumn[] = [];
    for (const part of cell.parts) {
      const column = nearest(part, columns);
      const last = pieces.at(-1);
      if (last && last.column === column) last.text = `${last.text} ${part.text}`;
      else pieces.push({ column, text: part.text, place: cell.place });
    }
    return pieces;
  });
}

function overlap(a: { left: number; right: number }, b: { left: number; right: number }): number {
  return Math.min(a.right, b.right) - Math.max(a.left, b.left);
}

function nearest(cell: { left: number; right: number; text: string }, columns: readonly Column[]): Column | undefined {
  const isNumber = readNumber(cell.text) !== undefined;
  let best: { column: Column; distance: number } | undefined;
  for (const column of columns) {
    const over = overlap(column, cell);
    const isFitting = isNumber === numericColumns.has(column.heading.name) || column.heading.name === 'ignored';
    const distance = over > 0 ? -over : -over * (isFitting ? 1 : WRONG_SORT);
    if (!best || distance < best.distance) best = { column, distance };
  }
  return best?.column;
}
