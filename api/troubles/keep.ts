import { setMaxListeners } from 'node:events';
import type { Services } from '../services.ts';
import { type Reading, readTroubles } from './read.ts';
import { walkOfRecords } from './walk.ts';

/** A reading that is younger is as good as new: a scrape, a probe and a person at the same moment ask once. */
const FRESH_FOR_MS = 5000;

/** The last reading, and whoever asks for another. */
export interface TroubleReader {
  /** A new reading. @throws whatever keeps engine or database from answering. */
  now(): Promise<Reading>;
  /** The same after a look at every open record of one organisation: a page at a time may not have come there yet. */
  nowThrough(organisation: string): Promise<Reading>;
  /** A fresh reading where one can be had in that time, otherwise the last one; undefined before the first. Never throws. */
  lately(withinMs: number): Promise<Reading | undefined>;
  /** Gives up a reading that is under way, before the connections it uses are closed. */
  stop(): Promise<void>;
}

/** One reading at a time, shared by all who ask meanwhile. */
export function troubleReader(services: Services): TroubleReader {
  let last: Reading | undefined;
  let round: Promise<Reading> | undefined;
  let giveUp = new AbortController();
  const walk = walkOfRecords();
  const now = () => {
    if (round) return round;
    // One for each reading: the client never lets go of a signal that it was given.
    giveUp = new AbortController();
    // Each question that is under way listens to it, and there are many.
    setMaxListeners(0, giveUp.signal);
    round = services.temporal
      .withAbortSignal(giveUp.signal, () => readTroubles(services, walk))
      .then((reading) => {
        last = reading;
        return reading;
      })
      .finally(() => {
        round = undefined;
      });
    return round;
  };
  return {
    now,
    async nowThrough(organisation) {
      await walk.through(services, organisation);
      // One that is under way may have passed the walk already.
      await round?.catch(() => undefined);
      return now();
    },
    async lately(withinMs) {
      if (last && Date.now() - Date.parse(last.readAt) < FRESH_FOR_MS) return last;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, withinMs);
      });
      await Promise.race([now(), late]).catch(() => undefined);
      clearTimeout(timer);
      return last;
    },
    async stop() {
      giveUp.abort();
      await round?.catch(() => undefined);
    },
  };
}
