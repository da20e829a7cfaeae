/** Reads a table out of a CSV or XLSX file, as text and with the lines of the file. */
import { parse } from 'csv-parse/sync';
import type { ImportFile, UnreadLine } from './importer.ts';
import { textOfFile } from './text-of-file.ts';
import { gridOfWorkbook } from './workbook.ts';

/** A line below the header. `cells` by column name, trimmed; an empty cell is `''`. */
export interface TableRow {
  line: number;
  cells: Record<string, string>;
}

export interface Table {
  header: string[];
  rows: TableRow[];
  /** Lines that do not fit the header. */
  unread: UnreadLine[];
}

/** Cells of one line of the file, from 1. */
export interface GridLine {
  line: number;
  cells: string[];
}

export const MOST_BYTES = 64 * 1024 * 1024;
export const MOST_LINES = 300_000;
const MOST_COLUMNS = 200;

/** Marks a formula or a rounded number in a cell; no importer takes either for a value. */
export { FORMULA_MARK, ROUNDED_MARK } from './workbook.ts';

/**
 * Reads the first sheet of a workbook, or a CSV with commas, semicolons or tabs. Formulas are not reckoned: the cell shows
 * the formula. Columns without a name are left out.
 * @param isHeader tells the line of column names, where a title may stand above it; by default the first line that is not empty
 * @throws Error with the file's name where it is too large, no table, or names a column twice
 */
export async function readTable(
  file: ImportFile,
  isHeader: (cells: readonly string[]) => boolean = () => true,
): Promise<Table> {
  if (file.content.length > MOST_BYTES)
    throw new Error(`${file.name} has ${file.content.length} bytes; at most ${MOST_BYTES} are read: split it`);
  const isWorkbook = file.content.subarray(0, 2).toString('latin1') === 'PK';
  const grid = isWorkbook ? await gridOfWorkbook(file) : gridOfCsv(file);
  if (grid.length > MOST_LINES)
    throw new Error(`${file.name} has ${grid.length} lines; at most ${MOST_LINES}: split it`);
  const filled = grid.filter(({ cells }) => cells.some((cell) => cell !== ''));
  // A title, a note, the name of the office: more than these few lines never stand above the names of the columns.
  const at = filled.slice(0, 20).findIndex(({ cells }) => isHeader(cells.filter((cell) => cell !== '')));
  const head = filled[at];
  if (!head) throw new Error(`${file.name} has no line with the names of its columns`);
  return rowsBelow(file.name, head, filled.slice(at + 1), isWorkbook);
}

function rowsBelow(name: string, head: GridLine, lines: readonly GridLine[], isWorkbook: boolean): Table {
  if (head.cells.length > MOST_COLUMNS) throw new Error(`${name}:${head.line}: at most ${MOST_COLUMNS} columns`);
  const columns = head.cells.flatMap((column, index) => (column === '' ? [] : [{ column, index }]));
  const twice = columns.find(({ column }, index) => columns.findIndex((other) => other.column === column) !== index);
  if (twice) throw new Error(`${name}:${head.line}: the column ${JSON.stringify(twice.column)} is there twice`);
  const unread: UnreadLine[] = [];
  const rows: TableRow[] = [];
  for (const { line, cells } of lines) {
    if (!isWorkbook && cells.length !== head.cells.length)
      unread.push({
        file: name,
        line,
        why: `the line has ${cells.length} cells, the header ${head.cells.length}: a cell with a comma needs quotation marks`,
      });
    else
      rows.push({ line, cells: Object.fromEntries(columns.map(({ column, index }) => [column, cells[index] ?? ''])) });
  }
  return { header: columns.map(({ column }) => column), rows, unread };
}

function gridOfCsv(file: ImportFile): GridLine[] {
  const text = textOfFile(file);
  const [first = ''] = text.split(/\r\n|\n|\r/, 1);
  const delimiter = [',', ';', '\t'].sort((a, b) => first.split(b).length - first.split(a).length)[0] ?? ',';
  const records = parseCsv(file.name, text, delimiter);
  return records.map(({ record, info }) => ({
    // The line that the record ends on; a line break inside quotation marks would count otherwise.
    line: info.lines,
    cells: record.map((cell) => cell.trim()),
  }));
}

function parseCsv(name: string, text: string, delimiter: string) {
  try {
    return parse(text, { delimiter, info: true, relax_column_count: true, skip_empty_lines: true }) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
