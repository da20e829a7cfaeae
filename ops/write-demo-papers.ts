/**
 * `npm run demo-papers`: writes demo/papers, the files that suppliers, a warehouse and a forwarder hand in when the demo is
 * played. They are kept in the repository, so that a demo reads what it read yesterday; what they say is written here.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import type { Content, ContentTable } from 'pdfmake/interfaces.js';
import { MAIN_FACE } from '../printing/faces.ts';
import { typeset } from '../printing/typeset.ts';

const folder = fileURLToPath(new URL('../demo/papers', import.meta.url));
const us = '示例进出口有限公司';

function pdf(title: string, date: string, content: Content[]): Promise<Uint8Array> {
  return typeset({
    content: [{ text: title, bold: true, fontSize: 16, alignment: 'center', margin: [0, 0, 0, 12] }, ...content],
    defaultStyle: { font: MAIN_FACE, fontSize: 10, lineHeight: 1.25 },
    // The same bytes whenever they are made: a file is known by its hash.
    info: { creationDate: new Date(`${date}T00:00:00Z`) },
  });
}

function goods(widths: (number | '*')[], heads: string[], ...rows: string[][]): ContentTable {
  return { margin: [0, 10, 0, 10], table: { headerRows: 1, widths, body: [heads, ...rows] } };
}

interface Weights {
  net: number;
  gross: number;
}

/** As the warehouse of LOCKS-2614 writes it. */
async function packingList({ net, gross }: Weights): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  book.created = new Date(0);
  book.modified = new Date(0);
  const sheet = book.addWorksheet('装箱单');
  sheet.addRows([
    ['装箱单 PACKING LIST'],
    [],
    ['Buyer 买方', 'Ridgeway Tools Co.'],
    ['Marks 唛头', 'RT / CLEVELAND / 1-60'],
    [],
    ['No.', '品名 Description', '数量 Qty', '单位 Unit', '件数 Packages', '净重 N.W. (KG)', '毛重 G.W. (KG)'],
    [1, '四位密码锁\nCombination locks with four dials', 6000, '把', 60, net, gross],
  ]);
  sheet.mergeCells('A1:G1');
  for (const [column, width] of [6, 30, 10, 10, 14, 16, 16].entries()) sheet.getColumn(column + 1).width = width;
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** Of the supplier of PACKS-2615: it counts a backpack with its rain cover as a set, until it is asked. */
const contract = (unit: string): Promise<Uint8Array> =>
  pdf('购 销 合 同', '2026-04-15', [
    {
      columns: [
        ['供方：泉州远行箱包有限公司', `需方：${us}`],
        ['合同编号：PC-26-0415', '签订日期：2026年4月15日', '签订地点：泉州'],
      ],
    },
    goods(
      [30, '*', 60, 50, 40, 60, 70],
      ['序号', '品名', '规格型号', '数量', '单位', '单价(元)', '金额(元)'],
      ['1', '双肩登山包', 'HP-30', '1,500', unit, '40.00', '60,000.00'],
    ),
    '合计人民币金额(大写)：陆万元整（不含税）',
    '境内货源地：泉州',
  ]);

/** Of the supplier of DISCS-2616: the quantity stands in cartons, and the pieces are told by the carton. */
const supplierInvoice = (): Promise<Uint8Array> =>
  pdf('发 货 票', '2026-04-28', [
    {
      columns: [
        ['供方：潍坊磨具制造有限公司', `需方：${us}`],
        ['发票编号：WF-260428', '合同编号：PC-26-0428', '日期：2026年4月28日'],
      ],
    },
    goods(
      [30, '*', 60, 40, 60, 60, 60, 70],
      ['序号', '品名', '规格型号', '单位', '数量(箱)', '每箱数量', '单价(元)', '金额(元)'],
      ['1', '纤维增强切割片', 'CD-115', '个', '50', '40', '22.50', '45,000.00'],
    ),
    '合计金额：45,000.00 元（不含税）',
    '境内货源地：潍坊',
  ]);

/** Of the forwarder of CLIPS-2617: the sea freight came dearer than it was when the order was priced. */
const forwarderInvoice = (): Promise<Uint8Array> =>
  pdf('FREIGHT INVOICE 费用账单', '2026-05-06', [
    '宁波港联国际货运代理有限公司',
    `Bill to: Example Import & Export Co., Ltd. ${us}`,
    'Invoice No.: FF-26-0881',
    goods(
      ['*', 70, 90],
      ['费用名称 Charge', '币种 Currency', '金额 Amount'],
      ['海运费 Ocean freight', 'USD', '1,420.00'],
    ),
  ]);

const papers: Record<string, () => Promise<Uint8Array>> = {
  'packing-list.xlsx': () => packingList({ net: 1500, gross: 1260 }),
  'packing-list-corrected.xlsx': () => packingList({ net: 1500, gross: 1620 }),
  'purchase-contract.pdf': () => contract('套'),
  'purchase-contract-reissued.pdf': () => contract('个'),
  'supplier-invoice.pdf': supplierInvoice,
  'forwarder-invoice.pdf': forwarderInvoice,
};

mkdirSync(folder, { recursive: true });
for (const [name, make] of Object.entries(papers)) {
  const bytes = await make();
  writeFileSync(join(folder, name), bytes);
  console.log(`  demo/papers/${name}  ${bytes.length} bytes`);
}
