import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Order, type OrderInput, orderSchema } from '../../rules/order/order.ts';
import { readOrdersCsv } from '../../rules/order/orders-csv.ts';
import { knownColumns } from '../../rules/order/orders-csv-cells.ts';

const HEADER =
  'reference,claimantKind,buyer.name,buyer.country,destination.country,model,transport.mode,incoterm.rule,incoterm.place,currency,payment.instalments,nameZh,nameEn,hsCode,quantity,unit,unitPrice,netWeightKg,grossWeightKg,packages.count,packages.kind';
const head = (reference: string) =>
  `${reference},trading,Acme Inc.,US,US,general-trade,sea,FOB,Ningbo,USD,0.3 order 0; 0.7 shipment 30`;
const goods = (quantity = '1000') => `台灯,table lamp,9405210090,${quantity},个,12.00,900,1000,50,carton`;
const follow = (reference: string) => `${reference},,,,,,,,,,`;
const file = (...rows: string[]) => [HEADER, ...rows].join('\n');
const row = (reference: string, quantity?: string) => `${head(reference)},${goods(quantity)}`;
const below = (reference: string, quantity?: string) => `${follow(reference)},${goods(quantity)}`;
const taken = (text: string) => readOrdersCsv(text).orders.map(({ order, rows }) => [order.reference, rows]);

describe('orders from CSV', () => {
  it('groups the lines of a reference, wherever they stand', () => {
    const { orders, refused } = readOrdersCsv(file(row('A-1'), row('B-1'), below('A-1', '5'), ''));
    expect(refused).toEqual([]);
    expect(orders.map(({ rows }) => rows)).toEqual([[2, 4], [3]]);
    expect(orders[0]?.order).toMatchObject({
      reference: 'A-1',
      buyer: { name: 'Acme Inc.', country: 'US' },
      payment: {
        instalments: [
          { share: '0.3', trigger: 'order', days: 0 },
          { share: '0.7', trigger: 'shipment', days: 30 },
        ],
      },
      lines: [{ quantity: '1000', origin: 'CN', packages: { count: 50, kind: 'carton' } }, { quantity: '5' }],
    });
  });
  it('takes a byte order mark, Windows line ends, blank lines and repeated order columns', () => {
    expect(taken(`\uFEFF${[HEADER, row('A-1'), '', ',,,', row('A-1', '7')].join('\r\n')}\r\n`)).toEqual([
      ['A-1', [2, 5]],
    ]);
  });
  it('reads certificates, statutory units, elements, attributes, an amount and a date', () => {
    const columns = `${HEADER},statutory,certificates,elements.材质,elements.规格.型号,attributes.hasRadio,attributes.intendedAgeMax`;
    const cells = row('A-1').replace(
      '0.3 order 0; 0.7 shipment 30',
      'amount 6000.00 order; amount 6000.00 date 2026-12-31',
    );
    const { orders, refused } = readOrdersCsv(
      `${columns}\n${cells},900 kg;1000 个,CPC:SZ-114:Acme:2026-01-01:2027-01-01;FCC:F1,铁,A1,no,12`,
    );
    expect(refused).toEqual([]);
    expect(orders[0]?.order.payment.instalments).toEqual([
      { amount: '6000.00', trigger: 'order' },
      { amount: '6000.00', trigger: 'date', on: '2026-12-31' },
    ]);
    expect(orders[0]?.order.lines[0]).toMatchObject({
      statutory: [
        { quantity: '900', unit: 'kg' },
        { quantity: '1000', unit: '个' },
      ],
      certificates: [
        { kind: 'CPC', number: 'SZ-114', holder: 'Acme', issuedOn: '2026-01-01', expiresOn: '2027-01-01' },
        { kind: 'FCC', number: 'F1' },
      ],
      elements: { 材质: '铁', '规格.型号': 'A1' },
      attributes: { hasRadio: false, intendedAgeMax: 12 },
    });
  });
  it('reads an answer to a question of scope, and refuses one that is neither yes nor no', () => {
    const read = (cell: string) => readOrdersCsv(`${HEADER},scopeAnswers.A-570-868/folding\n${row('A-1')},${cell}`);
    expect(read('no').orders[0]?.order.lines[0]?.scopeAnswers).toEqual({ 'A-570-868/folding': false });
    expect(read('').orders[0]?.order.lines[0]?.scopeAnswers).toBeUndefined();
    expect(read('perhaps').refused).toEqual([expect.objectContaining({ field: 'scopeAnswers.A-570-868/folding' })]);
  });
  it('leaves a formula the text that it is', () => {
    const { orders } = readOrdersCsv(
      file(row('A-1').replace('table lamp', '=HYPERLINK("http://x")'.replaceAll('"', ''))),
    );
    expect(orders[0]?.order.lines[0]?.nameEn).toBe('=HYPERLINK(http://x)');
  });
});

describe('a broken line spoils itself and its order, and nothing else', () => {
  const around = (line: string) => readOrdersCsv(file(row('A-1'), row('B-1'), line, row('C-1')));
  it.each([
    [
      'an open quotation mark',
      `${follow('B-1')},"台灯,table lamp,9405210090,5,个,12.00,900,1000,50,carton`,
      'whole row',
      'not closed',
    ],
    [
      'a quotation mark within a cell',
      `${follow('B-1')},台"灯,table lamp,9405210090,5,个,12.00,900,1000,50,carton`,
      'whole row',
      'quotation mark',
    ],
    [
      'a cell too many',
      `${follow('B-1')},台灯,table, lamp,9405210090,5,个,12.00,900,1000,50,carton`,
      'whole row',
      '22 cells, the header 21',
    ],
    ['a cell too few', 'B-1,,,', 'whole row', '4 cells'],
    ['cells that slipped before the reference', `x,${follow('B-1')},${goods()}`, 'whole row', '22 cells'],
    ['no reference, as below merged cells', below(''), 'reference', 'is missing'],
    ['a broken quotation mark before the reference', `"${below('B-1')}`, 'whole row', 'quotation mark'],
  ])('%s', (_, line, field, error) => {
    const { orders, refused } = around(line);
    expect(orders.map(({ order }) => order.reference)).toEqual(['A-1', 'C-1']);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ row: 4, reference: 'B-1', field });
    expect(refused[0]?.error).toContain(error);
  });
  it('a line break within quotation marks', () => {
    const [first, second] = `${follow('B-1')},"台灯\n灯",table lamp,9405210090,5,个,12.00,900,1000,50,carton`.split(
      '\n',
    );
    const { orders, refused } = readOrdersCsv(file(row('A-1'), row('B-1'), first ?? '', second ?? '', row('C-1')));
    expect(orders.map(({ order }) => order.reference)).toEqual(['A-1', 'C-1']);
    expect(refused.map((one) => [one.row, one.reference])).toEqual([
      [4, 'B-1'],
      [5, 'B-1'],
    ]);
  });
  it('does not complain of what may stand on the broken line', () => {
    const { orders, refused } = readOrdersCsv(file(`"${row('B-1')}`, below('B-1')));
    expect(orders).toEqual([]);
    expect(refused).toHaveLength(1);
  });
});

describe('an order with a wrong cell is refused whole, with all that is wrong', () => {
  const errorsOf = (text: string) =>
    readOrdersCsv(text).refused.map(({ row: at, field, error }) => `${at} ${field}: ${error}`);
  it('names row and column', () => {
    const bad = row('A-1')
      .replace(',sea,', ',boat,')
      .replace(',12.00,', ',"1,200.00",')
      .replace(',50,carton', ',fifty,carton')
      .replace(',US,US,', ',,US,');
    expect(errorsOf(file(bad, below('A-1', 'ten')))).toEqual([
      '2 packages.count: "fifty" is not a whole number',
      '2 buyer.country: is missing',
      '2 transport.mode: "boat" is none of sea, air, rail, road, post, express',
      '2 unitPrice: not a decimal number of at most 14 digits, with a point and no separators',
      '3 quantity: not a decimal number of at most 14 digits, with a point and no separators',
    ]);
  });
  it('leaves the other orders alone', () => {
    expect(taken(file(row('A-1', '0'), row('B-1')))).toEqual([['B-1', [3]]]);
  });
  it.each([
    [row('A-1').replace('0.7 shipment', '0.6 shipment'), '2 payment.instalments: the shares must add up to 1'],
    [row('A-1').replace('0.7 shipment 30', '70% later'), '2 payment.instalments: "70% later" is not understood'],
    [row('A-1').replace(',FOB,', ',CIF,'), '2 freight: CIF includes freight'],
    [row('A 1'), '2 reference: a reference is 1 to 40 letters'],
    [row('A-1').replace('9405210090', '9405.21'), '2 hsCode: an HS code has 6, 8 or 10 digits'],
  ])('%#', (line, error) => {
    expect(errorsOf(file(line))[0]).toContain(error);
  });
  it('names the item within a cell', () => {
    const text = `${HEADER},certificates\n${row('A-1')},CPC:1:Acme:2026-02-30`;
    expect(errorsOf(text)).toEqual(['2 certificates: item 1, issuedOn: not a date: write YYYY-MM-DD']);
  });
  it('wants the order’s columns to agree', () => {
    expect(errorsOf(file(row('A-1'), row('A-1').replace(',USD,', ',EUR,')))).toEqual([
      '3 currency: "EUR" differs from "USD" on row 2, and an order has one',
    ]);
    expect(errorsOf(`${HEADER},marks\n${row('A-1')},\n${below('A-1')},N/M`)).toEqual([
      "3 marks: belongs to the whole order: write it on the order's first row, 2",
    ]);
  });
  it('has at most 50 lines', () => {
    expect(errorsOf(file(row('A-1'), ...Array.from({ length: 50 }, () => below('A-1'))))).toEqual([
      '2 lines: a declaration has at most 50 lines: split the order',
    ]);
  });
});

describe('a file that cannot be taken at all', () => {
  const errorsOf = (text: string) => {
    const { orders, refused } = readOrdersCsv(text);
    expect(orders).toEqual([]);
    return refused.map(({ row: at, field, error }) => `${at} ${field}: ${error}`);
  };
  it('has an unknown column: one error for it', () => {
    expect(errorsOf(file(row('A-1'), row('B-1')).replace('buyer.name', 'byuer.nane'))).toEqual([
      '1 byuer.nane: unknown column; did you mean buyer.name?',
    ]);
    expect(errorsOf(file(row('A-1')).replace('hsCode', 'HSCode'))).toEqual([
      '1 HSCode: unknown column; did you mean hsCode?',
    ]);
  });
  it('has a column twice, without a name, or none for the reference', () => {
    expect(errorsOf(file(row('A-1')).replace('nameEn', 'nameZh'))).toEqual(['1 nameZh: the column is there twice']);
    expect(errorsOf(file(row('A-1')).replace('nameEn', ''))).toEqual(['1 column 13: the column has no name']);
    expect(errorsOf('nameZh,nameEn\na,b')).toEqual([
      '1 reference: the column is missing: it says which rows make one order',
    ]);
  });
  it('is empty, separated otherwise, or too long', () => {
    expect(errorsOf('')).toEqual(['1 file: the file is empty']);
    expect(errorsOf(file(row('A-1')).replaceAll(',', ';'))[0]).toContain('separated by commas');
    expect(errorsOf(file(...Array.from({ length: 5001 }, (_, n) => row(`A-${n}`))))[0]).toContain(
      '5002 file: at most 5000 rows',
    );
  });
  it.each(['elements.__proto__', '__proto__', 'buyer.constructor', 'constructor'])('names %s as a column', (name) => {
    expect(errorsOf(`${HEADER},${name}\n${row('A-1')},x`)[0]).toContain('unknown column');
  });
});

describe('generated orders', () => {
  const word = fc
    .string({ minLength: 1, maxLength: 20, unit: fc.constantFrom('a', 'Z', '9', '灯', ' ', ',', '"', '=', "'", 'é') })
    .map((text) => text.trim())
    .filter((text) => text !== '');
  const plainWord = fc.string({ minLength: 1, maxLength: 10, unit: fc.constantFrom('a', 'B', '7', '-', '灯') });
  const decimal = fc
    .tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 0, max: 99 }))
    .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, '0')}`);
  const day = fc
    .integer({ min: 0, max: 2000 })
    .map((days) => new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString().slice(0, 10));
  const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
  const party = fc.record({
    name: word,
    country: fc.constantFrom('US', 'DE', 'JP'),
    address: maybe(word),
    taxId: maybe(plainWord),
  });
  const line = fc.record({
    productCode: maybe(word),
    nameZh: word,
    nameEn: word,
    hsCode: fc.constantFrom('940521', '94052100', '9405210090'),
    elements: fc.dictionary(fc.constantFrom('材质', '规格.型号'), word),
    brand: maybe(word),
    origin: fc.constantFrom('CN', 'VN'),
    quantity: decimal,
    unit: plainWord,
    statutory: fc.array(fc.record({ quantity: decimal, unit: plainWord }), { maxLength: 2 }),
    unitPrice: decimal,
    netWeightKg: decimal,
    grossWeightKg: decimal,
    packages: fc.record({
      count: fc.integer({ min: 1, max: 999 }),
      kind: word,
      sizeCm: maybe(fc.constant('60x40x40.5')),
    }),
    attributes: fc.record({
      hasRadio: maybe(fc.boolean()),
      toy: maybe(fc.boolean()),
      intendedAgeMax: maybe(fc.integer({ min: 0, max: 99 })),
    }),
    certificates: fc.array(
      fc.record({
        kind: plainWord,
        number: plainWord,
        holder: maybe(plainWord),
        issuedOn: maybe(day),
        expiresOn: maybe(day),
      }),
      { maxLength: 3 },
    ),
    supplier: maybe(fc.record({ name: word, taxId: plainWord, place: maybe(word) })),
  });
  const instalments = fc.oneof(
    fc.tuple(fc.nat(720), fc.constantFrom('order', 'shipment', 'arrival')).map(([days, trigger]) => [
      { share: '0.3', trigger: 'order', days: 0 },
      { share: '0.7', trigger, days },
    ]),
    day.map((on) => [{ share: '1', trigger: 'date', on }]),
    decimal.map((amount) => [
      { amount, trigger: 'shipment' },
      { share: '0.5', trigger: 'arrival' },
    ]),
  );
  const order = fc.record({
    orderedOn: maybe(day),
    plannedExportOn: maybe(day),
    claimantKind: fc.constantFrom('trading', 'manufacturer'),
    buyer: party,
    consignee: maybe(party),
    destination: fc.record({ country: fc.constantFrom('US', 'GB'), port: maybe(word) }),
    model: fc.constantFrom('general-trade', 'bonded'),
    transport: fc.record({ mode: fc.constantFrom('sea', 'air'), vessel: maybe(word) }),
    incoterm: fc.record({ rule: fc.constantFrom('FOB', 'CIF'), place: word }),
    currency: fc.constantFrom('USD', 'EUR'),
    freight: decimal,
    payment: fc.record({ instalments, lastContractualDate: maybe(day) }),
    marks: maybe(word),
    lines: fc.array(line, { minLength: 1, maxLength: 4 }),
  });

  /** Writes what the reader reads: the test's own, from the facts, so that both sides cannot share a mistake. */
  function csvOf(orders: readonly Order[]): string {
    const names = [...knownColumns.map((column) => column.name), 'elements.材质', 'elements.规格.型号'];
    const cell = (value: unknown): string => {
      if (value === undefined) return '';
      return /[",]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
    };
    const at = (holder: unknown, name: string): unknown => {
      const [outer = '', ...inner] = name.split('.');
      const value = (holder as Record<string, unknown> | undefined)?.[outer];
      return inner.length === 0 ? value : (value as Record<string, unknown> | undefined)?.[inner.join('.')];
    };
    const special: Record<string, (value: Order['lines'][number], whole: Order) => string> = {
      statutory: ({ statutory }) => statutory.map((one) => `${one.quantity} ${one.unit}`).join(';'),
      certificates: ({ certificates }) =>
        certificates
          .map((one) =>
            [one.kind, one.number, one.holder, one.issuedOn, one.expiresOn].map((part) => part ?? '').join(':'),
          )
          .join('; '),
      'payment.instalments': (_, { payment }) =>
        payment.instalments
          .map((one) => `${one.share ?? `amount ${one.amount}`} ${one.trigger} ${one.on ?? one.days ?? ''}`.trim())
          .join('; '),
    };
    const rows = orders.flatMap((whole) =>
      whole.lines.map((goodsLine, index) =>
        names
          .map((name) => {
            const isOfOrder = knownColumns.some((column) => column.name === name && column.level === 'order');
            if (isOfOrder && index > 0 && name !== 'reference') return '';
            const value = special[name]?.(goodsLine, whole) ?? at(isOfOrder ? whole : goodsLine, name);
            return cell(value === '' ? undefined : value);
          })
          .join(','),
      ),
    );
    return [names.join(','), ...rows].join('\r\n');
  }

  it('come back as they went', () => {
    fc.assert(
      fc.property(fc.array(order, { minLength: 1, maxLength: 3 }), (list) => {
        const orders = list.map((one, index) => orderSchema.parse({ ...one, reference: `QS-${index}` } as OrderInput));
        const read = readOrdersCsv(csvOf(orders));
        expect(read.refused).toEqual([]);
        // JSON drops what is undefined: an absent field is an empty cell.
        expect(JSON.parse(JSON.stringify(read.orders.map((one) => one.order)))).toEqual(
          JSON.parse(JSON.stringify(orders)),
        );
      }),
    );
  });
  it('are never taken in part, whatever line is damaged', () => {
    fc.assert(
      fc.property(
        fc.array(order, { minLength: 2, maxLength: 3 }),
        fc.nat(20),
        fc.nat(200),
        fc.constantFrom('"', ',', '",', '\n'),
        (list, at, where, damage) => {
          const orders = list.map((one, index) =>
            orderSchema.parse({ ...one, reference: `QS-${index}` } as OrderInput),
          );
          const lines = csvOf(orders).split('\r\n');
          const index = 1 + (at % (lines.length - 1));
          const line = lines[index] ?? '';
          // Behind the reference, which stands first: a damaged reference is another one.
          const position = 6 + (where % Math.max(1, line.length - 6));
          lines[index] = line.slice(0, position) + damage + line.slice(position);
          const read = readOrdersCsv(lines.join('\r\n'));
          const whole = new Map(orders.map((one) => [one.reference, one.lines.length]));
          for (const one of read.orders) expect(one.order.lines).toHaveLength(whole.get(one.order.reference) ?? -1);
          const lost = orders.filter((one) => !read.orders.some((other) => other.order.reference === one.reference));
          expect(lost.length).toBeLessThanOrEqual(1);
          for (const one of lost) expect(read.refused.map((error) => error.reference)).toContain(one.reference);
        },
      ),
    );
  });
});
