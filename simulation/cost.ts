import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';

const { EventType } = proto.temporal.api.enums.v1;

/** What a workflow cost the engine. Counting rules: Temporal's billable actions as documented; queries leave no event and are not counted. */
export interface Cost {
  /** Of the whole chain of runs, without the events of time skipping. */
  historyEvents: number;
  billableActions: number;
}

const billedOnce = new Set<number>([
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
  EventType.EVENT_TYPE_TIMER_STARTED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
  EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
  EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED,
]);

const skipping = new Set<number>([
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED ?? -1,
]);

/** Run ids of a workflow's chain of runs, the latest first. */
export async function runsOf(client: Client, workflowId: string): Promise<string[]> {
  return (await historiesOf(client, workflowId)).map(({ runId }) => runId);
}

/** Counts a workflow's histories; attempts of activities each count, local activities once a workflow task that ran any. */
export async function costOf(client: Client, workflowId: string): Promise<Cost> {
  const costs = (await historiesOf(client, workflowId)).map(({ events }) => costOfRun(events));
  return {
    historyEvents: costs.reduce((total, cost) => total + cost.historyEvents, 0),
    billableActions: costs.reduce((total, cost) => total + cost.billableActions, 0),
  };
}

type HistoryEvent = NonNullable<proto.temporal.api.history.v1.IHistory['events']>[number];

async function historiesOf(client: Client, workflowId: string): Promise<{ runId: string; events: HistoryEvent[] }[]> {
  const runs: { runId: string; events: HistoryEvent[] }[] = [];
  let runId: string | undefined = (await client.workflow.getHandle(workflowId).describe()).runId;
  while (runId) {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    runs.push({ runId, events: events ?? [] });
    runId = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
  }
  return runs;
}

function costOfRun(events: readonly HistoryEvent[]): Cost {
  let historyEvents = 0;
  let billableActions = 0;
  const tasksWithLocalActivities = new Set<string>();
  for (const event of events) {
    const type = event.eventType ?? 0;
    if (skipping.has(type)) continue;
    historyEvents += 1;
    if (billedOnce.has(type)) billableActions += 1;
    if (type === EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED)
      billableActions += event.activityTaskStartedEventAttributes?.attempt ?? 1;
    if (type === EventType.EVENT_TYPE_MARKER_RECORDED)
      tasksWithLocalActivities.add(String(event.markerRecordedEventAttributes?.workflowTaskCompletedEventId));
  }
  return { historyEvents, billableActions: billableActions + tasksWithLocalActivities.size };
}
