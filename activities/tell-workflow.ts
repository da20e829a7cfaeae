import { setTimeout as pause } from 'node:timers/promises';
import { type Client, isGrpcServiceError, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { type MessageName, type MessageOf, SHIPMENT_HAS_ENDED, updateOf, type Verdict } from '../workflows/messages.ts';

/** FAILED_PRECONDITION, ABORTED: the workflow task in which the run would have ended met new messages, and is made again. */
const ENDING_GRPC_CODES: readonly number[] = [9, 10];
const TRIES_MOST = 100;
const PAUSE_MS = 50;

/**
 * Sends a message to a workflow and brings its verdict back; `gone` when it has ended or was never started. A message that
 * meets the moment in which a run ends is sent again, to the next run or to find that there is none: nothing is lost by it,
 * and its messageId keeps it from counting twice. @throws what keeps the engine from answering.
 */
export async function tellWorkflow<Name extends MessageName>(
  temporal: Client,
  workflowId: string,
  name: Name,
  message: MessageOf<Name>,
): Promise<Verdict | 'gone'> {
  const handle = temporal.workflow.getHandle(workflowId);
  for (let left = TRIES_MOST; ; left--) {
    try {
      return await handle.executeUpdate<Verdict, [MessageOf<Name>]>(updateOf(name), { args: [message] });
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) {
        if (await hasEnded(temporal, workflowId)) return 'gone';
      } else if (!isEnding(error)) throw error;
      if (left === 0) throw error;
    }
    await pause(PAUSE_MS);
  }
}

/** The run was ending just then: by the shipment's own end, or to continue as new. */
function isEnding(error: unknown): boolean {
  if (error instanceof WorkflowUpdateFailedError)
    return error.cause instanceof ApplicationFailure && error.cause.type === SHIPMENT_HAS_ENDED;
  const cause = error instanceof Error ? error.cause : undefined;
  return isGrpcServiceError(cause) && ENDING_GRPC_CODES.includes(cause.code);
}

async function hasEnded(temporal: Client, workflowId: string): Promise<boolean> {
  try {
    const { status } = await temporal.workflow.getHandle(workflowId).describe();
    return status.name !== 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return true;
    throw error;
  }
}
