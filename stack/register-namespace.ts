import { Connection, type ConnectionOptions } from '@temporalio/client';

const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const PERMISSION_DENIED = 7;
const UNIMPLEMENTED = 12;
const UNAVAILABLE = 14;
const UNAUTHENTICATED = 16;
/** A cluster that has just come up, or that has just learnt of a namespace: its parts refresh their copies every ten seconds. */
const USABLE_WITHIN_MS = 60_000;
const SECONDS_A_DAY = 86_400;

const codeOf = (error: unknown) => (error as { code?: number }).code;
const isRefusal = (error: unknown) => [PERMISSION_DENIED, UNIMPLEMENTED, UNAUTHENTICATED].includes(codeOf(error) ?? -1);

/**
 * Makes sure that the namespace exists, and waits until the server takes work for it. One that exists stays as it is,
 * its retention too. May be run again, and by several at a time.
 * @throws Error when it is missing and this account may not create one, as with the API key of a cloud namespace.
 */
export async function registerNamespace(
  server: { namespace: string } & ConnectionOptions,
  retentionInDays: number,
): Promise<void> {
  const { namespace, ...options } = server;
  const connection = await Connection.connect(options);
  try {
    const missing = await whenUp(() => isMissing(connection, namespace));
    if (missing) await whenUp(() => create(connection, namespace, retentionInDays));
    await whenUp(() => connection.workflowService.listWorkflowExecutions({ namespace, pageSize: 1 }), NOT_FOUND);
  } finally {
    await connection.close();
  }
}

async function isMissing(connection: Connection, namespace: string): Promise<boolean> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
    return false;
  } catch (error) {
    if (codeOf(error) === NOT_FOUND) return true;
    if (!isRefusal(error)) throw error;
    throw new Error(
      `This account may not look into the namespace ${namespace}: it does not exist there, or TEMPORAL_API_KEY or the client certificate is of another one.`,
      { cause: error },
    );
  }
}

async function create(connection: Connection, namespace: string, retentionInDays: number): Promise<void> {
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      description: 'Quayside: one workflow per export shipment',
      workflowExecutionRetentionPeriod: { seconds: (retentionInDays * SECONDS_A_DAY) as never },
    });
  } catch (error) {
    // Another one of us was quicker.
    if (codeOf(error) === ALREADY_EXISTS) return;
    if (!isRefusal(error)) throw error;
    throw new Error(
      `The namespace ${namespace} does not exist, and this account may not create it. Create it there with a retention of ${retentionInDays} days, or set TEMPORAL_NAMESPACE to one that exists.`,
      { cause: error },
    );
  }
}

/** Asks again while the server is not up, or answers what it answers until all its parts know. */
async function whenUp<T>(ask: () => Promise<T>, ...passing: number[]): Promise<T> {
  for (const until = Date.now() + USABLE_WITHIN_MS; ; ) {
    try {
      return await ask();
    } catch (error) {
      if (![UNAVAILABLE, ...passing].includes(codeOf(error) ?? -1) || Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
