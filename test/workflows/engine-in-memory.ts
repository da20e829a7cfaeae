/** What a workflow sees of the engine, without the engine: conditions that are looked at whenever all that can run has run. */

interface Waiting {
  fact: () => boolean;
  resolve: () => void;
}

let waiting: Waiting[] = [];

/** As the engine's own: resolves when the fact is there. A time-out never comes by itself. */
function condition(fact: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (fact()) resolve();
    else waiting.push({ fact, resolve });
  });
}

/** Lets all that can run run, until everybody waits. */
export async function rest(): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    await new Promise((resolve) => setImmediate(resolve));
    const ready = waiting.filter(({ fact }) => fact());
    waiting = waiting.filter((one) => !ready.includes(one));
    for (const { resolve } of ready) resolve();
    quiet = ready.length === 0 ? quiet + 1 : 0;
  }
}

/** The run ends: whoever waits in it waits no more. */
export function endRun(): void {
  waiting = [];
}

/** Stands in for the engine's package in a test. */
export const engineInMemory = {
  condition,
  setCurrentDetails: () => undefined,
  upsertSearchAttributes: () => undefined,
  workflowInfo: () => ({ runId: 'in-memory', historyLength: 1 }),
  inWorkflowContext: () => false,
  log: { error: () => undefined },
};
