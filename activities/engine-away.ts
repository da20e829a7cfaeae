import { isGrpcServiceError, ServiceError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';

/**
 * CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, FAILED_PRECONDITION, ABORTED, INTERNAL, UNAVAILABLE: the engine or
 * its database is away or busy, or a workflow has no worker or fails in its task. What we ask wrongly is INVALID_ARGUMENT.
 */
const passingGrpcCodes = new Set([1, 2, 4, 8, 9, 10, 13, 14]);

/** Whether the engine did not answer, rather than answered no: it passes by itself. */
export function isEngineAway(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  const grpc = error instanceof ServiceError ? error.cause : error;
  if (isGrpcServiceError(grpc)) return passingGrpcCodes.has(grpc.code);
  return (
    error instanceof Error &&
    /Failed to connect before the deadline/.test(`${error.message} ${String(error.cause ?? '')}`)
  );
}
