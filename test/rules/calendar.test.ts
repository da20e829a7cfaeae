import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectedYears } from '../../reference/calendars/china.ts';
import { addWorkingDays, isWorkingDay } from '../../rules/calendar.ts';
import { addDays, type CivilDate, civilDateSchema } from '../../rules/civil-date.ts';

const date = (text: string) => civilDateSchema.parse(text);
const dates = fc.integer({ min: 0, max: 2500 }).map((days) => addDays('2024-01-01' as CivilDate, days));

describe('published years', () => {
  it.each([
    ['2026-02-14', true, 'Saturday made up for Spring Festival'],
    ['2026-02-15', false, 'Spring Festival'],
    ['2026-02-23', false, 'Spring Festival, bridged Monday'],
    ['2026-02-28', true, 'Saturday made up'],
    ['2026-05-05', false, 'Labour Day, bridged'],
    ['2026-09-20', true, 'Sunday made up'],
    ['2026-10-01', false, 'National Day'],
    ['2026-10-08', true, 'an ordinary Thursday'],
    ['2026-10-10', true, 'Saturday made up'],
    ['2026-10-11', false, 'an ordinary Sunday'],
  ])('%s works: %s (%s)', (day, working) => {
    expect(isWorkingDay(date(day))).toEqual({ working, provisional: false });
  });
});

describe('unpublished years', () => {
  it.each([
    ['2027-01-01', false],
    ['2027-02-05', false],
    ['2027-02-12', false],
    ['2027-02-15', true],
    ['2027-05-01', false],
    ['2027-05-03', true],
    ['2027-10-01', false],
    ['2027-10-07', false],
    ['2027-10-08', true],
    ['2035-10-01', false],
    ['2035-10-08', true],
  ])('%s works: %s, provisionally', (day, working) => {
    expect(isWorkingDay(date(day))).toEqual({ working, provisional: true });
  });
  it('lists every expected festival inside its year, in order', () => {
    for (const { year, holidays } of expectedYears)
      for (const { from, to } of holidays) {
        expect(date(from).slice(0, 4)).toBe(String(year));
        expect(date(from) <= date(to)).toBe(true);
      }
  });
  it('gives way to a day that is settled otherwise', () => {
    const overrides = { '2027-10-09': 'working', '2027-10-08': 'off' } as const;
    expect(isWorkingDay(date('2027-10-09'), overrides)).toEqual({ working: true, provisional: false });
    expect(addWorkingDays(date('2027-10-07'), 1, overrides)).toEqual({ date: '2027-10-09', provisional: false });
  });
});

/** Counted day by day: what {@link addWorkingDays} must be the inverse of. Negative when `to` is earlier. */
function workingDaysBetween(from: CivilDate, to: CivilDate): number {
  const [first, last, sign] = from <= to ? [addDays(from, 1), to, 1] : [to, addDays(from, -1), -1];
  let count = 0;
  for (let day = first; day <= last; day = addDays(day, 1)) if (isWorkingDay(day).working) count++;
  return count === 0 ? 0 : sign * count;
}

describe('counting', () => {
  it('skips the long holiday and counts the Saturday made up for it', () => {
    expect(addWorkingDays(date('2026-09-30'), 1)).toEqual({ date: '2026-10-08', provisional: false });
    expect(addWorkingDays(date('2026-09-30'), 3)).toEqual({ date: '2026-10-10', provisional: false });
    expect(workingDaysBetween(date('2026-09-30'), date('2026-10-10'))).toBe(3);
  });
  it('is provisional when it crosses into an unpublished year', () => {
    expect(addWorkingDays(date('2026-12-30'), 1).provisional).toBe(false);
    expect(addWorkingDays(date('2026-12-30'), 2)).toEqual({ date: '2027-01-04', provisional: true });
  });
  it('goes back', () => {
    expect(addWorkingDays(date('2026-10-08'), -1).date).toBe('2026-09-30');
    expect(workingDaysBetween(date('2026-10-08'), date('2026-09-30'))).toBe(-1);
    expect(workingDaysBetween(date('2026-10-03'), date('2026-10-05'))).toBe(0);
  });
  it.each([1.5, Number.NaN, 5000])('refuses %s working days', (n) => {
    expect(() => addWorkingDays(date('2026-01-05'), n)).toThrow(RangeError);
  });
  it('arrives after as many days as it counts between', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -60, max: 60 }), (from, n) => {
        const { date: to } = addWorkingDays(from, n);
        expect(workingDaysBetween(from, to)).toBe(n);
        if (n !== 0) expect(isWorkingDay(to).working).toBe(true);
      }),
    );
  });
});
