/** Finds the columns of a table under the names that Chinese agencies and English spreadsheets give them. */
import type { UnreadLine } from './importer.ts';
import { FORMULA_MARK, ROUNDED_MARK } from './table.ts';

/** The names under which each field may stand; the first is shown to people. */
export type ColumnNames<Field extends string> = Readonly<Record<Field, readonly string[]>>;

/** Which column holds a field, where a table calls it otherwise. */
export type ColumnMapping<Field extends string> = Partial<Record<Field, string>>;

/** A column's name without blanks, brackets with what is in them, stars and colons. */
export function bareName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]|[\s*:：_-]/g, '');
}

/** Whether a line holds the column of that field, and so is the header. */
export function isHeaderWith(names: readonly string[], mapped: string | undefined) {
  const wanted = new Set((mapped === undefined ? names : [mapped]).map(bareName));
  return (cells: readonly string[]) => cells.some((cell) => wanted.has(bareName(cell)));
}

/**
 * The column of each field that the table has.
 * @throws Error naming the file and a field that must be there and is not, or that two columns claim
 */
export function columnsOf<Field extends string>(
  file: string,
  header: readonly string[],
  names: ColumnNames<Field>,
  { required, mapping }: { required: readonly Field[]; mapping: ColumnMapping<Field> },
): Partial<Record<Field, string>> {
  const columns: Partial<Record<Field, string>> = {};
  for (const field of Object.keys(names) as Field[]) {
    const mapped = mapping[field];
    // The first of the known names that the table has: 第一法定单位 counts before a mere 单位.
    const wanted = (mapped === undefined ? names[field] : [mapped]).map(bareName);
    const name = wanted.find((one) => header.some((column) => bareName(column) === one));
    const found = header.filter((column) => bareName(column) === name);
    if (found.length > 1)
      throw new Error(`${file}: ${found.join(' and ')} both may be ${names[field][0]}: say which by a mapping`);
    if (found.length === 0 && (mapped !== undefined || required.includes(field)))
      throw new Error(
        `${file}: no column ${mapped ?? names[field].slice(0, 4).join(' / ')}; it has ${header.slice(0, 30).join(', ')}: rename it, or map ${field}`,
      );
    columns[field] = found[0];
  }
  return columns;
}

/** Reads one line's cells by field; what cannot be a value makes the line unread. */
export function cellsOf<Field extends string>(
  { file, line }: Pick<UnreadLine, 'file' | 'line'>,
  cells: Readonly<Record<string, string>>,
  columns: Partial<Record<Field, string>>,
): { values: Partial<Record<Field, string>> } | { unread: UnreadLine } {
  const values: Partial<Record<Field, string>> = {};
  for (const [field, column] of Object.entries(columns) as [Field, string | undefined][]) {
    const text = column === undefined ? '' : (cells[column] ?? '').normalize('NFKC').trim();
    if (text.startsWith(FORMULA_MARK))
      return { unread: { file, line, why: `${column} holds a formula: paste its values instead` } };
    if (text.startsWith(ROUNDED_MARK))
      return {
        unread: {
          file,
          line,
          why: `${column} holds a number of more than 15 digits, which the spreadsheet rounded: make the column text`,
        },
      };
    // Signs by which a table says that there is nothing.
    if (text !== '' && !/^([-–—/]|无|null|n\/a)$/i.test(text)) values[field] = text;
  }
  return { values };
}
