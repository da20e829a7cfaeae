/**
 * The list of Specially Designated Nationals as OFAC publishes it in CSV, and its lists of others in the same format: one
 * file of entries (12 columns, no header), one of addresses (6), one of aliases (5), one of long remarks (2); an empty cell
 * is `-0-`. Files are known by their columns, not by their names.
 */
import type { ScreeningEntry } from '../../rules/screening/entry.ts';
import { type CsvLine, csvLines } from './csv-lines.ts';
import type { Importer, ImportFile, UnreadLine } from './importer.ts';
import { screeningEntryOf } from './screening-entry.ts';

const parts = { 12: 'entries', 6: 'addresses', 5: 'aliases', 2: 'remarks' } as const;
type Part = (typeof parts)[keyof typeof parts];

interface Row extends CsvLine {
  file: string;
}

/** Reads the SDN list. Entries without their aliases are refused: half of the names would pass as clear. */
export const sdnImporter: Importer<ScreeningEntry> = {
  list: 'sdn',
  async read(files) {
    const unread: UnreadLine[] = [];
    const rows: Record<Part, Row[]> = { entries: [], addresses: [], aliases: [], remarks: [] };
    for (const file of files) {
      const read = readPart(file);
      unread.push(...read.unread);
      if (read.part) for (const row of read.rows) rows[read.part].push(row);
    }
    const first = files[0]?.name ?? 'no file';
    if (rows.entries.length === 0)
      unread.push({ file: first, line: 1, why: 'no file has the 12 columns of sdn.csv: give that file too' });
    else if (rows.aliases.length === 0)
      unread.push({
        file: first,
        line: 1,
        why: 'no file has the 5 columns of alt.csv, the aliases: give that file too',
      });
    const entries = joined(rows, unread);
    return { entries: unread.length > 0 ? [] : entries, unread };
  },
};

function readPart(file: ImportFile): { part: Part | undefined; rows: Row[]; unread: UnreadLine[] } {
  const { rows, unread } = csvLines(file);
  const columns = rows[0]?.cells.length;
  const part = columns !== undefined && columns in parts ? parts[columns as keyof typeof parts] : undefined;
  if (part === undefined) {
    const why = `has ${columns ?? 'no'} columns: a file of the SDN list has 12 (sdn.csv), 6 (add.csv), 5 (alt.csv) or 2 (sdn_comments.csv), and no header`;
    return { part, rows: [], unread: [...unread, { file: file.name, line: 1, why }] };
  }
  const kept: Row[] = [];
  for (const { line, cells } of rows) {
    const why = whyNoRow(cells, columns ?? 0);
    if (why === undefined) kept.push({ file: file.name, line, cells: cells.map(filled) });
    else unread.push({ file: file.name, line, why });
  }
  return { part, rows: kept, unread };
}

function whyNoRow(cells: readonly string[], columns: number): string | undefined {
  if (cells.length !== columns) return `has ${cells.length} columns where the lines before have ${columns}`;
  if (!/^\d+$/.test(cells[0]?.trim() ?? '')) return `begins with "${cells[0]}" where an entry's number belongs`;
  if (columns === 12 && filled(cells[1] ?? '') === '') return 'has no name';
  return undefined;
}

/** `-0-` is the list's word for nothing. */
function filled(cell: string): string {
  const text = cell.trim();
  return text === '-0-' ? '' : text;
}

function joined(rows: Record<Part, Row[]>, unread: UnreadLine[]): ScreeningEntry[] {
  const byNumber = new Map<string, Row>();
  for (const row of rows.entries) {
    const number = row.cells[0] ?? '';
    const before = byNumber.get(number);
    if (before)
      unread.push({
        file: row.file,
        line: row.line,
        why: `repeats entry ${number} of ${before.file}, line ${before.line}`,
      });
    else byNumber.set(number, row);
  }
  const grouped = (part: Part) => groupedByNumber(rows[part], byNumber, unread);
  const addresses = grouped('addresses');
  const aliases = grouped('aliases');
  const remarks = grouped('remarks');
  return [...byNumber].map(([number, { cells }]) =>
    entryOf(cells, {
      addresses: addresses.get(number) ?? [],
      aliases: aliases.get(number) ?? [],
      remarks: remarks.get(number) ?? [],
    }),
  );
}

/** Lines that belong to no entry mean files of different days. */
function groupedByNumber(rows: readonly Row[], known: ReadonlyMap<string, Row>, unread: UnreadLine[]) {
  const groups = new Map<string, string[][]>();
  for (const { file, line, cells } of rows) {
    const number = cells[0] ?? '';
    if (!known.has(number) && known.size > 0) {
      const why = `speaks of entry ${number}, which the list does not have: give files of the same day`;
      unread.push({ file, line, why });
    }
    const group = groups.get(number);
    if (group) group.push(cells);
    else groups.set(number, [cells]);
  }
  return groups;
}

function entryOf(
  cells: readonly string[],
  { addresses, aliases, remarks }: Record<'addresses' | 'aliases' | 'remarks', string[][]>,
): ScreeningEntry {
  const [number = '', name = '', type = '', programs = ''] = cells;
  const told = [cells[11] ?? '', ...remarks.map((row) => row[1] ?? '')].filter((text) => text !== '').join(' ');
  return screeningEntryOf({
    entryId: number,
    list: 'sdn',
    source: null,
    type: type === 'individual' ? 'person' : type === 'vessel' || type === 'aircraft' ? type : 'other',
    names: [name, ...aliases.map((row) => row[3] ?? ''), ...aliasesInRemarks(told)],
    countries: [...addresses.map((row) => row[4] ?? ''), cells[9] ?? '', ...nationalities(told)],
    programs: programs.split('] ['),
    remarks: told === '' ? null : told,
  });
}

/** Weak aliases stand in the remarks only: `a.k.a. 'HESA'; a.k.a. 'ABU-'UMAR'.` */
function aliasesInRemarks(remarks: string): string[] {
  return [...remarks.matchAll(/\b[afn]\.k\.a\. '(.+?)'(?=[;.]|\s*$)/g)].map((found) => found[1] ?? '');
}

function nationalities(remarks: string): string[] {
  return [...remarks.matchAll(/\b(?:nationality|citizen) ([A-Z][^;.(]*)/g)].map((found) => found[1] ?? '');
}
