import type { Client } from '@temporalio/client';
import { stringify } from 'safe-stable-stringify';
import { shipmentWorkflowId, stateQuery } from '../../workflows/messages.ts';
import type { ShipmentView } from '../../workflows/view.ts';
import type { Visitor } from './visitor.ts';

/** What the projection in PostgreSQL and the workflow's own `state` must both say. */
const comparedFields = [
  'stage',
  'moneyStage',
  'waitingOn',
  'openHolds',
  'nextDeadline',
  'declarationNumber',
  'refund',
  'outcome',
] as const;

/** A workflow's view of itself, and where the projection says something else; none when they agree. */
export async function compareWithWorkflow(
  visitor: Visitor,
  client: Client,
  reference: string,
): Promise<{ view: ShipmentView; differences: string[] }> {
  const view = await client.workflow
    .getHandle(shipmentWorkflowId(visitor.running.organisation, reference))
    .query(stateQuery);
  const row = await visitor.api(`/v1/shipments/${reference}`);
  const workflowSays = { ...view, openTasks: view.openTasks.length } as Record<string, unknown>;
  const differences = [...comparedFields, 'openTasks'].flatMap((field) => {
    const [ours, theirs] = [row[field], workflowSays[field]].map((value) => stringify(withoutLane(value)));
    return ours === theirs ? [] : [`${field}: the projection says ${ours}, the workflow ${theirs}`];
  });
  return { view, differences };
}

/** A wait's lane is the process's own business and stands in one of the two only. */
function withoutLane(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((one) => (typeof one === 'object' && one !== null ? { ...one, lane: undefined } : one));
}
