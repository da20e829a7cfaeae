/** Amounts and counts written out, so that a changed digit shows: in English, and in the financial characters of Chinese (大写). */
import { toCardinal } from 'n2words/en-GB';
import { z } from 'zod';
import { type Currency, inCurrency } from '../money.ts';
import { currencyWords } from './currency-words.ts';

/** One figure in both languages. */
export const inWordsSchema = z.strictObject({ en: z.string(), zh: z.string() });
export type InWords = z.infer<typeof inWordsSchema>;

const digitsZh = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const placesZh = ['', '拾', '佰', '仟'];
const fractionsZh = ['角', '分', '厘'];

/**
 * An amount in words, in the decimals of its currency (half-up): `SAY US DOLLARS TWELVE THOUSAND AND CENTS FIVE ONLY` and
 * 美元壹万贰仟元零伍分. 整 closes an amount that ends at 元 or 角. The Chinese is ours: the library rounds thousandths of a dinar away.
 * @throws RangeError for a negative amount, which no paper of ours asks for
 */
export function amountInWords(amount: string, currency: Currency): InWords {
  const exact = inCurrency(amount, currency);
  if (exact.startsWith('-'))
    throw new RangeError(`${amount} ${currency} is negative: only what is owed is written out`);
  const [whole = '0', fraction = ''] = exact.split('.');
  return { en: amountInEnglish(whole, fraction, currency), zh: amountInChinese(whole, fraction, currency) };
}

/** A number of packages in words: `SAY TWO HUNDRED AND FIFTY PACKAGES ONLY` and 贰佰伍拾件整. */
export function packagesInWords(count: number): InWords {
  const noun = count === 1 ? 'PACKAGE' : 'PACKAGES';
  return { en: `SAY ${cardinal(String(count))} ${noun} ONLY`, zh: `${wholeInChinese(BigInt(count))}件整` };
}

function cardinal(whole: string): string {
  return toCardinal(BigInt(whole)).toUpperCase();
}

function amountInEnglish(whole: string, fraction: string, currency: Currency): string {
  const { en, minorEn } = currencyWords[currency];
  const minor = /[1-9]/.test(fraction) && minorEn ? ` AND ${minorEn} ${cardinal(fraction)}` : '';
  return `SAY ${en} ${cardinal(whole)}${minor} ONLY`;
}

function amountInChinese(whole: string, fraction: string, currency: Currency): string {
  const hasFraction = /[1-9]/.test(fraction);
  const yuan = whole !== '0' || !hasFraction ? `${wholeInChinese(BigInt(whole))}元` : '';
  const parts = fractionInChinese(fraction, yuan !== '');
  return `${currencyWords[currency].zh}${yuan}${parts}${/[分厘]$/.test(parts) ? '' : '整'}`;
}

/** 角, 分, 厘; one 零 for the empty places before a digit, where something stands before them. */
function fractionInChinese(fraction: string, afterWhole: boolean): string {
  let text = '';
  let skipped = false;
  for (const [place, digit] of [...fraction].entries()) {
    if (digit === '0') skipped = true;
    else {
      const zero = skipped && (afterWhole || text !== '') ? '零' : '';
      text += `${zero}${digitsZh[Number(digit)]}${fractionsZh[place]}`;
      skipped = false;
    }
  }
  return text;
}

/** Sections of four digits (万) and of eight (亿), one 零 for all empty places between two digits. */
function wholeInChinese(number: bigint): string {
  for (const [size, name] of [[100_000_000n, '亿'] as const, [10_000n, '万'] as const])
    if (number >= size) {
      const rest = number % size;
      // Also after a section that ends in nought: the payment rules allow 壹拾万柒仟 and 壹拾万零柒仟, and the longer is harder to change.
      const gap = rest > 0n && (rest < size / 10n || (number / size) % 10n === 0n) ? '零' : '';
      return `${wholeInChinese(number / size)}${name}${gap}${rest > 0n ? wholeInChinese(rest) : ''}`;
    }
  const digits = [...number.toString()];
  const text = digits.map((digit, index) =>
    digit === '0' ? '零' : `${digitsZh[Number(digit)]}${placesZh[digits.length - 1 - index]}`,
  );
  return text
    .join('')
    .replace(/零+/g, '零')
    .replace(/(.)零$/, '$1');
}
