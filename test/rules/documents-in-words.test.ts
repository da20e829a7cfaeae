import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toCardinal } from 'n2words/zh-Hans-CN';
import { currencyWords } from '../../rules/documents/currency-words.ts';
import { amountInWords, packagesInWords } from '../../rules/documents/in-words.ts';
import { type Currency, currencyDigits, inCurrency } from '../../rules/money.ts';

const currencies = Object.keys(currencyDigits) as Currency[];

describe('an amount in words', () => {
  it.each([
    ['12000.00', 'USD', 'SAY US DOLLARS TWELVE THOUSAND ONLY', '美元壹万贰仟元整'],
    [
      '1680.32',
      'CNY',
      'SAY CHINESE YUAN ONE THOUSAND SIX HUNDRED AND EIGHTY AND FEN THIRTY-TWO ONLY',
      '人民币壹仟陆佰捌拾元叁角贰分',
    ],
    [
      '1409.50',
      'CNY',
      'SAY CHINESE YUAN ONE THOUSAND FOUR HUNDRED AND NINE AND FEN FIFTY ONLY',
      '人民币壹仟肆佰零玖元伍角整',
    ],
    ['6007.14', 'CNY', 'SAY CHINESE YUAN SIX THOUSAND AND SEVEN AND FEN FOURTEEN ONLY', '人民币陆仟零柒元壹角肆分'],
    [
      '16409.02',
      'EUR',
      'SAY EUROS SIXTEEN THOUSAND FOUR HUNDRED AND NINE AND CENTS TWO ONLY',
      '欧元壹万陆仟肆佰零玖元零贰分',
    ],
    [
      '325.04',
      'GBP',
      'SAY POUNDS STERLING THREE HUNDRED AND TWENTY-FIVE AND PENCE FOUR ONLY',
      '英镑叁佰贰拾伍元零肆分',
    ],
    ['0.05', 'USD', 'SAY US DOLLARS ZERO AND CENTS FIVE ONLY', '美元伍分'],
    ['0', 'USD', 'SAY US DOLLARS ZERO ONLY', '美元零元整'],
    [
      '1234567',
      'JPY',
      'SAY JAPANESE YEN ONE MILLION TWO HUNDRED AND THIRTY-FOUR THOUSAND FIVE HUNDRED AND SIXTY-SEVEN ONLY',
      '日元壹佰贰拾叁万肆仟伍佰陆拾柒元整',
    ],
    ['10.005', 'KWD', 'SAY KUWAITI DINARS TEN AND FILS FIVE ONLY', '科威特第纳尔壹拾元零伍厘'],
    ['10.105', 'KWD', 'SAY KUWAITI DINARS TEN AND FILS ONE HUNDRED AND FIVE ONLY', '科威特第纳尔壹拾元壹角零伍厘'],
    ['100000000001', 'VND', 'SAY VIETNAMESE DONG ONE HUNDRED BILLION AND ONE ONLY', '越南盾壹仟亿零壹元整'],
  ] as const)('%s %s', (amount, currency, en, zh) => {
    expect(amountInWords(amount, currency)).toEqual({ en, zh });
  });

  it('refuses a negative amount', () => expect(() => amountInWords('-0.01', 'USD')).toThrow(RangeError));

  it('names every currency once, and the smallest unit of each that has decimals', () => {
    for (const name of ['en', 'zh'] as const)
      expect(new Set(currencies.map((currency) => currencyWords[currency][name])).size).toBe(currencies.length);
    expect(
      currencies.filter((one) => (currencyWords[one].minorEn === undefined) !== (currencyDigits[one] === 0)),
    ).toEqual([]);
  });

  const cases = fc.record({ minor: fc.bigInt({ min: 0n, max: 10n ** 15n }), currency: fc.constantFrom(...currencies) });
  const amountOf = (minor: bigint, currency: Currency) => {
    const digits = currencyDigits[currency];
    const text = minor.toString().padStart(digits + 1, '0');
    return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  };

  it('says in Chinese the very amount, read back digit by digit', () => {
    fc.assert(
      fc.property(cases, ({ minor, currency }) => {
        const amount = amountOf(minor, currency);
        const { zh } = amountInWords(amount, currency);
        expect(zh.startsWith(currencyWords[currency].zh)).toBe(true);
        expect(zh.slice(currencyWords[currency].zh.length)).not.toMatch(/零零|.零[元万亿]|零整/);
        expect(inCurrency(readBack(zh.slice(currencyWords[currency].zh.length)), currency)).toBe(amount);
      }),
      { numRuns: 2000 },
    );
  });

  it('says whole amounts below 亿, from where it differs, in the characters of an independent library', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 99_999_999n }), (whole) => {
        expect(amountInWords(whole.toString(), 'JPY').zh).toBe(`日元${toCardinal(whole)}元整`);
      }),
    );
  });

  it('says two amounts in one way only if they are equal', () => {
    fc.assert(
      fc.property(cases, fc.bigInt({ min: 1n, max: 1000n }), ({ minor, currency }, more) => {
        const [one, other] = [
          amountInWords(amountOf(minor, currency), currency),
          amountInWords(amountOf(minor + more, currency), currency),
        ];
        expect(one.en).not.toBe(other.en);
        expect(one.zh).not.toBe(other.zh);
      }),
    );
  });
});

describe('packages in words', () => {
  it('are one package or many', () => {
    expect(packagesInWords(1)).toEqual({ en: 'SAY ONE PACKAGE ONLY', zh: '壹件整' });
    expect(packagesInWords(250)).toEqual({ en: 'SAY TWO HUNDRED AND FIFTY PACKAGES ONLY', zh: '贰佰伍拾件整' });
  });
});

/** The amount that the Chinese says, by the grammar of numerals and not by the code under test. */
function readBack(text: string): string {
  const [whole = '', fraction = ''] = text.includes('元') ? text.split('元') : ['', text];
  const digits = ['角', '分', '厘'].map((place) => digitBefore(fraction, place));
  return `${wholeOf(whole)}.${digits.join('')}`;
}

function digitBefore(text: string, place: string): string {
  const at = text.indexOf(place);
  return at < 0 ? '0' : String(numerals.indexOf(text[at - 1] ?? ''));
}

const numerals = '零壹贰叁肆伍陆柒捌玖';

function wholeOf(text: string): bigint {
  for (const [name, size] of [
    ['亿', 100_000_000n],
    ['万', 10_000n],
    ['仟', 1000n],
    ['佰', 100n],
    ['拾', 10n],
  ] as const) {
    const at = text.lastIndexOf(name);
    if (at >= 0) return wholeOf(text.slice(0, at)) * size + wholeOf(text.slice(at + 1));
  }
  const digit = text.replace('零', '');
  return digit === '' ? 0n : BigInt(numerals.indexOf(digit));
}
