/** The cells of a workbook, as values: formulas by their last result, nothing reckoned, nothing fetched. */
import type { Buffer } from 'node:buffer';
import ExcelJS from 'exceljs';
import type { PlacedCell, PlacedRow, PlacedText, Sheet } from './fields/placed.ts';
import { MOST_COLUMNS, MOST_ROWS, MOST_SHEETS } from './limits.ts';

/** @throws Error of the library where the file is broken */
export async function textOfWorkbook(bytes: Uint8Array): Promise<PlacedText> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as Buffer as unknown as ArrayBuffer, {
    // What a paper says stands in its cells: the rest is not even looked at.
    ignoreNodes: ['dataValidations', 'conditionalFormatting', 'extLst', 'tableParts', 'drawing', 'picture'],
  });
  const visible = workbook.worksheets.filter(({ state }) => state === 'visible' || state === undefined);
  const notes: string[] = [];
  if (visible.length < workbook.worksheets.length) notes.push('Hidden sheets were not read.');
  if (visible.length > MOST_SHEETS) notes.push(`Only the first ${MOST_SHEETS} sheets were read.`);
  return { sheets: visible.slice(0, MOST_SHEETS).map((sheet) => sheetOf(sheet, notes)), notes };
}

function sheetOf(sheet: ExcelJS.Worksheet, notes: string[]): Sheet {
  const rows: PlacedRow[] = [];
  let tooLong = false;
  sheet.eachRow((row, number) => {
    if (rows.length >= MOST_ROWS) {
      tooLong = true;
      return;
    }
    const cells: PlacedCell[] = [];
    row.eachCell({ includeEmpty: false }, (cell, column) => {
      const text = column <= MOST_COLUMNS && (!cell.isMerged || cell.master === cell) ? textOf(cell) : '';
      if (text === '') return;
      cells.push({
        text,
        left: column,
        right: lastColumnOf(cell, row, column),
        place: `${sheet.name}!${cell.address}`,
      });
    });
    if (cells.length > 0) rows.push({ cells, top: number, height: 1 });
  });
  if (tooLong) notes.push(`Only the first ${MOST_ROWS} rows of ${sheet.name} were read.`);
  return { name: sheet.name, rows, isPage: false };
}

/** The right edge of a cell, over those merged with it. */
function lastColumnOf(cell: ExcelJS.Cell, row: ExcelJS.Row, column: number): number {
  let last = column;
  if (cell.isMerged) while (last < MOST_COLUMNS && row.getCell(last + 1).master === cell) last += 1;
  return last + 0.9;
}

function textOf({ value, result, numFmt }: ExcelJS.Cell): string {
  const said =
    value !== null && typeof value === 'object' && ('formula' in value || 'sharedFormula' in value) ? result : value;
  if (said === null || said === undefined || typeof said === 'boolean') return '';
  if (typeof said === 'number') return numberText(said, numFmt);
  if (said instanceof Date) return Number.isNaN(said.getTime()) ? '' : said.toISOString().slice(0, 10);
  if (typeof said !== 'object') return tidy(String(said));
  if ('richText' in said) return tidy(said.richText.map(({ text }) => text).join(''));
  // The text of a link may itself be rich; an error says nothing.
  if ('text' in said) {
    const text: unknown = said.text;
    if (typeof text === 'string') return tidy(text);
    return text !== null && typeof text === 'object' && 'richText' in text && Array.isArray(text.richText)
      ? tidy(text.richText.map((part: { text?: unknown }) => String(part?.text ?? '')).join(''))
      : '';
  }
  return '';
}

/** Lines within a cell stay apart: a name below a name is another name. */
function tidy(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** A number with the digits that the cell shows, since a sum of binary numbers has sixteen. */
function numberText(value: number, numFmt: string | undefined): string {
  const shown = /^[^;]*?[#0]\.(0+)(?![#0])/.exec(numFmt ?? '')?.[1]?.length;
  const plain = Number(value.toPrecision(15));
  const text = plain.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 8 });
  const decimals = text.split('.')[1]?.length ?? 0;
  // More decimals than shown are the paper's own, and stay, unless they come of binary sums.
  return shown !== undefined && decimals < shown
    ? plain.toLocaleString('en-US', { useGrouping: false, minimumFractionDigits: shown, maximumFractionDigits: shown })
    : text;
}
