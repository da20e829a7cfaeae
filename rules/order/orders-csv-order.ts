import { type Order, orderSchema } from './order.ts';
import { type Column, columnNamed, quoted } from './orders-csv-cells.ts';

/** A line of the file whose cells fit the header. */
export interface Row {
  row: number;
  reference: string;
  cells: string[];
}

/** What is wrong with one cell, in the words of the file. */
export interface CellError {
  row: number;
  field: string;
  error: string;
}

type Branch = { [name: string]: unknown };

/**
 * Makes one order of its rows, or names everything that is wrong with them.
 * @param isIncomplete a row of this order could not be read: what is missing may stand there and is not complained about
 */
export function orderOf(
  rows: readonly Row[],
  columns: readonly Column[],
  isIncomplete: boolean,
): { order: Order } | { errors: CellError[] } {
  const errors: CellError[] = isIncomplete ? [] : contradictions(rows, columns);
  const raw = { ...headOf(rows[0], columns, errors), lines: rows.map((row) => lineOf(row, columns, errors)) };
  const parsed = orderSchema.safeParse(raw, { error: inPlainWords });
  if (!parsed.success)
    for (const issue of parsed.error.issues) {
      const found = complaintOf(issue, raw, rows);
      const isKnown = errors.some((error) => error.row === found.row && error.field === found.field);
      if (!isKnown && !(isIncomplete && found.isMissing))
        errors.push({ row: found.row, field: found.field, error: found.error });
    }
  if (errors.length > 0 || !parsed.success) return { errors };
  return { order: parsed.data };
}

/** The rows below the first may repeat what belongs to the whole order, and must not say otherwise. */
function contradictions(rows: readonly Row[], columns: readonly Column[]): CellError[] {
  const [first, ...below] = rows;
  return below.flatMap((row) =>
    columns.flatMap((column, index) => {
      const cell = row.cells[index] ?? '';
      const above = first?.cells[index] ?? '';
      if (column.level !== 'order' || cell === '' || cell === above) return [];
      const error =
        above === ''
          ? `belongs to the whole order: write it on the order's first row, ${first?.row}`
          : `${quoted(cell)} differs from ${quoted(above)} on row ${first?.row}, and an order has one`;
      return [{ row: row.row, field: column.name, error }];
    }),
  );
}

function headOf(row: Row | undefined, columns: readonly Column[], errors: CellError[]): Branch {
  // Present even when empty, so that the complaint names the cell to fill (`buyer.name`).
  const head: Branch = { buyer: {}, destination: {}, transport: {}, incoterm: {}, payment: {} };
  if (row) fill(head, row, columns, 'order', errors);
  return head;
}

function lineOf(row: Row, columns: readonly Column[], errors: CellError[]): Branch {
  const line: Branch = { packages: {} };
  fill(line, row, columns, 'line', errors);
  return line;
}

/** Reads the row's filled cells of that level into the branch; an empty cell is an absent field. */
function fill(branch: Branch, row: Row, columns: readonly Column[], level: Column['level'], errors: CellError[]): void {
  for (const [index, column] of columns.entries()) {
    const cell = row.cells[index] ?? '';
    if (column.level !== level || cell === '') continue;
    const reading = column.read(cell);
    if ('error' in reading) errors.push({ row: row.row, field: column.name, error: reading.error });
    else put(branch, column.name, reading.value);
  }
}

/** Names have one dot at most, apart from an element's own (`elements.规格.型号` is the element 规格.型号). */
function put(branch: Branch, name: string, value: unknown): void {
  const dot = name.indexOf('.');
  if (dot < 0) {
    branch[name] = value;
    return;
  }
  const outer = name.slice(0, dot);
  const inner = (branch[outer] ?? {}) as Branch;
  inner[name.slice(dot + 1)] = value;
  branch[outer] = inner;
}

interface Issue {
  code: string;
  path: PropertyKey[];
  message: string;
}

function complaintOf(issue: Issue, raw: Branch, rows: readonly Row[]): CellError & { isMissing: boolean } {
  const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
  const isOfLine = path[0] === 'lines' && typeof path[1] === 'number';
  const row = (isOfLine ? rows[path[1] as number] : rows[0])?.row ?? 1;
  const inner = isOfLine ? path.slice(2) : path;
  const { field, rest } = fieldOf(inner);
  const found = path.reduce<unknown>((value, key) => (value as Branch | undefined)?.[key], raw);
  const isMissing = found === undefined && ['invalid_type', 'invalid_value'].includes(issue.code);
  return { row, field, error: rest + (isMissing ? 'is missing' : issue.message), isMissing };
}

/** The column that a path into the order lies in, and where in its cell: `certificates`, `item 2, issuedOn: `. */
function fieldOf(path: readonly (string | number)[]): { field: string; rest: string } {
  for (let length = path.length; length > 0; length--) {
    const name = path.slice(0, length).join('.');
    if (!columnNamed(name)) continue;
    const rest = path.slice(length).map((key) => (typeof key === 'number' ? `item ${key + 1}` : key));
    return { field: name, rest: rest.length > 0 ? `${rest.join(', ')}: ` : '' };
  }
  return { field: path.join('.') || 'whole row', rest: '' };
}

interface RawIssue {
  code?: string;
  input?: unknown;
  values?: unknown;
  maximum?: unknown;
  minimum?: unknown;
}

/** The schema's own sentences stand; these replace the library's, which speak of types. */
function inPlainWords(issue: RawIssue): string | undefined {
  if (issue.code === 'invalid_value' && Array.isArray(issue.values))
    return `${quoted(String(issue.input))} is none of ${issue.values.join(', ')}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}`;
  return undefined;
}
