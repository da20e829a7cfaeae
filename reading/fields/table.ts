/** Tables of goods: headings, lines under them, totals below. */
import { compare, sum } from '../../rules/money.ts';
import type { ColumnName } from './column-words.ts';
import { type CellInColumn, type Column, columnsAt, isHeading, knownOf, placeInColumns } from './columns.ts';
import { type DraftLine, type DraftTotals, type LeftOut, leftOutOf, piecesOf } from './draft-line.ts';
import { withoutElements } from './elements.ts';
import { beginsWithLabel } from './labels.ts';
import { readNumber } from './numbers.ts';
import type { PlacedRow, Sheet } from './placed.ts';
import { addQuantities, isProduct, settleQuantity } from './quantities.ts';
import { beginsStackedLine, isStackedTable, stackedLineOf } from './stacked-lines.ts';
import { draftOf, isIdentified, isLine, totalsOf } from './table-lines.ts';

/** What the tables of a file say. */
export interface TableReading {
  lines: DraftLine[];
  totals: DraftTotals;
  /** Currencies that headings and cells name. */
  currencies: { value: string; place: string }[];
  /** What stands in a column of marks. */
  marks: { texts: string[]; place: string } | undefined;
  /** Cells with figures that were not taken. */
  leftOut: LeftOut[];
  /** Rows that belong to a table: no label of the head is looked for in them. */
  used: ReadonlySet<PlacedRow>;
}

const TOTAL = /^(?:grand\s*|sub\s*-?\s*)?totals?\b|^(?:合|总|小|共)\s*计|^价税合计|^本页(?:合|小)计|^say\b/i;
const PARTIAL = /^sub\s*-?\s*total|^小\s*计|^本页|page\s*total|carried|brought/i;
const MOST_LINES = 500;
/** Columns whose cells may run over several lines. */
const continuing: ReadonlySet<ColumnName> = new Set(['name', 'model', 'marks', 'ignored']);
/** And those that do so where a declaration gives a further quantity. */
const continuingBesideQuantity: ReadonlySet<ColumnName> = new Set([
  ...([...continuing, 'quantity', 'unit', 'brand', 'origin', 'supplierPlace', 'currency'] as const),
]);
/** A row further below than that many letters' heights does not continue the name above it. */
const CONTINUES_WITHIN = 1.9;
/** A row of one line may be empty: a declaration without a second statutory unit. */
const STACKED_WITHIN = 3.4;

interface State {
  columns: readonly Column[] | undefined;
  last: { row: PlacedRow; line: DraftLine } | undefined;
  /** Rows of a line whose cells hold several figures, while they are read. */
  stacked: { rows: CellInColumn[][]; last: PlacedRow; columns: readonly Column[] } | undefined;
  /** Words above the first row of figures, which may belong to the line below them. */
  above: PlacedRow | undefined;
  reading: Omit<TableReading, 'used'> & { used: Set<PlacedRow> };
}

/** Reads every table of the file as one list of lines: a table goes on over pages, with its headings repeated or not. */
export function readTables(sheets: readonly Sheet[]): TableReading {
  const state: State = {
    columns: undefined,
    last: undefined,
    stacked: undefined,
    above: undefined,
    reading: { lines: [], totals: {}, currencies: [], used: new Set(), marks: undefined, leftOut: [] },
  };
  for (const sheet of sheets) {
    state.last = undefined;
    state.above = undefined;
    let skip = 0;
    for (const [index, row] of sheet.rows.entries()) {
      if (skip > 0) skip -= 1;
      else skip = takeRow(state, sheet, index, row);
    }
    endStackedLine(state);
  }
  for (const line of state.reading.lines) {
    settleQuantity(line);
    line.names = withoutElements(line.names);
    state.reading.leftOut.push(...line.leftOut);
  }
  checkSums(state.reading.lines);
  return state.reading;
}

/** @returns how many of the rows that follow it has taken too */
function takeRow(state: State, sheet: Sheet, index: number, row: PlacedRow): number {
  const headings = columnsAt(sheet, index);
  if (headings) {
    endStackedLine(state);
    // The same headings once more, in the other language: those that we know more of count.
    const above = sheet.rows[index - 1];
    if (state.columns && above && isHeading(above) && knownOf(state.columns) > knownOf(headings.columns)) {
      state.reading.used.add(row);
      return 0;
    }
    state.columns = headings.columns;
    state.last = undefined;
    for (const { heading, place } of headings.columns)
      if (heading.currency) state.reading.currencies.push({ value: heading.currency, place });
    for (const used of sheet.rows.slice(index, index + headings.rows)) state.reading.used.add(used);
    return headings.rows - 1;
  }
  if (state.columns) takeBodyRow(state, sheet, row, state.columns);
  return 0;
}

function takeBodyRow(state: State, sheet: Sheet, row: PlacedRow, columns: readonly Column[]): void {
  const { reading } = state;
  if (isStackedTable(columns, sheet.isPage) && takeStackedRow(state, sheet, row, columns)) return;
  if (isHeading(row)) {
    reading.used.add(row);
    return;
  }
  const first = row.cells[0]?.text.normalize('NFKC').trim() ?? '';
  const totalCell = totalCellOf(row);
  if (totalCell) {
    takeTotals(state, row, totalCell.text, columns);
    return;
  }
  if (beginsWithLabel(first) && /[:：]/.test(first)) {
    state.last = undefined;
    return;
  }
  const cells = placeInColumns(row, columns);
  takeMarks(reading, cells);
  const line = draftOf(cells, columns);
  const begins = isLine(line) && !continuesQuantity(state, sheet, row, cells);
  if (begins && reading.lines.length < MOST_LINES) {
    if (state.above) joinAbove(state, line, columns, row);
    reading.lines.push(line);
    if (line.currency) reading.currencies.push({ value: line.currency, place: row.cells[0]?.place ?? '' });
    state.last = { row, line };
    reading.used.add(row);
  } else if (!continueLine(state, sheet, row, cells) && isOfGoods(line, sheet))
    reading.leftOut.push(...leftOutOf('quantity', line.quantities.pieces));
  state.above = begins || reading.used.has(row) ? undefined : row;
}

/** Whether a row that states no figure is of goods all the same. Below a table on a page stand words under any heading. */
function isOfGoods({ figures, names, quantities }: DraftLine, { isPage }: Sheet): boolean {
  const hasNumber = quantities.pieces.some(({ text }) => /\d/.test(text));
  return hasNumber && (isIdentified(figures) || (!isPage && withoutElements(names).length > 0));
}

/** A row of a line with stacked cells begins it, or goes on with it. @returns whether it does */
function takeStackedRow(state: State, sheet: Sheet, row: PlacedRow, columns: readonly Column[]): boolean {
  const { stacked } = state;
  const cells = placeInColumns(row, columns);
  if (totalCellOf(row)) {
    endStackedLine(state);
    return false;
  }
  if (beginsStackedLine(cells)) {
    endStackedLine(state);
    state.stacked = { rows: [cells], last: row, columns };
  } else {
    const within = sheet.isPage ? STACKED_WITHIN * row.height : 1;
    if (!stacked || row.top - stacked.last.top > within) {
      endStackedLine(state);
      return false;
    }
    stacked.rows.push(cells);
    stacked.last = row;
  }
  state.reading.used.add(row);
  return true;
}

function endStackedLine(state: State): void {
  const { stacked, reading } = state;
  state.stacked = undefined;
  const line = stacked && stackedLineOf(stacked.rows, stacked.columns);
  if (!line || reading.lines.length >= MOST_LINES) return;
  reading.lines.push(line);
  if (line.currency) reading.currencies.push({ value: line.currency, place: stacked.rows[0]?.[0]?.place ?? '' });
}

function totalCellOf(row: PlacedRow): PlacedRow['cells'][number] | undefined {
  return row.cells.slice(0, 4).find(({ text }) => TOTAL.test(text.normalize('NFKC').trim()));
}

function takeTotals(state: State, row: PlacedRow, label: string, columns: readonly Column[]): void {
  const plain = label.normalize('NFKC').trim();
  if (/^say\b/i.test(plain)) {
    state.columns = undefined;
    return;
  }
  state.last = undefined;
  const totals = totalsOf(placeInColumns(row, columns));
  if (Object.keys(totals).length === 0) return;
  state.reading.used.add(row);
  if (PARTIAL.test(plain)) return;
  state.reading.totals = { ...totals, ...state.reading.totals };
  state.columns = undefined;
}

function takeMarks(reading: State['reading'], cells: readonly CellInColumn[]): void {
  const marks = cells.filter(({ column }) => column?.heading.name === 'marks');
  const [first] = marks;
  if (!first) return;
  reading.marks ??= { texts: [], place: first.place };
  if (reading.marks.texts.length < 20) reading.marks.texts.push(...marks.map(({ text }) => text));
}

/** Whether a row stands so close below the last line that it may go on with it. */
function isCloseBelow({ last }: State, sheet: Sheet, row: PlacedRow, heights = CONTINUES_WITHIN): boolean {
  return last !== undefined && row.top - last.row.top <= (sheet.isPage ? heights * last.row.height : 1);
}

/**
 * On a page: one more quantity of the line above, beside more of its name. A line of its own would have a number, a code or a
 * price, as the one above it has.
 */
function continuesQuantity(state: State, sheet: Sheet, row: PlacedRow, cells: readonly CellInColumn[]): boolean {
  const above = state.last?.line;
  if (!above || !isIdentified(above.figures)) return false;
  return Boolean(above.figures.total ?? above.figures.unitPrice) && hasFurtherQuantity(state, sheet, row, cells);
}

/** A name or quantities of several lines, close below the line. @returns whether the row goes on with it */
function continueLine(state: State, sheet: Sheet, row: PlacedRow, cells: readonly CellInColumn[]): boolean {
  const { last } = state;
  if (!last) return false;
  const isUnit = ({ column, text }: CellInColumn) =>
    column?.heading.name === 'quantity' && text.length <= 8 && !/\d/.test(text);
  const isMoreOfName = cells.every((cell) => continuing.has(nameOver(cell)) || isUnit(cell));
  const isMore = isMoreOfName || isBesideElements(last.line, sheet, cells);
  if (!(isMore && isCloseBelow(state, sheet, row)) && !hasFurtherQuantity(state, sheet, row, cells)) return false;
  addQuantities(last.line.quantities, piecesOf(under('quantity', cells)));
  last.line.quantities.units.push(...piecesOf(under('unit', cells)));
  last.line.names.push(...under('name', cells).map(({ text }) => text));
  last.row = { ...last.row, top: row.top };
  state.reading.used.add(row);
  return true;
}

/** On a page: origins and places of two lines (`中国`, `(CHN)`) beside nothing but declaration elements. */
function isBesideElements({ names, figures }: DraftLine, { isPage }: Sheet, cells: readonly CellInColumn[]): boolean {
  const isApart = (cell: CellInColumn) =>
    nameOver(cell) !== 'quantity' && nameOver(cell) !== 'unit' && continuingBesideQuantity.has(nameOver(cell));
  const more = withoutElements([...names, ...under('name', cells).map(({ text }) => text)]);
  return isPage && isIdentified(figures) && cells.every(isApart) && more.length === withoutElements(names).length;
}

/**
 * Whether a row of a page gives the line above it a further quantity or a remark on it. In a workbook that stands in the same
 * cell. A number by itself, and one that all lines add up to, is a sum below the table.
 */
function hasFurtherQuantity(state: State, sheet: Sheet, row: PlacedRow, cells: readonly CellInColumn[]): boolean {
  const { last, reading } = state;
  // A declaration without a second statutory unit has an empty row before the agreed quantity.
  const heights = last && isIdentified(last.line.figures) ? STACKED_WITHIN : CONTINUES_WITHIN;
  if (!sheet.isPage || !isCloseBelow(state, sheet, row, heights)) return false;
  const pieces = piecesOf(under('quantity', cells));
  const { stated } = last?.line.quantities ?? {};
  if (!stated?.length || pieces.length === 0) return false;
  if (!cells.every((cell) => continuingBesideQuantity.has(nameOver(cell)))) return false;
  const hasUnit = under('unit', cells).length > 0;
  return pieces.every(({ text }) => {
    if (/^\(.*\)$/.test(text)) return true;
    const number = readNumber(text);
    if (!number) return false;
    const { unitPrice, total } = last?.line.figures ?? {};
    if (unitPrice && total && isProduct(number.value, unitPrice.value, total.value)) return true;
    return (hasUnit || number.unit !== undefined) && !isSumOf(reading.lines, number.value);
  });
}

function isSumOf(lines: readonly DraftLine[], value: string): boolean {
  const quantities = lines.map((line) => line.quantities.stated[0]?.number.value ?? '0');
  return lines.length > 1 && compare(sum(quantities), value) === 0;
}

const nameOver = ({ column }: CellInColumn): ColumnName =>
  column && !column.heading.stacked ? column.heading.name : 'no';

const under = (name: ColumnName, cells: readonly CellInColumn[]) => cells.filter((cell) => nameOver(cell) === name);

/** Where cells are centred in height, a name of several lines begins above its figures. */
function joinAbove(state: State, line: DraftLine, columns: readonly Column[], row: PlacedRow): void {
  const { above } = state;
  if (!above || row.top - above.top > CONTINUES_WITHIN * row.height || withoutElements(line.names).length > 0) return;
  const cells = placeInColumns(above, columns).filter(({ column }) => column?.heading.name === 'name');
  line.names.unshift(...cells.map(({ text }) => text));
  if (cells.length > 0) state.reading.used.add(above);
}

/** Price times quantity is the amount: figures that agree were read right, figures that do not are for a person's eyes. */
function checkSums(lines: readonly DraftLine[]): void {
  for (const { figures } of lines) {
    const { quantity, unitPrice, total } = figures;
    if (!quantity || !unitPrice || !total) continue;
    const agree = isProduct(quantity.value, unitPrice.value, total.value);
    for (const figure of [quantity, unitPrice, total])
      figure.confidence = agree ? Math.max(figure.confidence, 0.98) : Math.min(figure.confidence, 0.5);
  }
}
