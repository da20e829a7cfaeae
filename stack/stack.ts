/**
 * Everything on one machine: PostgreSQL, the Temporal server, the counterparties' sandboxes, the worker and the API,
 * each a process of its own, on one data folder. What is started again on the same folder goes on where it stopped.
 */
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ensureCredentials, writePrivately } from './credentials.ts';
import { removeOutsideRecords } from './embedded-postgres.ts';
import type { Synchronous } from './embedded-temporal.ts';
import type { EnginesInfo, EnginesOptions } from './engines.ts';
import { freePorts, isFree, LOOPBACK } from './free-ports.ts';
import { lockDataFolder } from './lock.ts';
import { prepareDatabase, prepareFiles, prepareTemporal } from './prepare.ts';
import { endLeftoverEngines, endLeftovers } from './processes.ts';
import { type Supervised, type SupervisedOptions, startSupervised } from './supervised.ts';

export type Party = 'customs' | 'carrier' | 'broker' | 'bank' | 'taxBureau';

/** What `running.json` in the data folder says while the stack runs. */
export interface RunningStack {
  /** The API's base address. */
  api: string;
  /** Its pages for people. */
  docs: string;
  temporalAddress: string;
  temporalNamespace: string;
  /** The engine's web interface; empty when another engine is used and TEMPORAL_UI_URL does not say where. */
  temporalUi: string;
  organisation: string;
  /** An API key of the organisation. */
  key: string;
  sandboxes: Record<Party, string>;
}

export interface StackOptions {
  /** Made when it does not exist. */
  dataDir: string;
  /** Each port is a free one when it is not given, or 0. */
  apiPort?: number;
  temporalPort?: number;
  uiPort?: number;
  /** Whether the counterparties answer by themselves with time, or only when told to. */
  sandboxAnswers: 'live' | 'on-demand';
  /** A slug: one organisation per data folder. */
  organisation: string;
  /** Lines for a person. */
  log: (line: string) => void;
  /** Whether a process that dies is started again. Default true. */
  restartChildren?: boolean;
  /** How firmly the engine writes. Default FULL, as for records that must survive a power cut. */
  synchronous?: Synchronous;
  /** The worker's program, where it is not `worker/main.ts`: tests wrap its activities. */
  workerProgram?: string;
  /** Gives up a start that is under way: `startStack` then stops what it has started, and rejects. */
  signal?: AbortSignal;
}

export interface Stack {
  running: RunningStack;
  databaseUrl: string;
  /** Ends everything in order: no new work, what is under way finishes, the engines last. May be called again. */
  stop: () => Promise<void>;
}

/** Told apart from a failure: the start was given up on purpose. */
export class StartGivenUp extends Error {
  constructor() {
    super('the start was given up');
    this.name = 'StartGivenUp';
  }
}

/** Downloads of the engine included. */
const ENGINES_READY_MS = 420_000;
const READY_MS = 120_000;
/** Together they keep a stop well below the ten seconds that a container is given. */
const STOP_MS = { api: 3000, worker: 6000, sandbox: 2000, engines: 12_000 };

/** The data folder can be passed through by PostgreSQL's user, but not read. */
function makeDataFolder(dataDir: string): void {
  const first = mkdirSync(dataDir, { recursive: true });
  if (first) for (let made = dataDir; made.length >= first.length; made = dirname(made)) chmodSync(made, 0o711);
  mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 });
}

async function portOrFree(port: number | undefined, whose: string, variable: string): Promise<number> {
  if (!port) return (await freePorts(1))[0] as number;
  const free = await isFree(port).catch((error: Error) => {
    throw new Error(`Port ${port} for ${whose} cannot be used (${error.message}): set ${variable} to another one.`);
  });
  if (!free) throw new Error(`Port ${port} for ${whose} is taken: set ${variable} to another one.`);
  return port;
}

/** CUSTOMS_URL, TAX_BUREAU_PORT and so on. */
const variableOf = (party: string, what: 'URL' | 'PORT') =>
  `${party.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}_${what}`;

const variables = (urls: Record<string, string>, what: 'URL' | 'PORT') =>
  Object.fromEntries(
    Object.entries(urls).map(([party, url]) => [variableOf(party, what), what === 'URL' ? url : new URL(url).port]),
  );

/** Starts everything, or nothing: what was started before a failure is stopped again. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dataDir = resolve(options.dataDir);
  makeDataFolder(dataDir);
  const release = lockDataFolder(dataDir);
  const { log } = options;
  const runningFile = join(dataDir, 'running.json');
  rmSync(runningFile, { force: true });

  // One child that fails gives up the start of the others.
  const giveUp = new AbortController();
  const onSignal = () => giveUp.abort(new StartGivenUp());
  if (options.signal?.aborted) onSignal();
  options.signal?.addEventListener('abort', onSignal, { once: true });
  const given = new Promise<never>((_, reject) => {
    const no = () => reject(giveUp.signal.reason);
    if (giveUp.signal.aborted) no();
    else giveUp.signal.addEventListener('abort', no, { once: true });
  });
  given.catch(() => undefined);

  /** What runs, and what is still starting: both have to be waited for before the folder is given back. */
  const starting = new Map<string, Promise<Supervised<object>>>();
  const launch = <Info extends object>(
    child: Pick<SupervisedOptions, 'name' | 'program' | 'environment'> & Partial<SupervisedOptions>,
  ) => {
    const started = startSupervised<Info>(
      {
        ...{ dataDir, log, restart: options.restartChildren ?? true, readyWithinMs: READY_MS },
        stopWithinMs: STOP_MS[child.name as keyof typeof STOP_MS],
        ...child,
      },
      giveUp.signal,
    );
    starting.set(child.name, started);
    started.catch((error) => giveUp.abort(error));
    return Promise.race([started, given]);
  };

  const stopAll = async () => {
    rmSync(runningFile, { force: true });
    const stopOne = async (name: string) => {
      const child = await starting.get(name)?.catch(() => undefined);
      await child?.stop();
    };
    // Who asks is stopped before who answers.
    for (const name of ['api', 'worker', 'sandbox', 'engines']) await stopOne(name);
    await endLeftovers(dataDir, log, 2000);
    release();
  };
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= stopAll();
    return stopped;
  };

  try {
    await endLeftovers(dataDir, log);
    const started = await startAll(dataDir, options, launch, given);
    giveUp.signal.throwIfAborted();
    writePrivately(runningFile, started.running);
    return { ...started, stop };
  } catch (error) {
    giveUp.abort(error);
    await stop();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', onSignal);
  }
}

/** A person's own settings of a cloud namespace are not for the embedded server. */
const nobodysKeys = {
  TEMPORAL_API_KEY: undefined,
  TEMPORAL_TLS: undefined,
  TEMPORAL_TLS_CERT: undefined,
  TEMPORAL_TLS_KEY: undefined,
};

function counterpartiesOfEnvironment(): Record<string, string> {
  const names = ['CUSTOMS_URL', 'CARRIER_URL', 'BROKER_URL', 'TAX_BUREAU_URL'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

type Launch = <Info extends object>(
  child: Pick<SupervisedOptions, 'name' | 'program' | 'environment'> & Partial<SupervisedOptions>,
) => Promise<Supervised<Info>>;

async function startAll(dataDir: string, options: StackOptions, launch: Launch, given: Promise<never>) {
  const { log, sandboxAnswers } = options;
  const credentials = ensureCredentials(dataDir, options.organisation);
  const ownDatabase = process.env.DATABASE_URL;
  const ownTemporal = process.env.TEMPORAL_ADDRESS;
  const namespace = process.env.TEMPORAL_NAMESPACE ?? 'default';
  // Chosen before anything is started, because each is told to others.
  const apiPort = await portOrFree(options.apiPort, 'the API', 'QUAYSIDE_API_PORT');
  if (!ownTemporal && options.temporalPort)
    await portOrFree(options.temporalPort, 'the Temporal server', 'QUAYSIDE_TEMPORAL_PORT');
  if (!ownTemporal && options.uiPort)
    await portOrFree(options.uiPort, "the Temporal server's web interface", 'QUAYSIDE_UI_PORT');
  const api = `http://${LOOPBACK}:${apiPort}`;

  const launchEngines = async (): Promise<EnginesInfo> => {
    if (ownDatabase && ownTemporal) return {};
    const keeper = await launch<EnginesInfo>({
      name: 'engines',
      program: 'stack/engines.ts',
      readyWithinMs: ENGINES_READY_MS,
      beforeRestart: () => endLeftoverEngines(dataDir, log),
      environment: (last: EnginesInfo | undefined) => {
        // Started again, they are where the others look for them.
        const temporalPort = last?.temporalAddress
          ? Number(last.temporalAddress.split(':')[1])
          : options.temporalPort || undefined;
        const uiPort = last?.temporalUiUrl ? Number(new URL(last.temporalUiUrl).port) : options.uiPort || undefined;
        const wanted: EnginesOptions = {
          dataDir,
          postgres: ownDatabase ? undefined : { port: last?.postgresPort },
          temporal: ownTemporal
            ? undefined
            : { port: temporalPort, uiPort, namespace, synchronous: options.synchronous ?? 'FULL' },
        };
        return { QUAYSIDE_ENGINES: JSON.stringify(wanted) };
      },
    });
    return keeper.info;
  };

  const [engines, sandbox] = await Promise.all([
    launchEngines(),
    launch<{ sandboxes: Record<Party, string> }>({
      name: 'sandbox',
      program: 'sandbox/main.ts',
      environment: (last) => ({
        SANDBOX_DATA_DIR: join(dataDir, 'sandbox'),
        SANDBOX_ANSWERS: sandboxAnswers,
        QUAYSIDE_URL: api,
        QUAYSIDE_KEY: credentials.counterpartyKey,
        QUAYSIDE_ORGANISATION: credentials.organisation,
        ...variables((last?.sandboxes ?? {}) as Record<string, string>, 'PORT'),
      }),
    }),
  ]);
  const databaseUrl = ownDatabase ?? engines.databaseUrl ?? '';
  const temporalAddress = ownTemporal ?? engines.temporalAddress ?? '';
  const temporalUi = ownTemporal ? (process.env.TEMPORAL_UI_URL ?? '') : (engines.temporalUiUrl ?? '');

  const filesDir = process.env.QUAYSIDE_FILES_DIR || join(dataDir, 'files');
  await Promise.race([
    Promise.all([
      prepareDatabase(databaseUrl, credentials).then(() =>
        prepareFiles(
          {
            ...process.env,
            DATABASE_URL: databaseUrl,
            TEMPORAL_ADDRESS: temporalAddress,
            QUAYSIDE_FILES_DIR: filesDir,
          },
          log,
        ),
      ),
      prepareTemporal(
        ownTemporal
          ? { ...process.env, DATABASE_URL: databaseUrl }
          : { DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: temporalAddress, TEMPORAL_NAMESPACE: namespace },
      ),
    ]),
    given,
  ]);

  const environment = () => ({
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    ...(ownTemporal ? {} : nobodysKeys),
    ...(temporalUi && { TEMPORAL_UI_URL: temporalUi }),
    QUAYSIDE_API_HOST: LOOPBACK,
    QUAYSIDE_API_PORT: String(apiPort),
    QUAYSIDE_FILES_DIR: filesDir,
    // A counterparty that the environment names is the real one.
    ...{ ...variables(sandbox.info.sandboxes, 'URL'), ...counterpartiesOfEnvironment() },
  });
  await Promise.all([
    launch({
      name: 'worker',
      program: options.workerProgram ?? 'worker/main.ts',
      environment: () => ({
        ...environment(),
        WORKFLOW_BUNDLES_DIR: join(dataDir, 'workflow-bundles'),
        ...(ownTemporal ? {} : { QUAYSIDE_MAKE_CURRENT: 'always' }),
      }),
    }),
    launch({ name: 'api', program: 'api/main.ts', environment }),
  ]);

  const running: RunningStack = {
    api,
    docs: `${api}/docs`,
    temporalAddress,
    temporalNamespace: namespace,
    temporalUi,
    organisation: credentials.organisation,
    key: credentials.key,
    sandboxes: sandbox.info.sandboxes,
  };
  return { running, databaseUrl };
}

/** Removes a data folder that nothing serves, with what it keeps elsewhere. @throws Error when it is in use. */
export function removeStackData(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  lockDataFolder(dataDir);
  removeOutsideRecords(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
}
