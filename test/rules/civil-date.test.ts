import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  type CivilDate,
  chinaDate,
  civilDateSchema,
  daysBetween,
  endOfChinaDay,
  instantSchema,
  startOfChinaDay,
} from '../../rules/civil-date.ts';

const date = (text: string) => civilDateSchema.parse(text);
const dates = fc
  .integer({ min: 0, max: 40_000 })
  .map((days) => new Date(Date.UTC(1990, 0, 1) + days * 86_400_000).toISOString().slice(0, 10) as CivilDate);

describe('civil dates', () => {
  it.each(['2026-02-29', '2026-13-01', '2026-1-1', '20260101', '2026-01-01T00:00:00Z'])('refuses %s', (text) => {
    expect(civilDateSchema.safeParse(text).success).toBe(false);
  });
  it('takes a leap day', () => {
    expect(civilDateSchema.safeParse('2028-02-29').success).toBe(true);
  });
  it('wants moments in UTC', () => {
    expect(instantSchema.safeParse('2026-11-24T08:00:00Z').success).toBe(true);
    expect(instantSchema.safeParse('2026-11-24T16:00:00+08:00').success).toBe(false);
  });
  it('reads the date on the wall in China', () => {
    expect(chinaDate('2026-12-31T15:59:59Z')).toBe('2026-12-31');
    expect(chinaDate('2026-12-31T16:00:00Z')).toBe('2027-01-01');
  });
  it('begins and ends a day in China', () => {
    expect(startOfChinaDay(date('2026-03-01'))).toBe('2026-02-28T16:00:00.000Z');
    expect(endOfChinaDay(date('2026-03-01'))).toBe('2026-03-01T15:59:59.000Z');
  });
  it('stays on the last day of a shorter month', () => {
    expect(addMonths(date('2026-01-31'), 1)).toBe('2026-02-28');
    expect(addMonths(date('2028-02-29'), 12)).toBe('2029-02-28');
    expect(addMonths(date('2026-11-15'), 36)).toBe('2029-11-15');
    expect(addMonths(date('2026-03-31'), -1)).toBe('2026-02-28');
  });
  it('measures between moments with fractions and sign', () => {
    expect(daysBetween('2026-01-01T00:00:00Z', '2026-01-02T12:00:00Z')).toBe(1.5);
    expect(daysBetween('2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z')).toBe(-1);
  });
  it('goes forth and back', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -2000, max: 2000 }), (day, n) => {
        expect(addDays(addDays(day, n), -n)).toBe(day);
        expect(chinaDate(startOfChinaDay(day))).toBe(day);
        expect(chinaDate(endOfChinaDay(day))).toBe(day);
      }),
    );
  });
});
