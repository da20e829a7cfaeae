/** Workflows that do nothing, in as many steps as a shipment: what the engine alone costs. */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import {
  CancellationScope,
  condition,
  defineQuery,
  defineUpdate,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { BareActivities } from './activities.ts';
import type { Beat } from './score.ts';

const outside = proxyActivities<BareActivities>({ startToCloseTimeout: '1 minute', heartbeatTimeout: '5 s' });
const own = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '10 s' });
const stage = defineSearchAttributeKey('Stage', SearchAttributeType.KEYWORD);

export const tellUpdate = defineUpdate<string>('tell');
export const noteNothingUpdate = defineUpdate<string, [string]>('noteNothing');
export const noteRowUpdate = defineUpdate<string, [string]>('noteRow');
export const endUpdate = defineUpdate<void>('end');
export const standsQuery = defineQuery<number>('stands');

/** Plays a score from its first beat to its last. @returns how many beats there were. */
export async function bareShipment(beats: readonly Beat[]): Promise<number> {
  let messages = 0;
  let played = 0;
  const timers = new Map<number, { scope: CancellationScope; fired: Promise<void> }>();
  setHandler(tellUpdate, () => {
    messages += 1;
    return 'applied';
  });
  setHandler(standsQuery, () => played);

  const play = async (beat: Beat): Promise<void> => {
    switch (beat.do) {
      case 'activity':
        return outside.doNothing();
      case 'local-activity':
        return own.doNothing();
      case 'upsert':
        return upsertSearchAttributes([{ key: stage, value: `beat-${played}` }]);
      case 'await-message':
        return condition(() => messages >= beat.nth);
      case 'start-timer': {
        const scope = new CancellationScope();
        const fired = scope
          .run(() => sleep(beat.hours * 3_600_000))
          .catch((error: unknown) => {
            if (!isCancellation(error)) throw error;
          });
        timers.set(beat.timer, { scope, fired });
        return;
      }
      case 'await-timer':
        return timers.get(beat.timer)?.fired;
      case 'cancel-timer':
        return timers.get(beat.timer)?.scope.cancel();
    }
  };
  for (const beat of beats) {
    await play(beat);
    played += 1;
  }
  return played;
}

/** Waits, and takes messages: each runs one local activity, empty or writing one row, and then answers. */
export async function bareMailbox(): Promise<void> {
  let ended = false;
  setHandler(noteNothingUpdate, async () => {
    await own.doNothing();
    return 'applied';
  });
  setHandler(noteRowUpdate, async (what) => {
    await own.writeRow(what);
    return 'applied';
  });
  setHandler(endUpdate, () => {
    ended = true;
  });
  await condition(() => ended);
}
