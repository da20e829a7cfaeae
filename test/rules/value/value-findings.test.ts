import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type CivilDate } from '../../../rules/civil-date.ts';
import type { DeclaredLine, TariffCode } from '../../../rules/compliance/review-context.ts';
import type { OrderInput } from '../../../rules/order/order.ts';
import { valueFindings } from '../../../rules/value/value-findings.ts';
import { orderOf } from '../orders.ts';
import { contextOf, declaredAt, declaredLine, found, lamps, rulesOf, today } from '../review-contexts.ts';

const valued = (line: Partial<OrderInput['lines'][number]>, declaredLines: DeclaredLine[] | null = null) =>
  valueFindings(contextOf(lamps([line]), { records: { declaredLines } }));

describe('unit value against own declarations', () => {
  const before = declaredAt(['12.00', '11.80', '12.20', '12.00', '12.50']);

  it('finds nothing in a usual price', () => expect(valued({}, before)).toEqual([]));

  it('shows a price far below with all its figures', () =>
    expect(valued({ unitPrice: '4.00' }, before)).toEqual([
      expect.objectContaining({
        rule: 'value-below-own-history',
        kind: 'value',
        severity: 'warn',
        where: 'lines[0].unitPrice',
        expected:
          '10.00 USD to 14.40 USD per 台: 5 lines of the same product code, median 12.00 USD, spread 0.20 USD, 11.80 USD to 12.50 USD',
        found: '4.00 USD per 台, 67 % below the median',
        source: 'Own declarations, 2026-06-03 to 2026-10-01',
      }),
    ]));

  it('shows a price far above: the refund hangs on it', () =>
    expect(found(valued({ unitPrice: '30.00' }, before), 'value-above-own-history')?.found).toContain('150 % above'));

  it('names what was unusual among them', () =>
    expect(valued({ unitPrice: '4.00' }, [...before, declaredLine({ unitPrice: '120.00' })])[0]?.expected).toContain(
      'unusual among them 1: 120.00 USD in 310120260000000001 of 2026-09-01',
    ));

  it('compares nothing with two lines, and says so', () =>
    expect(valued({ unitPrice: '4.00', hsCode: '8205590000' }, before.slice(0, 2))).toEqual([
      expect.objectContaining({ rule: 'value-not-compared', severity: 'info', where: 'lines[0].unitPrice' }),
    ]));

  it('takes lines of the HS code with a like name where the product is new, and none with another name', () => {
    const line = { productCode: 'TL-21', unitPrice: '4.00' };
    expect(rulesOf(valued(line, before))).toEqual(['value-below-own-history']);
    const others = declaredAt(['12', '12', '12'], { productCode: null, nameZh: '落地灯具', nameEn: 'Floor light' });
    expect(rulesOf(valued(line, others))).toEqual([]);
  });

  it.each([
    ['another currency', { currency: 'EUR' }],
    ['a unit that does not convert', { unit: '箱' }],
    ['three years ago', { declaredOn: '2023-11-01' as CivilDate }],
  ])('takes no line in %s', (_, changes) =>
    expect(rulesOf(valued({ unitPrice: '4.00' }, declaredAt(['12', '12', '12'], changes)))).toEqual([]),
  );

  it('converts prices and weights by the dozen', () =>
    expect(
      rulesOf(valued({}, declaredAt(['144', '144', '144'], { unit: '打', quantity: '100', netWeightKg: '1800' }))),
    ).toEqual([]));
});

describe('the order of declared lines', () => {
  it('plays no part in what is found, however many and whatever they are', () => {
    const line = fc.record({
      unitPrice: fc.constantFrom('4.00', '11.90', '12', '12.00', '12.10', '40'),
      unit: fc.constantFrom('台', '个', '打', '箱'),
      productCode: fc.constantFrom('TL-20', 'TL-21', null),
      currency: fc.constantFrom('USD', 'EUR'),
      netWeightKg: fc.constantFrom('1500', '150', null),
      declaredOn: fc.constantFrom('2026-11-20', '2026-11-23', '2025-01-01') as fc.Arbitrary<CivilDate>,
      declarationNumber: fc.constantFrom('A', 'B', 'C'),
    });
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }).chain((lines) => {
          const distinct = lines.map((one, index) =>
            declaredLine({ ...one, declarationNumber: `${one.declarationNumber}${index}` }),
          );
          return fc.tuple(fc.constant(distinct), fc.shuffledSubarray(distinct, { minLength: distinct.length }));
        }),
        ([lines, shuffled]) => expect(valued({}, shuffled)).toEqual(valued({}, lines)),
      ),
      { numRuns: 200 },
    );
  });
});

describe('unit value against the usual range', () => {
  it('warns of lamps cheaper than their copper', () =>
    expect(valued({ unitPrice: '1.00' })).toEqual([
      expect.objectContaining({
        rule: 'value-outside-band',
        severity: 'warn',
        found: '0.6667 USD per kg',
        expected: expect.stringContaining('2.00 USD per kg to 150.00 USD per kg'),
        source: expect.stringContaining('needs confirmation'),
      }),
    ]));

  it('warns of vacuum bottles at the price of their sheet steel', () => {
    const bottles = { hsCode: '9617001100', unit: '个', quantity: '5000', netWeightKg: '1450', grossWeightKg: '1700' };
    expect(found(valued({ ...bottles, unitPrice: '0.90' }), 'value-outside-band')?.found).toBe('3.1034 USD per kg');
    expect(valued({ ...bottles, unitPrice: '2.40' })).toEqual([]);
  });

  it('counts pieces where the range is per piece', () => {
    const phone = { hsCode: '8517130000', unitPrice: '9', quantity: '100', netWeightKg: '20', grossWeightKg: '25' };
    expect(found(valued(phone), 'value-outside-band')?.found).toBe('9.00 USD per piece');
    expect(rulesOf(valued({ ...phone, unit: '套' }))).toEqual(['value-not-compared']);
  });

  it('strips the freight: the range is FOB', () => {
    const order = orderOf({ incoterm: { rule: 'CIF', place: 'Long Beach' }, freight: '1000' }, [{ unitPrice: '3.20' }]);
    expect(found(valueFindings(contextOf(order)), 'value-outside-band')?.found).toBe('1.4667 USD per kg');
  });

  it('says in another currency that nothing was compared', () =>
    expect(rulesOf(valueFindings(contextOf(orderOf({ currency: 'EUR' }, [{ unitPrice: '0.10' }]))))).toEqual([
      'value-not-compared',
    ]));

  it('a lower price never takes the warning away', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), (a, b) => {
        const at = (cents: number) =>
          valued({ unitPrice: `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}` });
        if (at(Math.max(a, b)).length > 0) expect(at(Math.min(a, b)).length).toBeGreaterThan(0);
      }),
      { numRuns: 50 },
    ));
});

describe('quantities', () => {
  const tariff = (units: string[]): TariffCode => ({
    code: '9405210090',
    nameZh: '电气的台灯',
    units,
    elements: [],
    vatRatePercent: '13',
    rebateRatePercent: '13',
    supervision: null,
  });
  const quantified = (line: Partial<OrderInput['lines'][number]>, units: string[]) =>
    valueFindings(contextOf(lamps([line]), { records: { tariffCodes: [tariff(units)] } }));

  it('wants the statutory units of the code, and says what to state', () =>
    expect(quantified({}, ['台', '千克'])).toEqual([
      expect.objectContaining({
        rule: 'statutory-unit-missing',
        where: 'lines[0].statutory',
        expected: 'quantities in 台 and 千克',
        remedy: 'State 1500 千克.',
      }),
    ]));

  it('is content with them by any of their names', () =>
    expect(quantified({ statutory: [{ quantity: '1500', unit: 'kg' }] }, ['台', '千克'])).toEqual([]));

  it('knows nothing of a code that the table does not have', () =>
    expect(quantified({ hsCode: '9405290000' }, ['千克'])).toEqual([]));

  it.each([
    [{ quantity: '1720', unit: 'kg' }, '1500 kg (net weight 1500 kg)'],
    [{ quantity: '900', unit: '个' }, '1000 个 (1000 台)'],
  ])('compares the statutory %j with the line', (statutory, expected) =>
    expect(valued({ statutory: [statutory] })).toEqual([
      expect.objectContaining({ rule: 'statutory-quantity', where: 'lines[0].statutory[0].quantity', expected }),
    ]),
  );

  it('takes the quantity of goods sold by weight for their net weight', () => {
    const screws = { hsCode: '7318159090', unit: '千克', unitPrice: '2' };
    expect(rulesOf(valued({ ...screws, quantity: '1500' }))).toEqual([]);
    expect(rulesOf(valued({ ...screws, quantity: '1720' }))).toEqual(['quantity-weight-implausible']);
  });

  it('warns of a weight that one piece cannot have', () =>
    expect(found(valued({ hsCode: '8517130000', unitPrice: '100' }), 'quantity-weight-implausible')).toMatchObject({
      where: 'lines[0].netWeightKg',
      expected: '0.05 kg to 0.8 kg per piece, as smartphones weigh',
      found: '1.5 kg each: 1500 kg for 1000 台',
    }));

  it('knows the weight better from own declarations', () =>
    expect(
      rulesOf(valued({ netWeightKg: '600', grossWeightKg: '700' }, declaredAt(['12.00', '12.00', '12.00']))),
    ).toEqual(['quantity-weight-implausible']));
});

describe('split shipments', () => {
  const order = orderOf(
    { currency: 'EUR', destination: { country: 'DE' }, buyer: { name: 'Anna Schmidt', country: 'DE' } },
    [{ quantity: '10', unitPrice: '14.00', netWeightKg: '15', grossWeightKg: '17' }],
  );
  const earlier = (changes: Partial<DeclaredLine> = {}) =>
    declaredLine({
      quantity: '10',
      unitPrice: '13.50',
      currency: 'EUR',
      buyer: 'ANNA  SCHMIDT',
      destination: 'DE',
      declaredOn: addDays(today, -2),
      ...changes,
    });
  const split = (declaredLines: DeclaredLine[], of = order) =>
    found(valueFindings(contextOf(of, { records: { declaredLines } })), 'split-shipment');

  it('shows several just under a limit with their figures', () =>
    expect(split([earlier()])).toMatchObject({
      severity: 'warn',
      where: 'lines',
      expected: 'at most 150.00 EUR to one buyer in one consignment',
      found:
        '275.00 EUR to Anna Schmidt within 7 days: this one 140.00 EUR, 135.00 EUR in 310120260000000001 of 2026-11-22',
    }));

  it.each([
    ['another buyer', { buyer: 'Jan Jansen' }],
    ['another country', { destination: 'NL' }],
    ['a month ago', { declaredOn: addDays(today, -30) }],
    ['other goods', { productCode: 'X-1', hsCode: '6109100010' }],
    ['far below the limit', { quantity: '1' }],
    ['another currency', { currency: 'USD' }],
  ])('finds nothing in shipments to or of %s', (_, changes) => expect(split([earlier(changes)])).toBeUndefined());

  it('adds up the lines of one declaration: over the limit it was not split', () =>
    expect(split([earlier(), earlier({ productCode: 'TL-30' })])).toBeUndefined());

  it('looks at the limit of the supervision mode on leaving China', () => {
    const small = orderOf({ currency: 'CNY', supervisionMode: '9710' }, [{ quantity: '400', netWeightKg: '600' }]);
    const before = declaredLine({ currency: 'CNY', quantity: '400', declaredOn: today });
    expect(split([before], small)?.title).toContain('of CN');
    expect(split([before], { ...small, supervisionMode: '0110' })).toBeUndefined();
  });
});
