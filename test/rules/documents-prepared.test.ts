import { describe, expect, it } from '@jest/globals';
import { prepareDocuments } from '../../rules/documents/prepare.ts';
import {
  contentSchemas,
  type PreparedKind,
  type PreparedOf,
  preparedDocumentSchema,
} from '../../rules/documents/prepared.ts';
import type { Order } from '../../rules/order/order.ts';
import { settingsSchema } from '../../rules/settings.ts';
import { asOf, orderOf, reference, settings } from './orders.ts';

const logo = { mediaType: 'image/jpeg', base64: '/9j/4AAQ' };
const decided = settingsSchema.parse({
  exporter: {
    letterhead: { lines: ['Lighting division'], phone: '+86 574 0000 0000', logo },
    bank: { beneficiary: 'Example Ltd', bank: 'Bank of Example', swift: 'BKCHCNBJ92A', account: '390123456789' },
    signatory: { name: 'Li Wei', title: 'Export manager', place: 'Ningbo' },
  },
  numbering: { 'commercial-invoice': 'CI{reference}', 'sales-contract': 'S/C {reference}'.replace(' ', '-') },
});

const prepare = (order: Order, by = settings) =>
  prepareDocuments({ order, settings: by, organisation: 'ningbo', revision: 1, asOf, reference }).documents;
const contentOf = <Kind extends PreparedKind>(kind: Kind, order: Order, by = settings) => {
  const found = prepare(order, by).find((document): document is PreparedOf<Kind> => document.kind === kind);
  if (!found) throw new Error(`no ${kind} among the papers`);
  return found.content as PreparedOf<Kind>['content'];
};

describe('the papers as data', () => {
  it.each([
    ['nothing decided', settings],
    ['letterhead, bank, signatory and numbers decided', decided],
  ])('are what their schemas say: %s', (_, by) => {
    for (const document of prepare(orderOf(), by)) {
      const kept: unknown = JSON.parse(JSON.stringify(document));
      expect(preparedDocumentSchema.parse(kept)).toEqual(kept);
    }
  });
  it('are one of each kind', () =>
    expect(prepare(orderOf()).map(({ kind }) => kind)).toEqual(Object.keys(contentSchemas)));
  it('carry the letterhead with the logo by its hash, never the picture', () => {
    const texts = JSON.stringify(prepare(orderOf(), decided));
    expect(texts).not.toContain(logo.base64);
    expect(contentOf('commercial-invoice', orderOf(), decided).letterhead).toMatchObject({
      lines: ['Lighting division'],
      logoHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
  it('name each other by the organisation’s own numbers', () => {
    expect(contentOf('packing-list', orderOf(), decided).invoiceNumber).toBe('CILAMPS-1');
    expect(contentOf('declaration-draft', orderOf(), decided).contractNumber).toBe('S/C-LAMPS-1');
  });
  it('keep what an older version wrote', () => {
    const [invoice] = prepare(orderOf());
    const { totalInWords, route, payment, bank, ...content } = contentOf('commercial-invoice', orderOf());
    expect(preparedDocumentSchema.safeParse(JSON.parse(JSON.stringify({ ...invoice, content }))).success).toBe(true);
    expect([totalInWords, route, payment, bank].filter((each) => each === undefined)).toHaveLength(1);
  });
});

describe('volume', () => {
  const sized = { packages: { count: 250, kind: 'carton', sizeCm: '60x40x40.5' } };
  it('is the sum of the lines as shown', () => {
    const list = contentOf(
      'packing-list',
      orderOf({}, [sized, { packages: { count: 3, kind: 'carton', sizeCm: '33x33x33' } }]),
    );
    expect(list.lines.map(({ volumeCbm }) => volumeCbm)).toEqual(['24.300', '0.108']);
    expect(list.volumeCbm).toBe('24.408');
  });
  it('is not stated where one line does not say its size', () =>
    expect(contentOf('letter-of-instruction', orderOf({}, [sized, {}])).volumeCbm).toBeUndefined());
});

describe('the letter of instruction', () => {
  it.each([
    ['FOB', 'collect'],
    ['EXW', 'collect'],
    ['CIF', 'prepaid'],
    ['DDP', 'prepaid'],
  ] as const)('under %s freight is %s', (rule, term) => {
    const order = orderOf({ incoterm: { rule, place: 'Long Beach' }, freight: '900.00', insurance: '30.00' });
    expect(contentOf('letter-of-instruction', order).freightTerm).toBe(term);
  });
  it('notifies the consignee where nobody else is named', () => {
    expect(contentOf('letter-of-instruction', orderOf())).toMatchObject({
      notifyIsConsignee: true,
      notify: { name: 'Hearth & Lantern Inc.' },
    });
    const order = orderOf({ notify: { name: 'Harbor Brokers', country: 'US' } });
    expect(contentOf('letter-of-instruction', order)).toMatchObject({
      notifyIsConsignee: false,
      notify: { name: 'Harbor Brokers' },
    });
  });
});

describe('the elements sheet', () => {
  it('shows what was not stated as missing, in declared order', () => {
    const sheet = contentOf('declaration-elements', orderOf({}, [{ elements: { 用途: '家用|照明' } }]));
    expect(sheet.lines[0]).toMatchObject({
      declared: '0||家用/照明||||',
      missing: ['出口享惠情况', '材质', '光源类型', '品牌', '型号'],
      headingKnown: true,
    });
    expect(sheet.missingCount).toBe(5);
  });
  it('says where our tables do not know the heading', () =>
    expect(contentOf('declaration-elements', orderOf({}, [{ hsCode: '8414599050' }])).lines[0]?.headingKnown).toBe(
      false,
    ));
});

describe('the application for a certificate of origin', () => {
  it('leaves the criteria to the applicant and splits the FOB value over the lines', () => {
    const order = orderOf({ incoterm: { rule: 'CIF', place: 'Long Beach' }, freight: '900.01', insurance: '30.00' }, [
      {},
      {},
    ]);
    const { lines, fob } = contentOf('origin-application', order);
    expect(lines.map(({ originCriterion, producer }) => [originCriterion, producer])).toEqual([
      ['', '宁波明灯照明有限公司'],
      ['', '宁波明灯照明有限公司'],
    ]);
    expect(fob).toBe('23069.99');
    expect(lines.map((line) => line.fob)).toEqual(['11534.99', '11535.00']);
  });
});
