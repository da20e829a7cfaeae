import { describe, expect, it } from '@jest/globals';
import { scoreOf } from '../../bench/bare/score-of-history.ts';
import { breakdownOf, sumOf } from '../../bench/breakdown.ts';
import { EventType, type HistoryEvent } from '../../bench/histories.ts';

type Named = Omit<HistoryEvent, 'eventType' | 'eventId'> & { type: keyof typeof EventType };

/** A history with its events numbered from 1. */
function historyOf(...events: (Named['type'] | Named)[]): HistoryEvent[] {
  return events.map((event, index) => {
    const { type, ...attributes } = typeof event === 'string' ? { type: event } : event;
    return { eventId: (index + 1) as never, eventType: EventType[type] as never, ...attributes };
  });
}

const markerOf = (task: number): Named => ({
  type: 'EVENT_TYPE_MARKER_RECORDED',
  markerRecordedEventAttributes: { workflowTaskCompletedEventId: task as never },
});

const history = historyOf(
  'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED',
  'EVENT_TYPE_WORKFLOW_TASK_COMPLETED',
  markerOf(2),
  markerOf(2),
  'EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES',
  'EVENT_TYPE_TIMER_STARTED',
  'EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED',
  'EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED',
  'EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED',
  'EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED',
  { type: 'EVENT_TYPE_TIMER_CANCELED', timerCanceledEventAttributes: { startedEventId: 6 as never } },
  'EVENT_TYPE_TIMER_STARTED',
  'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED',
  { type: 'EVENT_TYPE_ACTIVITY_TASK_STARTED', activityTaskStartedEventAttributes: { attempt: 3 } },
  'EVENT_TYPE_ACTIVITY_TASK_COMPLETED',
  'EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED',
  'EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED',
  { type: 'EVENT_TYPE_TIMER_FIRED', timerFiredEventAttributes: { startedEventId: 12 as never } },
  'EVENT_TYPE_WORKFLOW_TASK_COMPLETED',
  markerOf(19),
  'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED',
);

describe('what a history cost, by kind', () => {
  const breakdown = breakdownOf([history]);

  it('an activity is billed by its attempts, local activities by the task that ran them', () => {
    expect(breakdown.activities).toEqual({ count: 1, historyEvents: 3, billableActions: 3 });
    expect(breakdown['own records (local activities)']).toEqual({ count: 3, historyEvents: 3, billableActions: 2 });
  });

  it('a message is two events and one action, a timer counts when it starts', () => {
    expect(breakdown.messages).toEqual({ count: 1, historyEvents: 2, billableActions: 1 });
    expect(breakdown.timers).toEqual({ count: 2, historyEvents: 4, billableActions: 2 });
  });

  it('the events of time skipping count nowhere', () =>
    expect(sumOf(breakdown)).toEqual({ historyEvents: history.length - 4, billableActions: 10 }));

  it('runs add up', () =>
    expect(sumOf(breakdownOf([history, history])).billableActions).toBe(2 * sumOf(breakdown).billableActions));
});

describe('the score of a history', () => {
  const { beats, cues } = scoreOf(history);

  it('has the driver’s cues in their order', () => expect(cues).toEqual(['jump', 'message', 'jump', 'jump']));

  it('has the workflow’s beats in their order; a timer is over between the jumps in which it fired', () => {
    expect(beats).toEqual([
      { do: 'local-activity' },
      { do: 'local-activity' },
      { do: 'upsert' },
      { do: 'start-timer', timer: 6, hours: 24_000 },
      { do: 'await-message', nth: 1 },
      { do: 'cancel-timer', timer: 6 },
      { do: 'start-timer', timer: 12, hours: 1.5 },
      { do: 'activity' },
      { do: 'await-timer', timer: 12 },
      { do: 'local-activity' },
    ]);
  });

  it('a timer that fires and never started is no history', () => {
    const torn = historyOf({
      type: 'EVENT_TYPE_TIMER_FIRED',
      timerFiredEventAttributes: { startedEventId: 9 as never },
    });
    expect(() => scoreOf(torn)).toThrow('never started');
  });
});
