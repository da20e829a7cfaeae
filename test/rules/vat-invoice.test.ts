import { describe, expect, it } from '@jest/globals';
import type { Order } from '../../rules/order/order.ts';
import { checkVatInvoices, isSameName, standingInvoices, type VatInvoice } from '../../rules/refund/vat-invoice.ts';
import { invoiceOf, orderOf, reference } from './orders.ts';

const check = (order: Order, invoices: VatInvoice[], explained: string[] = []) =>
  checkVatInvoices({ order, invoices, exporterTaxId: '91330200MA0000000X', explained, reference });

/** 1,300 grinding wheels, declared by the piece. */
const wheels = orderOf({}, [{ nameZh: '树脂砂轮', hsCode: '6804221000', quantity: '1300', unit: '个' }]);
const inKilograms = invoiceOf(
  { number: '26370000000000260601' },
  { name: '*非金属矿物制品*树脂砂轮', quantity: '1560', unit: '千克', net: '40000.00', vat: '5200.00' },
);
const inPieces = invoiceOf(
  { number: '26370000000000260602', replaces: '26370000000000260601' },
  { name: '*非金属矿物制品*树脂砂轮', quantity: '1300', unit: 'pcs', net: '40000.00', vat: '5200.00' },
);

describe('invoices that cover the goods', () => {
  it('are complete', () => {
    expect(check(orderOf(), [invoiceOf()])).toEqual({
      status: 'complete',
      differences: [],
      missingLines: [],
      questions: [],
    });
  });
  it('may come from several purchases of one line', () => {
    const two = [
      invoiceOf({}, { quantity: '600', net: '6000', vat: '780' }),
      invoiceOf({ number: '26330000000000000002' }, { quantity: '500', net: '5500', vat: '715' }),
    ];
    expect(check(orderOf(), two).status).toBe('complete');
  });
  it('may be in a statutory unit', () => {
    const order = orderOf({}, [{ statutory: [{ quantity: '1500', unit: 'kg' }] }]);
    expect(check(order, [invoiceOf({}, { unit: '公斤', quantity: '1500' })]).status).toBe('complete');
  });
  it('may be over more than was exported: the rest is for another shipment', () => {
    expect(check(orderOf(), [invoiceOf({}, { quantity: '1200' })]).status).toBe('complete');
  });
  it('may differ by cents in the VAT', () => {
    expect(check(orderOf(), [invoiceOf({}, { vat: '8580.06' })]).status).toBe('complete');
  });
});

describe('invoices that are missing', () => {
  it('are waited for, and nobody is asked', () => {
    expect(check(orderOf({}, [{}, {}]), [invoiceOf()])).toMatchObject({
      status: 'missing',
      missingLines: [2],
      differences: [],
      questions: [],
    });
  });
  it('are missing too where the quantity is short: a further purchase may come', () => {
    expect(check(orderOf(), [invoiceOf({}, { quantity: '999' })])).toMatchObject({
      status: 'missing',
      missingLines: [1],
      differences: [{ field: 'quantity', declared: '1000 台', invoice: '999 台' }],
      questions: [],
    });
  });
});

describe('invoices that differ', () => {
  it('in the unit are asked about, mended by a re-issued one', () => {
    const first = check(wheels, [inKilograms]);
    expect(first).toMatchObject({
      status: 'differs',
      differences: [{ line: 1, field: 'unit', declared: '个', invoice: '千克' }],
    });
    expect(first.questions.map(({ key, kind, ownerRole }) => ({ key, kind, ownerRole }))).toEqual([
      { key: 'vat-invoice/26370000000000260601/1/unit', kind: 'vat-invoice-differs', ownerRole: 'finance' },
    ]);
    expect(check(wheels, [inKilograms, inPieces]).status).toBe('complete');
  });

  const odd: { what: string; invoice: VatInvoice; field: string }[] = [
    { what: 'another name', invoice: invoiceOf({}, { name: '*照明装置*落地灯' }), field: 'name' },
    { what: 'VAT that is not net times rate', invoice: invoiceOf({}, { vat: '8580.07' }), field: 'vat' },
    {
      what: 'no confirmation for refund',
      invoice: invoiceOf({ confirmedForRefund: false }),
      field: 'confirmed-for-refund',
    },
    {
      what: 'the claimant as its own seller',
      invoice: invoiceOf({ seller: { name: 'us', taxId: '91330200MA0000000X' } }),
      field: 'seller',
    },
    { what: 'a line that the order does not have', invoice: invoiceOf({}, { line: 9 }), field: 'line' },
  ];
  it.each(odd)('by $what', ({ invoice, field }) => {
    expect(check(orderOf(), [invoice])).toMatchObject({
      status: 'differs',
      differences: expect.arrayContaining([expect.objectContaining({ field })]),
    });
  });

  it('are complete once a person explained what words can explain', () => {
    const [question] = check(orderOf(), [invoiceOf({}, { name: '*照明装置*落地灯' })]).questions;
    expect(question?.choices.map(({ id }) => id)).toEqual(['explained', 'give-up']);
    expect(check(orderOf(), [invoiceOf({}, { name: '*照明装置*落地灯' })], [question?.key ?? '']).status).toBe(
      'complete',
    );
    expect(check(wheels, [inKilograms], ['vat-invoice/26370000000000260601/1/unit']).status).toBe('complete');
  });

  it('cannot be explained where a figure is lacking', () => {
    const wrong = invoiceOf({}, { line: 9 });
    const [question] = check(orderOf(), [wrong]).questions;
    expect(question?.choices.map(({ id }) => id)).toEqual(['give-up']);
    expect(check(orderOf(), [wrong], [question?.key ?? '']).status).toBe('differs');
  });
});

describe('invoices that count', () => {
  const numbers = (invoices: VatInvoice[]) => standingInvoices(invoices).map(({ number }) => number);
  const third = invoiceOf({ number: '26370000000000260603', replaces: '26370000000000260602' });
  it('are those that none replaced, along a chain too', () => {
    expect(numbers([inKilograms, inPieces, third])).toEqual(['26370000000000260603']);
    expect(numbers([third, inKilograms, inPieces])).toEqual(['26370000000000260603']);
  });
  it('count once for one number', () => expect(numbers([inKilograms, inKilograms])).toEqual(['26370000000000260601']));
  it('do not replace themselves', () =>
    expect(numbers([invoiceOf({ replaces: '26330000000000000001' })])).toHaveLength(1));
});

describe('names', () => {
  it.each([
    ['LED台灯', '*照明装置*LED台灯'],
    ['LED台灯', '*照明装置*led 台灯 TL-20'],
    ['金属框架软垫椅 (家用)', '金属框架软垫椅'],
    ['ＬＥＤ台灯', 'LED台灯'],
  ])('%s and %s agree', (declared, invoiced) => expect(isSameName(declared, invoiced)).toBe(true));
  it.each([
    ['LED台灯', '*照明装置*落地灯'],
    ['LED台灯', '*照明装置*'],
  ])('%s and %s do not', (declared, invoiced) => expect(isSameName(declared, invoiced)).toBe(false));
});
