/** Every word of the API to the workflow engine. */
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { tellWorkflow } from '../activities/tell-workflow.ts';
import type { RecheckCause } from '../rules/compliance/recheck.ts';
import type { Order } from '../rules/order/order.ts';
import {
  type MessageName,
  type MessageOf,
  recheckWorkflowId,
  SHIPMENTS_TASK_QUEUE,
  shipmentWorkflowId,
  statementWorkflowId,
  type Verdict,
} from '../workflows/messages.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';
import type { StatementView } from '../workflows/statement.ts';

/** A caller gets its answer or a 503 in this time: a workflow that was just started may have no worker yet. */
const ANSWER_WITHIN_MS = 10_000;

/** Lower than the engine's ten seconds, so that a killed worker's shipments go on at once. */
const workflowTaskTimeout = '5s';

/** Static summaries are shown unencrypted: what and where to, no names, no amounts. */
export function summaryOf(order: Order): string {
  const lines = order.lines.length === 1 ? '1 line' : `${order.lines.length} lines`;
  return `${order.reference}: ${lines} to ${order.destination.country}, ${order.incoterm.rule} ${order.incoterm.place}`.slice(
    0,
    110,
  );
}

function detailsOf(order: Order): string {
  const codes = [...new Set(order.lines.map((line) => line.hsCode))].join(', ');
  return [
    `HS ${codes}`,
    `${order.model}, by ${order.transport.mode}, ${order.claimantKind} exporter`,
    ...(order.plannedExportOn ? [`planned export ${order.plannedExportOn}`] : []),
  ]
    .map((line) => `- ${line}`)
    .join('\n');
}

/** Starts the shipment's workflow; one that runs or has ended is left alone. No execution time-out: a timed-out shipment is a dead one. */
export async function startShipment(
  temporal: Client,
  organisation: string,
  order: Order,
  simulated: boolean,
): Promise<void> {
  await startOnce(temporal, () =>
    temporal.workflow.start('shipment', {
      workflowId: shipmentWorkflowId(organisation, order.reference),
      taskQueue: SHIPMENTS_TASK_QUEUE,
      args: [{ organisation, reference: order.reference, simulated }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowTaskTimeout,
      staticSummary: summaryOf(order),
      staticDetails: detailsOf(order),
      typedSearchAttributes: [
        { key: searchAttributes.organisation, value: organisation },
        { key: searchAttributes.simulated, value: simulated },
      ],
    }),
  );
}

/** Starts the reading of a stored bank statement; one that is read already is left alone. */
export async function startStatement(temporal: Client, organisation: string, sha256: string): Promise<void> {
  await startOnce(temporal, () =>
    temporal.workflow.start('statement', {
      workflowId: statementWorkflowId(organisation, sha256),
      taskQueue: SHIPMENTS_TASK_QUEUE,
      args: [{ organisation, sha256 }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowTaskTimeout,
      staticSummary: `bank statement ${sha256.slice(0, 12)}`,
      typedSearchAttributes: [{ key: searchAttributes.organisation, value: organisation }],
    }),
  );
}

/**
 * Starts a look at all open shipments; one of that id that runs, or came to its end, is left alone. One that was ended from
 * outside or failed is made anew: what it has found stands in the records, and nobody is told twice.
 */
export async function startRecheck(
  temporal: Client,
  organisation: string,
  recheck: { id: string; cause: RecheckCause },
): Promise<void> {
  await startOnce(temporal, () =>
    temporal.workflow.start('recheck', {
      workflowId: recheckWorkflowId(organisation, recheck.id),
      taskQueue: SHIPMENTS_TASK_QUEUE,
      args: [{ organisation, ...recheck }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      workflowTaskTimeout,
      staticSummary: recheck.cause.what.slice(0, 110),
      typedSearchAttributes: [{ key: searchAttributes.organisation, value: organisation }],
    }),
  );
}

async function startOnce(temporal: Client, start: () => Promise<unknown>): Promise<void> {
  try {
    await temporal.withDeadline(Date.now() + ANSWER_WITHIN_MS, start);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Sends a message to a workflow and brings its verdict back; `gone` when it has ended or was never started. */
export async function tell<Name extends MessageName>(
  temporal: Client,
  workflowId: string,
  name: Name,
  message: MessageOf<Name>,
): Promise<Verdict | 'gone'> {
  return temporal.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => tellWorkflow(temporal, workflowId, name, message));
}

/** What the engine knows of a statement. One that has ended is not asked: that would take a worker, and its records say all. */
export async function readStatement(
  temporal: Client,
  organisation: string,
  sha256: string,
): Promise<{ status: 'running'; view: StatementView } | { status: 'completed' | 'failed' } | 'gone'> {
  const handle = temporal.workflow.getHandle(statementWorkflowId(organisation, sha256));
  return unlessGone(temporal, async () => {
    const { status } = await handle.describe();
    if (status.name === 'RUNNING') return { status: 'running', view: await handle.query<StatementView>('state') };
    return { status: status.name === 'COMPLETED' ? 'completed' : 'failed' };
  });
}

async function unlessGone<T>(temporal: Client, ask: () => Promise<T>): Promise<T | 'gone'> {
  try {
    return await temporal.withDeadline(Date.now() + ANSWER_WITHIN_MS, ask);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'gone';
    throw error;
  }
}

/** Asks the engine for its namespace. @throws whatever keeps it from answering within three seconds. */
export async function pingEngine(temporal: Client): Promise<void> {
  await temporal.withDeadline(Date.now() + 3000, () =>
    temporal.workflowService.describeNamespace({ namespace: temporal.options.namespace }),
  );
}
