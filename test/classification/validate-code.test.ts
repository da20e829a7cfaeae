import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nomenclatureOf, pathOf } from '../../rules/classification/nomenclature.ts';
import { validateCode } from '../../rules/classification/validate-code.ts';
import { reference } from '../rules/orders.ts';

const chapters = reference.hsChapters;
const entry = (code: string, description: string) => ({
  code,
  description,
  section: 'XVI',
  sectionTitle: 'Machinery and electrical equipment',
});
const nomenclature = nomenclatureOf([
  entry('85', 'Electrical machinery'),
  entry('8518', 'Microphones; loudspeakers'),
  entry('851821', 'Loudspeakers; single'),
  entry('851822', 'Loudspeakers; multiple'),
]);
const tables = { chapters, nomenclature };
const without = { chapters, nomenclature: null };

describe('a code', () => {
  it('is taken as it stands, with its place', () => {
    expect(validateCode('8518.21.00.00', tables)).toEqual({
      kind: 'valid',
      code: '8518210000',
      digits: 10,
      path: {
        section: { code: 'XVI', title: 'Machinery and electrical equipment' },
        chapter: { code: '85', title: 'Electrical machinery' },
        heading: { code: '8518', title: 'Microphones; loudspeakers' },
        subheading: { code: '851821', title: 'Loudspeakers; single' },
      },
      unchecked: 'digits after the sixth',
    });
  });

  it('says what was not looked up', () => {
    expect(validateCode('851821', tables)).toMatchObject({ unchecked: null });
    expect(validateCode('851821', without)).toMatchObject({ unchecked: 'heading and subheading' });
  });

  it.each([
    ['8518', /4 digits: that is a heading/],
    ['85', /2 digits: that is a chapter/],
    ['85182', /has 5 digits: a code has 6, 8 or 10/],
    ['301110000', /has 9 digits.*leading zero, and none is added/],
    ['8518210000101', /has 13 digits: a Chinese code has 10/],
    ['8518-21', /is no code/],
    ['85182I', /is no code/],
    ['', /is no code/],
    ['772100', /no chapter 77/],
    ['000000', /no chapter 00/],
    ['998877', /no chapter 99/],
    ['859921', /no heading 8599/],
    ['851899', /heading 8518 has no subheading 851899/],
  ])('%s is refused', (text, why) => {
    expect(validateCode(text, tables)).toEqual({ kind: 'refused', why: expect.stringMatching(why) });
  });

  it('is never filled up or cut: what comes back are the digits that were written', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,14}$/), (digits) => {
        const verdict = validateCode(digits, without);
        if (verdict.kind === 'valid') {
          expect(verdict.code).toBe(digits);
          expect([6, 8, 10]).toContain(digits.length);
        } else expect(verdict.why).not.toBe('');
      }),
    );
  });

  it('means the same with dots and without', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(0[1-9]|[1-7][0-6]|8[0-9]|9[0-7])\d{4}(\d\d){0,2}$/), (digits) => {
        const dotted = [digits.slice(0, 4), ...(digits.slice(4).match(/../g) ?? [])].join('.');
        expect(validateCode(dotted, without)).toEqual(validateCode(digits, without));
      }),
    );
  });

  it('has a path of its own beginnings', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^8518(21|22|99)\d{0,4}$/), (code) => {
        const { chapter, heading, subheading } = pathOf(code, nomenclature, chapters);
        for (const step of [chapter, heading, subheading]) if (step) expect(code.startsWith(step.code)).toBe(true);
      }),
    );
  });
});
