import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CivilDate } from '../../rules/civil-date.ts';
import { type OriginContent, preferenceCandidates, regionalValuePercent } from '../../rules/duties/preference.ts';
import { compare } from '../../rules/money.ts';
import { reference } from './orders.ts';

const on = '2026-12-01' as CivilDate;
const line = { hsCode: '9405210090', origin: 'CN' };
const agreementsFor = (country: string, day = on) =>
  preferenceCandidates({ country, on: day, line }, reference).map(({ agreement }) => agreement);

describe('free-trade agreements', () => {
  it.each([
    ['VN', ['china-asean', 'rcep']],
    ['AU', ['china-australia', 'rcep']],
    ['KR', ['china-korea', 'rcep']],
    ['NZ', ['china-new-zealand', 'rcep']],
    ['SG', ['china-asean', 'china-singapore', 'rcep']],
    ['JP', ['rcep']],
    ['CH', ['china-switzerland']],
    ['CL', ['china-chile']],
    ['US', []],
    ['DE', []],
    ['GB', []],
  ])('to %s: %j', (country, agreements) => expect(agreementsFor(country)).toEqual(agreements));

  it('bind a partner from its own day on', () => {
    expect(agreementsFor('PH', '2023-06-01' as CivilDate)).not.toContain('rcep');
    expect(agreementsFor('PH', '2023-06-02' as CivilDate)).toContain('rcep');
  });

  it('are for goods of China', () =>
    expect(preferenceCandidates({ country: 'VN', on, line: { ...line, origin: 'DE' } }, reference)).toEqual([]));

  it('name the certificate, and say that a saving is not known rather than none', () =>
    expect(preferenceCandidates({ country: 'VN', on, line }, reference)[0]).toMatchObject({
      certificate: { name: 'Form E', kind: 'certificate-of-origin-form-e' },
      savingPercent: null,
      saving: expect.stringContaining('look up 940521'),
      needsHumanConfirmation: true,
    }));

  it('save nothing where nobody pays', () => {
    const to = (country: string, hsCode: string) =>
      preferenceCandidates({ country, on, line: { ...line, hsCode } }, reference)[0]?.savingPercent;
    expect(to('CH', '940521')).toBe('0');
    expect(to('SG', '940521')).toBe('0');
    expect(to('SG', '871200')).toBeNull();
    expect(to('CH', '350510')).toBeNull();
    expect(to('CH', '200899')).toBeNull();
  });

  it('say what is saved where both rates are known', () => {
    const known = {
      ...reference,
      tradeAgreements: reference.tradeAgreements.map((one) =>
        one.id === 'rcep'
          ? { ...one, rates: [{ country: 'JP', hsPrefix: '940521', ratePercent: '0', generalPercent: '3.7' }] }
          : one,
      ),
    };
    expect(preferenceCandidates({ country: 'JP', on, line }, known)[0]?.savingPercent).toBe('3.7');
  });
});

describe('the origin rule', () => {
  const verdict = (content: OriginContent, scopeAnswers?: Record<string, boolean>) =>
    preferenceCandidates({ country: 'JP', on, line: { ...line, scopeAnswers }, content }, reference)[0]?.originates;
  const none = { whollyObtained: false, onlyOriginatingMaterials: false, changesHeading: false };

  it('one criterion and the direct way give origin', () => {
    expect(verdict({ changesHeading: true, travelsDirect: true })).toBe('yes');
    expect(verdict({ changesHeading: true })).toBe('open');
    expect(verdict({ changesHeading: true, travelsDirect: false })).toBe('no');
    expect(verdict({})).toBe('open');
  });

  it.each([
    ['60', 'yes'],
    ['60.0000001', 'no'],
    ['61', 'no'],
  ] as const)('of 100, %s of other origin: %s', (nonOriginating, answer) =>
    expect(verdict({ ...none, travelsDirect: true, value: { fob: '100', nonOriginating } })).toBe(answer),
  );

  it('the line’s own answers go before the content', () =>
    expect(verdict({ ...none, travelsDirect: true }, { 'rcep/value-content': true })).toBe('yes'));

  it('a share of value lies between 0 and 100 and falls as foreign material grows', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(1_000_000), fc.nat(1_000_000), (fob, a, b) => {
        const [less, more] = [Math.min(a, b) % (fob + 1), Math.max(a, b) % (fob + 1)].sort((x, y) => x - y);
        const [high, low] = [less, more].map((part) => regionalValuePercent(String(fob), String(part)));
        expect(compare(high ?? '', '100')).toBeLessThanOrEqual(0);
        expect(compare(low ?? '', '0')).toBeGreaterThanOrEqual(0);
        expect(compare(high ?? '', low ?? '')).toBeGreaterThanOrEqual(0);
      }),
    ));
});
