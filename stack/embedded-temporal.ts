/** The Temporal server on this machine, in one process with its state in one SQLite file. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Connection } from '@temporalio/client';
import { closeLog, endChild, exitOf, hasEnded, howEnded, lengthOf, openLog, wordsSince } from './child.ts';
import { LOOPBACK } from './free-ports.ts';
import { forgetProcess, noteProcess } from './processes.ts';

const READY_WITHIN_MS = 60_000;
/** SQLite's file is whole after a kill too; this only spares the next start the reading of its log. */
const STOP_WITHIN_MS = 5000;

/**
 * When a commit counts as written. Both survive `kill -9`. FULL waits for the disk at each commit and survives a power
 * cut as well; NORMAL may forget the last moments then, while the counterparties and PostgreSQL remember them: fit for
 * what can be thrown away. FULL takes twice as long for each step of a workflow (tried: 10 ms instead of 5).
 */
export type Synchronous = 'FULL' | 'NORMAL';

/** A running engine. */
export interface EmbeddedTemporal {
  address: string;
  uiUrl: string;
  /** Resolves when the server has ended, for whatever reason, with how. */
  ended: Promise<string>;
  stop: () => Promise<void>;
}

export interface EmbeddedTemporalOptions {
  dataDir: string;
  /** The Temporal CLI. */
  binary: string;
  namespace: string;
  port: number;
  uiPort: number;
  metricsPort: number;
  synchronous: Synchronous;
}

/** A shipment that ended can be looked at for a year; the server's own default would forget it after a day. */
const RETENTION_SECONDS = 365 * 86_400;

/** JSON values, as `--dynamic-config-value` wants them. */
const DYNAMIC_CONFIGURATION = {
  // A shipment's own clock can be moved on, one workflow at a time: the demo and the simulator live on it.
  'frontend.WorkflowTimeSkippingEnabled': 'true',
  // Cuts a second from every timer and every skip.
  'history.timerProcessorMaxTimeShift': '"10ms"',
  // With time skipping the next run of a shipment would get a one-second back-off, and its clock jump too far.
  'history.workflowIdReuseMinimalInterval': '"0s"',
  // An older version of the worker is known to be drained in seconds, not after six minutes.
  'matching.wv.VersionDrainageStatusVisibilityGracePeriod': '"5s"',
  'matching.wv.VersionDrainageStatusRefreshInterval': '"5s"',
  // A workflow whose task fails twice in a row is found by a query, instead of by looking at each: docs/decisions/0009.
  'system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute': '2',
};

/** Starts the engine on the data folder's file. @throws Error with the server's last words when it does not come up. */
export async function startEmbeddedTemporal(options: EmbeddedTemporalOptions): Promise<EmbeddedTemporal> {
  const { dataDir, binary, namespace, port, uiPort, metricsPort, synchronous } = options;
  const logFile = join(dataDir, 'logs', 'temporal.log');
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  const output = openLog(logFile);
  const written = lengthOf(logFile);
  const server = spawn(
    binary,
    [
      ...['server', 'start-dev', '--ip', LOOPBACK, '--log-level', 'error'],
      ...['--port', String(port), '--ui-port', String(uiPort), '--metrics-port', String(metricsPort)],
      ...['--db-filename', join(dataDir, 'temporal.db')],
      ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', `synchronous=${synchronous}`],
      ...(namespace === 'default' ? [] : ['--namespace', namespace]),
      ...Object.entries(DYNAMIC_CONFIGURATION).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`]),
    ],
    { stdio: ['ignore', output, output], env: withoutClientSettings() },
  );
  closeLog(output);
  const failed = new Promise<never>((_, reject) => server.once('error', reject));
  failed.catch(() => undefined);
  if (server.pid) noteProcess(dataDir, 'temporal', server.pid);
  const ended = exitOf(server).then(() => {
    forgetProcess(dataDir, 'temporal');
    return `the Temporal server ${howEnded(server)}`;
  });
  const stop = () => endChild(server, () => server.kill('SIGTERM'), STOP_WITHIN_MS);

  const address = `${LOOPBACK}:${port}`;
  const ready = async () => {
    for (const until = Date.now() + READY_WITHIN_MS; ; ) {
      try {
        return await answers(address, namespace);
      } catch (error) {
        if (hasEnded(server))
          throw new Error(
            `The Temporal server ${howEnded(server)}. Its last words (${logFile}):\n${wordsSince(logFile, written)}`,
          );
        if (Date.now() > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
    }
  };
  try {
    await Promise.race([ready(), failed]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, uiUrl: `http://${LOOPBACK}:${uiPort}`, ended, stop };
}

/** A person's own settings of the CLI, for a cloud namespace perhaps, are not for this server. */
function withoutClientSettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

/** Its log says that it is ready before it is: asked is whether it serves the namespace, which then learns how long to remember. */
async function answers(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 500 });
  try {
    const { config } = await connection.workflowService.describeNamespace({ namespace });
    if (Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) < RETENTION_SECONDS)
      await connection.workflowService.updateNamespace({
        namespace,
        config: { workflowExecutionRetentionTtl: { seconds: RETENTION_SECONDS as never } },
      });
  } finally {
    await connection.close();
  }
}
