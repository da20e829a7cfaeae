import { describe, expect, it } from '@jest/globals';
import { unprintableCharacters } from '../../printing/glyphs.ts';
import { printingFindings } from '../../rules/documents/printing-findings.ts';
import { orderOf } from './orders.ts';
import { contextOf } from './review-contexts.ts';

const inKorean = { name: '서울상사', country: 'KR' };
const placesIn = (changes: object, lines: object[] = [{}]) =>
  printingFindings({ ...contextOf(orderOf(changes, lines)), unprintable: unprintableCharacters }).map(
    ({ where }) => where,
  );

describe('texts that our papers cannot show', () => {
  it('are a warning each, which names the characters and the place', () => {
    const context = { ...contextOf(orderOf({ buyer: inKorean })), unprintable: unprintableCharacters };
    expect(printingFindings(context)).toEqual([
      expect.objectContaining({
        ...{ rule: 'text-not-printable', severity: 'warn', where: 'buyer.name' },
        found: '서울상사 in “서울상사”',
        remedy: expect.stringMatching(/Latin letters/),
      }),
    ]);
  });

  it.each<[string, object, object[], string[]]>([
    ['all of ASCII', { marks: Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).join('') }, [{}], []],
    ['Chinese, Polish, Greek and Russian', { marks: '唛头 Łódź Αθήνα Москва' }, [{}], []],
    ['a consignee', { consignee: inKorean }, [{}], ['consignee.name']],
    ['marks', { marks: 'N/M 🚢' }, [{}], ['marks']],
    ['the name of goods', {}, [{}, { nameEn: 'lamp โคมไฟ' }], ['lines[1].nameEn']],
    ['an element', {}, [{ elements: { 用途: 'مصباح' } }], ['lines[0].elements.用途']],
    ['what stands on no paper', { endUser: inKorean, payer: inKorean, bank: inKorean }, [{}], []],
  ])('%s', (_what, changes, lines, places) => expect(placesIn(changes, lines)).toEqual(places));

  it('a long text is cut, not the characters', () => {
    const marks = `${'x'.repeat(80)} 서`;
    const [finding] = printingFindings({ ...contextOf(orderOf({ marks })), unprintable: unprintableCharacters });
    expect(finding?.found).toBe(`서 in “${'x'.repeat(60)}…”`);
  });

  it('nobody looks where the fonts are not at hand', () =>
    expect(printingFindings(contextOf(orderOf({ buyer: inKorean })))).toEqual([]));
});
