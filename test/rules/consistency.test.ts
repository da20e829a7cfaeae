import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimBatchSchema } from '../../activities/tax-bureau/wire.ts';
import type { CivilDate } from '../../rules/civil-date.ts';
import { compare, sum } from '../../rules/money.ts';
import { amendOrder } from '../../rules/order/amend.ts';
import { orderTotal } from '../../rules/order/figures.ts';
import type { Order } from '../../rules/order/order.ts';
import { checkThreeWay, type ThreeWayInput } from '../../rules/refund/consistency.ts';
import type { VatInvoice } from '../../rules/refund/vat-invoice.ts';
import { asOf, invoiceOf, orderOf, reference, settings } from './orders.ts';

const declarationNumber = '310120260519876543';
const fullReceipt = (order: Order) => [
  { instalment: 1, amount: orderTotal(order).amount, charges: '0', currency: order.currency },
];

function check(order: Order, invoices: VatInvoice[], more: Partial<ThreeWayInput> = {}) {
  const exportedOn = '2026-12-01' as CivilDate;
  return checkThreeWay({
    order,
    settings,
    declarationNumber,
    exportedOn,
    invoices,
    receipts: fullReceipt(order),
    requireReceipts: true,
    claimedElsewhere: [],
    explained: [],
    reference,
    asOf,
    ...more,
  });
}

const refundIn = (order: Order, invoices: VatInvoice[], more: Partial<ThreeWayInput> = {}) => {
  const { questions, refund, costNotRefunded } = check(order, invoices, more);
  return { asked: questions.map(({ key }) => key), refund: refund?.amount, cost: costNotRefunded.amount };
};

describe('an invoice that another shipment has claimed of', () => {
  const lamps = invoiceOf();
  const [line] = lamps.lines;
  const taken = (quantity: string) => [
    { reference: 'OTHER-1', invoiceNumber: lamps.number, name: line?.name ?? '', unit: line?.unit ?? '', quantity },
  ];

  it('used up, it gives nothing: finance is asked, and told who has it', () => {
    const { claim, questions } = check(orderOf(), [lamps], { claimedElsewhere: taken('1000') });
    expect(claim).toBeNull();
    expect(JSON.stringify(questions)).toContain(`are claimed by shipment OTHER-1`);
  });

  it('with enough left, it gives its own price for what is left', () => {
    const twice = {
      ...lamps,
      lines: lamps.lines.map((one) => ({ ...one, quantity: '2000', net: '132000.00', vat: '17160.00' })),
    };
    expect(refundIn(orderOf(), [twice], { claimedElsewhere: taken('1000') })).toMatchObject({
      asked: [],
      refund: '8580.00',
    });
    expect(refundIn(orderOf(), [twice], { claimedElsewhere: taken('1001') }).asked).toEqual([
      'three-way/vat-invoice/1',
    ]);
  });

  it('another invoice’s goods, or another name on it, are not touched', () => {
    const other = taken('1000').map((one) => ({ ...one, name: 'something else' }));
    expect(refundIn(orderOf(), [lamps], { claimedElsewhere: other })).toMatchObject({ asked: [], refund: '8580.00' });
  });
});

describe('worked refunds', () => {
  it('(a) 1,000 lamps, 66,000.00 net at 13 %: 8,580.00', () => {
    const result = check(orderOf(), [invoiceOf()]);
    expect(result).toMatchObject({
      treatment: 'REFUND',
      refund: { amount: '8580.00', currency: 'CNY' },
      costNotRefunded: { amount: '0.00' },
      questions: [],
      differences: [],
      exchangeCost: '5.5000',
    });
    expect(result.claim).toEqual({
      exportLines: [
        {
          claimNumber: '310120260519876543001',
          exportedOn: '2026-12-01',
          hsCode: '9405210090',
          name: 'LED台灯',
          unit: '台',
          quantity: '1000',
          fob: '12000.00',
          fobCurrency: 'USD',
        },
      ],
      purchaseLines: [
        {
          claimNumber: '310120260519876543001',
          invoiceNumber: '26330000000000000001',
          supplierTaxId: '91330201MA2LAMP01X',
          issuedOn: '2026-12-20',
          name: '*照明装置*LED台灯',
          unit: '台',
          quantity: '1000',
          taxBase: '66000.00',
          vatRatePercent: '13',
          rebateRatePercent: '13',
          refundableTax: '8580.00',
        },
      ],
      refundClaimed: '8580.00',
    });
  });

  it('(c) 5,000 bottles amended from 0.90 to 1.90: total 9,500.00, refund 6,760.00', () => {
    const order = amendOrder(
      orderOf({}, [{ nameZh: '不锈钢保温瓶', hsCode: '9617001100', quantity: '5000', unit: '个', unitPrice: '0.90' }]),
      [[{ line: 1, unitPrice: '1.90' }]],
    );
    const invoice = invoiceOf(
      {},
      { name: '*日用杂品*不锈钢保温瓶', quantity: '5000', unit: '个', net: '52000.00', vat: '6760.00' },
    );
    expect(orderTotal(order).amount).toBe('9500.00');
    expect(refundIn(order, [invoice])).toEqual({ asked: [], refund: '6760.00', cost: '0.00' });
    const oldPrice = [{ instalment: 1, amount: '4500.00', charges: '0', currency: 'USD' as const }];
    expect(refundIn(order, [invoice], { receipts: oldPrice }).asked).toEqual(['three-way/receipts']);
  });

  it('(e) 20,000.00 USD in two parts, 25.00 of it charges: 14,300.00', () => {
    const order = orderOf({}, [
      { nameZh: '金属框架软垫椅', hsCode: '9401719000', quantity: '800', unit: '把', unitPrice: '25' },
    ]);
    const invoice = invoiceOf(
      {},
      { name: '*家具*金属框架软垫椅', quantity: '800', unit: '把', net: '110000.00', vat: '14300.00' },
    );
    const receipts = [
      { instalment: 1, amount: '6000.00', charges: '0', currency: 'USD' as const },
      { instalment: 2, amount: '13975.00', charges: '25.00', currency: 'USD' as const },
    ];
    expect(refundIn(order, [invoice], { receipts })).toEqual({ asked: [], refund: '14300.00', cost: '0.00' });
  });

  it('(f) the invoice re-issued in pieces, rebate 9 %: 3,600.00, cost 1,600.00', () => {
    const order = orderOf({}, [
      { nameZh: '树脂砂轮', hsCode: '6804221000', quantity: '1300', unit: '个', unitPrice: '5' },
    ]);
    const line = { name: '*非金属矿物制品*树脂砂轮', net: '40000.00', vat: '5200.00' };
    const wrong = invoiceOf({ number: '26370000000000260601' }, { ...line, quantity: '1560', unit: '千克' });
    const right = invoiceOf(
      { number: '26370000000000260602', replaces: wrong.number },
      { ...line, quantity: '1300', unit: '个' },
    );
    expect(refundIn(order, [wrong]).refund).toBeUndefined();
    expect(refundIn(order, [wrong, right])).toEqual({ asked: [], refund: '3600.00', cost: '1600.00' });
  });

  it('(1) 100,000.00 net at 13 %: 13,000.00', () => {
    expect(refundIn(orderOf(), [invoiceOf({}, { net: '100000.00', vat: '13000.00' })]).refund).toBe('13000.00');
  });

  it('(2) 80,000.00 net, rebate 9 %: 7,200.00, cost 3,200.00', () => {
    expect(
      refundIn(orderOf({}, [{ hsCode: '6804221000' }]), [invoiceOf({}, { net: '80000.00', vat: '10400.00' })]),
    ).toEqual({ asked: [], refund: '7200.00', cost: '3200.00' });
  });

  it('(4) two purchases at their own prices, first in first out: 1,352.00, and 100 pieces stay', () => {
    const first = invoiceOf(
      { number: '26330000000000000009', issuedOn: '2026-12-10' as CivilDate },
      { quantity: '600', net: '6000.00', vat: '780.00' },
    );
    const second = invoiceOf({ number: '26330000000000000002' }, { quantity: '500', net: '5500.00', vat: '715.00' });
    const { claim, refund } = check(orderOf(), [second, first]);
    expect(refund?.amount).toBe('1352.00');
    expect(claim?.purchaseLines.map(({ quantity, taxBase }) => [quantity, taxBase])).toEqual([
      ['600', '6000.00'],
      ['400', '4400.00'],
    ]);
  });

  it('(5) batteries: 6,000.00 on New Year’s Eve, taxed on New Year’s Day', () => {
    const order = orderOf({}, [{ nameZh: '锂离子蓄电池', hsCode: '8507600090' }]);
    const invoice = invoiceOf({}, { name: '*蓄电池*锂离子蓄电池', net: '100000.00', vat: '13000.00' });
    expect(refundIn(order, [invoice], { exportedOn: '2026-12-31' as CivilDate })).toEqual({
      asked: [],
      refund: '6000.00',
      cost: '7000.00',
    });
    expect(check(order, [invoice], { exportedOn: '2027-01-01' as CivilDate })).toMatchObject({
      treatment: 'TAXED',
      refund: null,
      claim: null,
      questions: [],
      costNotRefunded: { amount: '0.00' },
    });
  });

  it('caps the refund by a small supplier’s 3 %', () => {
    const { refund, differences, questions } = check(orderOf(), [
      invoiceOf({}, { vatRatePercent: '3', vat: '1980.00' }),
    ]);
    expect(refund?.amount).toBe('1980.00');
    expect(questions).toEqual([]);
    expect(differences).toMatchObject([{ field: 'VAT rate', blocking: false }]);
  });
});

describe('what does not agree', () => {
  it.each([
    ['no declaration number', { declarationNumber: null }, 'three-way/declaration'],
    ['no export date', { exportedOn: null }, 'three-way/declaration'],
    ['no receipt', { receipts: [] }, 'three-way/receipts'],
    [
      'a cent too little',
      { receipts: [{ instalment: 1, amount: '11999.99', charges: '0', currency: 'USD' as const }] },
      'three-way/receipts',
    ],
    [
      'a cent too much',
      { receipts: [{ instalment: 1, amount: '12000.00', charges: '0.01', currency: 'USD' as const }] },
      'three-way/receipts',
    ],
    [
      'another currency',
      { receipts: [{ instalment: 1, amount: '12000.00', charges: '0', currency: 'EUR' as const }] },
      'three-way/receipts',
    ],
  ])('%s is asked about, and nothing is claimed', (_what, more, key) => {
    const { questions, claim, refund } = check(orderOf(), [invoiceOf()], more);
    expect(questions).toMatchObject([{ key, kind: 'three-way-difference', ownerRole: 'finance' }]);
    expect([claim, refund]).toEqual([null, null]);
  });

  it('asks nothing about receipts where the claim comes before them', () => {
    expect(refundIn(orderOf(), [invoiceOf()], { receipts: [], requireReceipts: false })).toEqual({
      asked: [],
      refund: '8580.00',
      cost: '0.00',
    });
  });

  it('goes on once a person explained the receipts', () => {
    expect(refundIn(orderOf(), [invoiceOf()], { receipts: [], explained: ['three-way/receipts'] }).refund).toBe(
      '8580.00',
    );
  });

  it('asks for a rate that is not known, and takes no explanation for it', () => {
    const order = orderOf({}, [{ hsCode: '0409000000' }]);
    expect(check(order, [invoiceOf()]).questions[0]?.choices.map(({ id }) => id)).toEqual(['amended', 'give-up']);
    expect(refundIn(order, [invoiceOf()], { explained: ['three-way/rebate-rate/1'] })).toMatchObject({
      asked: ['three-way/rebate-rate/1'],
      refund: undefined,
    });
  });

  it('asks about goods of two treatments; explained, claims those with refund', () => {
    const order = orderOf({}, [{}, { nameZh: '铝型材', hsCode: '7604210000' }]);
    expect(refundIn(order, [invoiceOf()]).asked).toContain('three-way/treatment');
    const both = invoiceOf({ number: '26330000000000000002' }, { line: 2, name: '铝型材' });
    const { claim } = check(order, [invoiceOf(), both], { explained: ['three-way/treatment'] });
    expect(claim).toMatchObject({ refundClaimed: '8580.00', exportLines: [{ claimNumber: '310120260519876543001' }] });
    expect(claim?.exportLines).toHaveLength(1);
  });

  it('asks a manufacturer for the figures of the tax return, and does not compute as for a trader', () => {
    const { questions, claim } = check(orderOf({ claimantKind: 'manufacturer' }), [invoiceOf()]);
    expect(questions[0]?.evidence[0]?.value).toContain('credit carried forward');
    expect(claim).toBeNull();
  });

  it('treats goods under market procurement as exempt: their input VAT is a cost', () => {
    expect(check(orderOf({ supervisionMode: '1039' }), [invoiceOf()])).toMatchObject({
      treatment: 'EXEMPT',
      refund: null,
      questions: [],
      costNotRefunded: { amount: '8580.00' },
    });
  });

  it('asks how samples were exported', () => {
    expect(refundIn(orderOf({ supervisionMode: '3010' }), [invoiceOf()]).asked).toEqual(['three-way/supervision-mode']);
  });

  it('claims nothing partial when the invoices are short', () => {
    const { questions, claim } = check(orderOf(), [invoiceOf({}, { quantity: '999' })]);
    expect(questions.map(({ key }) => key)).toEqual(['three-way/vat-invoice/1']);
    expect(claim).toBeNull();
  });

  it('takes an explanation of an invoice that was given when it was checked', () => {
    const other = invoiceOf({}, { name: '*照明装置*落地灯' });
    const [question] = check(orderOf(), [other]).questions;
    expect(question?.kind).toBe('three-way-difference');
    expect(refundIn(orderOf(), [other], { explained: [question?.key ?? ''] }).refund).toBe('8580.00');
  });
});

describe('what the bureau may ask about', () => {
  const advice = (order: Order, invoice: VatInvoice) => {
    const { differences, questions } = check(order, [invoice]);
    expect(questions).toEqual([]);
    return differences.map(({ id, blocking }) => ({ id, blocking }));
  };
  it('is an exchange cost out of its band', () => {
    expect(advice(orderOf(), invoiceOf({}, { net: '96001.00', vat: '12480.13' }))).toEqual([
      { id: 'exchange-cost', blocking: false },
    ]);
    expect(advice(orderOf(), invoiceOf({}, { net: '96000.00', vat: '12480.00' }))).toEqual([]);
    expect(advice(orderOf({ currency: 'EUR' }), invoiceOf({}, { net: '960000.00', vat: '124800.00' }))).toEqual([]);
  });
  it('is a short HS code', () =>
    expect(advice(orderOf({}, [{ hsCode: '94052100' }]), invoiceOf())).toEqual([{ id: 'hs-code/1', blocking: false }]));
  it('is another supplier than the order names', () => {
    const supplier = { name: '别家', taxId: '91330200MA0000001X' };
    expect(advice(orderOf({}, [{ supplier }]), invoiceOf())).toEqual([
      { id: 'supplier/1/26330000000000000001', blocking: false },
    ]);
  });
});

describe('a claim', () => {
  const quantity = fc.integer({ min: 1, max: 400 }).map(String);
  const purchase = fc.record({
    quantity,
    net: fc
      .integer({ min: 1, max: 99_999_999 })
      .map((cents) => `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`),
  });

  it('is there exactly when a refund is due and nothing is asked; it adds up and takes no more than was exported', () => {
    fc.assert(
      fc.property(fc.array(purchase, { maxLength: 6 }), (purchases) => {
        const invoices = purchases.map((line, index) =>
          invoiceOf({ number: `2633000000000000000${index}` }, { ...line, vatRatePercent: '0', vat: '0' }),
        );
        const { claim, questions, refund } = check(orderOf(), invoices);
        const covered = compare(sum(purchases.map((one) => one.quantity)), '1000') >= 0;
        expect(questions.length === 0).toBe(covered);
        expect(claim !== null).toBe(covered);
        if (!claim) return;
        expect(refund?.amount).toBe(claim.refundClaimed);
        expect(compare(sum(claim.purchaseLines.map((line) => line.quantity)), '1000')).toBe(0);
        expect(compare(sum(claim.purchaseLines.map((line) => line.refundableTax)), claim.refundClaimed)).toBe(0);
      }),
    );
  });

  it('is what the wire of the bureau takes', () => {
    const { claim } = check(orderOf(), [invoiceOf()]);
    expect(
      claimBatchSchema.safeParse({
        ...claim,
        batchReference: 'ningbo/LAMPS-1/claim/1',
        claimantTaxId: 'X',
        period: '202612',
        submittedAt: asOf,
      }).success,
    ).toBe(true);
  });
});
