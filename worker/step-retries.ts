import type { Context } from '@temporalio/activity';
import type { ActivityInterceptors, ActivityInterceptorsFactory } from '@temporalio/worker';
import { ownerOfWorkflow } from '../rules/trouble.ts';
import type { Database } from '../store/database.ts';
import { forgetStepRetry, type NotedStep, noteStepRetry } from '../store/step-retries.ts';

/**
 * The try at which a step has been failing for about 15 seconds, with the pauses of `workflows/parties.ts`: late enough
 * for what passes by itself, early enough to show within the minute when each try also takes its five seconds.
 */
const NOTED_FROM_ATTEMPT = { ordinary: 5, local: 7 };

/**
 * Writes down each step that has been failing for a while, and crosses it out when it gets through. Noted before the try
 * too: one that kills its worker or never returns has no error to show. What cannot be written does not touch the step:
 * the database is away then, and /readyz says so.
 */
export function stepRetries(
  database: Database,
  warn: (message: string, error: unknown) => void,
): ActivityInterceptorsFactory {
  const write = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      warn('a step that is tried again and again could not be noted', error);
    }
  };
  return (context: Context): ActivityInterceptors => ({
    inbound: {
      async execute(input, next) {
        const step = failingForLong(context);
        if (!step) return next(input);
        const { organisation, workflowId, activityId } = step;
        const note = (lastError: string | null) =>
          write(() =>
            database.within(organisation, (transaction) =>
              noteStepRetry(transaction, { ...step, lastError, lastTriedAt: new Date().toISOString() }),
            ),
          );
        await note(null);
        try {
          const result = await next(input);
          await write(() =>
            database.within(organisation, (transaction) => forgetStepRetry(transaction, { workflowId, activityId })),
          );
          return result;
        } catch (error) {
          await note((error instanceof Error ? error.message : String(error)).slice(0, 1000));
          throw error;
        }
      },
    },
  });
}

/** The step of this try; undefined when it has not been failing for long, or belongs to no workflow of ours. */
function failingForLong({ info }: Context): Omit<NotedStep, 'lastError' | 'lastTriedAt'> | undefined {
  const { attempt, isLocal: local, activityType: activity, workflowExecution } = info;
  if (attempt < (local ? NOTED_FROM_ATTEMPT.local : NOTED_FROM_ATTEMPT.ordinary) || !workflowExecution)
    return undefined;
  const { workflowId } = workflowExecution;
  const organisation = ownerOfWorkflow(workflowId)?.organisation;
  // What is no organisation's own has no row: the engine is asked about it.
  if (!organisation) return undefined;
  const since = new Date(info.scheduledTimestampMs).toISOString();
  const activityId = local ? activity : info.activityId;
  return { organisation, workflowId, activityId, activity, local, attempt, since };
}
