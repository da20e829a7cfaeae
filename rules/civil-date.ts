import { z } from 'zod';

/** Years that a shipment can have to do with: what lies outside is a typing error, and would run a clock out at once or never. */
const isOfThisAge = (text: string) => text >= '1990' && text < '2101';
const NOT_OF_THIS_AGE = 'the year lies outside 1990 to 2100: is that a typing error?';

/** A calendar date `YYYY-MM-DD` in a zone that its field names; never a `Date`, which would carry a time of day along. */
export const civilDateSchema = z.iso
  .date('not a date: write YYYY-MM-DD')
  .refine(isOfThisAge, NOT_OF_THIS_AGE)
  .brand<'CivilDate'>();
export type CivilDate = z.infer<typeof civilDateSchema>;

/** A moment, ISO 8601 in UTC with a `Z`. */
export const instantSchema = z.iso
  .datetime({ error: 'not a moment: write ISO 8601 in UTC, for example 2026-11-24T08:00:00Z' })
  .refine(isOfThisAge, NOT_OF_THIS_AGE);
export type Instant = z.infer<typeof instantSchema>;

const DAY_IN_MS = 86_400_000;
/** China has kept one zone without summer time since 1992, so its offset is a constant and needs no time-zone table. */
const CHINA_OFFSET_IN_MS = 8 * 3_600_000;

/** The date on the wall in China at that moment. */
export function chinaDate(instant: Instant): CivilDate {
  return new Date(Date.parse(instant) + CHINA_OFFSET_IN_MS).toISOString().slice(0, 10) as CivilDate;
}

/** The moment when that day begins in China (00:00 at UTC+8). */
export function startOfChinaDay(date: CivilDate): Instant {
  return new Date(Date.parse(`${date}T00:00:00Z`) - CHINA_OFFSET_IN_MS).toISOString();
}

/** The last second of that day in China. */
export function endOfChinaDay(date: CivilDate): Instant {
  return new Date(Date.parse(`${date}T23:59:59Z`) - CHINA_OFFSET_IN_MS).toISOString();
}

/** The date so many natural days later (earlier, if negative). */
export function addDays(date: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_IN_MS).toISOString().slice(0, 10) as CivilDate;
}

/** The same day of the month so many months later; the last day of that month where it has no such day (31 Jan + 1 = 28 Feb). */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, lastDay));
  return first.toISOString().slice(0, 10) as CivilDate;
}

/** Days between two moments, with fractions; negative when `to` lies before `from`. */
export function daysBetween(from: Instant, to: Instant): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_IN_MS;
}
