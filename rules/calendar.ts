import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { expectedYears, fixedHolidays } from '../reference/calendars/china.ts';
import { addDays, type CivilDate } from './civil-date.ts';

/** Whether people, banks and offices in China work on a day. `provisional`: reckoned, the year's arrangement is not published. */
export interface WorkingDay {
  working: boolean;
  provisional: boolean;
}

/**
 * Single days that a later decree or an organisation settles otherwise; they win over every table and are not
 * provisional. Key: date in China, `YYYY-MM-DD`.
 */
export type CalendarOverrides = Readonly<Record<string, 'working' | 'off'>>;

/**
 * The library's tables, not its functions: those read dates in the host's own time zone, and west of Greenwich they
 * take 8 October for a holiday. The tables hold the published arrangements with their make-up Saturdays.
 */
const publishedHolidays: Readonly<Record<string, string>> = published.holidays;
const publishedMakeUpDays: Readonly<Record<string, string>> = published.workdays;

/** A year counts as published when its National Day is in the table; the library itself answers 'workday' for the rest. */
const isPublished = (year: string) => `${year}-10-01` in publishedHolidays;

/** Everything that is expected off in years without an arrangement, by date. */
const expectedOff: ReadonlySet<string> = new Set(
  expectedYears.flatMap((year) => year.holidays.flatMap((holiday) => daysFrom(holiday.from, holiday.to))),
);

function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day as CivilDate, 1)) days.push(day);
  return days;
}

function isWeekend(date: CivilDate): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/**
 * Whether that date is a working day in China, make-up Saturdays and Sundays (调休) included.
 * Published years (2004–2026 with chinese-days 1.5.7) are certain; other years are reckoned from weekends, the fixed
 * public dates and the expected festivals of reference/calendars/china.ts, and say so.
 */
export function isWorkingDay(date: CivilDate, overrides: CalendarOverrides = {}): WorkingDay {
  const settled = overrides[date];
  if (settled !== undefined) return { working: settled === 'working', provisional: false };
  if (isPublished(date.slice(0, 4))) {
    const working = date in publishedMakeUpDays || (!isWeekend(date) && !(date in publishedHolidays));
    return { working, provisional: false };
  }
  const monthAndDay = date.slice(5);
  const isFixed = fixedHolidays.some((holiday) => holiday.from <= monthAndDay && monthAndDay <= holiday.to);
  return { working: !isWeekend(date) && !isFixed && !expectedOff.has(date), provisional: true };
}

/**
 * The n-th working day after that date (before it, if negative); the date itself for 0, whatever day it is.
 * `provisional` when any day passed on the way belongs to an unpublished year.
 * @throws RangeError unless n is a whole number of at most 2,000 days (about eight years): a longer wait is a mistake.
 */
export function addWorkingDays(
  date: CivilDate,
  n: number,
  overrides: CalendarOverrides = {},
): { date: CivilDate; provisional: boolean } {
  if (!Number.isInteger(n) || Math.abs(n) > 2000) throw new RangeError(`not a number of working days: ${n}`);
  const step = Math.sign(n);
  let day = date;
  let provisional = false;
  for (let left = Math.abs(n); left > 0; ) {
    day = addDays(day, step);
    const answer = isWorkingDay(day, overrides);
    provisional ||= answer.provisional;
    if (answer.working) left--;
  }
  return { date: day, provisional };
}
