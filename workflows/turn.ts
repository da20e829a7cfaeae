import { condition } from '@temporalio/workflow';

/** More than the lanes that wake one another take; the number stands in no history. */
const ROUNDS = 6;

/**
 * Lets the lanes that the same fact woke go on first: what is done then covers the whole turn. Each round lasts until
 * all that can run has run, and what waits has looked at the facts again.
 */
export async function restOfTheTurn(): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    let begun = false;
    const next = condition(() => begun);
    begun = true;
    await next;
  }
}
