import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { runsOf } from '../simulation/cost.ts';

export const { EventType } = proto.temporal.api.enums.v1;
export type HistoryEvent = NonNullable<proto.temporal.api.history.v1.IHistory['events']>[number];

/** The histories of a workflow's chain of runs, the first run first. */
export async function historiesOf(client: Client, workflowId: string): Promise<HistoryEvent[][]> {
  const runs = (await runsOf(client, workflowId)).reverse();
  return Promise.all(
    runs.map(async (runId) => (await client.workflow.getHandle(workflowId, runId).fetchHistory()).events ?? []),
  );
}
