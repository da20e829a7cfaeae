import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { waitedOnParties } from '../../rules/task.ts';
import { splitTime, workingDaysOf } from '../../rules/time-split.ts';

const at = (day: number, hour = 0) => new Date(Date.UTC(2026, 10, 1 + day, hour)).toISOString();
const split = (
  ...[stages, waits]: [Parameters<typeof splitTime>[0]['stages'], Parameters<typeof splitTime>[0]['waits']]
) => splitTime({ stages, waits });

describe('whose time a stage took', () => {
  it('is the machine’s while nobody is waited on', () => {
    expect(split([{ stage: 'documents', from: at(0), to: at(0, 12) }], [])).toEqual([
      { stage: 'documents', machineDays: 0.5, peopleDays: 0, counterpartyDays: 0 },
    ]);
  });
  it('is our people’s as soon as a task of theirs is open, whoever else is waited on', () => {
    const stage = { stage: 'declaration', lane: 'trunk', from: at(0), to: at(10) };
    const waits = [
      { fromWhom: 'customs', lane: 'trunk', from: at(1), to: at(6) },
      { fromWhom: 'operator', lane: 'trunk', from: at(4), to: at(8) },
    ] as const;
    expect(split([stage], waits)).toEqual([
      { stage: 'declaration', machineDays: 3, peopleDays: 4, counterpartyDays: 3 },
    ]);
  });
  it('counts several open tasks once', () => {
    const waits = [
      { fromWhom: 'finance', from: at(1), to: at(3) },
      { fromWhom: 'manager', from: at(2), to: at(4) },
      { fromWhom: 'engineer', from: at(1), to: at(2) },
    ] as const;
    expect(split([{ stage: 'claim', from: at(0), to: at(4) }], waits)[0]).toMatchObject({
      machineDays: 1,
      peopleDays: 3,
    });
  });
  it('splits each lane on its own waits, and on those without a lane', () => {
    const stages = [
      { stage: 'arrive', lane: 'logistics', from: at(0), to: at(10) },
      { stage: 'fx', lane: 'money', from: at(0), to: at(10) },
    ];
    const waits = [
      { fromWhom: 'carrier', lane: 'logistics', from: at(0), to: at(10) },
      { fromWhom: 'buyer', lane: 'money', from: at(2), to: at(4) },
      { fromWhom: 'engineer', from: at(9), to: at(10) },
    ] as const;
    expect(split(stages, waits)).toEqual([
      { stage: 'arrive', machineDays: 0, peopleDays: 1, counterpartyDays: 9 },
      { stage: 'fx', machineDays: 7, peopleDays: 1, counterpartyDays: 2 },
    ]);
  });
  it('leaves out what lies outside the stage', () => {
    const waits = [
      { fromWhom: 'buyer', from: at(-5), to: at(1) },
      { fromWhom: 'buyer', from: at(5), to: at(9) },
    ] as const;
    expect(split([{ stage: 'fx', from: at(0), to: at(2) }], waits)[0]).toMatchObject({
      machineDays: 1,
      counterpartyDays: 1,
    });
  });
  it('gives every moment to exactly one', () => {
    const moments = fc
      .integer({ min: 0, max: 50_000_000 })
      .map((s) => new Date(Date.UTC(2026, 0, 1) + s * 1000).toISOString());
    const lanes = fc.constantFrom(undefined, 'trunk', 'logistics', 'money');
    const waits = fc.array(
      fc.record({ fromWhom: fc.constantFrom(...waitedOnParties), lane: lanes, from: moments, to: moments }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(moments, moments, lanes, waits, (a, b, lane, some) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const [time] = splitTime({ stages: [{ stage: 'any', lane, from, to }], waits: some });
        const parts = [time?.machineDays ?? -1, time?.peopleDays ?? -1, time?.counterpartyDays ?? -1];
        const length = (Date.parse(to) - Date.parse(from)) / 86_400_000;
        for (const part of parts) expect(part).toBeGreaterThanOrEqual(0);
        expect(Math.abs(parts.reduce((sum, part) => sum + part, 0) - length)).toBeLessThanOrEqual(0.000_51);
      }),
    );
  });
});

describe('working days with fractions', () => {
  it.each([
    ['2026-11-16T02:00:00Z', '2026-11-17T02:00:00Z', 1, 'Monday to Tuesday'],
    ['2026-11-16T02:00:00Z', '2026-11-16T14:00:00Z', 0.5, 'within a Monday'],
    ['2026-11-13T04:00:00Z', '2026-11-16T04:00:00Z', 1, 'noon on Friday to noon on Monday'],
    ['2026-11-14T00:00:00Z', '2026-11-15T00:00:00Z', 0, 'a weekend'],
    ['2026-09-29T16:00:00Z', '2026-10-08T16:00:00Z', 2, 'over the long holiday'],
    ['2026-11-17T00:00:00Z', '2026-11-16T00:00:00Z', 0, 'backwards'],
  ])('%s to %s is %d (%s)', (from, to, days) => {
    expect(workingDaysOf(from, to)).toBe(days);
  });
});
