import { ARCHIVE_DUE_IN_DAYS } from './archive-papers.ts';
import { addWorkingDays, type CalendarOverrides, isWorkingDay } from './calendar.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  chinaDate,
  endOfChinaDay,
  type Instant,
  startOfChinaDay,
} from './civil-date.ts';
import type { Deadline, DeadlineBasis, WaitKind } from './deadline.ts';
import type { Settings } from './settings.ts';
import type { TaskKind, WaitedOn } from './task.ts';

/** A moment reckoned from a calendar; `provisional` where an unpublished year was crossed. */
interface Moment {
  at: Instant;
  provisional: boolean;
}

/** What a clock may reckon from. `startOn` is the China date of `startedAt`; `on` falls back to it where the caller has none. */
interface Start {
  startedAt: Instant;
  startOn: CivilDate;
  on: CivilDate;
  /** Whether the caller gave `on`. */
  hasOn: boolean;
  lastContractualDate?: CivilDate;
  settings: Settings;
  overrides: CalendarOverrides;
}

/** One row of the table: who is waited on, under whose law, why this long, and how it is reckoned. */
interface Clock {
  owner: WaitedOn;
  jurisdiction: string;
  basis: string | ((start: Start) => string);
  due: (start: Start) => Moment;
  warn?: (start: Start, dueAt: Instant) => Moment[];
}

const HOUR_IN_MS = 3_600_000;
const OUR_OWN = 'our own default, settable';

const certain = (at: Instant): Moment => ({ at, provisional: false });
const endOf = (date: CivilDate): Moment => certain(endOfChinaDay(date));
const instantOf = (ms: number): Instant => new Date(ms).toISOString();

/** End of the n-th working day in China after that date. */
function afterWorkingDays(from: CivilDate, days: number, overrides: CalendarOverrides): Moment {
  const { date, provisional } = addWorkingDays(from, days, overrides);
  return { at: endOfChinaDay(date), provisional };
}

/** Warn and due in working days after the start: the shape of most people's tasks. */
function workingDays(due: number, warn?: number): Pick<Clock, 'due' | 'warn'> {
  return {
    due: (start) => afterWorkingDays(start.startOn, due, start.overrides),
    ...(warn === undefined ? {} : { warn: (start: Start) => [afterWorkingDays(start.startOn, warn, start.overrides)] }),
  };
}

/** So many hours that lie on working days: what would fall on a day off is counted from 09:00 of the next working day. */
function workingHours(start: Start, hours: number): Moment {
  let from = Date.parse(start.startedAt);
  let left = hours * HOUR_IN_MS;
  let day = start.startOn;
  let provisional = false;
  for (;;) {
    const answer = isWorkingDay(day, start.overrides);
    provisional ||= answer.provisional;
    const nextDay = addDays(day, 1);
    const endsAt = Date.parse(startOfChinaDay(nextDay));
    if (answer.working && from + left <= endsAt) return { at: instantOf(from + left), provisional };
    if (answer.working) left -= endsAt - from;
    // Midnight between two working days is no pause; after a day off the office opens at nine.
    const pause = answer.working && isWorkingDay(nextDay, start.overrides).working ? 0 : 9 * HOUR_IN_MS;
    from = endsAt + pause;
    day = nextDay;
  }
}

/** Last day for the buyer's money: 30 April of the year after the export, a later contractual date, at most 36 months from export. */
function lastDayForFx(start: Start): CivilDate {
  const april = `${Number(start.on.slice(0, 4)) + 1}-04-30` as CivilDate;
  const wanted = start.lastContractualDate && start.lastContractualDate > april ? start.lastContractualDate : april;
  const utmost = addMonths(start.on, 36);
  if (wanted > utmost) return utmost;
  return wanted;
}

/** End of the days so many natural days before (minus) or after `date`. That a tax clock ending on a day off may run on is not relied upon. */
const warnings = (date: CivilDate, days: readonly number[]): Moment[] => days.map((n) => endOf(addDays(date, n)));

/** Moments at these shares of the span from start to due. */
function atShares(start: Start, dueAt: Instant, shares: readonly number[]): Moment[] {
  const from = Date.parse(start.startedAt);
  return shares.map((share) => certain(instantOf(Math.round(from + (Date.parse(dueAt) - from) * share))));
}

/** Working days in which a tax bureau of that category handles a claim (1 best to 4). */
const handlingDays: Readonly<Record<number, number>> = { 1: 5, 2: 10, 3: 15, 4: 20 };

function rightToClaimBasis(start: Start): string {
  const law =
    '36 months from the export date, natural days, then a deemed domestic sale (STA Announcement 2026 No. 5, needs confirmation)';
  return start.on < '2026-01-01' ? `${law}; exports until 31 Dec 2025 have no such end: a reminder only` : law;
}

const waits: Readonly<Record<WaitKind, Clock>> = {
  'planned-export': {
    owner: 'exporter-client',
    jurisdiction: 'CN',
    basis: (start) =>
      `the declaration is filed ${start.settings.declareDaysBeforeExport} days before the planned export (setting of the organisation)`,
    due: (start) =>
      certain(
        start.hasOn ? startOfChinaDay(addDays(start.on, -start.settings.declareDaysBeforeExport)) : start.startedAt,
      ),
  },
  'customs-answer': {
    owner: 'customs',
    jurisdiction: 'CN',
    basis: `2 hours on working days (${OUR_OWN}; most declarations are answered electronically)`,
    due: (start) => workingHours(start, 2),
  },
  'export-inspection': {
    owner: 'customs',
    jurisdiction: 'CN',
    basis: `2 working days warn, 5 due (${OUR_OWN})`,
    ...workingDays(5, 2),
  },
  departure: {
    owner: 'carrier',
    jurisdiction: 'CN',
    basis: `planned departure + 3 days, or 10 days where none is planned (${OUR_OWN})`,
    due: (start) => endOf(start.hasOn ? addDays(start.on, 3) : addDays(start.startOn, 10)),
  },
  arrival: {
    owner: 'carrier',
    jurisdiction: 'destination',
    basis: `planned arrival + 3 days, or 45 days where none is planned (${OUR_OWN}); end of the day in China`,
    due: (start) => endOf(start.hasOn ? addDays(start.on, 3) : addDays(start.startOn, 45)),
  },
  'destination-release': {
    owner: 'broker',
    jurisdiction: 'destination',
    basis: `3 working days (of China) after arrival (${OUR_OWN})`,
    due: (start) => afterWorkingDays(start.on, 3, start.overrides),
  },
  delivery: {
    owner: 'carrier',
    jurisdiction: 'destination',
    basis: `14 days after release (${OUR_OWN}); end of the day in China`,
    due: (start) => endOf(addDays(start.startOn, 14)),
  },
  'fx-instalment': {
    owner: 'buyer',
    jurisdiction: 'CN',
    basis: (start) =>
      start.hasOn
        ? `7 days after the instalment is due by contract (${OUR_OWN})`
        : `30 days after the buyer was reminded (${OUR_OWN})`,
    due: (start) => endOf(start.hasOn ? addDays(start.on, 7) : addDays(start.startOn, 30)),
  },
  'fx-collection': {
    owner: 'buyer',
    jurisdiction: 'CN',
    basis:
      '30 April of the year after the export, or the last contractual date if later, at most 36 months from export (STA Announcement 2026 No. 5 Art. 48, needs confirmation)',
    due: (start) => endOf(lastDayForFx(start)),
    warn: (start) => warnings(lastDayForFx(start), [-90, -60, -30]),
  },
  'right-to-claim': {
    owner: 'finance',
    jurisdiction: 'CN',
    basis: rightToClaimBasis,
    due: (start) => endOf(addMonths(start.on, 36)),
    warn: (start) => warnings(addMonths(start.on, 36), [-60]),
  },
  'vat-invoice': {
    owner: 'supplier',
    jurisdiction: 'CN',
    basis: `15 days after export warn, 30 due (${OUR_OWN}; an invoice long after the export raises a doubt)`,
    due: (start) => endOf(addDays(start.on, 30)),
    warn: (start) => warnings(start.on, [15]),
  },
  'declaration-closed': {
    owner: 'customs',
    jurisdiction: 'CN',
    basis: `10 days after departure (${OUR_OWN})`,
    due: (start) => endOf(addDays(start.on, 10)),
  },
  'tax-bureau-answer': {
    owner: 'tax-bureau',
    jurisdiction: 'CN',
    basis: (start) =>
      `twice the ${handlingDays[start.settings.category] ?? 20} working days of category ${start.settings.category} (handling times of the older rule, needs confirmation under STA Announcement 2026 No. 5)`,
    due: (start) => afterWorkingDays(start.startOn, 2 * (handlingDays[start.settings.category] ?? 20), start.overrides),
  },
  archive: {
    owner: 'operator',
    jurisdiction: 'CN',
    basis: '15 days after the claim, warn at 10 (STA Announcement 2026 No. 5 Art. 44–46, needs confirmation)',
    due: (start) => endOf(addDays(start.startOn, ARCHIVE_DUE_IN_DAYS)),
    warn: (start) => warnings(start.startOn, [10]),
  },
};

/** A person's task with a clock of our own, in working days. */
function task(owner: WaitedOn, due: number, warn?: number): Clock {
  const warned = warn === undefined ? '' : `${warn} working day${warn === 1 ? '' : 's'} warn, `;
  return {
    owner,
    jurisdiction: 'CN',
    basis: `${warned}${due} working day${due === 1 ? '' : 's'} due (${OUR_OWN})`,
    ...workingDays(due, warn),
  };
}

const tasks: Readonly<Record<TaskKind, Clock>> = {
  'review-finding': task('operator', 3, 1),
  // The target for a review is one working day; a warning holds nothing up, so the manager has it after that day.
  'review-warnings': task('operator', 1),
  'rule-change': task('operator', 1),
  'document-unconfirmed': task('operator', 1),
  'papers-open': task('operator', 1),
  'paper-wanted': {
    ...task('operator', 3),
    basis: `the day of the planned export, or 3 working days where none is planned; the filing ends it (${OUR_OWN})`,
    due: (start) => (start.hasOn ? endOf(start.on) : afterWorkingDays(start.startOn, 3, start.overrides)),
  },
  'reference-aged': task('operator', 10, 5),
  'customs-returned': task('operator', 3, 1),
  'customs-silent': task('operator', 3, 1),
  'customs-unclear': task('operator', 3, 1),
  'inspection-silent': task('operator', 3, 1),
  'inspection-discrepancy': task('operator', 3, 1),
  'goods-detained': task('operator', 3, 1),
  'carrier-silent': task('operator', 3, 1),
  'broker-silent': task('operator', 3, 1),
  'authority-case': {
    owner: 'operator',
    jurisdiction: 'as the notice says',
    basis:
      "the notice's own day, or 30 days where it names none; warn at half and at four fifths; end of the day in China",
    due: (start) => endOf(start.hasOn ? start.on : addDays(start.startOn, 30)),
    warn: (start, dueAt) => atShares(start, dueAt, [0.5, 0.8]),
  },
  'instalment-overdue': task('finance', 5, 3),
  'fx-deadline-near': task('finance', 5, 3),
  'fx-not-collected': task('finance', 5, 3),
  'vat-invoice-missing': task('finance', 5, 3),
  'vat-invoice-differs': task('finance', 5, 3),
  'three-way-difference': task('finance', 5, 3),
  'tax-bureau-silent': task('finance', 5, 3),
  'tax-doubts': {
    ...task('finance', 5, 3),
    basis: `5 working days, or the bureau's own day if earlier; warn at 3 (${OUR_OWN})`,
    due: (start) => {
      const ours = afterWorkingDays(start.startOn, 5, start.overrides);
      const theirs = endOf(start.on);
      return start.hasOn && theirs.at < ours.at ? theirs : ours;
    },
  },
  'claim-not-accepted': task('finance', 5, 3),
  'refund-to-repay': task('finance', 5, 3),
  'archive-incomplete': task('manager', 3),
  'receipt-unmatched': task('finance', 3, 1),
  'late-message': task('operator', 3, 1),
  'message-misfit': task('operator', 3, 1),
  'counterparty-refused': task('operator', 3, 1),
  defect: task('engineer', 1),
};

const clocks: Readonly<Record<WaitKind | TaskKind, Clock>> = { ...waits, ...tasks };

/**
 * When that wait or task must end, when it warns before, who is waited on and why. Pure: the start is the caller's.
 * Days end at midnight in China (UTC+8). A deadline already past when the wait starts is due at once; warnings that
 * would not lie between start and end are left out. Each figure's source stands in `basis`.
 *
 * @param overrides single days settled otherwise than the calendar says, see {@link CalendarOverrides}
 */
export function deadlineOf(basis: DeadlineBasis, settings: Settings, overrides: CalendarOverrides = {}): Deadline {
  const startOn = chinaDate(basis.startedAt);
  const startedAt = instantOf(Date.parse(basis.startedAt));
  const { on, lastContractualDate } = basis;
  const start: Start = {
    startedAt,
    startOn,
    on: on ?? startOn,
    hasOn: on !== undefined,
    lastContractualDate,
    settings,
    overrides,
  };
  const clock = clocks[basis.what];
  const due = clock.due(start);
  const isPast = due.at < startedAt;
  const dueAt = isPast ? startedAt : due.at;
  const warned = (clock.warn?.(start, dueAt) ?? []).filter((moment) => startedAt < moment.at && moment.at < dueAt);
  return {
    id: basis.what,
    basis: typeof clock.basis === 'string' ? clock.basis : clock.basis(start),
    jurisdiction: clock.jurisdiction,
    startedAt,
    dueAt,
    warnAt: [...new Set(warned.map((moment) => moment.at))].sort(),
    owner: clock.owner,
    provisional: due.provisional || warned.some((moment) => moment.provisional),
  };
}
