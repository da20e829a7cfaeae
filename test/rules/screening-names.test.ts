import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { legalForms } from '../../rules/screening/name-words.ts';
import { normaliseName, partyKey } from '../../rules/screening/normalise-name.ts';
import { pinyinSyllables } from '../../rules/screening/pinyin-syllables.ts';
import { similarity } from '../../rules/screening/similarity.ts';

const alike = (one: string, other: string) => similarity(normaliseName(one), normaliseName(other));
const textOf = (name: string) => normaliseName(name).forms.map(({ words }) => words.map(({ text }) => text).join(' '));

/** Words of names in several scripts, none of them a form of firm. */
const wordsOfNames =
  'huaguang vesta karat meridian ospina mansour petrov tanaka 华光 明灯 张伟国 Северный Маяк Παπαδόπουλος 김정은 サクラ محمد خالد Øresund Łódź'.split(
    ' ',
  );
const latinWords = wordsOfNames.filter((word) => /^[a-z]+$/.test(word));
const nameOf = (words: readonly string[]) => fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 5 });
const anyName = nameOf(wordsOfNames).map((words) => words.join(' '));

describe('a name made comparable', () => {
  it.each([
    ['HUAWEI TECHNOLOGIES CO., LTD.', 'Huawei Technologies'],
    ['ＮＩＮＧＢＯ　ＶＥＳＴＡ', 'Ningbo Vesta Company Limited'],
    ['Société Générale Maritime S.A.R.L.', 'SOCIETE GENERALE MARITIME'],
    ['ООО «Северный Маяк»', 'Северный Маяк'],
    ['Volgapribor Public Joint Stock Company', 'JSC VOLGAPRIBOR'],
    ['Import & Export House', 'import and export house'],
    ["Nu'man ALAEDDIN", 'NUMAN ALAEDDIN'],
    ['Sinobright Company; and any successor, sub-unit, or subsidiary thereof', 'SINOBRIGHT'],
  ])('%s is %s', (one, other) => expect(textOf(one)).toEqual(textOf(other)));

  it('Chinese is read by its sounds, and by the English words of trade', () => {
    expect(textOf('深圳市华强电子有限公司')).toEqual(['shen zhen hua qiang dian zi', 'shen zhen hua qiang electronic']);
    expect(textOf('单雄信')).toEqual(['shan xiong xin']);
  });

  it('people whose names look like forms of firms keep them', () => {
    expect(textOf('LI, Ao')).toEqual(['li ao']);
    expect(textOf('Co., Ltd.')).toEqual(['co ltd']);
  });

  it('a name given twice is each of the two', () => {
    expect(alike('Ningbo Vesta (宁波维斯塔)', 'NINGBO VESTA CO., LTD.')).toBe(1);
  });

  it('never without a form, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => normaliseName(name).forms.length > 0));
  });

  it('xiaolong is two syllables, mohamed is none', () => {
    expect(pinyinSyllables('xiaolong')).toEqual(['xiao', 'long']);
    expect(pinyinSyllables('mohamed')).toBeUndefined();
  });
});

describe('how alike two names are', () => {
  it('is the same in both directions', () => {
    fc.assert(fc.property(anyName, anyName, (one, other) => alike(one, other) === alike(other, one)));
  });

  it('is from 0 to 1, for any texts', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(fc.property(text, text, (one, other) => alike(one, other) >= 0 && alike(one, other) <= 1));
  });

  it('is 1 for a name and itself, in any case', () => {
    fc.assert(fc.property(anyName, (name) => alike(name, name) === 1 && alike(name, name.toUpperCase()) === 1));
  });

  it('is 1 whatever the order of the words', () => {
    const shuffled = nameOf(latinWords).chain((words) =>
      fc.tuple(fc.constant(words), fc.shuffledSubarray(words, { minLength: words.length, maxLength: words.length })),
    );
    fc.assert(fc.property(shuffled, ([words, others]) => alike(words.join(' '), others.join(', ')) === 1));
  });

  it('does not depend on the form of firm', () => {
    const form = fc.constantFrom(...legalForms, 'Co., Ltd.', 'S.A.R.L.', 'G.m.b.H.', 'Limited Liability Company');
    fc.assert(
      fc.property(nameOf(latinWords), form, form, (words, one, other) => {
        const name = words.join(' ');
        return alike(`${name} ${one}`, `${name}, ${other}`) === 1;
      }),
    );
  });

  it('Sinobright and Sino Bright are one', () => {
    expect(alike('Sinobright Import and Export Company', 'Sino Bright Import & Export Co.')).toBe(1);
  });

  it('firms of one town and trade are not alike by that', () => {
    expect(alike('Shenzhen Bluesky Trading Co., Ltd.', 'Shenzhen Redstar Trading Co., Ltd.')).toBeLessThan(0.8);
  });
});

describe('the key under which a decision is remembered', () => {
  it('holds for a name in another case and punctuation, and for no other form of firm or country', () => {
    expect(partyKey('Sunrise Co., Ltd.', 'CN')).toBe(partyKey('SUNRISE CO LTD', 'CN'));
    expect(partyKey('Sunrise Ltd', 'CN')).not.toBe(partyKey('Sunrise GmbH', 'CN'));
    expect(partyKey('Sunrise Ltd', 'CN')).not.toBe(partyKey('Sunrise Ltd', 'DE'));
    expect(partyKey('张伟', 'CN')).not.toBe(partyKey('章伟', 'CN'));
  });
});
