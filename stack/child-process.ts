/** What a process of the stack has under way: told to its parent, and stopped once. */
export interface Running {
  /** Sent to the parent with `ready`, for example the address it listens on. */
  info?: object;
  /** Ends gracefully: no new work, what is under way finishes. */
  stop: () => Promise<void>;
  /** Settles when the work ends without having been asked to: the process then ends with status 1, to be started again. */
  ended?: Promise<unknown>;
}

/** What a child tells its parent. */
export type ChildMessage = ({ kind: 'ready' } & Record<string, unknown>) | { kind: 'failed'; message: string };

/** A start or a stop that hangs must not keep a process alive for ever after its parent has gone. */
export const STOP_WITHIN_MS = 15_000;

/**
 * The life of a process that serves: the API, the worker, the sandbox.
 *
 * Under a parent (IPC) it sends `{kind: 'ready', ...info}`, and stops on the message `'stop'`, on SIGTERM, or when the
 * parent is gone, even by `kill -9`. On its own, as in a container, SIGTERM and SIGINT stop it, and a second one ends it
 * at once. Exit status: 0 after a stop, 1 when the start or the stop fails
 * or the work ends by itself.
 */
export function serveAsChild({ start }: { start: () => Promise<Running> }): void {
  const underParent = process.send !== undefined;
  let askStop = () => {};
  const stopAsked = new Promise<void>((resolve) => {
    askStop = resolve;
  });
  let stopping = false;

  const stopOnce = (impatient: boolean) => {
    if (stopping && impatient) process.exit(130);
    if (stopping) return;
    stopping = true;
    setTimeout(() => {
      console.error(`not stopped within ${STOP_WITHIN_MS / 1000} s: ended`);
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    askStop();
  };

  process.on('SIGTERM', () => stopOnce(!underParent));
  process.on('SIGINT', () => stopOnce(!underParent));
  // Registered before the start, so that a parent that dies meanwhile leaves no orphan.
  process.on('disconnect', () => stopOnce(false));
  process.on('message', (message) => {
    if (message === 'stop') stopOnce(false);
  });

  const tell = async (message: ChildMessage) => {
    if (!underParent || !process.connected) return;
    await new Promise<void>((resolve) => {
      // A parent that leaves just now never confirms.
      process.once('disconnect', resolve);
      process.send?.(message, () => resolve());
    });
  };

  const serve = async () => {
    const running = await start();
    await tell({ kind: 'ready', ...running.info });
    const endedItself = running.ended?.then(() => {
      throw new Error('ended without having been asked to');
    });
    // Its failure after a stop was asked is told by `stop`.
    endedItself?.catch(() => undefined);
    await (endedItself ? Promise.race([stopAsked, endedItself]) : stopAsked);
    await running.stop();
  };

  serve().then(
    () => process.exit(0),
    async (error: unknown) => {
      // After a stop was asked an error is most often the stop itself, seen by a start that was under way.
      console.error(error);
      await tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
      process.exit(1);
    },
  );
}
