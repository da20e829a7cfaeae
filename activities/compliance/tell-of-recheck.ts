import { type Client, WorkflowUpdateFailedError } from '@temporalio/client';
import type { RecheckCause } from '../../rules/compliance/recheck.ts';
import type { RecheckedShipment } from '../../store/rechecked-shipments.ts';
import { shipmentWorkflowId } from '../../workflows/messages.ts';
import { isEngineAway } from '../engine-away.ts';
import { Unreachable } from '../errors.ts';
import { tellWorkflow } from '../tell-workflow.ts';

/** One that runs answers in milliseconds: after this long it is stuck, or nobody runs its version, and the others go on. */
const ANSWERS_WITHIN_MS = 4000;
const ENGINE_ANSWERS_WITHIN_MS = 1500;

const OLDER_VERSION =
  'it runs on an older version, which knows no re-check: it is looked at again when it has moved (npm run doctor)';
const GONE =
  'its workflow has ended, or the engine does not know it: where the shipment is still open, npm run doctor says what to do';
const SILENT = `it gave no answer in ${ANSWERS_WITHIN_MS / 1000} s: it is stuck, or no worker runs its version (npm run doctor); it is looked at again`;

/** What a shipment is told of a re-check, and by which. */
export interface Telling {
  organisation: string;
  /** Of the re-check. */
  id: string;
  cause: RecheckCause;
}

/**
 * Has a shipment make its review again. Answers null when it has the message, otherwise why it has not: one that is stuck,
 * silent or unknown keeps no other from being told. @throws Unreachable when it is the engine that does not answer.
 */
export async function tellOfRecheck(
  temporal: Client,
  { organisation, id, cause }: Telling,
  { reference, foundAt }: Pick<RecheckedShipment, 'reference' | 'foundAt'>,
): Promise<string | null> {
  const message = {
    ...{ messageId: `recheck/${id}`, occurredAt: foundAt, source: 'compliance' },
    ...{ cause: cause.kind, what: cause.what, recheck: id },
  };
  const workflowId = shipmentWorkflowId(organisation, reference);
  try {
    const verdict = await temporal.withDeadline(Date.now() + ANSWERS_WITHIN_MS, () =>
      tellWorkflow(temporal, workflowId, 'reviewAgain', message),
    );
    if (verdict === 'gone') return GONE;
    if (verdict.status === 'applied' || verdict.status === 'duplicate') return null;
    return `it does not take the message: ${verdict.reason ?? verdict.status}`;
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) return OLDER_VERSION;
    if (!isEngineAway(error)) return error instanceof Error ? error.message : String(error);
    await refuseAwayEngine(temporal, error);
    return SILENT;
  }
}

/** An engine that answers another question is there: then it is the shipment that is silent. */
async function refuseAwayEngine(temporal: Client, cause: unknown): Promise<void> {
  const { namespace } = temporal.options;
  try {
    await temporal.withDeadline(Date.now() + ENGINE_ANSWERS_WITHIN_MS, () =>
      temporal.workflowService.describeNamespace({ namespace }),
    );
  } catch {
    throw new Unreachable('the workflow engine does not answer', { cause });
  }
}
