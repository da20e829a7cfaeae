import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyCorrections, factsFromFields } from '../../reading/facts-from-fields.ts';
import { type DocumentFacts, documentFactsSchema } from '../../rules/documents/facts.ts';

const field = (path: string, value: string) => ({ path, value, confidence: 1, place: 'page 1, line 1' });
const facts: DocumentFacts = documentFactsSchema.parse({
  number: 'PC-118',
  seller: { nameZh: '宁波明灯' },
  total: '100.00',
  lines: [
    { nameZh: '台灯', quantity: '10', unit: '套' },
    { nameZh: '灯泡', quantity: '5', unit: '个' },
  ],
});

describe('fields into facts', () => {
  it('by their paths: head, companies, lines', () =>
    expect(
      factsFromFields([
        field('number', 'PC-118'),
        field('seller.nameZh', '宁波明灯'),
        field('lines[1].quantity', '5'),
        field('lines[0].no', '1'),
      ]),
    ).toEqual({
      facts: { number: 'PC-118', seller: { nameZh: '宁波明灯' }, lines: [{ no: 1 }, { quantity: '5' }] },
      errors: [],
    }));

  it('a value that its field cannot hold is left out and named, and the rest stays', () =>
    expect(
      factsFromFields([
        field('total', 'much'),
        field('date', '2026-02-30'),
        field('lines[0].hsCode', 'x'),
        field('lines[0].unit', '个'),
        field('seller.taxId', ''),
        field('colour', 'red'),
      ]),
    ).toEqual({
      facts: { seller: {}, lines: [{ unit: '个' }] },
      errors: [
        { field: 'colour', message: expect.stringMatching(/^is not a field of a paper: choose one of number, date/) },
        ...['date', 'seller.taxId', 'total', 'lines[0].hsCode'].map((path) => ({
          field: path,
          message: expect.any(String),
        })),
      ],
    }));

  it('of any names never throw, and give facts of the one form', () => {
    const path = fc.oneof(
      fc.constantFrom(
        'number',
        'date',
        'total',
        'seller.name',
        'seller',
        'lines[0].quantity',
        'lines[3].no',
        'lines[499].unit',
        'lines',
        '__proto__.x',
        'constructor',
        'lines[0].__proto__',
        'lines[9999].unit',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(path, fc.oneof(fc.string(), fc.constantFrom('1', '12.50', '2026-11-27'))), { maxLength: 12 }),
        (pairs) => {
          const { facts: made } = factsFromFields(pairs.map(([name, value]) => field(name, value)));
          expect(documentFactsSchema.parse(made)).toEqual(made);
        },
      ),
    );
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe('a person’s corrections', () => {
  it('set, empty, add and take out', () =>
    expect(
      applyCorrections(facts, {
        total: '90.00',
        number: null,
        'seller.taxId': '91330200MA2TESTX1K',
        'lines[0].unit': '个',
        'lines[1]': null,
        'lines[2].nameZh': '灯罩',
        'lines[2].no': '2',
      }),
    ).toEqual({
      ok: true,
      facts: {
        seller: { nameZh: '宁波明灯', taxId: '91330200MA2TESTX1K' },
        total: '90.00',
        lines: [
          { nameZh: '台灯', quantity: '10', unit: '个' },
          { nameZh: '灯罩', no: 2 },
        ],
      },
    }));

  it('leave what they were made from as it was', () => {
    const before = structuredClone(facts);
    applyCorrections(facts, { 'lines[0].unit': '个', 'lines[1]': null });
    expect(facts).toEqual(before);
  });

  it('take a company out when nothing of it is left', () =>
    expect(applyCorrections(facts, { 'seller.nameZh': null })).toEqual({
      ok: true,
      facts: { number: 'PC-118', total: '100.00', lines: facts.lines },
    }));

  it.each([
    [{ totall: '1' }, 'totall', /not a field of a paper: choose one of number/],
    [{ 'lines[0].qty': '1' }, 'lines[0].qty', /a line has no, productCode/],
    [{ 'seller.phone': '1' }, 'seller.phone', /a company has name, nameZh/],
    [{ seller: 'ACME' }, 'seller', /a company has/],
    [{ lines: null }, 'lines', /a line has/],
    [{ __proto__x: '1' }, '__proto__x', /not a field/],
    [{ 'lines[7].unit': '个' }, 'lines[7].unit', /no such line: the paper has 2, counted from 0/],
    [{ 'lines[2]': null }, 'lines[2]', /no such line/],
    [{ 'lines[0]': '台灯' }, 'lines[0]', /a whole line: correct its fields one by one/],
    [{ total: '1,000.00' }, 'total', /not a decimal number/],
    [{ date: '27/11/2026' }, 'date', /write YYYY-MM-DD/],
    [{ 'lines[0].no': 'one' }, 'lines[0].no', /must be a number/],
  ])('that are wrong are named, and none is taken: %j', (corrections, path, message) => {
    const result = applyCorrections(facts, { 'lines[0].unit': '个', ...corrections } as Record<string, string | null>);
    expect(result).toEqual({ ok: false, errors: [{ field: path, message: expect.stringMatching(message) }] });
  });

  it.each([
    ...['total', 'freight', 'insurance', 'fob', 'packages', 'netWeightKg', 'grossWeightKg'],
    ...['quantity', 'unitPrice', 'total', 'packages', 'netWeightKg', 'grossWeightKg'].map((name) => `lines[1].${name}`),
  ])('of %s below zero are named with how to mend them, and of zero or more taken', (path) => {
    const message = expect.stringMatching(/^is below zero \(-0\.50\): .*a credit note is another paper$/);
    expect(applyCorrections(facts, { [path]: '-0.50' })).toEqual({ ok: false, errors: [{ field: path, message }] });
    expect(applyCorrections(facts, { [path]: '0.50' })).toMatchObject({ ok: true });
    expect(applyCorrections(facts, { [path]: '0' })).toMatchObject({ ok: true });
  });

  it('take a discount that stands on a line of its own', () => {
    const discounted = documentFactsSchema.parse({
      lines: [
        { nameZh: '*陶瓷制品*杯', quantity: '500', total: '1000.00' },
        { nameZh: '*陶瓷制品*杯', total: '-100.00' },
      ],
    });
    expect(applyCorrections(discounted, {})).toMatchObject({ ok: true });
    expect(applyCorrections(discounted, { 'lines[1].total': '-1000.01' })).toMatchObject({ ok: false });
    expect(applyCorrections(discounted, { 'lines[1].quantity': '50' })).toMatchObject({ ok: false });
  });

  it('find what was read below zero too: it is named until it is corrected, emptied or its line taken out', () => {
    const read = documentFactsSchema.parse({ total: '-5.00', lines: [{ quantity: '1' }, { total: '-5.00' }, {}] });
    const { errors } = applyCorrections(read, { 'lines[0]': null }) as { errors: { field: string; message: string }[] };
    expect(errors.map(({ field: path }) => path)).toEqual(['total', 'lines[1].total']);
    expect(errors[1]?.message).toMatch(/take the line out \(lines\[1\]: null\)/);
    expect(applyCorrections(read, { total: null, 'lines[1]': null })).toMatchObject({ ok: true });
    expect(applyCorrections(read, { total: '5.00', 'lines[1].total': '5.00' })).toMatchObject({ ok: true });
  });

  it('of texts that begin with a stroke are texts', () =>
    expect(applyCorrections(facts, { number: '-7', 'lines[0].model': '-20' })).toMatchObject({ ok: true }));

  it('set to what stands there change nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom('number', 'total', 'seller.nameZh', 'lines[0].quantity', 'lines[1].unit'), (path) => {
        const values: Record<string, string> = {
          number: 'PC-118',
          total: '100.00',
          'seller.nameZh': '宁波明灯',
          'lines[0].quantity': '10',
          'lines[1].unit': '个',
        };
        expect(applyCorrections(facts, { [path]: values[path] ?? '' })).toEqual({ ok: true, facts });
      }),
    );
  });
});
