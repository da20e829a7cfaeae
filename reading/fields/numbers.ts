/** Numbers as papers write them: with separators of several countries, full-width digits, a currency before or a unit behind. */
import { currencyDigits } from '../../rules/money.ts';

/** A VAT invoice writes prices with up to thirteen decimals: more than facts hold, but a number, and named where it is left out. */
const MOST_DECIMALS = 15;

/** A number read from a text. */
export interface NumberReading {
  /** Decimal text in our way; decimals as the paper has them. */
  value: string;
  /** Below 0.6 where the separators may mean another number. */
  confidence: number;
  /** Letters of ISO 4217 written with it. */
  currency?: string;
  /** What is written behind it: `pcs`, `个`, `KGS`. */
  unit?: string;
}

const signs: Readonly<Record<string, string>> = {
  US$: 'USD',
  HK$: 'HKD',
  '€': 'EUR',
  '£': 'GBP',
  RMB: 'CNY',
  CNH: 'CNH',
  人民币: 'CNY',
  美元: 'USD',
  欧元: 'EUR',
  日元: 'JPY',
  港元: 'HKD',
  港币: 'HKD',
  英镑: 'GBP',
  元: 'CNY',
};
const letters = Object.keys(currencyDigits).join('|');
/** A bare `$` or `¥` belongs to several currencies: it is passed over, and says nothing. */
const CURRENCY = `US\\$|HK\\$|RMB|人民币|美元|欧元|日元|港元|港币|英镑|元|[€£$¥]|(?:${letters})(?![A-Za-z])`;
const NUMBER = new RegExp(
  `^(?<before>(?:(?:${CURRENCY})[\\s:.]*)*)(?<sign>[-−(]?)\\s*(?:(?:${CURRENCY})\\s*)?(?<body>\\d[\\d.,'’ ]*\\d|\\d|\\.\\d+)\\s*(?<after>\\)?.*)$`,
  'iu',
);

/** Reads a text that is one number, and nothing beside it but its currency and unit; undefined for everything else. */
export function readNumber(text: string): NumberReading | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .trim();
  if (plain.length === 0 || plain.length > 60) return undefined;
  const { before = '', sign = '', body = '', after = '' } = NUMBER.exec(plain)?.groups ?? {};
  const number = body === '' ? undefined : decimalOf(body);
  if (!number) return undefined;
  const suffix = after
    .replace(/^\)/, '')
    .replace(/^[\s/.]+/, '')
    .trim();
  // Percentages, `60x40`, ranges and texts that begin with a number are no quantities; 万 would multiply it.
  if (/[\d%‰万亿]/.test(suffix) || suffix.length > 20 || /^[x×*~-]/i.test(suffix)) return undefined;
  const isNegative = sign !== '';
  const inBrackets = sign === '(';
  if (inBrackets && !after.startsWith(')')) return undefined;
  const currency = currencyOf(before) ?? currencyOf(suffix);
  return {
    value: isNegative && /[1-9]/.test(number.value) ? `-${number.value}` : number.value,
    confidence: inBrackets ? 0.4 : number.confidence,
    currency,
    unit: suffix !== '' && currencyOf(suffix) === undefined ? suffix : undefined,
  };
}

/** The currency that a text names by its letters or its own sign: `Amount (USD)` //=> 'USD'; undefined for none, or two. */
export function currencyOf(text: string): string | undefined {
  const found = text
    .normalize('NFKC')
    .toUpperCase()
    .match(
      new RegExp(
        `US\\$|HK\\$|RMB|人民币|美元|欧元|日元|港元|港币|英镑|(?<!\\p{Script=Han})元|[€£]|(?<![A-Z])(?:${letters})(?![A-Z])`,
        'gu',
      ),
    );
  const currencies = new Set((found ?? []).map((sign) => signs[sign] ?? sign));
  return currencies.size === 1 ? [...currencies][0] : undefined;
}

/** Separators into our way. A single comma before three digits is a thousand in the papers of this trade; still somewhat unsure. */
function decimalOf(body: string): { value: string; confidence: number } | undefined {
  const text = body.replace(/’/g, "'");
  const marks = [...new Set(text.replace(/\d/g, ''))];
  if (marks.length === 0) return clean(text, '', 1);
  const last = text[Math.max(...marks.map((mark) => text.lastIndexOf(mark)))] ?? '.';
  const isDecimal = (last === '.' || last === ',') && text.split(last).length === 2;
  if (marks.length > 2) return undefined;
  if (marks.length === 2) {
    const [whole = '', decimals = ''] = text.split(last);
    const grouping = marks.find((mark) => mark !== last) ?? ',';
    return isDecimal && isGrouped(whole, grouping) ? clean(whole, decimals, 1) : undefined;
  }
  if (last === '.' && isDecimal) {
    const [whole = '', decimals = ''] = text.split('.');
    return clean(whole === '' ? '0' : whole, decimals, 1);
  }
  if (isGrouped(text, last)) return clean(text, '', isDecimal || last === '.' ? 0.8 : 0.95);
  if (last !== ',' || !isDecimal) return undefined;
  const [whole = '', decimals = ''] = text.split(',');
  return clean(whole, decimals, 0.7);
}

function isGrouped(text: string, mark: string): boolean {
  const [first = '', ...groups] = text.split(mark);
  return /^[1-9]\d{0,2}$/.test(first) && groups.every((group) => /^\d{3}$/.test(group));
}

function clean(whole: string, decimals: string, confidence: number) {
  const digits = whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
  if (digits.length > 14 || decimals.length > MOST_DECIMALS || /\D/.test(decimals)) return undefined;
  return { value: decimals === '' ? digits : `${digits}.${decimals}`, confidence };
}
