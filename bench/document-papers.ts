/** The papers that printing, comparison and reading are measured by: of one order of 50 lines, all of them agreeing. */
import ExcelJS from 'exceljs';
import type { Reference } from '../reference/load.ts';
import type { Instant } from '../rules/civil-date.ts';
import { factsOfOrder, factsOfPurchases } from '../rules/documents/comparing/facts-of-order.ts';
import { statedOfPrepared } from '../rules/documents/comparing/facts-of-papers.ts';
import { type DocumentFacts, documentFactsSchema, type StatedDocument } from '../rules/documents/facts.ts';
import { type PreparedDocument, prepareDocuments } from '../rules/documents/prepare.ts';
import { lineTotalOf } from '../rules/order/figures.ts';
import { type Order, orderSchema } from '../rules/order/order.ts';
import { settingsSchema } from '../rules/settings.ts';
import { orderToCheck } from './check-order.ts';

/** Whoever exports: an organisation as it is before anybody has set it. */
export const settings = settingsSchema.parse({});

/** Bought for so much of the sales price, in CNY a USD; only that every paper says the same matters. */
const BOUGHT_AT = 5;

/** The order of the check, with what it was bought for: contracts of suppliers are held against that. */
export function orderOfPapers(): Order {
  const order = orderToCheck({ exportOn: '2026-12-11', endUser: 'Harbor Home Goods Retail Inc.' });
  return orderSchema.parse({
    ...order,
    orderedOn: '2026-11-02',
    lines: order.lines.map((line) => ({
      ...line,
      purchaseNet: (Number(lineTotalOf(line, order.currency)) * BOUGHT_AT).toFixed(2),
    })),
  });
}

/** Our seven papers of the order. */
export function ownPapersOf(order: Order, asOf: Instant, reference: Reference): PreparedDocument[] {
  return prepareDocuments({ order, settings, organisation: 'bench', revision: 1, asOf, reference }).documents;
}

/**
 * Our seven papers, and what supplier, forwarder, carrier and authority made of the same goods. None of theirs has our product
 * codes, so that every line has to be matched by what it says.
 */
export function fullSetOf(order: Order, own: readonly PreparedDocument[]): StatedDocument[] {
  const sales = factsOfOrder(order, settings.exporter);
  const purchases = factsOfPurchases(order, settings.exporter);
  const [{ supplier } = {}] = order.lines;
  const { total, fob, freight, insurance, currency, orderNumber, date, ...shown } = sales;
  const theirs: [kind: string, facts: DocumentFacts][] = [
    ['purchase-contract', { ...purchases, seller: { nameZh: supplier?.name, taxId: supplier?.taxId } }],
    ['packing-list', { ...shown, lines: withoutPrices(sales) }],
    ['bill-of-lading', { ...shown, date: order.plannedExportOn, lines: withoutPrices(sales) }],
    ['certificate-of-origin', { ...shown, lines: withoutPrices(sales) }],
  ];
  return [...own.map(statedOfPrepared), ...theirs.map(([kind, facts]) => received(kind, facts))];
}

/** The same papers where what was received has its lines the other way round and one piece more in each: much to find. */
export function differing(papers: readonly StatedDocument[]): StatedDocument[] {
  return papers.map((paper) => {
    if (paper.made) return paper;
    const lines = paper.facts.lines
      .toReversed()
      .map((line) => ({ ...line, quantity: line.quantity && String(Number(line.quantity) + 1) }));
    return { ...paper, facts: { ...paper.facts, lines } };
  });
}

/** A packing list as a supplier's clerk makes it: one sheet, bilingual headings, totals below. */
export async function packingWorkbook(order: Order): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  // Of the library's own making, a date of now: the file would be another at each run.
  book.created = new Date(0);
  const sheet = book.addWorksheet('Packing list');
  sheet.addRows([
    ['PACKING LIST 装箱单'],
    ['Invoice No.', `INV-${order.reference}`, '', 'Date', order.orderedOn],
    ['Buyer', order.buyer.name],
    ['Marks 唛头', order.marks ?? 'N/M'],
    [],
    ['No.', 'Description\n品名', 'Qty\n数量', 'Unit\n单位', 'Packages\n件数', 'N.W. (KG)\n净重', 'G.W. (KG)\n毛重'],
  ]);
  for (const [index, line] of order.lines.entries())
    sheet.addRow([
      ...[index + 1, `${line.nameEn}\n${line.nameZh}`, Number(line.quantity), line.unit, line.packages.count],
      ...[Number(line.netWeightKg), Number(line.grossWeightKg)],
    ]);
  const last = sheet.rowCount;
  const sumOf = (column: string) => ({ formula: `SUM(${column}7:${column}${last})` });
  sheet.addRow(['TOTAL', '', sumOf('C'), '', sumOf('E'), sumOf('F'), sumOf('G')]);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

function received(kind: string, facts: DocumentFacts): StatedDocument {
  return { id: `R-${kind}`, kind, made: false, facts: documentFactsSchema.parse(withoutAbsent(facts)) };
}

/** As a paper of theirs states our goods: neither our codes nor our prices. */
function withoutPrices({ lines }: DocumentFacts): DocumentFacts['lines'] {
  return lines.map(({ productCode, unitPrice, total, ...goods }) => goods);
}

/** What is kept of a paper has no fields that say nothing. */
function withoutAbsent(facts: DocumentFacts): unknown {
  return JSON.parse(JSON.stringify(facts));
}
