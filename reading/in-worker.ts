/** Reads files in a thread of its own: what a hostile file does there ends with the thread, never with the process. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { type Reading, readingSchema } from '../rules/documents/facts.ts';
import type { ReadingHints } from './fields/fields-of.ts';
import { READ_WITHIN_MS, READER_HEAP_MIB } from './limits.ts';
import { unreadable } from './reading-of.ts';
import type { FileKind } from './sniff.ts';

export type { ReadingHints } from './fields/fields-of.ts';

/** A thread starts by loading its libraries (one to two seconds): that is not the file's time, but has an end as well. */
const START_WITHIN_MS = 60_000;
/** A thread that has read so many files makes way for a new one: what they left in its memory goes with it. */
const READS_PER_THREAD = 200;

const messageSchema = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ id: z.number(), reading: readingSchema }),
]);

interface Thread {
  worker: Worker;
  ready: Promise<void>;
  reads: number;
}

let thread: Thread | undefined;
let queue: Promise<unknown> = Promise.resolve();
let lastId = 0;

/**
 * Reads a file that was admitted. One at a time in a process; the others wait in line. A file that hangs, crashes or fills
 * the thread is `unreadable`, and says how.
 * @param withinMs how long the reading may take; for tests
 * @throws Error when the thread does not start: that is no fault of the file
 */
export function readInWorker(
  bytes: Uint8Array,
  admitted: { kind: FileKind },
  hints: ReadingHints = {},
  withinMs = READ_WITHIN_MS,
): Promise<Reading> {
  const reading = queue.then(() => readNow(bytes, admitted.kind, hints, withinMs));
  queue = reading.catch(() => undefined);
  return reading;
}

/** Starts the thread and loads its libraries before the first file comes: for a process that serves. Does not keep it alive. */
export function startReader(): void {
  if (thread) return;
  thread = start();
  thread.worker.unref();
}

/** Ends the thread, if there is one; the next file starts another. For a process that stops, and for tests. */
export async function stopReader(): Promise<void> {
  await queue;
  await end();
}

async function readNow(bytes: Uint8Array, kind: FileKind, hints: ReadingHints, withinMs: number): Promise<Reading> {
  const worker = await startedWorker();
  try {
    lastId += 1;
    const answer = answerOf(worker, lastId);
    worker.ref();
    // A copy, handed over whole: a part of a shared buffer would take the rest of it along.
    const copy = new Uint8Array(bytes);
    worker.postMessage({ id: lastId, bytes: copy, kind, hints }, [copy.buffer]);
    const reading = await within(answer, withinMs, `it took longer than ${withinMs / 1000} s`);
    worker.unref();
    return reading;
  } catch (error) {
    await end();
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

/** The thread, started where there is none or the last has read enough. */
async function startedWorker(): Promise<Worker> {
  if (thread && thread.reads >= READS_PER_THREAD) await end();
  thread ??= start();
  const { worker, ready } = thread;
  thread.reads += 1;
  try {
    worker.ref();
    await within(ready, START_WITHIN_MS, 'it did not start in time');
    return worker;
  } catch (error) {
    await end();
    throw new Error('The reader of files does not start: see the cause. Are the dependencies installed?', {
      cause: error,
    });
  }
}

function start(): Thread {
  const worker = new Worker(join(fileURLToPath(new URL('.', import.meta.url)), 'worker-entry.mjs'), {
    resourceLimits: { maxOldGenerationSizeMb: READER_HEAP_MIB, maxYoungGenerationSizeMb: 48, stackSizeMb: 4 },
    // A file's reader needs to know nothing of us.
    env: {},
    execArgv: [],
    // What a library complains about goes nowhere.
    stdout: true,
    stderr: true,
  });
  // Also when nobody waits for it: an error that nobody hears would end the process.
  const gone = () => {
    if (thread?.worker === worker) thread = undefined;
  };
  worker.on('error', gone).on('exit', gone);
  worker.stdout.resume();
  worker.stderr.resume();
  const ready = messageOf(worker, (message) => ('ready' in message ? true : undefined)).then(() => undefined);
  // Whoever reads next hears of it.
  ready.catch(() => undefined);
  return { worker, ready, reads: 0 };
}

async function end(): Promise<void> {
  const ending = thread;
  thread = undefined;
  await ending?.worker.terminate();
}

const answerOf = (worker: Worker, id: number): Promise<Reading> =>
  messageOf(worker, (message) => ('id' in message && message.id === id ? message.reading : undefined));

/** The first message in which something is found; rejects when the thread breaks or ends. */
function messageOf<Found>(
  worker: Worker,
  find: (message: z.infer<typeof messageSchema>) => Found | undefined,
): Promise<Found> {
  return new Promise((done, failed) => {
    const stop = () => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    };
    const onMessage = (message: unknown) => {
      const parsed = messageSchema.safeParse(message);
      if (!parsed.success) {
        stop();
        failed(new Error('the reader gave an answer of another form'));
        return;
      }
      const found = find(parsed.data);
      if (found === undefined) return;
      stop();
      done(found);
    };
    const onError = (error: Error & { code?: string }) => {
      stop();
      failed(
        new Error(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? 'it unpacks into more than the reader may hold'
            : `it broke the reader (${error.message.slice(0, 120)})`,
        ),
      );
    };
    const onExit = () => {
      stop();
      failed(new Error('it ended the reader'));
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}

function within<Result>(work: Promise<Result>, ms: number, otherwise: string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Error(otherwise)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
