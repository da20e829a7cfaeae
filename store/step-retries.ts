import type { Instant } from '../rules/civil-date.ts';
import type { RetryingStep } from '../rules/trouble.ts';
import type { Database, Transaction } from './database.ts';

/** A step as its row has it: always an organisation's own. */
export type NotedStep = RetryingStep & { organisation: string };

/** Writes down that a step is being tried once more. Its beginning stays; its last error stays until there is another. */
export async function noteStepRetry({ organisation, query }: Transaction, step: NotedStep): Promise<void> {
  await query(
    `insert into step_retry (organisation, workflow_id, activity_id, activity, local, attempt, last_error, since, last_tried_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (organisation, workflow_id, activity_id) do update set attempt = excluded.attempt,
         last_error = coalesce(excluded.last_error, step_retry.last_error), last_tried_at = excluded.last_tried_at`,
    [
      organisation,
      step.workflowId,
      step.activityId,
      step.activity,
      step.local,
      step.attempt,
      step.lastError,
      step.since,
      step.lastTriedAt,
    ],
  );
}

/** The step got through, or is found gone. With `lastTriedAt`: only when it was not tried again since. */
export async function forgetStepRetry(
  { organisation, query }: Transaction,
  step: { workflowId: string; activityId: string; lastTriedAt?: Instant },
): Promise<void> {
  await query(
    `delete from step_retry where organisation = $1 and workflow_id = $2 and activity_id = $3
       and ($4::timestamptz is null or last_tried_at <= $4)`,
    [organisation, step.workflowId, step.activityId, step.lastTriedAt ?? null],
  );
}

/** The steps, of all organisations, that have been failing for a while: the longest first, a thousand at most. */
export async function stepsRetrying(database: Database): Promise<NotedStep[]> {
  return database.query<NotedStep>(
    `select organisation, workflow_id as "workflowId", activity_id as "activityId", activity, local, attempt,
       last_error as "lastError", since, last_tried_at as "lastTriedAt" from steps_retrying()`,
  );
}
