/** A process of the stack, started again when it ends without having been asked to. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { closeLog, endChild, exitOf, howEnded, lastLines, openLog } from './child.ts';
import type { ChildMessage } from './child-process.ts';
import { forgetProcess, noteProcess } from './processes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** By its full address: a child's working folder does not decide whether TypeScript runs. */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 30_000;
/** One that lived for so long had a new trouble, not the old one again: what cannot live ends while it starts. */
const STEADY_AFTER_MS = 20_000;

export interface SupervisedOptions {
  /** Names its log, `<dataDir>/logs/<name>.log`. */
  name: string;
  /** Of the repository, for example `worker/main.ts`. */
  program: string;
  dataDir: string;
  /** What it reads beside our own environment, of which an undefined value takes a variable away; asked again at each start, with what it last said when ready. */
  environment: (lastInfo: Record<string, unknown> | undefined) => Record<string, string | undefined>;
  log: (line: string) => void;
  /** Whether it is started again; otherwise its end is only logged. */
  restart: boolean;
  beforeRestart?: () => Promise<void>;
  readyWithinMs: number;
  stopWithinMs: number;
}

export interface Supervised<Info> {
  /** What it said when it was first ready. */
  info: Info;
  stop: () => Promise<void>;
}

function spawnProgram(
  { name, program, dataDir }: SupervisedOptions,
  environment: Record<string, string | undefined>,
): ChildProcess {
  const output = openLog(join(dataDir, 'logs', `${name}.log`));
  const child = spawn(process.execPath, ['--import', TSX, join(root, program)], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', output, output, 'ipc'],
    // Its own process group: Ctrl-C is for the parent, which stops its children in order.
    detached: true,
  });
  closeLog(output);
  if (child.pid) noteProcess(dataDir, name, child.pid);
  child.once('exit', () => forgetProcess(dataDir, name));
  return child;
}

/** Resolves with what the child says when ready. @throws Error with the child's own reason, or its last words. */
function readiness(child: ChildProcess, { name, dataDir, log, readyWithinMs }: SupervisedOptions) {
  return new Promise<Record<string, unknown>>((resolve, reject) => {
    const logFile = join(dataDir, 'logs', `${name}.log`);
    let reason = '';
    const timer = setTimeout(
      () => fail(`is not ready within ${readyWithinMs / 1000} s. Its last words (${logFile}):\n${lastLines(logFile)}`),
      readyWithinMs,
    );
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`${name} ${why}`));
    };
    child.on('message', (message: ChildMessage | { kind: 'note'; line: string }) => {
      if (message.kind === 'note') log(String(message.line));
      else if (message.kind === 'failed') reason = String(message.message);
      else if (message.kind === 'ready') {
        clearTimeout(timer);
        const { kind: _, ...info } = message;
        resolve(info);
      }
    });
    child.once('error', (error) => fail(`cannot be started: ${error.message}`));
    child.once('exit', () =>
      fail(
        reason ? `did not start: ${reason}` : `${howEnded(child)}. Its last words (${logFile}):\n${lastLines(logFile)}`,
      ),
    );
  });
}

/** Starts a process and keeps it running until it is stopped. @throws Error when its first start fails. */
export async function startSupervised<Info extends object>(
  options: SupervisedOptions,
  signal: AbortSignal,
): Promise<Supervised<Info>> {
  const { name, dataDir, log, restart, stopWithinMs } = options;
  let stopping = signal.aborted;
  let backOff = FIRST_BACK_OFF_MS;
  let lastInfo: Record<string, unknown> | undefined;
  let waiting: NodeJS.Timeout | undefined;
  let child: ChildProcess | undefined;

  const stop = async () => {
    stopping = true;
    clearTimeout(waiting);
    const last = child;
    if (!last) return;
    await endChild(
      last,
      () => {
        if (last.connected) last.send('stop', () => undefined);
        else last.kill('SIGTERM');
      },
      stopWithinMs,
    );
  };

  const startAgain = async () => {
    await options.beforeRestart?.();
    if (stopping) return;
    await start().catch((error: Error) => {
      if (!stopping) log(error.message);
    });
  };

  const start = async () => {
    const started = spawnProgram(options, options.environment(lastInfo));
    child = started;
    const began = Date.now();
    exitOf(started).then(() => {
      if (stopping || lastInfo === undefined) return;
      if (Date.now() - began > STEADY_AFTER_MS) backOff = FIRST_BACK_OFF_MS;
      const words = lastLines(join(dataDir, 'logs', `${name}.log`), 6);
      log(
        `${name} ${howEnded(started)}${restart ? `; started again in ${backOff / 1000} s` : ''}${words && `. Its last words:\n${words}`}`,
      );
      if (!restart) return;
      waiting = setTimeout(startAgain, backOff);
      backOff = Math.min(backOff * 2, LONGEST_BACK_OFF_MS);
    });
    lastInfo = await readiness(started, options);
    return lastInfo;
  };

  if (stopping) throw new Error('stopped before it was started');
  const onAbort = () => void stop();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const info = await start();
    return { info: info as Info, stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
