import { afterAll, describe, expect, it } from '@jest/globals';
import { admit } from '../../reading/admit.ts';
import type { ReadingHints } from '../../reading/fields/fields-of.ts';
import { readInWorker, stopReader } from '../../reading/in-worker.ts';
import { png } from './mutations.ts';
import {
  contractWorkbook,
  packingListPdf,
  proforma,
  purchaseOrder,
  unknownHeading,
  vatInvoice,
} from './other-papers.ts';
import {
  billOfLading,
  boxes,
  customsDeclaration,
  declarationWorkbook,
  forwarderInvoice,
  nationalEncoding,
  packingList,
  pdf,
  purchaseContract,
  supplierInvoice,
  workbook,
} from './papers.ts';

afterAll(stopReader);

async function read(bytes: Uint8Array, hints: ReadingHints = {}) {
  const admitted = await admit(bytes, 'paper');
  if (admitted.refused) throw new Error(admitted.message);
  return readInWorker(bytes, admitted, hints);
}

describe('papers of others are read into fields', () => {
  it('a purchase contract in Chinese, goods in sets', async () => {
    const { outcome, kind, facts, fields, notes } = await read(await purchaseContract());
    expect({ outcome, kind, notes }).toEqual({ outcome: 'read', kind: 'purchase-contract', notes: [] });
    expect(facts).toEqual({
      number: 'PC-2026-118',
      date: '2026-11-03',
      seller: { nameZh: '宁波海曙明灯电器有限公司', address: '浙江省宁波市海曙区望春路 88 号' },
      buyer: { nameZh: '上海远帆进出口有限公司' },
      currency: 'CNY',
      supplierPlace: '浙江宁波',
      total: '42850.00',
      lines: [
        {
          no: 1,
          nameZh: 'LED 台灯',
          model: 'TL-20',
          quantity: '500',
          unit: '套',
          unitPrice: '42.50',
          total: '21250.00',
        },
        {
          no: 2,
          nameZh: '不锈钢真空保温杯五百毫升带双层盖和提手',
          model: 'VB-500',
          quantity: '1200',
          unit: '个',
          unitPrice: '18.00',
          total: '21600.00',
        },
      ],
    });
    expect(fields.find(({ path }) => path === 'lines[0].unit')).toMatchObject({
      value: '套',
      confidence: 1,
      place: expect.stringMatching(/^page 1, line \d+$/),
    });
  });

  it('a supplier’s invoice in English, in two columns, names in two languages', async () => {
    const { kind, facts } = await read(await supplierInvoice());
    expect(kind).toBe('commercial-invoice');
    expect(facts).toMatchObject({
      number: 'BL-2026-0915',
      date: '2026-11-12',
      contractNumber: 'SC-LAMPS-1',
      seller: { name: 'Ningbo Bright Lamp Co., Ltd.' },
      buyer: { name: 'Harbor Home Goods Inc.', address: '200 Main Street, Oakland, CA' },
      currency: 'USD',
      incoterm: 'CIF',
      incotermPlace: 'Los Angeles',
      portOfLoading: 'Ningbo',
      portOfDischarge: 'Los Angeles',
      total: '11975.00',
      freight: '350.00',
      insurance: '25.00',
    });
    expect(facts.lines).toEqual([
      {
        no: 1,
        nameEn: 'LED desk lamp',
        nameZh: 'LED台灯',
        hsCode: '94052100',
        quantity: '1000',
        unit: 'pcs',
        unitPrice: '9.80',
        total: '9800.00',
      },
      {
        no: 2,
        nameEn: 'Vacuum bottle, stainless steel, 500 ml, double lid and carrying loop',
        hsCode: '96170011',
        quantity: '600',
        unit: 'pcs',
        unitPrice: '3.625',
        total: '2175.00',
      },
    ]);
  });

  it('a packing list in a workbook: merged cells, formulas by their results, the weight of a carton left out', async () => {
    const { kind, facts, fields } = await read(await packingList());
    expect(kind).toBe('packing-list');
    expect(facts).toEqual({
      date: '2026-11-24',
      invoiceNumber: 'INV-LAMPS-1',
      seller: { name: 'Shanghai Yuanfan Import & Export Co., Ltd.', nameZh: '上海远帆进出口有限公司' },
      buyer: { name: 'Harbor Home Goods Inc.' },
      marks: 'N/M',
      packages: '80',
      netWeightKg: '695',
      grossWeightKg: '785.5',
      lines: [
        {
          no: 1,
          nameEn: 'LED desk lamp',
          nameZh: 'LED台灯',
          quantity: '1000',
          unit: '个',
          packages: '50',
          netWeightKg: '425',
          grossWeightKg: '485',
        },
        {
          no: 2,
          nameEn: 'Vacuum bottle',
          nameZh: '保温杯',
          quantity: '600',
          unit: '个',
          packages: '30',
          netWeightKg: '270',
          grossWeightKg: '300.5',
        },
      ],
    });
    expect(fields.find(({ path }) => path === 'lines[1].netWeightKg')?.place).toBe('Sheet1!G10');
  });

  it('a forwarder’s invoice: its sea freight by itself', async () => {
    const { kind, facts } = await read(await forwarderInvoice());
    expect(kind).toBe('forwarder-invoice');
    expect(facts).toMatchObject({
      number: 'FF-88120',
      date: '2026-12-02',
      currency: 'USD',
      freight: '1250.00',
      total: '1295.00',
      vessel: 'EVER SAMPLE',
      voyage: '048E',
    });
  });

  it('a bill of lading: a form with its labels above', async () => {
    const { kind, facts } = await read(await billOfLading());
    expect(kind).toBe('bill-of-lading');
    expect(facts).toMatchObject({
      number: 'NGBLAX120045',
      date: '2026-11-26',
      seller: { name: 'Shanghai Yuanfan Import & Export Co., Ltd.' },
      consignee: { name: 'Harbor Home Goods Inc.', address: '200 Main Street, Oakland, CA' },
      notify: { name: 'Pacific Customs Brokers LLC' },
      vessel: 'EVER SAMPLE',
      voyage: '048E',
      portOfLoading: 'NINGBO, CHINA',
      portOfDischarge: 'LOS ANGELES, CA',
      packages: '80',
      grossWeightKg: '785.50',
    });
  });
});

describe('more papers', () => {
  it('a contract in a workbook: companies side by side, a formula that was never reckoned left out', async () => {
    const { kind, facts } = await read(await contractWorkbook());
    expect(kind).toBe('purchase-contract');
    expect(facts).toEqual({
      number: 'CG20261103',
      date: '2026-11-03',
      buyer: { nameZh: '上海远帆进出口有限公司', address: '上海市中山路1号', taxId: '91310000MA1TESTX2K' },
      seller: { nameZh: '宁波明灯电器厂', address: '宁波市望春路88号', taxId: '91330200MA2TESTX1K' },
      total: '42850',
      lines: [
        { no: 1, productCode: 'TL-20', nameZh: 'LED台灯', unit: '套', quantity: '500', unitPrice: '42.5' },
        {
          no: 2,
          productCode: 'VB-500',
          nameZh: '保温杯',
          unit: '个',
          quantity: '1200',
          unitPrice: '18',
          total: '21600',
        },
      ],
    });
  });

  it('a buyer’s order: headings that run together, a name over two lines, a date that may be two', async () => {
    const { kind, facts, fields } = await read(await purchaseOrder());
    expect(kind).toBe('purchase-contract');
    expect(facts).toEqual({
      number: '4500012345',
      date: '2026-05-11',
      seller: { name: 'Shanghai Yuanfan Import & Export Co., Ltd.', address: '1 Zhongshan Road, Shanghai, China' },
      consignee: { name: 'Harbor Home Goods Inc.', address: 'Dock 4, Oakland, CA' },
      incoterm: 'FOB',
      incotermPlace: 'Ningbo',
      total: '11975.00',
      lines: [
        {
          no: 10,
          productCode: 'HH-LAMP',
          nameEn: 'Desk lamp, LED, white',
          quantity: '1000',
          unit: 'EA',
          unitPrice: '9.80',
          total: '9800.00',
        },
        {
          no: 20,
          productCode: 'HH-BTL',
          nameEn: 'Vacuum bottle 500 ml',
          quantity: '600',
          unit: 'EA',
          unitPrice: '3.625',
          total: '2175.00',
        },
      ],
    });
    expect(fields.find(({ path }) => path === 'date')?.confidence).toBeLessThan(0.6);
  });

  it('a pro-forma: units and currencies against their figures', async () => {
    const { kind, facts } = await read(await proforma());
    expect(kind).toBe('proforma-invoice');
    expect(facts).toEqual({
      number: 'PI-778',
      date: '2026-11-05',
      buyer: { name: 'Harbor Home Goods Inc.' },
      currency: 'USD',
      incoterm: 'FOB',
      incotermPlace: 'NINGBO',
      total: '9800.00',
      lines: [{ nameEn: 'LED desk lamp', quantity: '1000', unit: 'PCS', unitPrice: '9.80', total: '9800.00' }],
    });
  });

  it('a VAT invoice: the buyer first, the tax not taken for the amount', async () => {
    const { kind, facts } = await read(await vatInvoice());
    expect(kind).toBe('vat-invoice');
    expect(facts).toEqual({
      number: '26332000000012345678',
      date: '2026-11-20',
      buyer: { nameZh: '上海远帆进出口有限公司', taxId: '91310000MA1TESTX2K' },
      seller: { nameZh: '宁波明灯电器有限公司', taxId: '91330200MA2TESTX1K' },
      total: '18805.00',
      lines: [
        {
          nameZh: '*照明装置*LED台灯',
          model: 'TL-20',
          quantity: '500',
          unit: '套',
          unitPrice: '37.61',
          total: '18805.00',
        },
      ],
    });
  });

  it('a packing list: numbers of cartons are no quantity', async () => {
    const { facts, notes } = await read(await packingListPdf());
    expect(notes).toEqual([]);
    expect(facts).toEqual({
      date: '2026-11-24',
      invoiceNumber: 'YF2026-77',
      packages: '80',
      netWeightKg: '695.00',
      grossWeightKg: '785.50',
      lines: [
        {
          nameEn: 'LED DESK LAMP',
          quantity: '1000',
          unit: 'pcs',
          packages: '50',
          netWeightKg: '425.00',
          grossWeightKg: '485.00',
        },
        {
          nameEn: 'VACUUM BOTTLE',
          quantity: '600',
          unit: 'pcs',
          packages: '30',
          netWeightKg: '270.00',
          grossWeightKg: '300.50',
        },
      ],
    });
  });

  it('figures under a heading that we do not know are not taken for those beside them', async () =>
    expect((await read(await unknownHeading())).facts.lines).toEqual([{ nameEn: 'Desk lamp', quantity: '10' }]));
});

describe('forms', () => {
  it('of boxes are read box by box, also beside labels that we do not know', async () => {
    const { kind, facts } = await read(await boxes());
    expect(kind).toBe('commercial-invoice');
    expect(facts).toEqual({
      number: 'INV-KUWAIT-1',
      date: '2026-11-24',
      buyer: { name: 'Gulf Home Trading W.L.L.', address: 'Block 3, Shuwaikh Industrial, KW', taxId: 'KW-4455667' },
      consignee: { name: 'Gulf Home Trading W.L.L.' },
      vessel: 'EVER CALM',
      voyage: '0412E',
      portOfLoading: 'Ningbo',
      portOfDischarge: 'KWSWK, KW',
      currency: 'KWD',
      freight: '12.500',
      total: '100749.999',
      lines: [
        {
          no: 1,
          nameEn: 'LED table lamp, aluminium, dimmable',
          nameZh: 'LED台灯',
          productCode: '9405-101',
          quantity: '240',
          unit: '台',
          unitPrice: '3.125',
          total: '750.000',
        },
        { no: 2, nameEn: 'Floor polish', quantity: '99999.999', unit: '千克', unitPrice: '1.000', total: '99999.999' },
      ],
    });
  });

  it('with several figures in one cell are read by the order that their heading names', async () => {
    const { kind, facts, notes } = await read(await customsDeclaration(), { kind: 'customs-declaration' });
    expect({ kind, notes }).toEqual({ kind: 'customs-declaration', notes: [] });
    expect(facts).toEqual({
      contractNumber: 'SC-2026-77',
      declarationNumber: '310120260000000123',
      seller: { nameZh: '示例进出口有限公司', taxId: '91330200MA0000000X' },
      consignee: { name: 'HARBOR HOME GOODS INC.' },
      currency: 'USD',
      incoterm: 'CIF',
      freight: '1100',
      insurance: '50',
      portOfLoading: '宁波港北仑港区',
      portOfDischarge: '长滩',
      destination: 'USA',
      vessel: 'EVER GIVEN',
      voyage: '012W',
      supplierPlace: '宁波',
      packages: '250',
      netWeightKg: '1500',
      grossWeightKg: '1720',
      lines: [
        {
          no: 1,
          nameZh: 'LED台灯',
          hsCode: '9405210090',
          origin: 'CHN',
          // Not the 1,500 kg of the statutory unit above it.
          quantity: '1000',
          unit: '台',
          unitPrice: '12.0000',
          total: '12000.00',
        },
        {
          no: 2,
          nameZh: '针织全棉男式T恤衫',
          hsCode: '6109100021',
          origin: 'CHN',
          quantity: '300',
          unit: '件',
          unitPrice: '3.5000',
          total: '1050.00',
        },
      ],
    });
  });

  it('with several figures in one cell of a workbook are read too', async () => {
    const { facts } = await read(await declarationWorkbook());
    expect(facts.lines).toEqual([
      {
        no: 1,
        nameZh: 'LED台灯',
        hsCode: '9405210090',
        quantity: '240',
        unit: '台',
        unitPrice: '2.10',
        total: '504.00',
      },
      expect.objectContaining({ no: 2, quantity: '420', unit: '个', unitPrice: '1', total: '420' }),
    ]);
  });

  it('with other figures in a cell than its heading names give no figure rather than another one', async () => {
    const { fields } = await read(await declarationWorkbook('504.00\n美元'));
    expect(fields.filter(({ path }) => /lines\[0\].(unitPrice|total)/.test(path))).toEqual([]);
    // Which of the two quantities was agreed, nothing tells any more.
    expect(fields.find(({ path }) => path === 'lines[0].quantity')?.confidence).toBe(0.5);
  });

  it('in the national encoding are read without a font', async () =>
    expect((await read(nationalEncoding(), { kind: 'purchase-contract' })).facts).toEqual({
      number: 'PC-7',
      lines: [],
    }));
});

describe('what is doubtful is not presented as sure', () => {
  const confidenceOf = async (bytes: Uint8Array, path: string) =>
    (await read(bytes)).fields.find((field) => field.path === path)?.confidence;

  it('a date that may be two', async () => {
    expect(await confidenceOf(await pdf(['INVOICE', 'Date: 03/04/2026']), 'date')).toBeLessThan(0.6);
    expect(await confidenceOf(await pdf(['INVOICE', 'Date: 2026-04-03']), 'date')).toBeGreaterThan(0.9);
  });

  it('figures of a line that do not fit each other', async () => {
    const list = (total: number) =>
      workbook([['INVOICE'], ['Description', 'Quantity', 'Unit price', 'Amount'], ['Lamp', 10, 2.5, total]]);
    expect(await confidenceOf(await list(25), 'lines[0].quantity')).toBeGreaterThan(0.9);
    expect(await confidenceOf(await list(52), 'lines[0].quantity')).toBeLessThan(0.6);
  });

  it('a total that stands on the paper twice, and differently', async () => {
    const { fields, notes } = await read(
      await workbook([['INVOICE'], ['Total amount: 100.00'], ['Description', 'Amount'], ['Lamp', 90], ['Total', 90]]),
    );
    expect(fields.find(({ path }) => path === 'total')?.confidence).toBeLessThan(0.6);
    expect(notes[0]).toMatch(/total stands as .* and as /);
  });

  it('a weight that is not in kilograms is left out', async () => {
    const { facts } = await read(await pdf(['PACKING LIST', 'Gross weight: 1.2 MT', 'Net weight (kg): 900']));
    expect(facts).toEqual({ netWeightKg: '900', lines: [] });
  });

  it('a price with more decimals than we hold is left out and named, not rounded', async () => {
    const { facts, notes } = await read(
      await workbook([
        ['INVOICE'],
        ['Description', 'Qty', 'Unit price', 'Amount'],
        ['Lamp', 500, '37.610619469', 18805.31],
      ]),
    );
    expect(facts.lines).toEqual([{ nameEn: 'Lamp', quantity: '500', total: '18805.31' }]);
    expect(notes[0]).toMatch(/^lines\[0\].unitPrice was read as 37.610619469 and left out: not a decimal number/);
  });

  it('a paper handed in as another is noted', async () =>
    expect((await read(await forwarderInvoice(), { kind: 'packing-list' })).notes).toContain(
      'It was handed in as packing-list; its title says forwarder-invoice.',
    ));
});

describe('what cannot be read says so', () => {
  it.each([
    [
      'a PDF without text',
      async () => pdf({ canvas: [{ type: 'rect', x: 0, y: 0, w: 90, h: 90, color: 'grey' }] }),
      'no-text',
    ],
    ['a picture', async () => png(), 'no-text'],
    ['an XML invoice', async () => Buffer.from('<?xml version="1.0"?><EInvoice/>'), 'no-reader'],
  ])('%s', async (_, make, outcome) => {
    const reading = await read(await make());
    expect(reading).toMatchObject({ outcome, facts: { lines: [] }, fields: [] });
    expect(reading.notes.at(-1)).toMatch(/by hand/);
  });

  it('text that is no paper gives no fields', async () => {
    const { outcome, kind, facts } = await read(await pdf('The quick brown fox jumps over 13 lazy dogs.'));
    expect({ outcome, kind, facts }).toEqual({ outcome: 'read', kind: undefined, facts: { lines: [] } });
  });
});

describe('tables over pages', () => {
  const row = (index: number) => [
    `${index}`,
    `Desk lamp of type ${index}, white, with shade`,
    `${index * 10}`,
    'pcs',
    '2.50',
    `${(index * 25).toFixed(1)}0`,
  ];
  const table = (repeated: boolean) =>
    pdf([
      'COMMERCIAL INVOICE',
      {
        table: {
          headerRows: repeated ? 1 : 0,
          widths: [24, 200, 50, 40, 60, 70],
          body: [
            ['No.', 'Description', 'Qty', 'Unit', 'Unit Price', 'Amount'],
            ...Array.from({ length: 120 }, (_, index) => row(index + 1)),
            ['Total', '', '', '', '', '181500.00'],
          ],
        },
      },
    ]);

  it.each([true, false])('go on, with headings repeated or not (%s)', async (repeated) => {
    const { facts } = await read(await table(repeated));
    expect(facts.lines.map(({ no }) => no)).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
    expect(facts.lines[119]).toMatchObject({
      nameEn: 'Desk lamp of type 120, white, with shade',
      quantity: '1200',
      unit: 'pcs',
      total: '3000.00',
    });
    expect(facts.total).toBe('181500.00');
  });
});

describe('figures below zero', () => {
  it('are guesses, also where they multiply, and stay among what was read', async () => {
    const { facts, fields } = await read(
      await workbook([
        ['COMMERCIAL INVOICE'],
        ['Gross weight (KG):', '-12.5'],
        ['Description', 'Qty', 'Unit price', 'Amount'],
        ['Lamp', 10, 2.5, 25],
        ['Discount', -2, 2.5, -5],
        ['Total', '', '', -20],
      ]),
    );
    const below = fields.filter(({ value }) => value.startsWith('-'));
    expect(below.map(({ path }) => path).toSorted()).toEqual([
      ...['grossWeightKg', 'lines[1].quantity', 'lines[1].total', 'total'],
    ]);
    expect(below.every(({ confidence }) => confidence < 0.6)).toBe(true);
    expect(facts.total).toBe('-20');
    expect(fields.find(({ path }) => path === 'lines[0].total')?.confidence).toBeGreaterThan(0.9);
  });
});
