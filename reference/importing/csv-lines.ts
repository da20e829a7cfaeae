import { CsvError, type InfoRecord, parse } from 'csv-parse/sync';
import type { ImportFile, UnreadLine } from './importer.ts';

/** A row of a file and the line on which it begins, counted from 1. */
export interface CsvLine {
  line: number;
  cells: string[];
}

/**
 * Rows of a CSV file without a header's meaning: UTF-8, or Windows-1252 as older American lists are written. Blank lines and
 * the end-of-file mark of DOS are left out. A line that is no CSV is told, and the rows after it are read all the same.
 */
export function csvLines(file: ImportFile): { rows: CsvLine[]; unread: UnreadLine[] } {
  const unread: UnreadLine[] = [];
  const text = textOf(file.content);
  const nul = text.indexOf('\0');
  // Neither a list in another encoding nor one that the disk spoilt is worth a guess, and no database stores it.
  if (nul !== -1) {
    const line = text.slice(0, nul).split(/\r\n|\n|\r/).length;
    const why = 'holds a NUL character: it is damaged, or UTF-16; give it in UTF-8 as published';
    return { rows: [], unread: [{ file: file.name, line, why }] };
  }
  const noted = (error: CsvError | undefined) => {
    if (error) unread.push({ file: file.name, line: Number(error.lines ?? 1), why: `is no CSV: ${error.message}` });
    return undefined;
  };
  try {
    const rows = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_skip: noted,
    }) as unknown as { record: string[]; info: InfoRecord }[];
    return { rows: rows.map(rowOf), unread };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    noted(error);
    return { rows: [], unread };
  }
}

/** Of a row over several lines the parser knows the last. */
function rowOf({ record, info }: { record: string[]; info: InfoRecord }): CsvLine {
  const breaks = record.reduce((count, cell) => count + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
  return { line: info.lines - breaks, cells: record };
}

function textOf(content: Buffer): string {
  const text = (() => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(content);
    } catch {
      return new TextDecoder('windows-1252').decode(content);
    }
  })();
  const end = text.lastIndexOf('\u001a');
  return end !== -1 && text.slice(end + 1).trim() === '' ? text.slice(0, end) : text;
}
