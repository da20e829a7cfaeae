/** Tables of goods: headings, lines under them, totals below. */
import { type CellInColumn, type Column, columnsAt, isHeading, knownOf, placeInColumns } from './columns.ts';
import { CONTINUES_WITHIN, goesOn, isOneLineWith, STACKED_WITHIN, under } from './continued-rows.ts';
import { type DraftLine, type DraftTotals, type LeftOut, leftOutOf, piecesOf } from './draft-line.ts';
import { withoutElements } from './elements.ts';
import { beginsWithLabel } from './labels.ts';
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
  const last = state.last && { ...state.last, lines: reading.lines, isPage: sheet.isPage };
  const begins = isLine(line) && !(last && isOneLineWith(last, row, cells));
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

/** A name or quantities of several lines, close below the line. @returns whether the row goes on with it */
function continueLine(state: State, sheet: Sheet, row: PlacedRow, cells: readonly CellInColumn[]): boolean {
  const { last, reading } = state;
  if (!last || !goesOn({ ...last, lines: reading.lines, isPage: sheet.isPage }, row, cells)) return false;
  addQuantities(last.line.quantities, piecesOf(under('quantity', cells)));
  last.line.quantities.units.push(...piecesOf(under('unit', cells)));
  last.line.names.push(...under('name', cells).map(({ text }) => text));
  last.row = { ...last.row, top: row.top };
  reading.used.add(row);
  return true;
}

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
