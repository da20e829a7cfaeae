import { EventType, type HistoryEvent } from './histories.ts';

/** What a shipment's events and billable actions go to. */
export const kinds = [
  'start of a run',
  'activities',
  'own records (local activities)',
  'timers',
  'messages',
  'attribute upserts',
  'workflow tasks',
  'other',
] as const;
export type Kind = (typeof kinds)[number];

export interface Share {
  /** How many of them: activities scheduled, timers started, messages told, and so on. */
  count: number;
  historyEvents: number;
  billableActions: number;
}

export type Breakdown = Record<Kind, Share>;

interface Meaning {
  kind: Kind;
  /** The event by which one is counted. */
  counts?: true;
  /** Billed as one; an activity is billed by its attempts, local activities by the task that ran them. */
  billed?: true;
}

const meanings: Partial<Record<keyof typeof EventType, Meaning>> = {
  EVENT_TYPE_WORKFLOW_EXECUTION_STARTED: { kind: 'start of a run', counts: true, billed: true },
  EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED: { kind: 'other', counts: true, billed: true },
  EVENT_TYPE_ACTIVITY_TASK_SCHEDULED: { kind: 'activities', counts: true },
  EVENT_TYPE_ACTIVITY_TASK_STARTED: { kind: 'activities' },
  EVENT_TYPE_ACTIVITY_TASK_COMPLETED: { kind: 'activities' },
  EVENT_TYPE_ACTIVITY_TASK_FAILED: { kind: 'activities' },
  EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT: { kind: 'activities' },
  EVENT_TYPE_MARKER_RECORDED: { kind: 'own records (local activities)', counts: true },
  EVENT_TYPE_TIMER_STARTED: { kind: 'timers', counts: true, billed: true },
  EVENT_TYPE_TIMER_FIRED: { kind: 'timers' },
  EVENT_TYPE_TIMER_CANCELED: { kind: 'timers' },
  EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED: { kind: 'messages', counts: true, billed: true },
  EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED: { kind: 'messages', counts: true, billed: true },
  EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED: { kind: 'messages' },
  EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES: { kind: 'attribute upserts', counts: true, billed: true },
  EVENT_TYPE_WORKFLOW_TASK_SCHEDULED: { kind: 'workflow tasks' },
  EVENT_TYPE_WORKFLOW_TASK_STARTED: { kind: 'workflow tasks' },
  EVENT_TYPE_WORKFLOW_TASK_COMPLETED: { kind: 'workflow tasks', counts: true },
  EVENT_TYPE_WORKFLOW_TASK_FAILED: { kind: 'workflow tasks' },
  EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT: { kind: 'workflow tasks' },
};
const meaningOf = new Map(
  Object.entries(meanings).map(([name, meaning]) => [Number(EventType[name as keyof typeof EventType]), meaning]),
);

/** Events of the clock that is moved on: nobody's in production. */
const skipping = new Set<number>([
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED,
]);

/** Events and billable actions of a chain of runs by kind; its sums are those of `simulation/cost.ts`. */
export function breakdownOf(runs: readonly (readonly HistoryEvent[])[]): Breakdown {
  const none = (): Share => ({ count: 0, historyEvents: 0, billableActions: 0 });
  const breakdown = Object.fromEntries(kinds.map((kind) => [kind, none()])) as Breakdown;
  for (const events of runs) {
    const tasksWithLocalActivities = new Set<string>();
    for (const event of events) {
      const type = event.eventType ?? 0;
      if (skipping.has(type)) continue;
      const meaning = meaningOf.get(type) ?? { kind: 'other' as const };
      const share = breakdown[meaning.kind];
      share.historyEvents += 1;
      if (meaning.counts) share.count += 1;
      if (meaning.billed) share.billableActions += 1;
      share.billableActions += event.activityTaskStartedEventAttributes?.attempt ?? 0;
      if (event.markerRecordedEventAttributes)
        tasksWithLocalActivities.add(String(event.markerRecordedEventAttributes.workflowTaskCompletedEventId));
    }
    breakdown['own records (local activities)'].billableActions += tasksWithLocalActivities.size;
  }
  return breakdown;
}

/** The sums over all kinds. */
export function sumOf(breakdown: Breakdown): Pick<Share, 'historyEvents' | 'billableActions'> {
  const shares = Object.values(breakdown);
  return {
    historyEvents: shares.reduce((sum, share) => sum + share.historyEvents, 0),
    billableActions: shares.reduce((sum, share) => sum + share.billableActions, 0),
  };
}
