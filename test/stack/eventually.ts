import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until the answer is as wished. @throws Error with the last answer, or the last error, when the time is up */
export async function eventually<T>(
  ask: () => Promise<T>,
  isWished: (answer: T) => boolean,
  withinMs = 30_000,
): Promise<T> {
  for (const until = Date.now() + withinMs; ; ) {
    let last: string;
    try {
      const answer = await ask();
      if (isWished(answer)) return answer;
      last = JSON.stringify(answer);
    } catch (error) {
      last = String(error);
    }
    if (Date.now() > until) throw new Error(`not as wished within ${withinMs / 1000} s, at last: ${last}`);
    await pause(100);
  }
}
