import type { RetryState } from '@temporalio/common';
import { ActivityFailure, ApplicationFailure, isCancellation, log } from '@temporalio/workflow';
import type { Question } from '../rules/task.ts';

/** How a step of the outside fails; that of a local activity comes bare. */
export type StepFailure = ActivityFailure | ApplicationFailure;

/**
 * Runs a step of the outside again for as long as its party is away. The engine's own tries of a step end after some hours
 * (`parties.ts`); `between` those and the next is the moment in which a workflow may continue as new: a party that is away
 * for weeks holds no run, and no worker of an old version, for weeks. @throws how a step fails otherwise.
 */
export async function untilReached<T>(step: () => Promise<T>, between?: () => Promise<unknown>): Promise<T> {
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof ActivityFailure) || error.retryState !== RAN_OUT_OF_TIME) throw error;
      await between?.();
    }
  }
}

/** As the engine says that it stops trying, because the time for all tries is over. */
const RAN_OUT_OF_TIME: RetryState = 'TIMEOUT';

/**
 * Runs a step of the outside until it succeeds: a defect in it is put to an engineer, and the workflow waits instead of
 * failing. @throws what is no failure of a step, a cancellation among it.
 */
export async function untilMended<T>(
  step: () => Promise<T>,
  askEngineer: (failure: StepFailure) => Promise<unknown>,
): Promise<T> {
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof ActivityFailure || error instanceof ApplicationFailure) || isCancellation(error))
        throw error;
      await askEngineer(error);
    }
  }
}

/** What an engineer is asked when a step fails; `key` tells one failure from the next. */
export function defectQuestion(what: string, key: string, failure: StepFailure): Question {
  const cause = failure.cause;
  log.error('a step failed by a defect', { what, error: cause?.message });
  return {
    key,
    kind: 'defect',
    question: `The step ${what} fails: ${cause?.message ?? failure.message}. Mend it, then answer retry.`,
    evidence: [{ label: 'stack', value: (cause?.stack ?? failure.stack ?? '').slice(0, 2000) }],
    choices: [{ id: 'retry', label: 'mended: try again' }],
    ownerRole: 'engineer',
  };
}
