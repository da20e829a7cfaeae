/** Connections to counterparties that break when the message has arrived, and nobody here knows that it has. */
import { AsyncLocalStorage } from 'node:async_hooks';

/** Told of each message that was kept by whoever it is for; says what becomes of the answer. */
export type OnSent = () => 'answer-comes' | 'answer-is-lost';

/**
 * Stands between this process and the network. The connections of a step are known by the step that runs, so that
 * shipments which send at once are kept apart. What asks, and what no step of a test sends, passes untouched.
 */
export class Connections {
  private readonly steps = new AsyncLocalStorage<OnSent>();

  /** Takes the place of the process's `fetch`, for as long as the process lives. */
  lay(): void {
    const real = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const response = await real(input, init);
      const onSent = this.steps.getStore();
      if (onSent === undefined || init?.method !== 'POST' || !response.ok) return response;
      if (onSent() === 'answer-comes') return response;
      await response.body?.cancel();
      throw new TypeError('fetch failed', { cause: new Error('laid by the test: the connection breaks') });
    };
  }

  /** Runs a step whose messages are told of. */
  during<T>(onSent: OnSent, step: () => Promise<T>): Promise<T> {
    return this.steps.run(onSent, step);
  }
}
