/** Reads the first sheet of an XLSX file, after making sure that it does not unpack into more than a table. */
import { inflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import type { ImportFile } from './importer.ts';
import type { GridLine } from './table.ts';

/** Stands before a formula in a cell: its value is not reckoned, and an old result is not trusted. */
export const FORMULA_MARK = '=';
/** Stands before a number of more digits than a spreadsheet keeps: the last ones are zeros that were never typed. */
export const ROUNDED_MARK = '≈';

const MOST_UNPACKED_BYTES = 96 * 1024 * 1024;
const MOST_PARTS = 2000;
const MOST_CELLS = 2_000_000;

/** @throws Error naming the file where it is no workbook, or unpacks into too much */
export async function gridOfWorkbook(file: ImportFile): Promise<GridLine[]> {
  refuseBombs(file);
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(file.content as unknown as ArrayBuffer);
  } catch {
    throw new Error(`${file.name} is no XLSX workbook that can be read: save it again, or as CSV`);
  }
  const sheet = workbook.worksheets.find(({ state }) => state === 'visible') ?? workbook.worksheets[0];
  if (!sheet) throw new Error(`${file.name} has no sheet`);
  const lines: GridLine[] = [];
  let count = 0;
  sheet.eachRow((row, line) => {
    const cells: string[] = [];
    row.eachCell({ includeEmpty: false }, (cell, column) => {
      cells[column - 1] = cell.isMerged && cell.master !== cell ? '' : textOf(cell);
      count += 1;
    });
    if (count > MOST_CELLS) throw new Error(`${file.name} has more than ${MOST_CELLS} cells: split it`);
    lines.push({ line, cells: Array.from(cells, (text) => text ?? '') });
  });
  return lines;
}

function textOf({ value, numFmt, formula }: ExcelJS.Cell): string {
  if (formula) return `${FORMULA_MARK}${formula}`;
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return numberText(value, numFmt);
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value).trim();
  if ('richText' in value)
    return value.richText
      .map(({ text }) => text)
      .join('')
      .trim();
  if ('text' in value) return String(value.text).trim();
  if ('error' in value) return value.error;
  return '';
}

/** As a spreadsheet shows it: fifteen digits, no exponent, a percent where the cell is one. */
function numberText(value: number, numFmt: string | undefined): string {
  if (Number.isInteger(value) && Math.abs(value) >= 1e15) return `${ROUNDED_MARK}${BigInt(value)}`;
  const percent = numFmt?.includes('%') ?? false;
  const plain = Number((percent ? value * 100 : value).toPrecision(15));
  const text = plain.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 12 });
  return percent ? `${text}%` : text;
}

/**
 * Unpacks every part of the archive with a limit, since the sizes that it states of itself may lie.
 * Thrown away at once: memory is what one part takes.
 */
function refuseBombs({ name, content }: ImportFile): void {
  let left = MOST_UNPACKED_BYTES;
  for (const { method, data } of partsOf(name, content)) {
    try {
      left -= method === 0 ? data.length : inflateRawSync(data, { maxOutputLength: Math.max(1, left) }).length;
    } catch {
      throw new Error(
        `${name} is broken, or unpacks into more than ${MOST_UNPACKED_BYTES} bytes: save the table as CSV`,
      );
    }
    if (left <= 0)
      throw new Error(`${name} unpacks into more than ${MOST_UNPACKED_BYTES} bytes: save the table as CSV`);
  }
}

const END_OF_DIRECTORY = Buffer.from('PK\x05\x06', 'latin1');

/** The parts of a ZIP archive by its directory at the end. */
function partsOf(name: string, content: Buffer): { method: number; data: Buffer }[] {
  try {
    const end = content.lastIndexOf(END_OF_DIRECTORY);
    const count = content.readUInt16LE(end + 10);
    if (count > MOST_PARTS) throw new RangeError('too many parts');
    const parts: { method: number; data: Buffer }[] = [];
    let at = content.readUInt32LE(end + 16);
    for (let index = 0; index < count; index++) {
      const method = content.readUInt16LE(at + 10);
      const size = content.readUInt32LE(at + 20);
      const local = content.readUInt32LE(at + 42);
      const start = local + 30 + content.readUInt16LE(local + 26) + content.readUInt16LE(local + 28);
      parts.push({ method, data: content.subarray(start, start + size) });
      at += 46 + content.readUInt16LE(at + 28) + content.readUInt16LE(at + 30) + content.readUInt16LE(at + 32);
    }
    return parts;
  } catch {
    throw new Error(`${name} is no XLSX workbook that can be read: save it again, or as CSV`);
  }
}
