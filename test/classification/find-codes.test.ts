import { describe, expect, it } from '@jest/globals';
import { goodsFoundText, writtenCode } from '../../cli/goods-matches.ts';
import type { CivilDate } from '../../rules/civil-date.ts';
import { nomenclatureOf } from '../../rules/classification/nomenclature.ts';
import { searchGoods } from '../../rules/classification/search.ts';
import { goodsSearch } from '../../rules/classification/search-answer.ts';
import { suggestCodes } from '../../rules/classification/suggest.ts';
import type { DeclaredLine } from '../../rules/compliance/review-context.ts';
import { builtIn, labelled } from './sources.ts';

const past: DeclaredLine = {
  productCode: 'BX-1',
  nameZh: '蓝牙音箱',
  nameEn: 'Bluetooth speaker',
  hsCode: '8518220000',
  quantity: '500',
  unit: '个',
  unitPrice: '8.5',
  currency: 'USD',
  netWeightKg: '400',
  declaredOn: '2026-03-02' as CivilDate,
  declarationNumber: '310120260000000001',
  buyer: null,
  destination: 'US',
};

describe('searching codes by a name', () => {
  it.each([
    ['蓝牙音箱', '851821'],
    ['儿童积木', '950300'],
    ['不锈钢保温杯', '961700'],
    ['Bluetooth speaker', '851821'],
    ['LED table lamp', '940521'],
    ['ＬＥＤ 台灯', '940521'],
    ['blutooth speeker', '851821'],
  ])('%s is %s', (text, code) => expect(searchGoods(text, builtIn)[0]?.code).toBe(code));

  it('shows the place of a code and the reason for it', () => {
    expect(searchGoods('蓝牙音箱', builtIn)[0]).toMatchObject({
      source: 'common-goods',
      score: 1,
      path: { section: { code: 'XVI' }, chapter: { code: '85' }, heading: null },
      reason: expect.stringContaining('what decides: one loudspeaker in the box 8518.21, several 8518.22'),
      alternatives: expect.arrayContaining(['851822']),
    });
  });

  it('puts what the exporter declared before in front', () => {
    const found = searchGoods('蓝牙音箱', { ...builtIn, declared: [past] });
    expect(found[0]).toMatchObject({ source: 'declared', code: '8518220000', path: { chapter: { code: '85' } } });
    expect(found[0]?.reason).toContain('310120260000000001');
    expect(found[1]).toMatchObject({ source: 'common-goods', code: '851821' });
  });

  it('leaves a past declaration of other goods behind', () => {
    const earphones = { ...past, nameZh: '蓝牙耳机', nameEn: 'Bluetooth earphones', hsCode: '8517629990' };
    expect(searchGoods('蓝牙音箱', { ...builtIn, declared: [earphones] })[0]?.code).toBe('851821');
  });

  it('searches the nomenclature after them, and lists what stands under a code', () => {
    const nomenclature = nomenclatureOf([
      { code: '84', description: 'Machinery', section: 'XVI', sectionTitle: null },
      { code: '8434', description: 'Milking machines and dairy machinery', section: 'XVI', sectionTitle: null },
      { code: '843410', description: 'Milking machines', section: 'XVI', sectionTitle: null },
    ]);
    expect(searchGoods('milking machine', { ...builtIn, nomenclature })[0]).toMatchObject({
      code: '843410',
      source: 'nomenclature',
      path: { heading: { code: '8434' } },
    });
    expect(searchGoods('8434', { ...builtIn, nomenclature }).map(({ code }) => code)).toEqual([
      '843420',
      '8434',
      '843410',
    ]);
  });

  it('finds nothing for nothing', () => expect(searchGoods(' ', builtIn)).toEqual([]));

  it('is written for people', () => {
    expect(writtenCode('9405210090')).toBe('9405.21.00.90');
    expect(goodsFoundText('蓝牙音箱', goodsSearch('蓝牙音箱', builtIn, 1)).join('\n')).toMatch(
      /^8518\.21 {6}蓝牙音箱 \/ Bluetooth speaker\n {4}place {4}section XVI › 85 Electrical.*\n {4}why {6}goods called/s,
    );
    expect(goodsFoundText('gift', goodsSearch('gift', builtIn))[0]).toMatch(/^No code by these words alone: "gift"/);
  });
});

describe('suggesting codes', () => {
  it.each([
    ['gift', /names no goods/],
    ['Free samples', /names no goods/],
    ['样品', /names no goods/],
    ['配件', /names no goods/],
    ['塑料', /says only a material/],
    ['新款塑料制品', /says only a material.*and a broad kind/],
    ['plastic products', /says only a material/],
    ['electronics', /says only a broad kind/],
    ['Xiaomi', /brand or a model is no description/],
    ['XK2000', /a model or a measure/],
    ['XK-2000', /a brand or a model/],
    ['500ml', /a model or a measure/],
    ['', /names no goods/],
  ])('%j is too thin', (text, why) =>
    expect(suggestCodes(text, builtIn)).toEqual({ refused: expect.stringMatching(why) }),
  );

  it('is not held up by a long text of general words', () => {
    expect(suggestCodes(`${'塑料制品'.repeat(60)}甲`, builtIn)).toBeDefined();
  });

  it('has at least 120 labelled descriptions, none of which is a name of the table', () => {
    const names = new Set(builtIn.goods.flatMap(({ zh, en }) => [...zh, ...en].map((name) => name.toLowerCase())));
    expect(labelled.length).toBeGreaterThanOrEqual(120);
    expect(labelled.filter(({ text }) => names.has(text.toLowerCase()))).toEqual([]);
  });

  it('puts a right code first for 95 of 100 descriptions, among three for 97', () => {
    const ranks = labelled.map(({ text, codes }) => {
      const suggestion = suggestCodes(text, builtIn);
      return 'refused' in suggestion ? -1 : suggestion.suggestions.findIndex(({ code }) => codes.includes(code));
    });
    const within = (most: number) => ranks.filter((rank) => rank >= 0 && rank < most).length / ranks.length;
    const [first, three] = [within(1), within(3)].map((share) => (100 * share).toFixed(1));
    process.stdout.write(`Codes for ${ranks.length} descriptions: right first ${first} %, among three ${three} %.\n`);
    expect(within(1)).toBeGreaterThanOrEqual(0.95);
    expect(within(3)).toBeGreaterThanOrEqual(0.97);
  });
});
