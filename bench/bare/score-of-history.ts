import { EventType, type HistoryEvent } from '../histories.ts';
import type { Beat, Cue, Score } from './score.ts';

/** Between two jumps of an hour each, and far from both: what a machine takes between them moves nothing. */
const HALF_AN_HOUR = 0.5;
/** Never reached: a timer that was cancelled in the shipment is cancelled here too. */
const NEVER_HOURS = 24_000;

type StartTimer = Extract<Beat, { do: 'start-timer' }>;

/** Reads the score off the history of one run. */
export function scoreOf(events: readonly HistoryEvent[]): Score {
  const beats: Beat[] = [];
  const cues: Cue[] = [];
  const timers = new Map<number, { beat: StartTimer; jumpsBefore: number }>();
  let jumps = 0;
  let messages = 0;
  for (const event of events) {
    switch (event.eventType) {
      case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED:
        jumps += 1;
        cues.push('jump');
        break;
      case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED:
      case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED:
        messages += 1;
        cues.push('message');
        beats.push({ do: 'await-message', nth: messages });
        break;
      case EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
        beats.push({ do: 'activity' });
        break;
      case EventType.EVENT_TYPE_MARKER_RECORDED:
        beats.push({ do: 'local-activity' });
        break;
      case EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES:
        beats.push({ do: 'upsert' });
        break;
      case EventType.EVENT_TYPE_TIMER_STARTED: {
        const beat: StartTimer = { do: 'start-timer', timer: Number(event.eventId), hours: NEVER_HOURS };
        timers.set(beat.timer, { beat, jumpsBefore: jumps });
        beats.push(beat);
        break;
      }
      case EventType.EVENT_TYPE_TIMER_CANCELED:
        beats.push({ do: 'cancel-timer', timer: Number(event.timerCanceledEventAttributes?.startedEventId) });
        break;
      case EventType.EVENT_TYPE_TIMER_FIRED: {
        const timer = Number(event.timerFiredEventAttributes?.startedEventId);
        const started = timers.get(timer);
        if (!started) throw new Error(`the history has a timer that fired (${timer}) and never started`);
        started.beat.hours = jumps - started.jumpsBefore - HALF_AN_HOUR;
        beats.push({ do: 'await-timer', timer });
        break;
      }
    }
  }
  return { beats, cues };
}
