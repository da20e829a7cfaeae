import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DocumentFacts, StatedLine } from '../../../rules/documents/facts.ts';
import { sum, times } from '../../../rules/money.ts';
import { orderOf } from '../orders.ts';
import { changed, coveredFields } from './changes.ts';
import { fullSet, orders } from './full-sets.ts';
import { differences, mug as mugs, paper, told } from './papers.ts';

const order = orderOf({ freight: '0', insurance: '0' }, [
  { quantity: '1000', unitPrice: '12.00', netWeightKg: '1500', purchaseNet: '66000.00' },
  {
    ...mugs,
    netWeightKg: '200',
    grossWeightKg: '220',
    purchaseNet: '5000.00',
  },
]);
const lamp: Partial<StatedLine> = {
  productCode: 'TL-20',
  quantity: '1000',
  unit: '台',
  unitPrice: '12.00',
  total: '12000.00',
};
const mug: Partial<StatedLine> = {
  productCode: 'MUG-1',
  quantity: '500',
  unit: 'PCS',
  unitPrice: '2.00',
  total: '1000.00',
};
const invoice = (first: Partial<StatedLine>, facts: Partial<DocumentFacts> = {}, second: Partial<StatedLine> = {}) =>
  told(
    differences(order, [
      paper('commercial-invoice', {
        currency: 'USD',
        total: '13000.00',
        ...facts,
        lines: [
          { ...lamp, ...first },
          { ...mug, ...second },
        ],
      }),
    ]),
  );
const at = (row: string, place: string) => `${row} @ P-commercial-invoice ${place}`;

describe('one mistake on an invoice is told once', () => {
  it('nothing is told where nothing is wrong', () => expect(invoice({})).toEqual([]));

  it('a total of a line', () => expect(invoice({ total: '1200.00' })).toEqual([at('line-total', 'lines[0].total')]));

  it('a total of a line, and the total that was made of it', () =>
    expect(invoice({ total: '12100.00' }, { total: '13100.00' })).toEqual([at('line-total', 'lines[0].total')]));

  it('the total alone', () => expect(invoice({}, { total: '13100.00' })).toEqual([at('total', 'total')]));

  it('a price, whatever was made of it', () => {
    const wrong = [at('unit-price', 'lines[0].unitPrice')];
    expect(invoice({ unitPrice: '13.00', total: '13000.00' }, { total: '14000.00' })).toEqual(wrong);
    expect(invoice({ unitPrice: '13.00', total: '13000.00' })).toEqual(wrong);
    expect(invoice({ unitPrice: '13.00' })).toEqual(wrong);
  });

  it('a price per dozen', () => {
    const mugs = orderOf({}, [{ unit: '个', quantity: '600', unitPrice: '2.00' }]);
    const perDozen = (unitPrice: string) =>
      told(
        differences(mugs, [
          paper('commercial-invoice', {
            lines: [{ productCode: 'TL-20', quantity: '50', unit: 'DOZ.', unitPrice, total: '1200.00' }],
          }),
        ]),
      );
    expect(perDozen('24.00')).toEqual([]);
    expect(perDozen('25.00')).toEqual([at('unit-price', 'lines[0].unitPrice')]);
  });

  it('a quantity, whatever was made of it', () => {
    const wrong = [at('quantity', 'lines[0].quantity')];
    expect(invoice({ quantity: '900', total: '10800.00' }, { total: '11800.00' })).toEqual(wrong);
    expect(invoice({ quantity: '900', total: '10800.00' })).toEqual(wrong);
    expect(invoice({ quantity: '900' })).toEqual(wrong);
  });

  it('of one line of several that are one line of the order', () => {
    const split = (first: Partial<StatedLine>, second: Partial<StatedLine>) =>
      told(
        differences(order, [
          paper('commercial-invoice', {
            total: '13000.00',
            lines: [
              { ...mug, quantity: '200', total: '400.00', ...first },
              lamp,
              { ...mug, quantity: '300', total: '600.00', ...second },
            ],
          }),
        ]),
      );
    expect(split({}, {})).toEqual([]);
    expect(split({}, { total: '700.00' })).toEqual([at('line-total', 'lines[0].total')]);
    expect(split({}, { unitPrice: '3.00', total: '900.00' })).toEqual([at('unit-price', 'lines[2].unitPrice')]);
    expect(split({}, { quantity: '250', total: '500.00' })).toEqual([at('quantity', 'lines[0].quantity')]);
  });
});

describe('two mistakes are told both', () => {
  it('on one line', () => {
    expect(invoice({ unitPrice: '13.00', total: '1200.00' })).toEqual([
      at('line-total', 'lines[0].total'),
      at('unit-price', 'lines[0].unitPrice'),
    ]);
    expect(invoice({ quantity: '900', unitPrice: '13.00', total: '11700.00' })).toEqual([
      at('quantity', 'lines[0].quantity'),
      at('unit-price', 'lines[0].unitPrice'),
    ]);
  });

  it('on a line and in the sum', () =>
    expect(invoice({ total: '12100.00' }, { total: '13200.00' })).toEqual([
      at('line-total', 'lines[0].total'),
      at('total', 'total'),
    ]));

  it('on two lines that cancel each other out', () =>
    expect(invoice({ total: '12100.00' }, {}, { total: '900.00' })).toEqual([
      at('line-total', 'lines[0].total'),
      at('line-total', 'lines[1].total'),
    ]));

  it('where what the paper says against itself is another one than what was told', () => {
    const lines = [{ ...lamp, total: '12100.00' }, mug, { nameEn: 'Steel rack', quantity: '4', total: '50.00' }];
    expect(told(differences(order, [paper('commercial-invoice', { total: '13000.00', lines })]))).toEqual([
      'document-line-unmatched @ P-commercial-invoice lines[2]',
      at('line-total', 'lines[0].total'),
      at('sum-of-totals', 'total'),
    ]);
    const priced = [
      { ...lamp, unitPrice: '13.00' },
      mug,
      { nameEn: 'Steel rack', quantity: '4', unitPrice: '5', total: '50.00' },
    ];
    expect(told(differences(order, [paper('commercial-invoice', { lines: priced })]))).toEqual([
      'document-line-unmatched @ P-commercial-invoice lines[2]',
      at('line-arithmetic', 'lines[2].total'),
      at('unit-price', 'lines[0].unitPrice'),
    ]);
  });
});

describe('one mistake on other papers is told once', () => {
  const list = (net: string, facts: object = {}) =>
    told(
      differences(order, [
        paper('packing-list', {
          netWeightKg: '1700',
          ...facts,
          lines: [
            { productCode: 'TL-20', netWeightKg: net, grossWeightKg: '1720' },
            { productCode: 'MUG-1', netWeightKg: '200' },
          ],
        }),
      ]),
    );

  it('a line too many, or too few, and the total that is made of them', () => {
    const rack = { nameEn: 'Steel rack', quantity: '1', total: '50.00' };
    const invoiceOf = (total: string, ...lines: object[]) =>
      told(differences(order, [paper('commercial-invoice', { total, lines })]));
    const more = 'document-line-unmatched @ P-commercial-invoice lines[2]';
    expect(invoiceOf('13050.00', lamp, mug, rack)).toEqual([more]);
    expect(invoiceOf('12000.00', lamp)).toEqual(['order-line-2 @ P-commercial-invoice lines']);
    // A total that is not made of them is another mistake.
    expect(invoiceOf('13060.00', lamp, mug, rack)).toEqual([more, at('sum-of-totals', 'total'), at('total', 'total')]);
  });

  it('a price of a contract with VAT', () => {
    const contract = (total: string, second: string) =>
      told(
        differences(order, [
          paper('purchase-contract', {
            total,
            lines: [
              { nameZh: 'LED台灯', quantity: '1000', unit: '台', total: '74580.00' },
              { nameZh: '陶瓷杯', quantity: '500', unit: '个', total: second },
            ],
          }),
        ]),
      );
    const wrong = 'purchase-net @ P-purchase-contract lines[1].total';
    expect(contract('80230.00', '5650.00')).toEqual([]);
    expect(contract('80230.00', '6650.00')).toEqual([wrong]);
    expect(contract('80900.00', '6650.00')).toEqual([wrong, 'sum-of-purchases @ P-purchase-contract total']);
  });

  it('a weight of a packing list, but for what cannot be', () => {
    const wrong = 'line-net-weight @ P-packing-list lines[0].netWeightKg';
    expect(list('1500')).toEqual([]);
    expect(list('1400')).toEqual([wrong]);
    expect(list('1400', { netWeightKg: '1600' })).toEqual([wrong]);
    expect(list('1800')).toEqual(['line-net-above-gross @ P-packing-list lines[0].netWeightKg', wrong]);
    expect(list('1500', { netWeightKg: '1600' })).toEqual(['net-weight @ P-packing-list netWeightKg']);
  });

  it('an amount of a VAT invoice', () => {
    const vat = (facts: object, line: object = {}) =>
      told(
        differences(order, [
          paper('vat-invoice', {
            ...facts,
            lines: [
              { nameZh: 'LED台灯', quantity: '1000', unit: '台', unitPrice: '66', total: '66000.00', ...line },
              { nameZh: '陶瓷杯', quantity: '500', unit: '个', total: '5000.00' },
            ],
          }),
        ]),
      );
    expect(vat({ total: '80230.00' })).toEqual([]);
    expect(vat({ total: '80230.00' }, { total: '60000.00' })).toEqual([
      'purchase-net-invoiced @ P-vat-invoice lines[0].total',
    ]);
    expect(vat({ total: '80230.00' }, { quantity: '900' })).toEqual([
      'quantity-purchased @ P-vat-invoice lines[0].quantity',
    ]);
    // An invoice that does not add up holds back, by whichever figure it is told.
    const wrong = (facts: object) =>
      differences(order, [
        paper('vat-invoice', {
          ...facts,
          lines: [
            { nameZh: 'LED台灯', quantity: '1000', unit: '台', total: '60000.00' },
            { nameZh: '陶瓷杯', quantity: '500', unit: '个', total: '5000.00' },
          ],
        }),
      ]).map(({ of, severity }) => [of, severity]);
    expect(wrong({ total: '80230.00' })).toEqual([['purchase-net-invoiced', 'block']]);
    expect(wrong({ total: '73450.00' })).toEqual([['purchase-net-invoiced', 'warn']]);
    expect(vat({ total: '80000.00' })).toEqual(['sum-of-purchases @ P-vat-invoice total']);
  });
});

describe('one figure changed on one paper', () => {
  const figures = ['quantity', 'unitPrice', 'total', 'netWeightKg', 'grossWeightKg', 'packages'];

  it('is one finding of that paper, whatever the order', () =>
    fc.assert(
      fc.property(orders, fc.nat(), (some, which) => {
        const papers = fullSet(some);
        const fields = coveredFields(papers).filter(({ field }) => figures.includes(field));
        const field = fields[which % fields.length];
        if (!field) throw new Error('No paper states a figure.');
        const id = papers[field.document]?.id ?? '';
        const findings = differences(some, changed(papers, field));
        // Lines that are no longer known are another matter, and so is what cannot be.
        fc.pre(!findings.some(({ rule }) => rule.startsWith('document-line-')));
        const ofPaper = findings.filter(
          ({ where, rule }) => where.startsWith(`${id} `) && rule !== 'document-net-above-gross',
        );
        expect({ field, told: told(ofPaper) }).toEqual({ field, told: [expect.any(String)] });
      }),
      { numRuns: 300 },
    ));

  it('hides none that is changed on another line, or in the sum', () =>
    fc.assert(
      fc.property(orders, fc.nat(), fc.nat(), (some, which, besides) => {
        fc.pre(new Set(some.lines.map(({ nameZh }) => nameZh)).size === some.lines.length);
        const papers = fullSet(some);
        const fields = coveredFields(papers).filter(({ field }) => figures.includes(field));
        const one = fields[which % fields.length];
        // Of a single line, the whole and the line are one figure.
        const others = fields.filter(({ document, line }) => document === one?.document && line !== one.line);
        fc.pre(one !== undefined && some.lines.length > 1 && others.length > 0);
        const other = others[besides % others.length] ?? fields[0];
        if (!one || !other) throw new Error('No paper states a figure.');
        const findings = differences(some, changed(changed(papers, one), other));
        fc.pre(!findings.some(({ rule }) => rule.startsWith('document-line-')));
        const id = papers[one.document]?.id ?? '';
        const pathOf = ({ field, line }: typeof one) => `${id} ${line === undefined ? '' : `lines[${line}].`}${field}`;
        const wanted = [one, other].map(pathOf);
        const found = findings.filter(({ rule }) => rule !== 'document-net-above-gross').map(({ where }) => where);
        expect(found).toEqual(expect.arrayContaining(wanted));
      }),
      { numRuns: 300 },
    ));

  it('of a line, and all that is made of it, is one finding too', () =>
    fc.assert(
      fc.property(orders, fc.nat(), fc.constantFrom('quantity', 'unitPrice'), (some, which, field) => {
        const [first] = fullSet(some).filter(({ kind }) => kind === 'proforma-invoice');
        const [line, ...more] = first?.facts.lines ?? [];
        fc.pre(
          which >= 0 && first !== undefined && line !== undefined && more.every(({ nameZh }) => nameZh !== line.nameZh),
        );
        const wrong = { ...line, [field]: times(line?.[field] ?? '0', '3') };
        wrong.total = times(wrong.quantity ?? '0', wrong.unitPrice ?? '0');
        const lines = [wrong, ...more];
        const facts = { ...first?.facts, lines, total: sum(lines.map(({ total }) => total ?? '0')), fob: undefined };
        expect(told(differences(some, [paper('proforma-invoice', facts)]))).toEqual([
          `${field === 'quantity' ? 'quantity' : 'unit-price'} @ P-proforma-invoice lines[0].${field}`,
        ]);
      }),
    ));
});
