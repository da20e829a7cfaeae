/** Steps that the engine alone can tell of: paused ones, and those of workflows that are no organisation's own. */
import type { Client } from '@temporalio/client';
import { type RetryingStep, retryingStepTrouble, type Trouble } from '../../rules/trouble.ts';
import { pausedStepTrouble } from '../../rules/trouble-of-ends.ts';
import { type Description, describeRunning, eachOf, grpcCodeOf, idsListed, instantOf } from './engine.ts';

type PendingStep = NonNullable<Description['pendingActivities']>[number];

/** As a row of the worker is written: about fifteen seconds of tries. */
const NOTED_FROM_ATTEMPT = 5;
/** So an engine answers that has not the attribute which marks pauses: it knows no pauses then. */
const INVALID_ARGUMENT = 3;

/** The steps on which somebody has set a pause. */
export async function pausedSteps(client: Client): Promise<Trouble[]> {
  const paused = await stepsOf(client, "TemporalPauseInfo IS NOT NULL AND ExecutionStatus = 'Running'");
  return paused.flatMap(({ workflowId, step }) => {
    if (!step.paused) return [];
    const { pauseTime, manual, rule } = step.pauseInfo ?? {};
    const trouble = pausedStepTrouble({
      ...named(workflowId, step),
      since: instantOf(pauseTime) ?? new Date().toISOString(),
      by: manual?.identity || rule?.identity || 'not told',
      because: manual?.reason || rule?.reason || 'not told',
    });
    return trouble ?? [];
  });
}

/** The steps of the daily look that have been failing for a while: it is nobody's own, and has no row. */
export async function stepsOfReferenceAge(client: Client): Promise<Trouble[]> {
  const steps = await stepsOf(client, "WorkflowType = 'referenceAge' AND ExecutionStatus = 'Running'");
  return steps
    .filter(({ step }) => !step.paused && (step.attempt ?? 1) >= NOTED_FROM_ATTEMPT)
    .map(({ workflowId, step }) => {
      const lastTriedAt = instantOf(step.lastStartedTime) ?? instantOf(step.scheduledTime) ?? new Date().toISOString();
      const lastError = step.lastFailure?.message ?? null;
      const nextTryAt = instantOf(step.nextAttemptScheduleTime);
      const retrying: RetryingStep = {
        ...named(workflowId, step),
        ...{ organisation: null, local: false, lastError, since: lastTriedAt, lastTriedAt },
      };
      return retryingStepTrouble(retrying, { attempt: retrying.attempt, lastError, nextTryAt });
    });
}

function named(workflowId: string, { activityId, activityType, attempt }: PendingStep) {
  return { workflowId, activityId: activityId ?? '', activity: activityType?.name ?? '', attempt: attempt ?? 1 };
}

async function stepsOf(client: Client, query: string): Promise<{ workflowId: string; step: PendingStep }[]> {
  const ids = await idsListed(client, query).catch((error: unknown) => {
    if (grpcCodeOf(error) === INVALID_ARGUMENT) return [];
    throw error;
  });
  const steps = await eachOf(ids, async (workflowId) =>
    ((await describeRunning(client, workflowId))?.pendingActivities ?? []).map((step) => ({ workflowId, step })),
  );
  return steps.flat();
}
