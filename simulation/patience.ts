import { isGrpcServiceError, ServiceError } from '@temporalio/client';

/** Longer than any part of a stack takes to come back after it was killed. */
export const PATIENCE_MS = 120_000;
const ASK_AGAIN_EVERY_MS = 200;

/** CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, INTERNAL, UNAVAILABLE: an engine that ends or starts says any of them. */
const passingGrpcCodes: readonly number[] = [1, 2, 4, 8, 10, 13, 14];

/** Whether the engine did not answer, rather than answered no. */
export function isEngineAway(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error;
  if (isGrpcServiceError(cause)) return passingGrpcCodes.includes(cause.code);
  // The connection itself broke.
  return error instanceof ServiceError;
}

/** Asks the engine again while it is away, as a real client of it does. @throws what the engine answers, or that it stays away. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + PATIENCE_MS; ; ) {
    try {
      return await ask();
    } catch (error) {
      if (!isEngineAway(error) || Date.now() > until) throw error;
      await pause(ASK_AGAIN_EVERY_MS);
    }
  }
}

/** A pause by the wall clock, between two looks at a server. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
