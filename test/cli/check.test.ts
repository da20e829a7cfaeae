import { describe, expect, it } from '@jest/globals';
import { columnsOf, WIDTH } from '../../cli/layout.ts';
import exampleOrder from '../../examples/order.json' with { type: 'json' };
import { complianceCheckSchema } from '../../rules/compliance/check.ts';
import { folderWith, quayside } from './terminals.ts';

const asOf = ['--as-of', '2026-11-24'];
const json = (changes: object = {}) => JSON.stringify({ ...exampleOrder, ...changes }, null, 2);
const [line] = exampleOrder.lines;
const toys = json({
  lines: [
    {
      ...line,
      nameZh: '塑料积木玩具',
      nameEn: 'Plastic building blocks for children',
      hsCode: '9503008900',
      attributes: { toy: true, intendedAgeMax: 8, hasBattery: false, hasRadio: false, consumerProduct: true },
      certificates: [],
    },
  ],
});

describe('quayside check without a server', () => {
  it('prints what it found by section, in 100 columns, and says that nobody was screened', async () => {
    const { status, out, err } = await quayside(['check', 'order.json', ...asOf], {
      folder: folderWith({ 'order.json': toys }),
    });
    expect(status).toBe(2);
    expect(out).toContain('Order CLEAN-1001, as of 2026-11-24: BLOCKED');
    for (const section of ['What blocks (', 'Papers (', 'Landed cost (estimate)', 'Plan (estimates)', 'Parties'])
      expect(out).toContain(section);
    for (const label of ['where', 'expected', 'found', 'remedy', 'due', 'rule'])
      expect(out).toMatch(new RegExp(`^ {5}${label} +\\S`, 'm'));
    expect(out).toContain('Not screened');
    expect(err).toContain('parties were not screened');
    expect(out.split('\n').filter((printed) => columnsOf(printed) > WIDTH)).toEqual([]);
  });

  it('prints the answer of the API with --json, and reads standard input', async () => {
    const { out } = await quayside(['check', '-', '--json', '--local', ...asOf], { standardInput: toys });
    const check = complianceCheckSchema.parse(JSON.parse(out));
    expect(check).toMatchObject({ reference: 'CLEAN-1001', asOf: '2026-11-24', blocked: true, screenedBy: null });
  });

  it('says of a paper that is here what is to be read on it', async () => {
    const bare = JSON.parse(toys);
    bare.lines[0].certificates = [{ kind: 'certificate-cpc', number: 'CPC-1' }];
    const { out } = await quayside(['check', '-', '--local', ...asOf], { standardInput: JSON.stringify(bare) });
    expect(out).toContain('to be read:');
    expect(out).toMatch(/What stands on \d+ papers? was not stated/);
    expect(out.split('\n').filter((printed) => columnsOf(printed) > WIDTH)).toEqual([]);
  });

  it('ends with 0 where nothing blocks', async () => {
    const calm = json({
      transport: { ...exampleOrder.transport, stuffingPlace: '宁波市北仑区示例路1号', consolidator: 'Example Freight' },
    });
    const { status, out } = await quayside(['check', '-', '--local', ...asOf], { standardInput: calm });
    expect(status).toBe(0);
    expect(out).toContain('nothing blocks it');
  });

  it('checks the orders of a CSV file one after another, and names the rows that it cannot read', async () => {
    const csv = [
      'reference,plannedExportOn,claimantKind,buyer.name,buyer.country,destination.country,model,transport.mode,incoterm.rule,incoterm.place,currency,payment.instalments,nameZh,nameEn,hsCode,quantity,unit,unitPrice,netWeightKg,grossWeightKg,packages.count,packages.kind',
      'A-1,2027-01-20,trading,Harbor LLC,US,US,general-trade,sea,FOB,Ningbo,USD,1 shipment 30,LED台灯,LED lamp,9405210090,10,个,12.00,1150,1400,125,carton',
      'A-2,2027-01-20,trading,Harbor LLC,US,US,general-trade,sea,FOB,Ningbo,USD,1 shipment 30,LED台灯,LED lamp,94052,10,个,12.00,1150,1400,125,carton',
    ].join('\n');
    const { status, out, err } = await quayside(['check', 'orders.csv', '--json', '--local'], {
      folder: folderWith({ 'orders.csv': csv }),
    });
    expect(status).toBe(64);
    expect(JSON.parse(out).map(({ reference }: { reference: string }) => reference)).toEqual(['A-1']);
    expect(err).toContain('orders.csv:3: A-2: hsCode: an HS code has 6, 8 or 10 digits');
  });
});

describe('input that quayside check cannot read ends with 64 and names file, line and field', () => {
  it.each<[string, string, string | Buffer, RegExp]>([
    [
      'a wrong field of JSON',
      'o.json',
      json({ buyer: { name: 'B', country: 'usa' } }),
      /^o\.json:\d+: buyer\.country: a country is/,
    ],
    ['a field that is none', 'o.json', json({ byer: 1 }), /^o\.json:\d+: byer: is not a field that we know/],
    ['a currency that is missing', 'o.json', json({ currency: undefined }), /^o\.json:1: currency: is missing$/m],
    [
      'an amount that is missing',
      'o.json',
      json({ lines: [{ ...line, unitPrice: undefined }] }),
      /^o\.json:\d+: lines\[0\]\.unitPrice: is missing$/m,
    ],
    [
      'a weight that is missing',
      'o.yaml',
      json({ lines: [{ ...line, netWeightKg: null }] }),
      /^o\.yaml:\d+: lines\[0\]\.netWeightKg: is missing$/m,
    ],
    ['JSON that ends too early', 'o.json', '{\n"reference": ', /^o\.json:2: no JSON: Unexpected end of JSON input$/],
    [
      'JSON without a comma',
      'o.json',
      '{\n"a": [{}, "x\\n", -1.5e3],\n"b": 2\n"c": 3\n}',
      /^o\.json:4: no JSON: [^"]+$/,
    ],
    ['JSON with a word', 'o.json', '{\n"a": true,\n"b": x\n}', /^o\.json:3: no JSON: Unexpected token 'x'$/],
    ['JSON with a comma too many', 'o.json', '{\n"a": {},\n}', /^o\.json:3: no JSON: /],
    ['JSON nested too deeply', 'o.json', `{"a": ${'['.repeat(200_000)}`, /^o\.json(:1)?: no JSON: /],
    ['JSON with a string over two lines', 'o.json', '{\n"a": "é\n"}', /^o\.json:2: no JSON: /],
    ['no YAML', 'o.yaml', 'reference: [', /^o\.yaml:\d+: /],
    ['a key twice', 'o.yaml', 'reference: a\nreference: b', /^o\.yaml:2: /],
    ['nothing', 'o.yaml', '', /^o\.yaml is empty/],
    ['another encoding', 'o.csv', Buffer.from([0xb1, 0xa8, 0xb9, 0xd8]), /^o\.csv is not UTF-8/],
    ['an unknown column', 'o.csv', 'reference,byer\nA,B', /^.*o\.csv:1: byer: unknown column/s],
    ['a list', 'o.json', '[]', /^o\.json:1: the order: /],
    ['half a character', 'o.json', json({ marks: '\ud800' }), /^o\.json: marks: |o\.json:\d+: marks: /],
  ])('%s', async (_what, name, content, expected) => {
    const { status, err, out } = await quayside(['check', name, '--local'], {
      folder: folderWith({ [name]: content }),
    });
    expect({ status, out }).toEqual({ status: 64, out: '' });
    expect(err).toMatch(expected);
  });

  it.each([
    [['check', 'nowhere.json'], 'nowhere.json: there is no such file'],
    [['check', '.'], '.: it is a folder'],
    [['check'], 'Name a file'],
    [['check', 'a', 'b'], 'too many arguments'],
    [['check', 'o.json', '--as-of', 'soon'], '--as-of soon: not a date'],
    [['check', 'o.json', '--rate', 'USD'], '--rate USD: write a rate as EUR/USD=1.08'],
    [['check', 'o.json', '--rate', 'EUR/XXX=1'], 'unknown currency'],
    [['check', 'o.json', '--rate', 'EUR/USD=1', 'EUR/USD=2'], 'two rates'],
    [['check', 'o.json', '--jsno'], 'unknown option'],
    [['chek'], 'unknown command'],
  ])('%j', async (words, expected) => {
    const { status, err } = await quayside(words);
    expect({ status, err }).toEqual({ status: 64, err: expect.stringContaining(expected) });
  });

  it('numbers without quotation marks are taken as they are written in YAML', async () => {
    const { out: template } = await quayside(['check', '--template']);
    const plain = template
      .replace('unitPrice: "12.00"', 'unitPrice: 12.50')
      .replace('hsCode: "9405210090"', 'hsCode: 9405210090');
    const { status, err, out } = await quayside(['check', '-', '--local', '--json'], { standardInput: plain });
    expect({ status: [0, 2].includes(status), err }).toEqual({ status: true, err: '' });
    expect(JSON.parse(out).landedCost.totals.fob).toBe('12500.00');
  });
});

describe('a server that is named and does not answer', () => {
  it('is no reason to answer without it', async () => {
    const { status, err } = await quayside(['check', '-'], {
      standardInput: toys,
      environment: { QUAYSIDE_URL: 'http://127.0.0.1:9', QUAYSIDE_KEY: 'k' },
    });
    expect({ status, err }).toEqual({ status: 1, err: expect.stringContaining('http://127.0.0.1:9 does not answer') });
  });
  it('and half a name is told', async () => {
    const { status, err } = await quayside(['check', '-'], {
      standardInput: toys,
      environment: { QUAYSIDE_URL: 'http://127.0.0.1:9' },
    });
    expect({ status, err }).toEqual({ status: 1, err: expect.stringContaining('go together') });
  });
});
