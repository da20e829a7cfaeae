import { condition } from '@temporalio/workflow';
import type { Instant } from '../rules/civil-date.ts';
import type { OpenWait } from './carried.ts';
import { summary } from './parties.ts';
import type { ShipmentFile } from './shipment-file.ts';
import { nextAlarmOf } from './view.ts';
import { wordsOf } from './words.ts';

/**
 * One timer for all waits, at the earliest of their warnings and deadlines: when it fires, each wait looks at the clock.
 * It is left to run when that moment has become a later one: a look at the clock costs less than a timer. docs/decisions/0012.
 */
export async function keepAlarm(file: ShipmentFile): Promise<never> {
  const next = () => nextAlarmOf(file.state, file.asOf);
  for (;;) {
    await condition(() => next() !== null);
    const alarm = next();
    if (alarm === null) continue;
    const isEarlier = () => (next()?.at ?? alarm.at) < alarm.at;
    const left = Date.parse(alarm.at) - Date.parse(file.asOf);
    await condition(isEarlier, left, { summary: timerSummary(alarm.wait, alarm.at) });
  }
}

/** The timer in the Temporal UI: for whom it rings; the deadline stands in it even while it is only that of a warning. */
function timerSummary(open: OpenWait, next: Instant): string {
  const due = open.deadline?.dueAt.slice(0, 16).replace('T', ' ');
  const warning = next === open.deadline?.dueAt ? '' : `, warns ${next.slice(0, 10)}`;
  return summary(`${open.fromWhom}: ${wordsOf(open)}, due ${due} UTC${warning}`);
}
