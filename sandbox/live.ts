/** Live mode: each answer goes out by itself shortly after the message that it answers, whatever its business time. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Delivery } from './delivery.ts';
import type { ShipmentRecord } from './record.ts';

const LONGEST_PAUSE_IN_MS = 60_000;

export interface LiveOptions {
  record: ShipmentRecord;
  delivery: Delivery;
  /** Between two answers of a shipment; doubled after each failure, up to a minute. */
  pauseInMs: number;
  now: () => string;
  /** Told of an answer that did not get through and will be tried again. */
  onFailure: (error: unknown) => void;
}

export interface LiveDelivery {
  /** There may be something new to deliver. */
  wake: (organisation: string, reference: string) => void;
  stop: () => Promise<void>;
}

/** Starts with what an earlier process left undelivered. */
export function deliverLive(options: LiveOptions): LiveDelivery {
  const { record, delivery } = options;
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();

  async function deliverAll(organisation: string, reference: string): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted && record.pending(organisation, reference).length > 0) {
      try {
        await pause(Math.min(options.pauseInMs * 2 ** failures, LONGEST_PAUSE_IN_MS), undefined, {
          signal: stopping.signal,
        });
        await delivery.deliverNext(organisation, reference, options.now);
        failures = 0;
      } catch (error) {
        if (stopping.signal.aborted) break;
        failures += 1;
        options.onFailure(error);
      }
    }
    // In the same breath as the last look at what is pending, or a wake in between would be lost.
    running.delete(`${organisation}/${reference}`);
  }

  function wake(organisation: string, reference: string): void {
    const shipment = `${organisation}/${reference}`;
    if (stopping.signal.aborted || running.has(shipment) || !delivery.speaksFor(organisation)) return;
    if (record.pending(organisation, reference).length === 0) return;
    running.set(shipment, deliverAll(organisation, reference));
  }

  for (const { organisation, reference } of record.unfinished()) wake(organisation, reference);
  return {
    wake,
    stop: async () => {
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}
