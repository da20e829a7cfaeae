import { describe, expect, it } from '@jest/globals';
import { isGenericName } from '../../rules/compliance/generic-name.ts';
import { reviewOrder } from '../../rules/compliance/review.ts';
import type { SubmittedPaper } from '../../rules/compliance/submitted-paper.ts';
import { type Finding, findingId } from '../../rules/finding.ts';
import type { Order, OrderInput } from '../../rules/order/order.ts';
import { asOf, orderOf, reference } from './orders.ts';

const review = (order: Order, more: Partial<Parameters<typeof reviewOrder>[0]> = {}) =>
  reviewOrder({ order, documents: [], amendments: [], waived: [], asOf, reference, ...more });
const found = (findings: readonly Finding[], rule: string) => findings.find((finding) => finding.rule === rule);
const paper = (kind: string, more: Partial<SubmittedPaper> = {}): SubmittedPaper => ({
  documentId: `${kind}-1`,
  kind,
  ...more,
});

describe('certificates', () => {
  it('asks for the paper of a toy, and is content with the one that the order holds', () => {
    const toy = {
      hsCode: '9503006000',
      attributes: { toy: true, hasRadio: false, hasBattery: false, woodComposite: false },
    };
    const [efiling, question, ...others] = review(orderOf({}, [toy])).questions;
    expect(efiling).toMatchObject({ wantsDocument: 'certificate-efiling-data' });
    expect(others).toEqual([]);
    expect(question).toMatchObject({
      key: 'review/us-childrens-product-certificate/lines[0].certificates',
      kind: 'review-finding',
      ownerRole: 'operator',
      wantsDocument: 'certificate-cpc',
      choices: [{ id: 'supplied' }, { id: 'not-required' }, { id: 'cancel' }],
    });
    const held = {
      ...toy,
      certificates: ['certificate-cpc', 'certificate-efiling-data'].map((kind) => ({ kind, number: '1' })),
    };
    expect(review(orderOf({}, [held])).questions).toEqual([]);
  });

  it('takes what a person said of one rule for those that follow from it', () => {
    const blocks = { hsCode: '9503006000', attributes: { hasRadio: false, hasBattery: false, woodComposite: false } };
    const confirmed = ['us-childrens-product-certificate@lines[0].attributes'];
    const wanted = review(orderOf({}, [blocks]), { confirmed }).questions.map(({ wantsDocument }) => wantsDocument);
    expect(wanted.sort()).toEqual(['certificate-cpc', 'certificate-efiling-data']);
  });

  it('asks nothing again about a finding that a person waived, and keeps it as information', () => {
    const order = orderOf({}, [{ attributes: { toy: true } }]);
    const blocking = review(order).findings.filter(({ severity }) => severity === 'block');
    const { findings, questions } = review(order, { waived: blocking.map(findingId) });
    expect(questions).toEqual([]);
    expect(found(findings, 'us-childrens-product-certificate')).toMatchObject({
      severity: 'info',
      title: expect.stringContaining('waived'),
    });
  });

  it('blocks when the certificate names another model', () => {
    const order = orderOf({}, [{ attributes: { hasRadio: true } }]);
    const other = review(order, { documents: [paper('certificate-fcc', { fields: { model: 'TL-99' } })] }).findings;
    expect(other.find(({ where }) => where === 'lines[0].certificates.model')).toMatchObject({
      severity: 'block',
      found: 'TL-99',
    });
    const same = review(order, { documents: [paper('certificate-fcc', { fields: { model: 'tl-20' } })] }).findings;
    expect(found(same, 'us-fcc-certification')).toBeUndefined();
  });

  it('says that a market is not covered: silence would read as approval', () => {
    const { findings, questions } = review(orderOf({ destination: { country: 'BR' } }));
    expect(found(findings, 'coverage')).toMatchObject({
      severity: 'info',
      where: 'destination.country',
      title: expect.stringContaining('Not covered'),
    });
    expect(questions).toEqual([]);
  });

  it('says that goods are not covered in a market whose rules do not speak of them', () => {
    const bricks = {
      hsCode: '6904100000',
      nameEn: 'Building bricks',
      nameZh: '建筑用砖',
      attributes: { originMarked: true },
    };
    expect(found(review(orderOf({}, [bricks])).findings, 'coverage')).toMatchObject({
      severity: 'info',
      where: 'lines[0]',
    });
  });
});

describe('figures and words of an order', () => {
  it('finds nothing to block in a plain order', () => {
    const { findings, questions } = review(orderOf());
    expect(questions).toEqual([]);
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  const odd: {
    what: string;
    rule: string;
    severity: Finding['severity'];
    order?: Partial<OrderInput>;
    line?: Partial<OrderInput['lines'][number]>;
  }[] = [
    {
      what: 'a line total that is not quantity times price',
      rule: 'line-total',
      severity: 'block',
      line: { lineTotal: '12000.01' },
    },
    { what: 'net weight above gross', rule: 'net-above-gross', severity: 'block', line: { netWeightKg: '1720.01' } },
    {
      what: 'a general English name',
      rule: 'generic-name',
      severity: 'warn',
      line: { nameEn: 'Gifts and accessories' },
    },
    { what: 'a general Chinese name', rule: 'generic-name', severity: 'warn', line: { nameZh: '礼品配件' } },
    { what: 'a short HS code', rule: 'hs-code-length', severity: 'warn', line: { hsCode: '94052100' } },
    { what: 'a unit without code', rule: 'unit-code', severity: 'block', line: { unit: 'handful' } },
    { what: 'a bare pallet', rule: 'packing-code', severity: 'warn', line: { packages: { count: 4, kind: 'pallet' } } },
    { what: 'missing elements', rule: 'declaration-elements', severity: 'warn', line: { elements: { 用途: '家用' } } },
    {
      what: 'a mode that customs does not know',
      rule: 'supervision-mode',
      severity: 'block',
      order: { supervisionMode: '9999' },
    },
    {
      what: 'a mode for another model',
      rule: 'supervision-mode',
      severity: 'warn',
      order: { supervisionMode: '9610' },
    },
    {
      what: 'a mode without refund',
      rule: 'supervision-mode-refund',
      severity: 'warn',
      order: { supervisionMode: '1039' },
    },
    {
      what: 'too much under market procurement',
      rule: 'supervision-mode-value',
      severity: 'block',
      order: { supervisionMode: '1039' },
      line: { unitPrice: '150.01' },
    },
    {
      what: 'a sale ex works',
      rule: 'ex-works',
      severity: 'warn',
      order: { incoterm: { rule: 'EXW', place: 'Ningbo' } },
    },
    {
      what: 'freight above the price',
      rule: 'charges-above-total',
      severity: 'block',
      order: { incoterm: { rule: 'CFR', place: 'Long Beach' }, freight: '12000' },
    },
    {
      what: 'insurance under CFR',
      rule: 'insurance-term',
      severity: 'warn',
      order: { incoterm: { rule: 'CFR', place: 'Long Beach' }, freight: '800', insurance: '60' },
    },
    {
      what: 'instalments that miss the total',
      rule: 'instalments-total',
      severity: 'block',
      order: { payment: { instalments: [{ amount: '11999.99', trigger: 'shipment' }] } },
    },
  ];
  it.each(odd)('$what: $severity', ({ rule, severity, order, line }) => {
    const { findings, questions } = review(orderOf(order, [line ?? {}]));
    expect(found(findings, rule)).toMatchObject({ severity });
    expect(questions.some(({ finding }) => finding?.rule === rule)).toBe(severity === 'block');
  });

  it.each([
    ['the product itself', '12000.00'],
    ['less than a cent of somebody’s rounding', '11999.995'],
  ])('takes a line total that is %s', (_what, lineTotal) => {
    expect(found(review(orderOf({}, [{ lineTotal }])).findings, 'line-total')).toBeUndefined();
  });

  it('takes instalments by amount that add up', () => {
    const payment = {
      instalments: [
        { amount: '3600', trigger: 'order' as const },
        { amount: '8400', trigger: 'shipment' as const },
      ],
    };
    expect(review(orderOf({ payment })).questions).toEqual([]);
  });

  it('reviews the order as amended: a corrected weight is no finding any more', () => {
    const order = orderOf({}, [{ netWeightKg: '1800' }]);
    expect(found(review(order).findings, 'net-above-gross')).toBeDefined();
    expect(
      found(review(order, { amendments: [[{ line: 1, netWeightKg: '1500' }]] }).findings, 'net-above-gross'),
    ).toBeUndefined();
  });

  it.each(['gift', 'Promotional Gifts', 'free samples', 'accessories', '配件', '礼品', '—'])(
    '%s names no goods',
    (name) => expect(isGenericName(name, reference)).toBe(true),
  );
  it.each(['cotton T-shirt', 'LED lamp accessories', 'gift box of porcelain', '棉制针织T恤衫', '自行车配件'])(
    '%s names goods',
    (name) => expect(isGenericName(name, reference)).toBe(false),
  );
});
