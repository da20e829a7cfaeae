import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { headingOf } from '../../reading/fields/column-words.ts';
import { readDate } from '../../reading/fields/dates.ts';
import { beginsWithLabel, labelsIn } from '../../reading/fields/labels.ts';
import { namesOf } from '../../reading/fields/names.ts';
import { readNumber } from '../../reading/fields/numbers.ts';
import { kindOf } from '../../reading/fields/paper-kind.ts';
import { compare, decimalSchema } from '../../rules/money.ts';

describe('a number', () => {
  it.each([
    ['1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ["1'234.50", '1234.50'],
    ['1 234.5', '1234.5'],
    ['1,234,567', '1234567'],
    ['１２３４．５', '1234.5'],
    ['007', '7'],
    ['.5', '0.5'],
    ['0.000', '0.000'],
    ['-5', '-5'],
    ['¥1,000.00', '1000.00'],
  ])('%j is %s, for sure', (text, value) => {
    expect(readNumber(text)).toMatchObject({ value });
    expect(readNumber(text)?.confidence).toBeGreaterThanOrEqual(0.95);
  });

  it.each([
    ['1,234', '1234'],
    ['12,5', '12.5'],
    ['1.234.567', '1234567'],
    ['(5.00)', '-5.00'],
  ])('%j is likely %s, and says that it is not sure', (text, value) => {
    expect(readNumber(text)).toMatchObject({ value });
    expect(readNumber(text)?.confidence).toBeLessThanOrEqual(0.8);
  });

  it.each([
    ['USD 12.00', { value: '12.00', currency: 'USD' }],
    ['US$3.5/pc', { value: '3.5', currency: 'USD', unit: 'pc' }],
    ['12.00元', { value: '12.00', currency: 'CNY' }],
    ['500.00 港元', { value: '500.00', currency: 'HKD' }],
    ['500.00 加元', { value: '500.00', currency: undefined }],
    ['€ 9,50', { value: '9.50', currency: 'EUR' }],
    ['12 pcs', { value: '12', unit: 'pcs' }],
    ['1000 个', { value: '1000', unit: '个' }],
    ['1,234.50 KGS', { value: '1234.50', unit: 'KGS' }],
  ])('%j has its currency and unit', (text, expected) => expect(readNumber(text)).toMatchObject(expected));

  it.each([
    '',
    'abc',
    '13%',
    '60x40x40',
    '12-13',
    '1,23,4',
    '1.2.3',
    '3 of 5',
    '5 万',
    '2026-11-27',
    '1234567890123456',
    `${'9'.repeat(70)}`,
  ])('%j is none', (text) => expect(readNumber(text)).toBeUndefined());

  it('written with thousands is the number again, and always one that the facts can hold', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const text = `${whole.toLocaleString('en-US')}.${String(cents).padStart(2, '0')}`;
        expect(compare(readNumber(text)?.value ?? '-1', `${whole}.${String(cents).padStart(2, '0')}`)).toBe(0);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.,- ()xUSD$个%’') }), (text) => {
        const read = readNumber(text);
        if (read && !/\.\d{9}/.test(read.value)) expect(decimalSchema.safeParse(read.value).error).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a date', () => {
  it.each([
    ['2026-11-27', '2026-11-27'],
    ['2026/1/7', '2026-01-07'],
    ['2026.11.27', '2026-11-27'],
    ['27 Nov 2026', '2026-11-27'],
    ['27-NOV-2026', '2026-11-27'],
    ['Nov. 27, 2026', '2026-11-27'],
    ['November 27th, 2026', '2026-11-27'],
    ['2026年11月27日', '2026-11-27'],
    ['２０２６年１１月２７日', '2026-11-27'],
    ['Ningbo, 27 November 2026', '2026-11-27'],
    ['27/11/2026', '2026-11-27'],
    ['11/27/2026', '2026-11-27'],
  ])('%j is %s', (text, value) => {
    expect(readDate(text)).toMatchObject({ value });
    expect(readDate(text)?.confidence).toBeGreaterThanOrEqual(0.9);
  });

  it('is a guess where day and month may be the other way round', () =>
    expect(readDate('03/04/2026')).toEqual({ value: '2026-04-03', confidence: 0.4 }));

  it.each(['31/02/2026', '2026-13-01', 'soon', '1/2/3', '2026', '1850-01-01'])('%j is none', (text) =>
    expect(readDate(text)).toBeUndefined(),
  );
});

describe('labels', () => {
  const found = (text: string) => labelsIn(text).map(({ name, value }) => [name, value]);

  it.each([
    [
      'Invoice No. 发票号码: INV-1  Date: 2026-11-27',
      [
        ['invoiceNo', 'INV-1'],
        ['date', '2026-11-27'],
      ],
    ],
    ['合 同 编 号：PC-118', [['contractNo', 'PC-118']]],
    ['卖方（供方）：宁波明灯', [['seller', '宁波明灯']]],
    ['Seller/卖方: ACME', [['seller', 'ACME']]],
    ['INVOICE NO.', [['invoiceNo', '']]],
    ['Invoice No INV-1', [['invoiceNo', 'INV-1']]],
    ['Total Gross Weight (KGS): 1,234.5', [['grossWeightKg', '1,234.5']]],
    ['Port of loading 装运港', [['portOfLoading', '']]],
    ['Discount: -5', []],
    ['Due date: 2026-12-01', [['other', '2026-12-01']]],
    [
      'Seller: A\nAddress: B',
      [
        ['seller', 'A'],
        ['address', 'B'],
      ],
    ],
  ])('%j', (text, expected) => expect(found(text)).toEqual(expected));

  it.each([
    'As per invoice no. 12',
    'Total eclipse lamp',
    'Notifying party',
    'Date palm',
    'SAY TOTAL US DOLLARS ONLY',
    'LED lamp',
  ])('are not found in %j', (text) => expect(found(text)).toEqual([]));

  it('never throw, and never find more than there is', () => {
    const words = fc.constantFrom(
      'Invoice No.',
      '合同号',
      ':',
      '：',
      ' ',
      '(',
      'Date',
      'INV-1',
      '\n',
      'Total',
      '卖方',
      '/',
      '12.5',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        for (const { value, label } of labelsIn(text)) {
          expect(text.normalize('NFKC')).toContain(value);
          expect(text.normalize('NFKC')).toContain(label);
        }
        expect(typeof beginsWithLabel(text)).toBe('boolean');
      }),
    );
  });
});

describe('headings of columns', () => {
  it.each([
    ['单价\n(USD)', { name: 'unitPrice', currency: 'USD' }],
    ['Description 品名', { name: 'name' }],
    ['货物名称及规格型号', { name: 'name' }],
    ['N.W.(KGS)', { name: 'netWeightKg' }],
    ['毛重(公斤)', { name: 'grossWeightKg' }],
    ['数量（套）', { name: 'quantity', unit: '套' }],
    ['No.', { name: 'no' }],
    ['商品编码', { name: 'hsCode' }],
    ['Total N.W. (kg)', { name: 'netWeightKg' }],
    ['G.W./CTN', { name: 'ignored' }],
    ['每箱净重', { name: 'ignored' }],
    ['净重(克)', { name: 'netWeightKg', foreignWeight: '克' }],
    ['Gross weight (MT)', { name: 'grossWeightKg', foreignWeight: 'mt' }],
    ['单价/总价/币制', { name: 'ignored', stacked: ['unitPrice', 'total'] }],
    ['单价总价币制', { name: 'ignored', stacked: ['unitPrice', 'total'] }],
    ['单价\n总价\n币制', { name: 'ignored', stacked: ['unitPrice', 'total'] }],
    ['单价(USD)总价(USD)', { name: 'ignored', stacked: ['unitPrice', 'total'] }],
    ['单价、总价', { name: 'ignored', stacked: ['unitPrice', 'total'] }],
    ['毛重净重', { name: 'ignored', stacked: ['grossWeightKg', 'netWeightKg'] }],
    ['毛重及净重(KG)', { name: 'ignored', stacked: ['grossWeightKg', 'netWeightKg'] }],
    // Words of their own, though each is made of two.
    ['合计金额', { name: 'total', stacked: undefined }],
    ['总净重', { name: 'netWeightKg', stacked: undefined }],
    ['毛重净重(克)', { name: 'ignored', stacked: undefined }],
    ['单价数量', { name: 'ignored', stacked: undefined }],
  ])('%j', (text, expected) => expect({ stacked: undefined, ...headingOf(text) }).toMatchObject(expected));

  it.each(['LED desk lamp', '不锈钢保温杯', '1,000', 'Harbor Home Goods Inc.', ''])('%j is none', (text) =>
    expect(headingOf(text)).toBeUndefined(),
  );
});

describe('names in two languages', () => {
  it.each([
    [['LED desk lamp', 'LED台灯'], { en: 'LED desk lamp', zh: 'LED台灯', isCut: false }],
    [['Vacuum bottle,', 'stainless steel'], { en: 'Vacuum bottle, stainless steel', isCut: false }],
    [['不锈钢', '保温杯'], { zh: '不锈钢保温杯', isCut: false }],
    [['LED desk lamp 台灯'], { en: 'LED desk lamp', zh: '台灯', isCut: true }],
    [['保温杯 Vacuum bottle'], { zh: '保温杯', en: 'Vacuum bottle', isCut: true }],
    [['LED 台灯'], { zh: 'LED 台灯', isCut: false }],
    [['台灯 A19'], { zh: '台灯 A19', isCut: false }],
  ])('%j', (pieces, expected) => expect(namesOf(pieces)).toMatchObject(expected));
});

describe('the kind of a paper', () => {
  const kind = (...lines: string[]) =>
    kindOf({
      sheets: [
        {
          isPage: true,
          rows: lines.map((text, top) => ({ top, height: 1, cells: [{ text, left: 0, right: 9, place: '' }] })),
        },
      ],
      notes: [],
    });

  it.each([
    ['COMMERCIAL INVOICE', 'commercial-invoice'],
    ['商业发票 COMMERCIAL INVOICE', 'commercial-invoice'],
    ['INVOICE', 'commercial-invoice'],
    ['PROFORMA INVOICE', 'proforma-invoice'],
    ['装 箱 单', 'packing-list'],
    ['购 销 合 同', 'purchase-contract'],
    ['PURCHASE ORDER', 'purchase-contract'],
    ['SALES CONFIRMATION 售货确认书', 'sales-contract'],
    ['OCEAN BILL OF LADING', 'bill-of-lading'],
    ['AIR WAYBILL', 'air-waybill'],
    ['CERTIFICATE OF ORIGIN', 'certificate-of-origin'],
    ['FREIGHT INVOICE 费用账单', 'forwarder-invoice'],
    ['电子发票（增值税专用发票）', 'vat-invoice'],
    ['中华人民共和国海关出口货物报关单', 'declaration-draft'],
  ])('%j', (title, expected) => expect(kind('ACME Ltd.', title)).toBe(expected));

  it('is that of a forwarder under a forwarder’s letterhead', () =>
    expect(kind('Ocean Star Logistics Co., Ltd.', 'INVOICE')).toBe('forwarder-invoice'));

  it.each(['as agreed in the commercial invoice of last week', 'Invoice No.: 12', 'LED desk lamp'])(
    '%j says nothing',
    (text) => expect(kind(text)).toBeUndefined(),
  );
});
