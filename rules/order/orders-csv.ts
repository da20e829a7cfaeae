import { CsvError, parse } from 'csv-parse/sync';
import { type Order, referenceSchema } from './order.ts';
import { type Column, columnNamed, nearestColumn } from './orders-csv-cells.ts';
import { orderOf, type Row } from './orders-csv-order.ts';

/** Why a row, and with it its order, was not taken. `row` is the line of the file, counted from 1 with the header. */
export interface RefusedRow {
  row: number;
  reference?: string;
  /** Name of the column, or `whole row`, or `file`. */
  field: string;
  error: string;
}

/** The orders of a file, each with the rows it stood on, and everything that was refused, in the order of the rows. */
export interface OrdersRead {
  orders: { order: Order; rows: number[] }[];
  refused: RefusedRow[];
}

/** Rows of goods that one file may hold. */
export const MOST_ROWS = 5000;

/** A line of the file that cannot be read, and what it might be about. */
interface BrokenRow {
  row: number;
  field: string;
  error: string;
  /** Texts of the line, among which its order's reference may be. */
  texts: string[];
}

/**
 * Reads orders from CSV: the first line names the columns, as the order's fields are called (`buyer.name`), every other
 * line holds one line of goods. Lines of one `reference` make one order; what belongs to the whole order stands on its
 * first line and may be repeated below. Cells are separated by commas; a cell with a comma goes in quotation marks.
 *
 * No cell holds a line break, so that a broken line spoils only itself and its own order: the order is refused whole,
 * since goods left out of a declaration are worse than an order that waits. An unknown or doubled column refuses the
 * file, because its values would be lost from every order. Cells are text; a formula stays what it looks like.
 * Does not look whether a reference is taken: the database knows.
 */
export function readOrdersCsv(text: string): OrdersRead {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const filled = lines.flatMap((line, index) => (/[^\s,;"]/.test(line) ? [{ row: index + 1, line }] : []));
  const [first, ...rest] = filled;
  if (!first) return refusedFile(1, 'the file is empty');
  const header = readHeader(first.row, first.line);
  if ('refused' in header) return { orders: [], refused: header.refused };
  const beyond = rest[MOST_ROWS];
  if (beyond)
    return refusedFile(beyond.row, `at most ${MOST_ROWS} rows in one file: split it, an order's rows together`);
  const rows = rest.map(({ row, line }) => readRow(row, line, header.columns));
  return { ...ordersOf(rows, header.columns) };
}

function refusedFile(row: number, error: string): OrdersRead {
  return { orders: [], refused: [{ row, field: 'file', error }] };
}

/** The cells of one physical line, without blanks around them; a sentence when its quotation marks are broken. */
function cellsOf(line: string): string[] | string {
  try {
    const [cells = []] = parse(line, { relax_column_count: true }) as string[][];
    return cells.map((cell) => cell.trim());
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === 'CSV_QUOTE_NOT_CLOSED')
      return 'a quotation mark is opened and not closed on this line; a cell must not hold a line break';
    return 'a quotation mark stands inside a cell: put the whole cell in quotation marks and double those within';
  }
}

function readHeader(row: number, line: string): { columns: Column[] } | { refused: RefusedRow[] } {
  const cells = cellsOf(line);
  if (typeof cells === 'string') return { refused: [{ row, field: 'whole row', error: cells }] };
  if (cells.length === 1 && /[;\t]/.test(line))
    return {
      refused: [{ row, field: 'file', error: 'cells must be separated by commas: save the file as CSV with commas' }],
    };
  const refused: RefusedRow[] = [];
  const columns: Column[] = [];
  for (const [index, name] of cells.entries()) {
    const column = columnNamed(name);
    if (name === '') refused.push({ row, field: `column ${index + 1}`, error: 'the column has no name' });
    else if (!column)
      refused.push({ row, field: name.slice(0, 80), error: `unknown column; did you mean ${nearestColumn(name)}?` });
    else if (columns.includes(column) || columns.some((other) => other.name === name))
      refused.push({ row, field: name, error: 'the column is there twice' });
    else columns.push(column);
  }
  if (!cells.includes('reference') && refused.length === 0)
    refused.push({ row, field: 'reference', error: 'the column is missing: it says which rows make one order' });
  return refused.length > 0 ? { refused } : { columns };
}

function readRow(row: number, line: string, columns: readonly Column[]): Row | BrokenRow {
  const cells = cellsOf(line);
  const at = columns.findIndex((column) => column.name === 'reference');
  if (typeof cells === 'string') {
    const texts = line.split(',').map((part) => part.replaceAll('"', '').trim());
    return { row, field: 'whole row', error: cells, texts: inFront(texts, at) };
  }
  if (cells.length !== columns.length) {
    const error = `the row has ${cells.length} cells, the header ${columns.length}: a cell with a comma needs quotation marks around it`;
    return { row, field: 'whole row', error, texts: inFront(cells, at) };
  }
  const reference = cells[at] ?? '';
  if (reference === '')
    return { row, field: 'reference', error: 'is missing: write it on each of the order’s rows', texts: [] };
  return { row, reference, cells };
}

/** The texts with the one in the reference's place first, where it most probably is. */
function inFront(texts: string[], at: number): string[] {
  return [texts[at] ?? '', ...texts];
}

function ordersOf(rows: readonly (Row | BrokenRow)[], columns: readonly Column[]): OrdersRead {
  const byReference = new Map<string, Row[]>();
  for (const row of rows)
    if (!('texts' in row)) byReference.set(row.reference, [...(byReference.get(row.reference) ?? []), row]);
  const { refused, spoiled } = refuseBroken(rows, byReference);
  const orders: OrdersRead['orders'] = [];
  for (const [reference, own] of byReference) {
    const isSpoiled = spoiled.has(reference);
    const read = orderOf(own, columns, isSpoiled);
    if ('errors' in read) refused.push(...read.errors.map((error) => ({ ...error, reference })));
    else if (!isSpoiled) orders.push({ order: read.order, rows: own.map((row) => row.row) });
  }
  return { orders, refused: refused.sort((a, b) => a.row - b.row) };
}

/** Refuses the broken rows, and finds the orders they belong to or may belong to. */
function refuseBroken(rows: readonly (Row | BrokenRow)[], known: ReadonlyMap<string, unknown>) {
  const refused: RefusedRow[] = [];
  const spoiled = new Set<string>();
  let above: string | undefined;
  for (const row of rows) {
    if (!('texts' in row)) {
      above = row.reference;
      continue;
    }
    const { row: at, field, error } = row;
    for (const reference of referencesOf(row, known, above)) {
      if (reference !== undefined) spoiled.add(reference);
      // The other half of a line that was broken in two belongs where the first did.
      above = reference;
      refused.push({ row: at, ...(reference === undefined ? {} : { reference }), field, error });
    }
  }
  return { refused, spoiled };
}

/**
 * Whose row a broken row is: every order of the file that it names, since its cells may have slipped; else the
 * reference in its place; else the order above, as a spreadsheet leaves the reference empty on the rows below.
 */
function referencesOf(
  row: BrokenRow,
  known: ReadonlyMap<string, unknown>,
  above: string | undefined,
): (string | undefined)[] {
  const named = [...new Set(row.texts)].filter((text) => known.has(text));
  if (named.length > 0) return named;
  const [inPlace] = row.texts;
  return [inPlace !== undefined && referenceSchema.safeParse(inPlace).success ? inPlace : above];
}
