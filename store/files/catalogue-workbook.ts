import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import yauzl from 'yauzl';
import yazl from 'yazl';
import {
  type ArchiveCatalogue,
  catalogueHead,
  catalogueHeadings,
  catalogueTable,
} from '../../rules/archive-catalogue.ts';
import type { CivilDate } from '../../rules/civil-date.ts';
import { bearing } from './zip-dates.ts';

/** Widths of the columns in characters, as the headings are ordered. */
const widths = [7, 24, 34, 22, 22, 12, 40, 20, 40, 18, 12, 40];

/** The catalogue as a workbook to print and sign: every cell a text, nothing that is reckoned. The same catalogue, the same bytes. */
export async function catalogueWorkbook(catalogue: ArchiveCatalogue, madeOn: CivilDate): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const made = new Date(`${madeOn}T04:00:00Z`);
  Object.assign(workbook, { creator: 'Quayside', lastModifiedBy: 'Quayside', created: made, modified: made });
  const sheet = workbook.addWorksheet('备案单证目录', {
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = widths.map((width) => ({ width, style: { numFmt: '@' } }));
  const head = catalogueHead(catalogue);
  for (const [label, value] of head) sheet.addRow([label, undefined, undefined, storable(value)]);
  sheet.addRow([]);
  sheet.addRow([...catalogueHeadings]);
  for (const cells of catalogueTable(catalogue)) sheet.addRow(cells.map(storable));
  for (let at = 1; at <= head.length; at++) sheet.getRow(at).font = { bold: at === 1 };
  const headings = head.length + 2;
  sheet.getRow(headings).font = { bold: true };
  sheet.pageSetup.printTitlesRow = `${headings}:${headings}`;
  sheet.views = [{ state: 'frozen', ySplit: headings }];
  sheet.eachRow((row, at) => {
    if (at < headings) return;
    row.eachCell({ includeEmpty: true }, (cell) => {
      cell.alignment = { vertical: 'top', wrapText: true };
      cell.border = { bottom: { style: 'thin', color: { argb: 'FFBFBFBF' } } };
    });
  });
  return redated(Buffer.from(await workbook.xlsx.writeBuffer()), madeOn);
}

/** XML keeps no control character and no half of a character; a workbook with one does not open. */
function storable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ');
}

/** The same workbook with that date on each of its parts: the writer stamps them with the clock, which would change the bytes. */
async function redated(workbook: Buffer, date: CivilDate): Promise<Buffer> {
  const parts = await yauzl.fromBufferPromise(workbook);
  const zip = new yazl.ZipFile();
  for await (const part of parts.eachEntry()) {
    // Folders have no content, and a workbook needs none of them.
    if (part.fileName.endsWith('/')) continue;
    zip.addBuffer(await buffer(await parts.openReadStreamPromise(part)), part.fileName, bearing(date));
  }
  zip.end();
  return buffer(zip.outputStream);
}
