import { describe, expect, it } from '@jest/globals';
import type { ReviewContext } from '../../../rules/compliance/review-context.ts';
import type { SubmittedPaper } from '../../../rules/compliance/submitted-paper.ts';
import { intellectualPropertyFindings } from '../../../rules/intellectual-property/intellectual-property-findings.ts';
import type { OrderInput } from '../../../rules/order/order.ts';
import { orderOf } from '../orders.ts';
import { contextOf, found, paper, rulesOf } from '../review-contexts.ts';

type LineInput = OrderInput['lines'][number];
const shoes: Partial<LineInput> = {
  productCode: 'RS-1',
  nameZh: '耐克运动鞋',
  nameEn: 'Nike running shoes',
  hsCode: '6404110000',
  unit: '双',
  brand: 'Nike',
  brandType: 'foreign-oem',
  attributes: { patentedDesign: false },
  supplier: { name: '莆田跑得快鞋业有限公司', taxId: '91350300MA2SHOE01X' },
};
const letter = (more: Partial<SubmittedPaper> = {}, fields: Record<string, string> = {}) =>
  paper('brand-authorisation-letter', {
    holder: '莆田跑得快鞋业有限公司',
    issuedOn: '2026-01-01' as NonNullable<SubmittedPaper['issuedOn']>,
    expiresOn: '2027-12-31' as NonNullable<SubmittedPaper['expiresOn']>,
    ...more,
    fields: { scope: 'Nike footwear', territory: 'worldwide', ...fields },
  });
const review = (
  line: Partial<LineInput>,
  documents: SubmittedPaper[] = [],
  order: Partial<OrderInput> = {},
  exporter: ReviewContext['exporter'] = null,
) => intellectualPropertyFindings(contextOf(orderOf(order, [{ ...shoes, ...line }]), { documents, exporter }));
/** Without what is said of all shoes. */
const brandRules = (...all: Parameters<typeof review>) =>
  rulesOf(review(...all)).filter((rule) => rule !== 'counterfeit-target');

describe('a brand of another', () => {
  it('blocks without a paper of its owner, and says what the paper must state', () =>
    expect(found(review({}), 'brand-authorisation')).toMatchObject({
      severity: 'block',
      where: 'lines[0].certificates',
      expected: expect.stringContaining('brand-authorisation-letter or brand-purchase-voucher'),
      found: expect.stringContaining('Nike (often counterfeited: footwear, apparel) in 耐克运动鞋'),
      source: expect.stringContaining('needs confirmation'),
    }));

  it('is fine with a letter that fits', () => expect(brandRules({}, [letter()])).toEqual([]));

  it('is fine with a letter that the line holds itself', () => {
    const { kind, holder, issuedOn, expiresOn, fields } = letter();
    expect(brandRules({ certificates: [{ kind, number: 'L-1', holder, issuedOn, expiresOn, fields }] })).toEqual([]);
  });

  it.each([
    ['brand', letter({}, { scope: 'Adidas footwear' }), 'scope Adidas footwear'],
    ['territory', letter({}, { territory: 'China; Vietnam' }), 'territory China; Vietnam'],
    ['term', letter({ expiresOn: '2026-11-24' as SubmittedPaper['expiresOn'] }), 'expiresOn expired on 2026-11-24'],
    ['start', letter({ issuedOn: '2026-11-26' as SubmittedPaper['issuedOn'] }), 'issuedOn issued on 2026-11-26'],
  ])('blocks on a letter of another %s', (_, document, says) =>
    expect(found(review({}, [document]), 'brand-authorisation-contradicted')).toMatchObject({
      severity: 'block',
      found: expect.stringContaining(says),
    }),
  );

  it('holds the holder against the exporter and the maker', () => {
    const example = { nameZh: '宁波示例进出口有限公司', nameEn: 'Ningbo Example Import & Export Co., Ltd.' };
    const other = letter({ holder: 'Somebody Else Trading Ltd.' });
    expect(brandRules({}, [other], {}, example)).toEqual(['brand-authorisation-contradicted']);
    expect(brandRules({}, [other])).toEqual(['brand-authorisation-unclear']);
    expect(brandRules({}, [letter()], {}, example)).toEqual([]);
    const holder = 'NINGBO EXAMPLE Import and Export Co Ltd';
    expect(brandRules({}, [letter({ holder })], {}, example)).toEqual([]);
    const shortened = letter({ holder: 'Ningbo Example Imp & Exp Company' });
    expect(brandRules({}, [shortened], {}, example)).toEqual(['brand-authorisation-unclear']);
    expect(brandRules({}, [letter({ holder: '宁波示例进出口有限公司' })], {}, example)).toEqual([]);
    expect(brandRules({}, [letter({ holder: 'Hearth & Lantern Inc.' })])).toEqual(['brand-authorisation-unclear']);
  });

  it.each([
    ['holder', { holder: undefined }, {}],
    ['territory', {}, { territory: 'our dealers' }],
    ['scope', {}, { scope: 'see annex' }],
    ['scope', {}, { goods: 'watches' }],
  ])('warns where the %s is left open', (field, more, fields) =>
    expect(found(review({}, [letter(more, fields)]), 'brand-authorisation-unclear')).toMatchObject({
      severity: 'warn',
      where: `lines[0].certificates.${field}`,
    }),
  );

  it('is content with the better of two papers, and with papers of its own lines only', () => {
    expect(brandRules({}, [letter({}, { territory: 'China' }), letter()])).toEqual([]);
    expect(brandRules({}, [letter({ lines: [2] })])).toEqual(['brand-authorisation']);
  });

  it('takes purchase vouchers for genuine goods, and warns where that is not enough to import them', () => {
    const voucher = { ...letter({ expiresOn: undefined }, { brand: 'Nike' }), kind: 'brand-purchase-voucher' };
    expect(brandRules({}, [voucher])).toEqual([]);
    expect(brandRules({}, [voucher], { destination: { country: 'DE' } })).toEqual(['brand-parallel-import']);
  });

  it('asks for the paper of a foreign brand that no list knows', () => {
    const unknown = { nameZh: '跑鞋', nameEn: 'running shoes', brand: 'Zephyr' };
    expect(brandRules(unknown)).toEqual(['brand-authorisation']);
    expect(brandRules(unknown, [letter({}, { scope: 'ZEPHYR shoes' })])).toEqual([]);
    expect(brandRules(unknown, [letter()])).toEqual(['brand-authorisation-contradicted']);
  });

  it('reads brand and brand type among the declaration elements', () => {
    const plain = { nameZh: '跑鞋', nameEn: 'running shoes', brand: undefined, brandType: undefined };
    expect(brandRules({ ...plain, elements: { 品牌: 'NIKE' } })).toEqual(['brand-authorisation']);
    expect(brandRules({ ...plain, elements: { 品牌类型: '3', 品牌: 'Zephyr' } })).toEqual(['brand-authorisation']);
    expect(brandRules({ ...plain, elements: { 品牌类型: '1', 品牌: '跑得快' } })).toEqual([]);
  });

  it('makes one finding of two brands in a line', () => {
    const findings = review({ nameEn: 'Nike and Adidas shoes' }).filter(({ rule }) => rule === 'brand-authorisation');
    expect(findings).toHaveLength(1);
    expect(findings[0]?.found).toMatch(/Nike.*Adidas|Adidas.*Nike/);
  });
});

describe('an own brand, or none', () => {
  const plain = { nameZh: '跑鞋', nameEn: 'running shoes' };
  it.each([
    [{ ...plain, brand: 'Paodekuai', brandType: 'domestic-own' }],
    [{ ...plain, brand: '无品牌', brandType: 'none' }],
    [{ ...plain, brand: undefined, brandType: undefined }],
    [{ nameZh: '安踏跑鞋', nameEn: 'Anta running shoes', brand: 'ANTA', brandType: 'domestic-own' }],
  ] as Partial<LineInput>[][])('%j is taken at its word', (line) => expect(brandRules(line ?? {})).toEqual([]));

  it.each([
    [{ brandType: 'domestic-own' }],
    [{ brandType: 'none', brand: undefined }],
    [{ ...plain, brandType: 'none', brand: 'Adidas' }],
    [{ nameZh: '安踏跑鞋', nameEn: 'Anta running shoes', brand: undefined, brandType: 'none' }],
  ] as Partial<LineInput>[][])('%j is not, where a name says otherwise', (line) =>
    expect(brandRules(line ?? {})).toEqual(['brand-authorisation']),
  );

  it('only warns of what fits a brand', () => {
    const cover = { nameZh: '手机壳 适用iPhone 15', nameEn: 'phone case for iPhone 15', hsCode: '3926909090' };
    expect(review({ ...cover, brand: undefined, brandType: 'none' })).toEqual([
      expect.objectContaining({ rule: 'brand-compatible-part', severity: 'warn', where: 'lines[0].nameEn' }),
    ]);
  });
});

describe('designs and goods that customs watches', () => {
  const own: Partial<LineInput> = { nameZh: '跑鞋', nameEn: 'running shoes', brand: undefined, brandType: 'none' };

  it('wants the licence of a patented design', () => {
    const patented = { ...own, attributes: { patentedDesign: true } };
    expect(found(review(patented), 'design-licence')).toMatchObject({ severity: 'block' });
    const licence = { ...letter({}, { scope: 'design of RS-1' }), kind: 'design-licence' };
    expect(brandRules(patented, [licence])).toEqual([]);
    expect(brandRules(patented, [{ ...licence, expiresOn: '2026-01-02' as SubmittedPaper['expiresOn'] }])).toEqual([
      'design-licence-contradicted',
    ]);
  });

  it('asks about the design of shoes and not of lamps', () => {
    expect(found(review({ ...own, attributes: {} }), 'design-question')).toMatchObject({
      severity: 'info',
      where: 'lines[0].attributes',
    });
    expect(intellectualPropertyFindings(contextOf(orderOf()))).toEqual([]);
  });

  it('warns once for the order, and informs where brand types are stated', () => {
    const order = orderOf({}, [shoes, { ...shoes, ...own }, { ...shoes, ...own, brandType: undefined }]);
    const told = (lines: typeof order.lines) =>
      intellectualPropertyFindings(contextOf({ ...order, lines })).filter(({ rule }) => rule === 'counterfeit-target');
    expect(told(order.lines)).toEqual([
      expect.objectContaining({ severity: 'warn', where: 'lines', found: expect.stringContaining('lines 1, 2, 3') }),
    ]);
    expect(told(order.lines.slice(1, 2))).toEqual([expect.objectContaining({ severity: 'info', where: 'lines[0]' })]);
  });
});
