import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type CivilDate, civilDateSchema } from '../../rules/civil-date.ts';
import { type DeadlineBasis, deadlineSchema, waitKinds } from '../../rules/deadline.ts';
import { deadlineOf } from '../../rules/deadlines.ts';
import { settingsSchema } from '../../rules/settings.ts';
import { taskKinds } from '../../rules/task.ts';

const settings = settingsSchema.parse({});
const date = (text: string) => civilDateSchema.parse(text);
/** Monday 16 November 2026, 10:00 in China. */
const MONDAY = '2026-11-16T02:00:00Z';
const endOf = (day: string) => `${day}T15:59:59.000Z`;

function deadline(what: DeadlineBasis['what'], more: { startedAt?: string; on?: string; last?: string } = {}) {
  return deadlineOf(
    {
      what,
      startedAt: more.startedAt ?? MONDAY,
      on: more.on === undefined ? undefined : date(more.on),
      lastContractualDate: more.last === undefined ? undefined : date(more.last),
    },
    settings,
  );
}

describe('the buyer’s money', () => {
  it('must be in by 30 April of the year after the export, with three warnings', () => {
    const fx = deadline('fx-collection', { on: '2026-11-16' });
    expect(fx.dueAt).toBe(endOf('2027-04-30'));
    expect(fx.warnAt).toEqual([endOf('2027-01-30'), endOf('2027-03-01'), endOf('2027-03-31')]);
    expect(fx).toMatchObject({ owner: 'buyer', jurisdiction: 'CN', provisional: false });
    expect(fx.basis).toContain('STA Announcement 2026 No. 5 Art. 48');
  });
  it('may come by a later contractual date, but not by an earlier one', () => {
    expect(deadline('fx-collection', { on: '2026-11-16', last: '2028-01-15' }).dueAt).toBe(endOf('2028-01-15'));
    expect(deadline('fx-collection', { on: '2026-11-16', last: '2026-12-31' }).dueAt).toBe(endOf('2027-04-30'));
  });
  it('never later than 36 months from the export', () => {
    expect(deadline('fx-collection', { on: '2026-11-16', last: '2031-01-01' }).dueAt).toBe(endOf('2029-11-16'));
  });
  it('counts 36 months for the right to claim, and says that exports before 2026 have no end', () => {
    const right = deadline('right-to-claim', { on: '2026-11-16' });
    expect(right).toMatchObject({ dueAt: endOf('2029-11-16'), warnAt: [endOf('2029-09-17')], owner: 'finance' });
    expect(deadline('right-to-claim', { on: '2025-12-31' }).basis).toContain('no such end');
    expect(right.basis).not.toContain('no such end');
  });
});

describe('customs', () => {
  it.each([
    ['2026-11-16T02:00:00Z', '2026-11-16T04:00:00.000Z', 'on a working day'],
    ['2026-11-14T02:00:00Z', '2026-11-16T03:00:00.000Z', 'from a Saturday: Monday 09:00 and two hours'],
    ['2026-02-14T02:00:00Z', '2026-02-14T04:00:00.000Z', 'on a Saturday made up'],
    ['2026-11-13T15:30:00Z', '2026-11-16T02:30:00.000Z', 'Friday 23:30: the rest on Monday'],
    ['2026-11-16T15:30:00Z', '2026-11-16T17:30:00.000Z', 'Monday 23:30: through the night'],
    ['2026-10-01T02:00:00Z', '2026-10-08T03:00:00.000Z', 'in the long holiday'],
  ])('answers a declaration of %s by %s (%s)', (startedAt, dueAt) => {
    expect(deadline('customs-answer', { startedAt })).toMatchObject({ dueAt, owner: 'customs' });
  });
  it('inspects within five working days, warned about after two', () => {
    expect(deadline('export-inspection')).toMatchObject({ dueAt: endOf('2026-11-23'), warnAt: [endOf('2026-11-18')] });
  });
  it('gets the declaration three days before the planned export, at once if that is past', () => {
    const planned = deadline('planned-export', { on: '2026-11-30' });
    expect(planned).toMatchObject({ dueAt: '2026-11-26T16:00:00.000Z', owner: 'exporter-client' });
    expect(deadline('planned-export', { on: '2026-11-17' }).dueAt).toBe('2026-11-16T02:00:00.000Z');
  });
});

describe('carriers, brokers, suppliers, the bureau', () => {
  it.each([
    ['departure', '2026-11-20', '2026-11-23', 'carrier'],
    ['departure', undefined, '2026-11-26', 'carrier'],
    ['arrival', '2026-12-20', '2026-12-23', 'carrier'],
    ['arrival', undefined, '2026-12-31', 'carrier'],
    ['destination-release', undefined, '2026-11-19', 'broker'],
    ['delivery', undefined, '2026-11-30', 'carrier'],
    ['fx-instalment', '2026-12-01', '2026-12-08', 'buyer'],
    ['declaration-closed', '2026-11-20', '2026-11-30', 'customs'],
    ['tax-bureau-answer', undefined, '2026-12-14', 'tax-bureau'],
  ] as const)('%s on %s is due %s, from the %s', (what, on, due, owner) => {
    expect(deadline(what, { on })).toMatchObject({ dueAt: endOf(due), owner, warnAt: [] });
  });
  it('warns about the supplier’s invoice after 15 days', () => {
    const invoice = deadline('vat-invoice', { on: '2026-11-16' });
    expect(invoice).toMatchObject({ dueAt: endOf('2026-12-16'), warnAt: [endOf('2026-12-01')], owner: 'supplier' });
  });
  it('warns about the archive ten days after the claim', () => {
    const archive = deadline('archive');
    expect(archive).toMatchObject({ dueAt: endOf('2026-12-01'), warnAt: [endOf('2026-11-26')], owner: 'operator' });
  });
  it('gives a category 4 enterprise forty working days, provisional in an unpublished year', () => {
    const { dueAt, provisional } = deadlineOf(
      { what: 'tax-bureau-answer', startedAt: MONDAY },
      settingsSchema.parse({ category: 4 }),
    );
    expect(dueAt > endOf('2027-01-01')).toBe(true);
    expect(provisional).toBe(true);
  });
});

describe('people’s tasks', () => {
  it('wants an answer to a finding in three working days', () => {
    const finding = deadline('review-finding');
    expect(finding).toMatchObject({ dueAt: endOf('2026-11-19'), warnAt: [endOf('2026-11-17')], owner: 'operator' });
  });
  it('keeps the day that a notice names, and warns at half and four fifths', () => {
    const notice = deadline('authority-case', { startedAt: '2026-11-16T15:59:59Z', on: '2026-11-26' });
    expect(notice.dueAt).toBe(endOf('2026-11-26'));
    expect(notice.warnAt).toEqual([endOf('2026-11-21'), endOf('2026-11-24')]);
    expect(deadline('authority-case').dueAt).toBe(endOf('2026-12-16'));
  });
  it('answers doubts by the bureau’s day when it is the earlier one', () => {
    expect(deadline('tax-doubts')).toMatchObject({ dueAt: endOf('2026-11-23'), warnAt: [endOf('2026-11-19')] });
    expect(deadline('tax-doubts', { on: '2026-11-18' })).toMatchObject({ dueAt: endOf('2026-11-18'), warnAt: [] });
    expect(deadline('tax-doubts', { on: '2026-12-18' }).dueAt).toBe(endOf('2026-11-23'));
  });
  it.each([
    ['fx-not-collected', 'finance', '2026-11-23'],
    ['vat-invoice-differs', 'finance', '2026-11-23'],
    ['archive-incomplete', 'manager', '2026-11-19'],
    ['defect', 'engineer', '2026-11-17'],
  ] as const)('%s belongs to %s until %s', (what, owner, due) => {
    expect(deadline(what)).toMatchObject({ owner, dueAt: endOf(due) });
  });
});

describe('every wait and task', () => {
  const bases = fc.record({
    what: fc.constantFrom(...waitKinds, ...taskKinds),
    startedAt: fc
      .integer({ min: 0, max: 4 * 365 * 86_400 })
      .map((s) => new Date(Date.UTC(2025, 0, 1) + s * 1000).toISOString()),
    on: fc.option(
      fc.integer({ min: -400, max: 1500 }).map((days) => addDays('2026-01-01' as CivilDate, days)),
      { nil: undefined },
    ),
    lastContractualDate: fc.option(
      fc.integer({ min: 0, max: 2000 }).map((days) => addDays('2026-01-01' as CivilDate, days)),
      { nil: undefined },
    ),
  });
  it('is due no earlier than it starts, warns in order and strictly between', () => {
    fc.assert(
      fc.property(bases, fc.constantFrom(1, 2, 3, 4), (basis, category) => {
        const answer = deadlineSchema.parse(deadlineOf(basis, settingsSchema.parse({ category })));
        const moments = [answer.startedAt, ...answer.warnAt, answer.dueAt].map((at) => Date.parse(at));
        expect(answer.id).toBe(basis.what);
        expect(Date.parse(answer.startedAt)).toBe(Date.parse(basis.startedAt));
        expect(answer.dueAt >= answer.startedAt).toBe(true);
        if (answer.warnAt.length > 0)
          for (const [index, at] of moments.entries())
            if (index > 0) expect(at).toBeGreaterThan(moments[index - 1] ?? 0);
        expect(answer.basis.length).toBeGreaterThan(10);
      }),
      { numRuns: 500 },
    );
  });
});
