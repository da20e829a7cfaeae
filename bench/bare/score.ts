/**
 * What a bare workflow plays: a shipment's history with everything taken out but its shape. The same number of
 * activities, local activities, timers, upserts and messages in the same order, between the same jumps of the clock.
 */

/** One thing that the workflow does or waits for. */
export type Beat =
  | { do: 'activity' | 'local-activity' | 'upsert' }
  /** Until so many messages have come in all. */
  | { do: 'await-message'; nth: number }
  | { do: 'start-timer'; timer: number; hours: number }
  | { do: 'await-timer' | 'cancel-timer'; timer: number };

/** What its driver does: moves the clock on by an hour, or sends a message. */
export type Cue = 'jump' | 'message';

export interface Score {
  beats: Beat[];
  cues: Cue[];
}

export const BARE_TASK_QUEUE = 'bare';
