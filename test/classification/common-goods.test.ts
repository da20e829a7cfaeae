import { describe, expect, it } from '@jest/globals';
import { refuseSharedTradeNames } from '../../reference/common-goods.ts';
import { hsImporter } from '../../reference/importing/hs.ts';
import { nomenclatureOf } from '../../rules/classification/nomenclature.ts';
import { reference } from '../rules/orders.ts';
import { sample } from './sample-data.ts';

const goods = reference.commonGoods;
const csv = sample('hs/harmonized-system.csv');

describe('the table of common goods', () => {
  it('has at least 400 goods with names in both languages', () => {
    expect(goods.length).toBeGreaterThanOrEqual(400);
    expect(goods.every(({ zh }) => zh.some((name) => /\p{Script=Han}/u.test(name)))).toBe(true);
    expect(goods.every(({ en }) => en.every((name) => !/\p{Script=Han}/u.test(name)))).toBe(true);
  });

  it('stands in chapters that there are, and gives no code as its own alternative', () => {
    const chapters = new Set(reference.hsChapters.map(({ chapter }) => chapter));
    expect(chapters.size).toBe(96);
    expect(goods.filter(({ hs }) => !chapters.has(hs.slice(0, 2)))).toEqual([]);
    expect(goods.filter(({ hs, alternatives }) => alternatives.includes(hs))).toEqual([]);
  });

  it('refuses a name that two goods claim', () => {
    const [lamp, other] = [goods[0], goods[1]];
    expect(() =>
      refuseSharedTradeNames(
        (
          [
            { ...lamp, zh: ['灯'] },
            { ...other, zh: ['灯'] },
          ] as typeof goods
        ).map((good, index) => ({
          good,
          place: () => `codes/common-goods/lamps.yaml:${index + 1}`,
        })),
      ),
    ).toThrow(/codes\/common-goods\/lamps\.yaml:2: "灯" stands for/);
  });

  it('has codes of the public nomenclature only', async () => {
    if (!csv) return;
    const { entries } = await hsImporter.read([{ name: 'harmonized-system.csv', content: csv }]);
    const nomenclature = nomenclatureOf(entries);
    const codes = goods.flatMap(({ hs, alternatives }) => [hs, ...alternatives]);
    expect(codes.filter((code) => !nomenclature.has(code))).toEqual([]);
  });
});
