/**
 * The keeper: the process that runs PostgreSQL and the Temporal server, apart from the terminal's process group, so that
 * Ctrl-C does not take the database away from a worker that is still finishing. It stops both when told to, and, once
 * the worker and the API have ended, when whoever started it is gone. When one of the two ends by itself the keeper stops the other and ends too, with status 1;
 * its parent starts it again on the same ports.
 */
import { mkdirSync } from 'node:fs';
import { type Running, serveAsChild } from './child-process.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { type EmbeddedTemporal, type Synchronous, startEmbeddedTemporal } from './embedded-temporal.ts';
import { findEngineBinary } from './engine-binary.ts';
import { freePorts } from './free-ports.ts';
import { ended, notedProcesses } from './processes.ts';

/** What the keeper is told, as JSON in QUAYSIDE_ENGINES. */
export interface EnginesOptions {
  dataDir: string;
  /** Absent when another database is used. */
  postgres?: { port?: number };
  /** Absent when another Temporal server is used. */
  temporal?: { port?: number; uiPort?: number; namespace: string; synchronous: Synchronous };
}

/** What it answers with `ready`: where the engines are that it was asked to run. */
export interface EnginesInfo {
  databaseUrl?: string;
  postgresPort?: number;
  temporalAddress?: string;
  temporalUiUrl?: string;
}

const log = (line: string) => process.send?.({ kind: 'note', line });

/** A port that was free a moment ago may be taken by now: chosen anew, unless it was prescribed. */
async function withFreePorts<T>(prescribed: boolean, start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      const taken = /address already in use|could not bind/i.test((error as Error).message);
      if (prescribed || !taken || attempt === 3) throw error;
    }
  }
}

/** How long the keeper goes on for the worker and the API when nobody is left to say that they have finished. */
const USERS_FINISH_WITHIN_MS = 8000;

/** Whoever started everything is gone: the others are finishing what is under way, and need the engines for it. */
async function untilUsersHaveEnded(dataDir: string): Promise<void> {
  const users = notedProcesses(dataDir).filter(({ name }) => ['api', 'worker', 'sandbox'].includes(name));
  await Promise.all(users.map((mark) => ended(mark, USERS_FINISH_WITHIN_MS)));
}

async function startTemporal(dataDir: string, wanted: NonNullable<EnginesOptions['temporal']>) {
  const binary = await findEngineBinary({ log });
  return withFreePorts(wanted.port !== undefined, async () => {
    const [port, uiPort, metricsPort] = (await freePorts(3)) as [number, number, number];
    const { namespace, synchronous } = wanted;
    return startEmbeddedTemporal({
      ...{ dataDir, binary, namespace, synchronous, metricsPort },
      port: wanted.port ?? port,
      uiPort: wanted.uiPort ?? uiPort,
    });
  });
}

async function start(): Promise<Running> {
  // What the engines write is for nobody else on this machine.
  process.umask(0o077);
  const { dataDir, postgres, temporal }: EnginesOptions = JSON.parse(process.env.QUAYSIDE_ENGINES ?? '{}');
  mkdirSync(dataDir, { recursive: true });
  const [database, engine] = await Promise.allSettled([
    postgres && withFreePorts(postgres.port !== undefined, () => startEmbeddedPostgres({ dataDir, ...postgres, log })),
    temporal && startTemporal(dataDir, temporal),
  ]);
  const running: { database?: EmbeddedPostgres; engine?: EmbeddedTemporal } = {
    database: database.status === 'fulfilled' ? database.value : undefined,
    engine: engine.status === 'fulfilled' ? engine.value : undefined,
  };
  // The engine first: it holds no money, and its file is whole at any moment.
  const stop = async () => {
    await running.engine?.stop();
    await running.database?.stop();
  };
  for (const outcome of [database, engine])
    if (outcome.status === 'rejected') {
      await stop();
      throw outcome.reason;
    }

  let stopping = false;
  for (const part of [running.database, running.engine])
    part?.ended.then(async (how) => {
      if (stopping) return;
      stopping = true;
      console.error(how);
      log(how);
      await stop();
      process.exit(1);
    });
  const info: EnginesInfo = {
    databaseUrl: running.database?.databaseUrl,
    postgresPort: running.database?.port,
    temporalAddress: running.engine?.address,
    temporalUiUrl: running.engine?.uiUrl,
  };
  return {
    info,
    stop: async () => {
      stopping = true;
      if (!process.connected) await untilUsersHaveEnded(dataDir);
      await stop();
    },
  };
}

serveAsChild({ start });
