/** Reads the public nomenclature: `section,hscode,description,parent,level`, and beside it `section,name`. */
import { type NomenclatureEntry, nomenclatureEntrySchema } from '../../rules/classification/nomenclature.ts';
import type { Importer, ImportFile, UnreadLine } from './importer.ts';
import { repeatedKeys, tableOrUnread, unreadFile } from './read-rows.ts';
import type { TableRow } from './table.ts';

type Row = TableRow & { file: string };

/**
 * Reads the table of codes and, where it is given too, the table of sections. Rows of totals (`TOTAL`, and 99 "not specified",
 * which statistics add) are no codes and are passed over. The same codes twice, a code whose heading or chapter is missing
 * and a code whose length is not its level are unread.
 */
export const hsImporter: Importer<NomenclatureEntry> = {
  list: 'hs',
  async read(files) {
    const { codes, sections, unread } = await sorted(files);
    if (codes.length === 0 && unread.length === 0)
      unread.push(
        unreadFile(files[0]?.name ?? 'no file', 'there is no table with the columns section, hscode and description'),
      );
    const titles = new Map(sections.map(({ cells }) => [cells.section ?? '', (cells.name ?? '').trim()]));
    const read = codes.filter(isCode).map((row) => ({ row, entry: entryOf(row, titles) }));
    for (const { row, entry } of read)
      if ('why' in entry) unread.push({ file: row.file, line: row.line, why: entry.why });
    const entries = read.flatMap(({ row, entry }) => ('code' in entry ? [{ ...entry, row }] : []));
    unread.push(...repeatedKeys(entries.map(({ code, row }) => ({ key: code, file: row.file, line: row.line }))));
    unread.push(...orphans(entries));
    return { entries: unread.length > 0 ? [] : entries.map(({ row: _, ...entry }) => entry), unread };
  },
};

async function sorted(files: readonly ImportFile[]): Promise<{ codes: Row[]; sections: Row[]; unread: UnreadLine[] }> {
  const all: { codes: Row[]; sections: Row[]; unread: UnreadLine[] } = { codes: [], sections: [], unread: [] };
  for (const file of files) {
    const read = await tableOrUnread(file);
    if ('unread' in read) {
      all.unread.push(...read.unread);
      continue;
    }
    const { header, rows, unread } = read.table;
    all.unread.push(...unread);
    const own = rows.map((row) => ({ ...row, file: file.name }));
    if (['section', 'hscode', 'description'].every((column) => header.includes(column))) all.codes.push(...own);
    else if (['section', 'name'].every((column) => header.includes(column))) all.sections.push(...own);
    else
      all.unread.push(
        unreadFile(
          file.name,
          `columns ${header.join(', ')} are neither section, hscode, description nor section, name`,
        ),
      );
  }
  return all;
}

const isCode = ({ cells }: Row) => cells.section !== 'TOTAL';

function entryOf({ cells }: Row, titles: ReadonlyMap<string, string>): NomenclatureEntry | { why: string } {
  const { section = '', hscode: code = '', description = '', level } = cells;
  if (level !== undefined && level !== String(code.length)) return { why: `${code} is said to have ${level} digits` };
  const read = nomenclatureEntrySchema.safeParse({
    code,
    description,
    section,
    sectionTitle: titles.get(section) || null,
  });
  return read.success
    ? read.data
    : { why: read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') };
}

/** Codes that hang in the air: a table cut in the middle would pass for whole otherwise. */
function orphans(entries: readonly { code: string; row: Row }[]): UnreadLine[] {
  const known = new Set(entries.map(({ code }) => code));
  return entries
    .filter(({ code }) => code.length > 2 && !known.has(code.slice(0, -2)))
    .map(({ code, row }) => ({
      file: row.file,
      line: row.line,
      why: `${code} stands under ${code.slice(0, -2)}, which is not there`,
    }));
}
