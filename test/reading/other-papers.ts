/** More papers as they come: a contract in a workbook, a buyer's order, a pro-forma, a VAT invoice, a packing list with its totals below. */
import ExcelJS from 'exceljs';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { pdf, workbook } from './papers.ts';

const right = (text: string) => ({ text, alignment: 'right' as const });

/** Labels and values in cells of their own, two companies side by side, a formula that was never reckoned. */
export const contractWorkbook = (): Promise<Uint8Array> =>
  workbook([
    ['采 购 合 同'],
    ['合同编号：', 'CG20261103', '', '签订日期：', '2026.11.03'],
    ['甲方（需方）：', '上海远帆进出口有限公司', '', '乙方（供方）：', '宁波明灯电器厂'],
    ['地址：', '上海市中山路1号', '', '地址：', '宁波市望春路88号'],
    ['税号', '91310000MA1TESTX2K', '', '税号', '91330200MA2TESTX1K'],
    ['序号', '货号', '产品名称', '单位', '数量', '含税单价', '金额', '备注'],
    [1, 'TL-20', 'LED台灯', '套', 500, 42.5, { formula: 'E7*F7' }, '含灯泡'],
    [2, 'VB-500', '保温杯', '个', 1200, 18, { formula: 'E8*F8', result: 21600 }, ''],
    ['合计', '', '', '', '', '', { formula: 'SUM(G7:G8)', result: 42850 }, ''],
    ['合计金额（大写）：肆万贰仟捌佰伍拾元整'],
    ['交货日期：2026年11月20日'],
  ]);

/** A buyer's order without lines: headings so close that they run together, names of companies over two lines, bare dollars. */
export const purchaseOrder = (): Promise<Uint8Array> =>
  pdf([
    { text: 'PURCHASE ORDER', fontSize: 18 },
    {
      columns: [
        ['Vendor:', 'Shanghai Yuanfan Import & Export Co., Ltd.', '1 Zhongshan Road', 'Shanghai, China'],
        ['Ship To:', 'Harbor Home Goods Inc.', 'Dock 4, Oakland, CA'],
        ['PO Number: 4500012345', 'PO Date: 11/05/2026', 'Payment Terms: Net 30', 'Delivery Terms: FOB Ningbo'],
      ],
    },
    {
      margin: [0, 10, 0, 0],
      layout: 'noBorders',
      table: {
        widths: [30, 60, 180, 40, 40, 60, 70],
        body: [
          ['Item', 'SKU', 'Description', right('Qty'), 'UOM', right('Unit Cost'), right('Extended Price')],
          ['10', 'HH-LAMP', 'Desk lamp, LED, white', right('1,000'), 'EA', right('$9.80'), right('$9,800.00')],
          ['20', 'HH-BTL', 'Vacuum bottle 500 ml', right('600'), 'EA', right('$3.625'), right('$2,175.00')],
        ],
      },
    },
    right('Subtotal: $11,975.00'),
    right('Total: $11,975.00'),
  ]);

/** Units and currencies written against the figures, the term under a heading. */
export const proforma = (): Promise<Uint8Array> =>
  pdf([
    'ACME TRADING (HK) LIMITED',
    { text: 'PROFORMA INVOICE', fontSize: 16 },
    'To: Harbor Home Goods Inc.',
    'PI No: PI-778',
    'Date: Nov 5, 2026',
    {
      table: {
        widths: [180, 60, 80, 80],
        body: [
          ['Commodity & Specification', 'Quantity', 'Unit Price\nFOB NINGBO', 'Amount'],
          ['LED desk lamp', '1,000PCS', 'USD9.80', 'USD9,800.00'],
          ['TOTAL', '1,000PCS', '', 'USD9,800.00'],
        ],
      },
    },
    'Total Value: SAY U.S. DOLLARS NINE THOUSAND EIGHT HUNDRED ONLY.',
    'Beneficiary: ACME TRADING (HK) LIMITED',
    'A/C No.: 123-456789-838',
  ]);

/** A fully digital VAT invoice: sides written from top to bottom, columns of tax that are not ours. */
export const vatInvoice = (): Promise<Uint8Array> =>
  pdf(
    [
      { text: '电子发票（增值税专用发票）', fontSize: 16, alignment: 'center' },
      right('发票号码：26332000000012345678'),
      right('开票日期：2026年11月20日'),
      {
        fontSize: 7,
        table: {
          widths: [8, 240, 8, 240],
          body: [
            [
              '购买方信息',
              ['名称：上海远帆进出口有限公司', '统一社会信用代码/纳税人识别号：91310000MA1TESTX2K'],
              '销售方信息',
              ['名称：宁波明灯电器有限公司', '统一社会信用代码/纳税人识别号：91330200MA2TESTX1K'],
            ],
          ],
        },
      },
      {
        layout: 'noBorders',
        table: {
          widths: [120, 60, 40, 50, 60, 70, 50, 60],
          body: [
            [
              '项目名称',
              '规格型号',
              '单 位',
              right('数 量'),
              right('单 价'),
              right('金 额'),
              '税率/征收率',
              right('税 额'),
            ],
            [
              '*照明装置*LED台灯',
              'TL-20',
              '套',
              right('500'),
              right('37.61'),
              right('18805.00'),
              '13%',
              right('2444.65'),
            ],
            ['合 计', '', '', '', '', right('¥18805.00'), '', right('¥2444.65')],
          ],
        },
      },
      '价税合计（大写）  贰万壹仟贰佰肆拾玖圆陆角伍分    （小写）¥21249.65',
    ],
    { pageOrientation: 'landscape' },
  );

/** Numbers of cartons before the goods, totals under the table once more. */
export const packingListPdf = (): Promise<Uint8Array> =>
  pdf([
    { text: 'PACKING LIST', fontSize: 16 },
    'INVOICE NO.: YF2026-77',
    'DATE: 2026-11-24',
    {
      table: {
        widths: [60, 150, 60, 50, 60, 60, 60],
        body: [
          ['CTN NO.', 'DESCRIPTION', 'QTY (PCS)', 'CTNS', 'N.W. (KGS)', 'G.W. (KGS)', 'MEAS. (CBM)'],
          ['1-50', 'LED DESK LAMP', '1000', '50', '425.00', '485.00', '2.500'],
          ['51-80', 'VACUUM BOTTLE', '600', '30', '270.00', '300.50', '1.200'],
          [{ text: 'TOTAL:', colSpan: 2 }, '', '1600', '80', '695.00', '785.50', '3.700'],
        ],
      },
    },
    'TOTAL PACKED IN EIGHTY (80) CARTONS ONLY.',
    'TOTAL GROSS WEIGHT: 785.50 KGS',
  ]);

/** A price list whose heading we do not know: no figure under it may be taken for that of its neighbour. */
export const unknownHeading = (): Promise<Uint8Array> =>
  pdf([
    'COMMERCIAL INVOICE',
    {
      layout: 'noBorders',
      table: {
        widths: [150, 60, 80, 60],
        body: [
          ['Description', right('Qty'), right('Luminous flux'), right('Amount')],
          ['Desk lamp', right('10'), right('806'), ''],
        ],
      },
    },
  ]);

/** An invoice that carries its data as a file, as Factur-X and 数电票 do. */
export const pdfWithData = (): Promise<Uint8Array> => {
  const xml = '<?xml version="1.0" encoding="UTF-8"?><Invoice><ID>FX-7</ID></Invoice>';
  const data = `data:application/xml;base64,${Buffer.from(xml).toString('base64')}`;
  return pdf(['COMMERCIAL INVOICE', 'Invoice No.: FX-7', 'Date: 2026-11-12'], {
    files: { data: { src: data, name: '发票 FX-7.xml', relationship: 'Alternative' } },
  } as Partial<TDocumentDefinitions>);
};

/** A workbook of several sheets, in their order. */
export async function sheets(named: Readonly<Record<string, ExcelJS.CellValue[][]>>): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  book.created = new Date(0);
  for (const [name, rows] of Object.entries(named)) book.addWorksheet(name).addRows(rows);
  return new Uint8Array(await book.xlsx.writeBuffer());
}
