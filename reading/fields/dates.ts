/** Dates as papers write them. */
import { type CivilDate, civilDateSchema } from '../../rules/civil-date.ts';

/** A date read from a text. */
export interface DateReading {
  value: CivilDate;
  /** 0.4 where day and month may be the other way round. */
  confidence: number;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = '(?<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';

const shapes: { pattern: RegExp; confidence: number }[] = [
  { pattern: /(?<!\d)(?<year>\d{4})\s*[-/.年]\s*(?<month>\d{1,2})\s*[-/.月]\s*(?<day>\d{1,2})(?!\d)/, confidence: 1 },
  {
    pattern: new RegExp(
      `(?<!\\d)(?<day>\\d{1,2})(?:st|nd|rd|th)?[\\s./-]*${MONTH}[\\s.,/-]*(?<year>\\d{4}|\\d{2})(?!\\d)`,
      'i',
    ),
    confidence: 1,
  },
  {
    pattern: new RegExp(`(?<![a-z])${MONTH}[\\s.]*(?<day>\\d{1,2})(?:st|nd|rd|th)?[\\s,]+(?<year>\\d{4})(?!\\d)`, 'i'),
    confidence: 1,
  },
  { pattern: /(?<!\d)(?<year>20\d{2})(?<month>[01]\d)(?<day>[0-3]\d)(?!\d)/, confidence: 0.8 },
];

/**
 * The first date in a text. Where day and month may be the other way round (`03/04/2026`) the day is taken to come first,
 * and the confidence says that nobody knows.
 */
export function readDate(text: string): DateReading | undefined {
  const plain = text.normalize('NFKC').slice(0, 200);
  for (const { pattern, confidence } of shapes) {
    const { year = '', month, name, day = '' } = pattern.exec(plain)?.groups ?? {};
    const number = name ? String(months.indexOf(name.toLowerCase()) + 1) : month;
    const value = number && dateOf(year, number, day);
    if (value) return { value, confidence: year.length === 2 ? 0.7 : confidence };
  }
  return readInOpenOrder(plain);
}

function readInOpenOrder(text: string): DateReading | undefined {
  const [, first = '', second = '', year = ''] = /(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)/.exec(text) ?? [];
  const dayFirst = dateOf(year, second, first);
  const monthFirst = dateOf(year, first, second);
  if (dayFirst && monthFirst) return { value: dayFirst, confidence: dayFirst === monthFirst ? 0.95 : 0.4 };
  const only = dayFirst ?? monthFirst;
  return only && { value: only, confidence: 0.9 };
}

function dateOf(year: string, month: string, day: string): CivilDate | undefined {
  const full = year.length === 2 ? `20${year}` : year;
  return civilDateSchema.safeParse(`${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`).data;
}
