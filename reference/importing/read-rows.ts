import type { ImportFile, UnreadLine } from './importer.ts';
import { readTable, type Table } from './table.ts';

/** Reads one file's rows, or says as an unread line why the file cannot be read: the header's line where nothing is nearer. */
export async function tableOrUnread(
  file: ImportFile,
  isHeader?: (cells: readonly string[]) => boolean,
): Promise<{ table: Table } | { unread: UnreadLine[] }> {
  try {
    return { table: await readTable(file, isHeader) };
  } catch (error) {
    return { unread: [unreadFile(file.name, error)] };
  }
}

/** A trouble of the file as a whole, at its first line. */
export function unreadFile(file: string, error: unknown): UnreadLine {
  return { file, line: 1, why: error instanceof Error ? error.message : String(error) };
}

/** The lines that give a key again which an earlier one gave: which of them holds, the file does not say. */
export function repeatedKeys(keyed: readonly { key: string; file: string; line: number }[]): UnreadLine[] {
  const first = new Map<string, { file: string; line: number }>();
  return keyed.flatMap(({ key, file, line }) => {
    const before = first.get(key);
    if (!before) {
      first.set(key, { file, line });
      return [];
    }
    return [{ file, line, why: `${key} is there before, ${before.file}:${before.line}: keep one of the two` }];
  });
}
