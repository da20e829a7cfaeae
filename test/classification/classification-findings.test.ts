import { describe, expect, it } from '@jest/globals';
import type { CivilDate } from '../../rules/civil-date.ts';
import { classificationFindings } from '../../rules/classification/classification-findings.ts';
import { noRecords, type ReviewContext, type TariffCode } from '../../rules/compliance/review-context.ts';
import type { OrderInput } from '../../rules/order/order.ts';
import { lamps, orderOf, reference } from '../rules/orders.ts';
import { labelled } from './sources.ts';

type Line = Partial<OrderInput['lines'][number]>;
const day = '2026-11-24' as CivilDate;
const context = (lines: Line[], tariffCodes: TariffCode[] | null = null): ReviewContext => ({
  order: orderOf({}, lines),
  documents: [],
  today: day,
  exportOn: day,
  entryOn: day,
  reference,
  exporter: null,
  records: { ...noRecords, tariffCodes },
});
const rulesOf = (lines: Line[], tariffCodes: TariffCode[] | null = null) =>
  classificationFindings(context(lines, tariffCodes)).map(({ rule, severity }) => `${severity} ${rule}`);

describe('names against codes', () => {
  it.each([
    ['锂电池', 'lithium battery', '9503006000'],
    ['LED台灯', 'LED table lamp', '9503006000'],
    ['儿童积木', "children's building blocks", '9405210090'],
    ['实木餐桌', 'solid wood dining table', '8518210000'],
    ['新款304不锈钢保温杯', 'stainless steel vacuum flask', '8471300000'],
  ])('%s under %s is warned of', (nameZh, nameEn, hsCode) =>
    expect(rulesOf([{ nameZh, nameEn, hsCode }])).toEqual(['warn classification-contradiction']),
  );

  it('tells what the name mostly is and what decides', () => {
    const [finding] = classificationFindings(
      context([{ nameZh: '蓝牙音箱', nameEn: 'Bluetooth speaker', hsCode: '950300' }]),
    );
    expect(finding).toMatchObject({
      kind: 'classification',
      where: 'lines[0].hsCode',
      title: expect.stringContaining('chapter 95, Toys'),
      expected: expect.stringContaining('8518'),
      found: '950300 for "蓝牙音箱"',
      remedy: expect.stringContaining('what decides: one loudspeaker'),
    });
  });

  it('tells a neighbouring heading as information only', () =>
    expect(rulesOf([{ nameZh: '电热水壶', nameEn: 'electric kettle', hsCode: '8509409000' }])).toEqual([
      'info classification-contradiction',
    ]));

  it.each([
    ['LED台灯', 'LED table lamp', '9405210090'],
    ['蓝牙耳机', 'Bluetooth earphones', '8518300000'],
    ['手机保护壳', 'phone case', '4202320000'],
    ['玩具收纳盒', 'toy storage box', '3924900000'],
    ['灯具用塑料支架', 'plastic bracket for lamps', '9405920000'],
    ['茶叶过滤器', 'tea strainer', '7323930000'],
    ['积木收纳桶', 'bucket for building blocks', '3924900000'],
    ['样品', 'samples', '9503006000'],
  ])('%s under %s %s is left alone', (nameZh, nameEn, hsCode) =>
    expect(rulesOf([{ nameZh, nameEn, hsCode }])).toEqual([]),
  );

  it('says that there is no such chapter', () =>
    expect(rulesOf([{ nameZh: '某物', nameEn: 'something', hsCode: '7711000000' }])).toEqual([
      'block hs-code-unknown',
    ]));

  it('seldom warns of a right code, and of most wrong ones', () => {
    const warned = (text: string, hsCode: string) =>
      rulesOf([{ nameZh: text, nameEn: text, hsCode }]).some((said) => said.startsWith('warn'));
    const falseAlarms = labelled.filter(({ text, codes }) => codes.some((code) => warned(text, code)));
    const wrong = labelled.flatMap(({ text, codes }, index) => {
      const other = labelled[(index + 97) % labelled.length]?.codes[0] ?? '';
      return codes.some((code) => code.slice(0, 2) === other.slice(0, 2)) ? [] : [{ text, other }];
    });
    const caught = wrong.filter(({ text, other }) => warned(text, other));
    process.stdout.write(
      `Names against codes: ${falseAlarms.length} of ${labelled.length} right ones warned of, ${caught.length} of ${wrong.length} codes of another chapter.\n`,
    );
    expect(falseAlarms.length / labelled.length).toBeLessThanOrEqual(0.02);
    expect(caught.length / wrong.length).toBeGreaterThanOrEqual(0.6);
  });

  it('is done with fifty lines in a moment', () => {
    const fifty = context(
      Array.from({ length: 50 }, (_, index) => ({ nameZh: `LED台灯 ${index}`, hsCode: '9503006000' })),
    );
    classificationFindings(fifty);
    const begun = performance.now();
    expect(classificationFindings(fifty)).toHaveLength(50);
    process.stdout.write(`Codes of 50 lines held against their names: ${(performance.now() - begun).toFixed(1)} ms.\n`);
  });
});

describe('the imported ten-digit table', () => {
  const lamp: TariffCode = {
    code: '9405210090',
    nameZh: '其他LED台灯',
    units: ['千克', '台'],
    elements: ['品牌类型', '出口享惠情况', '用途', '材质(塑料、金属等)', '光源类型', '品牌', '型号', 'GTIN', '其他'],
    vatRatePercent: '13',
    rebateRatePercent: '13',
    supervision: null,
  };
  it('is content with a line that says everything', () => expect(rulesOf([lamps], [lamp])).toEqual([]));

  it('has nothing to say where there is none, or where the code is not whole', () => {
    expect(rulesOf([lamps])).toEqual([]);
    expect(rulesOf([{ hsCode: '940521' }], [lamp])).toEqual([]);
  });

  it('warns of a code that it lacks', () =>
    expect(rulesOf([{ hsCode: '9405210010' }], [lamp])).toEqual(['warn tariff-code-unknown']));

  it('warns of elements that are not stated, by the names of the table', () => {
    const [finding] = classificationFindings(
      context([{ elements: { use: '家用', brand: 'none', model: 'A1' } }], [lamp]),
    );
    expect(finding).toMatchObject({
      rule: 'tariff-elements',
      severity: 'warn',
      expected: '出口享惠情况, 材质, 光源类型',
    });
  });

  it('warns of quantities in other units than the statutory ones', () => {
    expect(rulesOf([{ unit: '套' }], [lamp])).toEqual(['warn tariff-unit']);
    expect(rulesOf([{ statutory: [{ quantity: '1000', unit: '件' }] }], [lamp])).toEqual(['warn tariff-unit']);
    const both = [
      { quantity: '1500', unit: 'kg' },
      { quantity: '1000', unit: '台' },
    ];
    expect(rulesOf([{ statutory: both }], [lamp])).toEqual([]);
  });
});
