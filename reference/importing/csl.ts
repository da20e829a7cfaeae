/**
 * The Consolidated Screening List of trade.gov in CSV: 29 columns named in the first line, 28 before 2023 when rows had no
 * `_id`. Columns are found by their names, so that a new one between them does no harm.
 */
import { contentHashOf } from '../../rules/documents/content-hash.ts';
import type { ScreeningEntry } from '../../rules/screening/entry.ts';
import { csvLines } from './csv-lines.ts';
import type { Importer, ImportFile, UnreadLine } from './importer.ts';
import { screeningEntryOf } from './screening-entry.ts';

const needed = ['source', 'type', 'programs', 'name', 'addresses', 'alt_names', 'citizenships', 'nationalities'];

type Cell = (column: string) => string;

/** Reads the Consolidated Screening List. Each entry keeps the name of the list that it was taken from. */
export const cslImporter: Importer<ScreeningEntry> = {
  list: 'csl',
  async read(files) {
    const unread: UnreadLine[] = [];
    if (files.length === 0) unread.push({ file: 'no file', line: 1, why: 'give the file of the list' });
    const seen = new Map<string, number>();
    const entries = files.flatMap((file) => readFile(file, seen, unread));
    return { entries: unread.length > 0 ? [] : entries, unread };
  },
};

function readFile(file: ImportFile, seen: Map<string, number>, unread: UnreadLine[]): ScreeningEntry[] {
  const { rows, unread: broken } = csvLines(file);
  unread.push(...broken);
  const header = rows[0]?.cells.map((name) => name.trim().toLowerCase()) ?? [];
  const absent = needed.filter((name) => !header.includes(name));
  if (absent.length > 0) {
    const why = `the first line names no column ${absent.join(', ')}: it is not the Consolidated Screening List in CSV`;
    unread.push({ file: file.name, line: 1, why });
    return [];
  }
  if (rows.length === 1) unread.push({ file: file.name, line: 1, why: 'has a header and no entries' });
  return rows.slice(1).flatMap(({ line, cells }) => {
    const cell: Cell = (column) => cells[header.indexOf(column)]?.trim() ?? '';
    const why =
      cells.length !== header.length
        ? `has ${cells.length} columns where the first line names ${header.length}`
        : cell('name') === '' || cell('source') === ''
          ? 'has no name or no source'
          : undefined;
    if (why === undefined) return [entryOf(cell, seen)];
    unread.push({ file: file.name, line, why });
    return [];
  });
}

function entryOf(cell: Cell, seen: Map<string, number>): ScreeningEntry {
  const type = cell('type').toLowerCase();
  return screeningEntryOf({
    entryId: numberOf(cell, seen),
    list: 'csl',
    source: cell('source'),
    type: type === 'individual' ? 'person' : type === 'vessel' || type === 'aircraft' ? type : 'other',
    names: [
      ...namesOf(cell('name')),
      ...cell('alt_names')
        .split(';')
        .map((alias) => alias.replace(/^\s*and /, '')),
    ],
    countries: [
      ...cell('addresses').split('; ').flatMap(countryOfAddress),
      ...cell('citizenships').split(/[;,]/),
      ...cell('nationalities').split(/[;,]/),
      cell('vessel_flag'),
    ],
    programs: cell('programs').split(/[;,]/),
    remarks: remarksOf(cell),
  });
}

/** `; and any successor, sub-unit, or subsidiary thereof` is law, no name. Letters in brackets are a short name. */
function namesOf(name: string): string[] {
  const plain = name.replace(/[;,]? and any successor.*$/i, '');
  const bracketed = /^(.{8,}?)\s*\(([A-Z0-9][A-Z0-9 &-]{2,})\)\s*$/.exec(plain);
  return bracketed ? [plain, bracketed[1] ?? '', bracketed[2] ?? ''] : [plain];
}

/** The country's letters end an address; what ends in a postal code names none. */
function countryOfAddress(address: string): string[] {
  const last = address.split(',').at(-1)?.trim() ?? '';
  return /^[A-Z]{2}$/.test(last) || (address.includes(',') && /^[A-Z][a-z]+$/.test(last)) ? [last] : [];
}

function remarksOf(cell: Cell): string | null {
  const told = [
    cell('title'),
    cell('remarks'),
    cell('federal_register_notice'),
    cell('start_date') && `from ${cell('start_date')}`,
    cell('end_date') && `to ${cell('end_date')}`,
    cell('license_requirement') && `licence: ${cell('license_requirement')}`,
  ].filter((text) => text !== '');
  return told.length > 0 ? told.join('; ') : null;
}

/** The list's own number; rows without one are numbered by what they say, and told apart where they say the same. */
function numberOf(cell: Cell, seen: Map<string, number>): string {
  const said = [cell('source'), cell('name'), cell('federal_register_notice'), cell('start_date'), cell('addresses')];
  const number = cell('_id') || cell('entity_number') || contentHashOf(said).slice(0, 16);
  const times = (seen.get(number) ?? 0) + 1;
  seen.set(number, times);
  return times === 1 ? number : `${number}-${times}`;
}
