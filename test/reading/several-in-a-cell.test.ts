import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { admit } from '../../reading/admit.ts';
import { columnsAt } from '../../reading/fields/columns.ts';
import { emptyLine, piecesOf } from '../../reading/fields/draft-line.ts';
import { withoutElements } from '../../reading/fields/elements.ts';
import { addQuantities, settleQuantity } from '../../reading/fields/quantities.ts';
import { readInWorker, stopReader } from '../../reading/in-worker.ts';
import { times } from '../../rules/money.ts';
import { pdf, workbook } from './papers.ts';

afterAll(stopReader);

type Table = readonly (readonly string[])[];

const asWorkbook = (rows: Table) => workbook([['出口货物报关单（草单）'], ...rows.map((row) => [...row])]);
const asPdf = (rows: Table) =>
  pdf(
    [
      '出口货物报关单（草单）',
      {
        fontSize: 8,
        layout: 'noBorders',
        table: { widths: (rows[0] ?? []).map(() => 78), body: rows.map((row) => [...row]) },
      },
    ],
    { pageOrientation: 'landscape' },
  );
const files = [
  ['a workbook', asWorkbook],
  ['a PDF', asPdf],
] as const;

async function read(bytes: Uint8Array) {
  const admitted = await admit(bytes, 'paper');
  if (admitted.refused) throw new Error(admitted.message);
  const reading = await readInWorker(bytes, admitted, { kind: 'customs-declaration' });
  const sureOf = (path: string) => reading.fields.find((field) => field.path === path)?.confidence;
  return { ...reading, sureOf };
}

const priced = ['项号', '商品编号', '商品名称', '数量', '单价(USD)', '总价(USD)'];
const unpriced = ['项号', '商品编号', '商品名称', '数量'];

describe.each(files)('a quantity of several lines, in %s', (_, file) => {
  it('beside a remark is taken, and not presented as certain', async () => {
    const { facts, sureOf } = await read(
      await file([
        unpriced,
        ['1', '9405210090', 'LED台灯', '1000\n(含备品10)'],
        ['2', '7326909000', '置物架', '420个'],
      ]),
    );
    expect(facts.lines.map(({ quantity, unit }) => [quantity, unit])).toEqual([
      ['1000', undefined],
      ['420', '个'],
    ]);
    expect(sureOf('lines[0].quantity')).toBe(0.6);
    expect(sureOf('lines[1].quantity')).toBe(1);
  });

  it('is the one that multiplies to the amount, whichever of them that is', async () => {
    const { facts, sureOf } = await read(
      await file([
        priced,
        ['1', '9405210090', 'LED台灯\n4|3|家用照明', '150千克\n100台', '12.00', '1200.00'],
        ['2', '7326909000', '钢制置物架\n0|0|置物', '80千克\n20个', '2.50', '200.00'],
      ]),
    );
    expect(facts.lines).toEqual([
      expect.objectContaining({ no: 1, nameZh: 'LED台灯', quantity: '100', unit: '台', total: '1200.00' }),
      expect.objectContaining({ no: 2, nameZh: '钢制置物架', quantity: '80', unit: '千克', total: '200.00' }),
    ]);
    expect(sureOf('lines[0].quantity')).toBeGreaterThan(0.9);
    expect(sureOf('lines[0].unit')).toBeGreaterThan(0.9);
  });

  it.each([
    ['without prices', unpriced, []],
    ['with prices of another', priced, ['12.00', '99.00']],
  ])('%s is the last one, as a guess, and so is its unit', async (_case, headings, prices) => {
    const { facts, sureOf } = await read(
      await file([headings, ['1', '9405210090', 'LED台灯', '150千克\n100台', ...prices]]),
    );
    expect(facts.lines).toEqual([expect.objectContaining({ quantity: '100', unit: '台' })]);
    expect([sureOf('lines[0].quantity'), sureOf('lines[0].unit')]).toEqual([0.5, 0.5]);
  });

  it('with units in a column of their own has its own unit', async () => {
    const { facts } = await read(
      await file([
        ['项号', '商品编号', '商品名称', '数量', '单位', '单价(USD)', '总价(USD)'],
        ['1', '9405210090', 'LED台灯', '150\n100', '千克\n台', '12.00', '1200.00'],
      ]),
    );
    expect(facts.lines).toEqual([expect.objectContaining({ quantity: '100', unit: '台' })]);
  });

  it('of which nothing is taken is told', async () => {
    const { facts, notes } = await read(
      await file([
        priced,
        ['1', '9405210090', 'LED台灯', '10-12', '12.00', '1200.00'],
        ['2', '7326909000', '钢制置物架', '见附件', '2.50', '200.00'],
      ]),
    );
    expect(facts.lines.map(({ quantity }) => quantity)).toEqual([undefined, undefined]);
    expect(notes).toContainEqual(expect.stringMatching(/^The quantity of .* and of 1 more was left out: “10-12”/));
  });

  it('is told also where the row has no other figure', async () => {
    const { facts, notes } = await read(
      await file([unpriced, ['1', '9405210090', 'LED台灯', '10-12'], ['2', '7326909000', '置物架', '420个']]),
    );
    expect(facts.lines).toEqual([expect.objectContaining({ no: 2, quantity: '420' })]);
    expect(notes).toContainEqual(expect.stringMatching(/^The quantity of .* was left out: “10-12”/));
  });

  it('is the third below an empty one, beside elements and origins of several lines', async () => {
    const elements = 'LED台灯\n4|3|家用照明|铝合金|LED光源|无品牌|TL-20|220V';
    const { facts, notes } = await read(
      await file([
        [...priced, '原产国'],
        ['1', '9405210090', elements, '150千克\n \n100台', '12.00', '1200.00', '中国\n(CHN)'],
        ['2', '7326909000', '置物架', '80千克\n \n20个', '10.00', '200.00', '中国\n(CHN)'],
      ]),
    );
    expect(facts.lines).toEqual([
      expect.objectContaining({ no: 1, nameZh: 'LED台灯', quantity: '100', unit: '台' }),
      expect.objectContaining({ no: 2, nameZh: '置物架', quantity: '20', unit: '个' }),
    ]);
    expect(notes).toEqual([]);
  });

  it('is the third below an empty one, beside a name of one line and of two', async () => {
    const { facts, notes } = await read(
      await file([
        priced,
        ['1', '9405210090', 'LED台灯', '150千克\n \n100台', '12.00', '1200.00'],
        ['2', '6109100021', 'T恤衫\n白色', '60千克\n300件', '3.50', '1050.00'],
      ]),
    );
    expect(facts.lines.map(({ nameZh, quantity }) => [nameZh, quantity])).toEqual([
      ['LED台灯', '100'],
      ['T恤衫白色', '300'],
    ]);
    expect(notes).toEqual([]);
  });

  it('is the one in the unit of the line, as a guess, where nothing multiplies', async () => {
    const { facts, sureOf } = await read(
      await asWorkbook([
        ['项号', '品名', '数量', '单位'],
        ['1', 'LED台灯', '100台\n150千克', '台'],
      ]),
    );
    expect(facts.lines).toEqual([expect.objectContaining({ quantity: '100', unit: '台' })]);
    expect(sureOf('lines[0].quantity')).toBe(0.5);
  });

  it('ends where a sum stands below it', async () => {
    const { facts, sureOf } = await read(
      await file([
        unpriced,
        ['1', '9405210090', 'LED台灯', '100台'],
        ['2', '7326909000', '钢制置物架', '80台'],
        ['', '', '', '180台'],
      ]),
    );
    expect(facts.lines.map(({ quantity }) => quantity)).toEqual(['100', '80']);
    expect(sureOf('lines[1].quantity')).toBeGreaterThan(0.9);
  });

  it('leaves elements out of models and names', async () => {
    const { facts } = await read(
      await file([
        ['项号', '商品编号', '商品名称', '规格型号', '数量'],
        ['1', '9405210090', 'LED台灯', '4|3|家用照明', '100台'],
        ['2', '7326909000', '置物架4|3|家用', 'TL-20', '80个'],
      ]),
    );
    expect(facts.lines).toEqual([
      { no: 1, hsCode: '9405210090', nameZh: 'LED台灯', quantity: '100', unit: '台' },
      { no: 2, hsCode: '7326909000', nameZh: '置物架', model: 'TL-20', quantity: '80', unit: '个' },
    ]);
  });

  it('beside prices under a heading without strokes', async () => {
    const lines = ['1', '2', '3'].map((no) => [
      ...[no, `940521009${no}`, 'LED台灯\n4|3|家用照明', '150千克\n100台', '12.00\n1200.00\n美元'],
    ]);
    const { facts, notes } = await read(
      await file([['项号', '商品编号', '商品名称', '数量', '单价总价币制'], ...lines]),
    );
    const line = { nameZh: 'LED台灯', quantity: '100', unit: '台', unitPrice: '12.00', total: '1200.00' };
    expect(facts.lines).toEqual([1, 2, 3].map((no) => ({ no, hsCode: `940521009${no}`, ...line })));
    expect({ currency: facts.currency, notes }).toEqual({ currency: 'USD', notes: [] });
  });

  it('beside weights under one heading', async () => {
    const { facts, notes } = await read(
      await file([
        ['项号', '品名', '数量', '件数', '毛重净重'],
        ['1', 'LED台灯', '100台', '10', '170\n150'],
        ['2', '置物架', '80个', '8', '90吨\n80吨'],
      ]),
    );
    expect(facts.lines).toEqual([
      {
        no: 1,
        nameZh: 'LED台灯',
        quantity: '100',
        unit: '台',
        packages: '10',
        grossWeightKg: '170',
        netWeightKg: '150',
      },
      { no: 2, nameZh: '置物架', quantity: '80', unit: '个', packages: '8' },
    ]);
    expect(notes).toContainEqual(expect.stringMatching(/^The grossWeightKg of .* was left out: “90吨 80吨”/));
  });
});

describe('a cell of prices without a line number', () => {
  it('is read in a workbook by the order of its heading', async () => {
    const { facts } = await read(
      await asWorkbook([
        ['品名', '数量', '单价总价'],
        ['LED台灯', '100台', '12.00\n1200.00'],
      ]),
    );
    expect(facts.lines).toEqual([
      { nameZh: 'LED台灯', quantity: '100', unit: '台', unitPrice: '12.00', total: '1200.00' },
    ]);
  });

  it('goes on in the next row with elements and quantity, and ends where a name stands', async () => {
    const { facts, sureOf } = await read(
      await asWorkbook([
        ['项号', '品名', '数量'],
        ['1', 'LED台灯', '150千克'],
        ['', '4|3|家用照明', '100台'],
        ['2', '置物架', '20个'],
        ['', '置物架配件', '5个'],
      ]),
    );
    expect(facts.lines.map(({ nameZh, quantity }) => [nameZh, quantity])).toEqual([
      ['LED台灯', '100'],
      ['置物架', '20'],
      ['置物架配件', '5'],
    ]);
    expect(sureOf('lines[0].quantity')).toBe(0.5);
    expect(sureOf('lines[1].quantity')).toBe(1);
  });

  it('has goods of another name in the next row, though that has no price', async () => {
    const { facts } = await read(
      await asWorkbook([
        priced,
        ['2', '7326909000', '置物架', '20个', '10.00', '200.00'],
        ['', '', '配件', '5个', '', ''],
      ]),
    );
    expect(facts.lines.map(({ nameZh, quantity }) => [nameZh, quantity])).toEqual([
      ['置物架', '20'],
      ['配件', '5'],
    ]);
  });

  it('with weights in tons, and one with two prices, are told', async () => {
    const { facts, notes } = await read(
      await asWorkbook([
        ['品名', '数量', '单价', '毛重(吨)'],
        ['LED台灯', '100台', '12.00\n13.00', '1.5'],
      ]),
    );
    expect(facts.lines).toEqual([{ nameZh: 'LED台灯', quantity: '100', unit: '台' }]);
    expect(notes).toEqual([
      'The unitPrice of Sheet1!C3 was left out: “12.00 13.00” may not be it. Give it by hand.',
      'The grossWeightKg of Sheet1!D3 was left out: “1.5” may not be it. Give it by hand.',
    ]);
  });
});

describe('headings that stand close on a page', () => {
  const headings = (text: string, parts: { text: string; left: number; right: number }[]) => {
    const cells = [
      { text: '品名', left: 0, right: 40, place: '' },
      { text: '数量', left: 60, right: 80, place: '' },
      { text, left: 100, right: 142, place: '', parts },
    ];
    return columnsAt({ rows: [{ cells, top: 0, height: 8 }], isPage: true }, 0)?.columns.map(({ heading }) => [
      heading.name,
      heading.stacked,
    ]);
  };
  const parts = [
    { text: '单价', left: 100, right: 120 },
    { text: '总价', left: 122, right: 142 },
  ];

  it('with a gap are two columns, without one they are one', () => {
    expect(headings('单价 总价', parts)?.slice(2)).toEqual([
      ['unitPrice', undefined],
      ['total', undefined],
    ]);
    expect(headings('单价总价', parts)?.slice(2)).toEqual([['ignored', ['unitPrice', 'total']]]);
  });
});

describe('the pieces of a cell of quantities', () => {
  const settled = (text: string, prices: { unitPrice?: string; total?: string } = {}) => {
    const line = emptyLine('A1');
    for (const [name, value] of Object.entries(prices))
      line.figures[name as 'total'] = { value, confidence: 1, place: 'A1' };
    addQuantities(line.quantities, piecesOf([{ text, place: 'A1' }]));
    settleQuantity(line);
    const { quantity, unit } = line.figures;
    return [quantity?.value, quantity?.confidence, unit?.value];
  };

  it.each([
    ['1000\n个', ['1000', 1, '个']],
    ['1000\n(PCS)', ['1000', 1, 'PCS']],
    ['1000(含备品10)', ['1000', 0.6, undefined]],
    ['1000台（含备品10台）', ['1000', 0.6, '台']],
    ['1000\n(10)', ['1000', 0.6, undefined]],
    ['1,000 个 (007)', ['1000', 0.8, '个']],
    ['100\n200', ['200', 0.5, undefined]],
    ['(5.00)', ['-5.00', 0.4, undefined]],
    ['10-12', [undefined, undefined, undefined]],
  ])('%j', (text, expected) => expect(settled(text)).toEqual(expected));

  it('the one that multiplies is found at every place', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 10, max: 9999 }), { minLength: 2, maxLength: 4 }),
        fc.nat(),
        (amounts, at) => {
          const meant = `${amounts[at % amounts.length]}`;
          const [value, , unit] = settled(amounts.map((amount) => `${amount}个`).join('\n'), {
            unitPrice: '9999',
            total: times(meant, '9999'),
          });
          // Papers round: only another one within a thousandth may be taken for it.
          expect(Math.abs(Number(value) - Number(meant))).toBeLessThanOrEqual(Number(meant) / 1000);
          expect(unit).toBe('个');
        },
      ),
    );
  });
});

describe('declaration elements', () => {
  it.each([
    [['LED台灯', '4|3|家用照明'], ['LED台灯']],
    [['LED台灯4|3|家用照明'], ['LED台灯']],
    [['LED台灯|4|3|家用照明'], ['LED台灯']],
    [['LED台灯 ４｜３｜家用照明'], ['LED台灯']],
    [['4|3|家用照明'], []],
    [['家用照明|铝合金|LED'], []],
    [['品牌:无|0|0|家用'], []],
    [['LED台灯', '4|3|家用', '照明|铝合金'], ['LED台灯']],
    [['LED台灯|TL-20'], ['LED台灯|TL-20']],
    [['Desk lamp | LED | white'], ['Desk lamp | LED | white']],
  ])('%j', (pieces, expected) => expect(withoutElements(pieces)).toEqual(expected));
});
