/** Papers as suppliers, forwarders and carriers make them, as files: PDFs by pdfmake, workbooks by ExcelJS. */
import { createRequire } from 'node:module';
import ExcelJS from 'exceljs';
import pdfmake from 'pdfmake';
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';

const fonts = createRequire(import.meta.url)
  .resolve('@expo-google-fonts/noto-sans-sc/package.json')
  .replace('package.json', '');
pdfmake.setFonts({
  Noto: {
    normal: `${fonts}400Regular/NotoSansSC_400Regular.ttf`,
    bold: `${fonts}700Bold/NotoSansSC_700Bold.ttf`,
  },
});
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path.startsWith(fonts));

/** A PDF with a text layer. */
export async function pdf(content: Content, more: Partial<TDocumentDefinitions> = {}): Promise<Uint8Array> {
  const made = pdfmake.createPdf({
    content,
    defaultStyle: { font: 'Noto', fontSize: 9 },
    info: { creationDate: new Date(0) },
    ...more,
  });
  return new Uint8Array(await made.getBuffer());
}

/** A workbook of one sheet. */
export async function workbook(
  rows: ExcelJS.CellValue[][],
  shape: (sheet: ExcelJS.Worksheet) => void = () => undefined,
  name = 'Sheet1',
): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  book.created = new Date(0);
  const sheet = book.addWorksheet(name);
  for (const row of rows) sheet.addRow(row);
  shape(sheet);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

const head = (text: string): Content => ({
  text,
  bold: true,
  fontSize: 16,
  alignment: 'center',
  margin: [0, 0, 0, 10],
});

/** A supplier's purchase contract in Chinese: sets (套), spaced labels, names over two lines, a total in words. */
export const purchaseContract = (): Promise<Uint8Array> =>
  pdf([
    head('购 销 合 同'),
    {
      columns: [
        ['供方：宁波海曙明灯电器有限公司', '地址：浙江省宁波市海曙区望春路 88 号'],
        ['合 同 编 号：PC-2026-118', '签订日期：2026年11月3日', '签订地点：宁波'],
      ],
    },
    '需方：上海远帆进出口有限公司',
    { text: '一、产品名称、数量、金额', margin: [0, 8, 0, 4] },
    {
      table: {
        headerRows: 1,
        widths: [24, 130, 70, 40, 30, 60, 70],
        body: [
          ['序号', '品名', '规格型号', '数量', '单位', '单价(元)', '金额（元）'],
          [
            '1',
            'LED 台灯',
            'TL-20',
            { text: '500', alignment: 'right' },
            '套',
            { text: '42.50', alignment: 'right' },
            { text: '21,250.00', alignment: 'right' },
          ],
          [
            '2',
            '不锈钢真空保温杯五百毫升带双层盖和提手',
            'VB-500',
            { text: '1,200', alignment: 'right' },
            '个',
            { text: '18.00', alignment: 'right' },
            { text: '21,600.00', alignment: 'right' },
          ],
          [
            { text: '合计', colSpan: 3 },
            '',
            '',
            { text: '1,700', alignment: 'right' },
            '',
            '',
            { text: '42,850.00', alignment: 'right' },
          ],
        ],
      },
    },
    '合计人民币金额（大写）：肆万贰仟捌佰伍拾元整',
    '二、交货日期：2026年11月20日前',
    '三、付款方式：货到三十天内付清',
    '境内货源地：浙江宁波',
  ]);

/** A supplier's invoice in English, labels in two columns, terms over the prices, a name in two languages. */
export const supplierInvoice = (): Promise<Uint8Array> =>
  pdf([
    { text: 'NINGBO BRIGHT LAMP CO., LTD.', bold: true, fontSize: 13 },
    head('COMMERCIAL INVOICE'),
    {
      columns: [
        [
          { text: 'Seller:' },
          'Ningbo Bright Lamp Co., Ltd.',
          'No. 88 Wangchun Road, Ningbo, China',
          { text: 'Buyer:', margin: [0, 6, 0, 0] },
          'Harbor Home Goods Inc.',
          '200 Main Street, Oakland, CA',
        ],
        [
          'Invoice No.: BL-2026-0915',
          'Date: 12 Nov 2026',
          'Contract No.: SC-LAMPS-1',
          'Currency: USD',
          'Price term: CIF Los Angeles',
        ],
      ],
    },
    'Port of Loading: Ningbo      Port of Discharge: Los Angeles',
    {
      margin: [0, 8, 0, 0],
      table: {
        headerRows: 1,
        widths: [24, 180, 60, 50, 70, 70],
        body: [
          ['No.', 'Description of Goods', 'HS Code', 'Quantity', 'Unit Price (USD)', 'Amount (USD)'],
          [
            '1',
            'LED desk lamp\nLED台灯',
            '9405.21.00',
            { text: '1,000 pcs', alignment: 'right' },
            { text: '9.80', alignment: 'right' },
            { text: '9,800.00', alignment: 'right' },
          ],
          [
            '2',
            'Vacuum bottle, stainless steel, 500 ml, double lid and carrying loop',
            '96170011',
            { text: '600 pcs', alignment: 'right' },
            { text: '3.625', alignment: 'right' },
            { text: '2,175.00', alignment: 'right' },
          ],
          [
            { text: 'TOTAL', colSpan: 3 },
            '',
            '',
            { text: '1,600 pcs', alignment: 'right' },
            '',
            { text: '11,975.00', alignment: 'right' },
          ],
        ],
      },
    },
    'SAY US DOLLARS ELEVEN THOUSAND NINE HUNDRED SEVENTY-FIVE ONLY',
    'Freight: USD 350.00',
    'Insurance: USD 25.00',
    'Shipping marks: HHG / OAKLAND / C/NO.1-80',
  ]);

/** A packing list as a workbook: merged head, formulas with results, totals by formula, weights a carton beside weights. */
export const packingList = (): Promise<Uint8Array> =>
  workbook(
    [
      ['PACKING LIST 装箱单'],
      [],
      ['Invoice No.', 'INV-LAMPS-1', '', '', 'Date', new Date(Date.UTC(2026, 10, 24))],
      ['Seller 卖方', '上海远帆进出口有限公司\nShanghai Yuanfan Import & Export Co., Ltd.'],
      ['Buyer', 'Harbor Home Goods Inc.'],
      ['Marks 唛头', 'N/M'],
      [],
      [
        'No.',
        'Description\n品名',
        'Qty\n数量',
        'Unit\n单位',
        'Packages\n件数',
        'N.W./CTN',
        'N.W. (KG)\n净重',
        'G.W. (KG)\n毛重',
        'Meas. (CBM)',
      ],
      [
        1,
        'LED desk lamp\nLED台灯',
        1000,
        '个',
        50,
        8.5,
        { formula: 'E9*F9', result: 425 },
        { formula: 'E9*9.7', result: 485.00000000000006 },
        2.5,
      ],
      [2, 'Vacuum bottle\n保温杯', 600, '个', 30, 9, 270, 300.5, 1.2],
      [
        'Total 合计',
        '',
        1600,
        '',
        { formula: 'SUM(E9:E10)', result: 80 },
        '',
        { formula: 'SUM(G9:G10)', result: 695 },
        { formula: 'SUM(H9:H10)', result: 785.5 },
        3.7,
      ],
    ],
    (sheet) => {
      sheet.mergeCells('A1:I1');
      sheet.mergeCells('B4:D4');
      sheet.mergeCells('A11:B11');
    },
  );

/** A forwarder's invoice: charges in two currencies, of which sea freight changes the FOB value. */
export const forwarderInvoice = (): Promise<Uint8Array> =>
  pdf([
    { text: '宁波港联国际货运代理有限公司', bold: true, fontSize: 13 },
    head('FREIGHT INVOICE 费用账单'),
    {
      columns: [
        ['Bill to: Shanghai Yuanfan Import & Export Co., Ltd.'],
        ['Invoice No.: FF-88120', 'Date: 2026/12/02', 'B/L No.: NGBLAX120045'],
      ],
    },
    'Vessel/Voyage: EVER SAMPLE / 048E',
    {
      table: {
        widths: [200, 60, 80],
        body: [
          ['Charge 费用名称', 'Currency', 'Amount'],
          ['Ocean freight 海运费', 'USD', { text: '1,250.00', alignment: 'right' }],
          ['Documentation fee 文件费', 'USD', { text: '45.00', alignment: 'right' }],
          ['Total', 'USD', { text: '1,295.00', alignment: 'right' }],
        ],
      },
    },
  ]);

/** A bill of lading: a form, its labels above what they name, two boxes side by side. */
export const billOfLading = (): Promise<Uint8Array> => {
  const box = (label: string, ...lines: string[]): Content => ({
    stack: [{ text: label, fontSize: 7 }, ...lines],
    margin: [0, 2, 0, 2],
  });
  return pdf([
    head('BILL OF LADING'),
    {
      table: {
        widths: [250, 250],
        body: [
          [
            box('SHIPPER', 'Shanghai Yuanfan Import & Export Co., Ltd.', '1 Zhongshan Road, Shanghai'),
            box('B/L NO.', 'NGBLAX120045'),
          ],
          [
            box('CONSIGNEE', 'Harbor Home Goods Inc.', '200 Main Street, Oakland, CA'),
            box('NOTIFY PARTY', 'Pacific Customs Brokers LLC'),
          ],
          [box('OCEAN VESSEL / VOYAGE NO.', 'EVER SAMPLE / 048E'), box('PORT OF LOADING', 'NINGBO, CHINA')],
          [box('PORT OF DISCHARGE', 'LOS ANGELES, CA'), box('PLACE OF DELIVERY', 'OAKLAND, CA')],
        ],
      },
    },
    {
      table: {
        widths: [90, 80, 170, 70, 70],
        body: [
          ['Marks & Nos.', 'No. of packages', 'Description of goods', 'Gross weight (KGS)', 'Measurement'],
          ['HHG\nC/NO.1-80', '80 CTNS', 'LED DESK LAMPS AND VACUUM BOTTLES', '785.50', '3.700 CBM'],
        ],
      },
    },
    'SHIPPED ON BOARD DATE: 26 NOV 2026',
  ]);
};

/** An old Chinese printer's PDF: no font inside, letters in the national encoding. Reads `合同编号: PC-7`. */
export const nationalEncoding = (): Uint8Array => {
  const page = 'BT /F1 12 Tf 72 700 Td <BACFCDACB1E0BAC53A2050432D37> Tj ET';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /GBK-EUC-H /DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 7 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
  ].map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`);
  return new Uint8Array(
    Buffer.from(`%PDF-1.4\n${objects.join('')}trailer << /Root 1 0 R /Size 8 >>\n%%EOF\n`, 'latin1'),
  );
};

/** A form of boxes as our own papers have it: small labels above, each box's neighbour beside its label. */
export const boxes = (): Promise<Uint8Array> => {
  const box = (label: string, ...lines: string[]): Content => ({ stack: [{ text: label, fontSize: 7 }, ...lines] });
  return pdf([
    head('商业发票  COMMERCIAL INVOICE'),
    {
      table: {
        widths: [220, 110, 130],
        body: [
          [
            {
              ...(box(
                '买方 Buyer',
                'Gulf Home Trading W.L.L.',
                'Block 3, Shuwaikh Industrial, KW',
                'Tax ID KW-4455667',
              ) as object),
              rowSpan: 2,
            } as TableCell,
            box('发票号 Invoice No.', 'INV-KUWAIT-1'),
            box('日期 Date', '2026-11-24'),
          ],
          ['', box('运输方式 Transport', 'By sea 海运'), box('船名航次 Vessel / voyage', 'EVER CALM / 0412E')],
          [
            box('收货人 Consignee', 'Gulf Home Trading W.L.L.'),
            box('起运港 From', 'Ningbo'),
            box('目的港 To', 'KWSWK, KW'),
          ],
        ],
      },
    },
    {
      margin: [0, 8, 0, 0],
      table: {
        widths: [30, 160, 70, 80, 80],
        body: [
          [
            '序号\nNo.',
            '商品名称\nDescription of goods',
            { text: '数量\nQuantity', alignment: 'right' },
            { text: '单价\nUnit price KWD', alignment: 'right' },
            { text: '金额\nAmount KWD', alignment: 'right' },
          ],
          [
            '1',
            'LED table lamp, aluminium, dimmable\nLED台灯 Art. 9405-101',
            { text: '240 台', alignment: 'right' },
            { text: '3.125', alignment: 'right' },
            { text: '750.000', alignment: 'right' },
          ],
          [
            '2',
            'Floor polish',
            { text: '99,999.999\n千克', alignment: 'right' },
            { text: '1.000', alignment: 'right' },
            { text: '99,999.999', alignment: 'right' },
          ],
          [
            { text: '合计 TOTAL', colSpan: 3 },
            '',
            '',
            { text: 'KWD', alignment: 'right' },
            { text: '100,749.999', alignment: 'right' },
          ],
        ],
      },
    },
    box('其中运费 Freight included', 'KWD 12.500'),
  ]);
};

/** A declaration as customs prints it: boxes with labels above values; for each line up to three figures one above the other. */
export const customsDeclaration = (): Promise<Uint8Array> => {
  const grid = (widths: number[], rows: string[][]) => ({ fontSize: 7, table: { widths, body: rows } });
  return pdf(
    [
      head('中华人民共和国海关出口货物报关单'),
      { columns: ['预录入编号：310120260000000123', '海关编号：310120260000000123', '页码/页数：1/1'] },
      grid(
        [150, 120, 120, 120, 120],
        [
          [
            '境内发货人(91330200MA0000000X)\n示例进出口有限公司',
            '出境关别(3104)\n北仑海关',
            '出口日期\n20261128',
            '申报日期\n20261126',
            '备案号\n',
          ],
          [
            '境外收货人\nHARBOR HOME GOODS INC.',
            '运输方式(2)\n水路运输',
            '运输工具名称及航次号\nEVER GIVEN/012W',
            '提运单号\nEGLV142600000001',
            '货物存放地点\n',
          ],
          [
            '生产销售单位(91330201MA2LAMP01X)\n宁波明灯照明有限公司',
            '监管方式(0110)\n一般贸易',
            '征免性质(101)\n一般征税',
            '许可证号\n',
            '启运港\n',
          ],
          [
            '合同协议号\nSC-2026-77',
            '贸易国(地区)(USA)\n美国',
            '运抵国(地区)(USA)\n美国',
            '指运港(USA309)\n长滩',
            '离境口岸(310401)\n宁波港北仑港区',
          ],
        ],
      ),
      grid(
        [110, 60, 80, 80, 70, 70, 70, 60],
        [
          [
            '包装种类(22)\n纸制或纤维板制盒/箱',
            '件数\n250',
            '毛重(千克)\n1720',
            '净重(千克)\n1500',
            '成交方式(1)\nCIF',
            '运费\nUSD/1100/3',
            '保费\nUSD/50/3',
            '杂费\n',
          ],
        ],
      ),
      grid([640], [['标记唛码及备注\n备注：N/M']]),
      {
        fontSize: 7,
        layout: 'noBorders',
        table: {
          widths: [25, 65, 190, 75, 70, 60, 60, 75, 60],
          body: [
            [
              '项号',
              '商品编号',
              '商品名称及规格型号',
              '数量及单位',
              '单价/总价/币制',
              '原产国(地区)',
              '最终目的国(地区)',
              '境内货源地',
              '征免',
            ],
            [
              '1',
              '9405210090',
              'LED台灯\n4|3|家用照明|铝合金|LED|无品牌|TL-20',
              '1500千克\n \n1000台',
              '12.0000\n12000.00\n美元',
              '中国\n(CHN)',
              '美国\n(USA)',
              '(33029)宁波其他',
              '照章征税\n(1)',
            ],
            [
              '2',
              '6109100021',
              '针织全棉男式T恤衫\n1|0|针织|T恤衫|男式|棉100%',
              '300件\n60千克\n300件',
              '3.5000\n1050.00\n美元',
              '中国\n(CHN)',
              '美国\n(USA)',
              '(33029)宁波其他',
              '照章征税\n(1)',
            ],
          ],
        },
      },
      '报关人员 申报单位 宁波示例报关有限公司',
    ],
    { pageOrientation: 'landscape' },
  );
};

/** A broker's draft in a workbook, cells of several lines; and one whose price says nothing of which figure it is. */
export const declarationWorkbook = (price = '2.10\n504.00\n美元'): Promise<Uint8Array> =>
  workbook([
    ['出口货物报关单（草单）'],
    ['项号', '商品编号', '商品名称及规格型号', '数量及单位', '单价/总价/币制'],
    [1, '9405210090', 'LED台灯\n4|3|家用照明', '180.5千克\n240台', price],
    [2, '7326909000', '钢制置物架', '420个', '1\n420\n美元'],
  ]);
