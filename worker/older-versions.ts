import { setTimeout as pause } from 'node:timers/promises';
import { Client, type Connection } from '@temporalio/client';
import type { Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import { continueAsNewSignal } from '../workflows/messages.ts';
import { DEPLOYMENT_NAME, type Version, versionsOf } from './deployment.ts';
import { keptBundles, readBundle, type VersionedBundle } from './workflow-bundle.ts';

interface OlderVersionsOptions {
  connection: Connection;
  namespace: string;
  /** Where bundles of older versions are kept. */
  folders: readonly string[];
  /** Build id of today's workflows. */
  today: string;
  /** Makes today's version current, unless another is to be; says whether it is. */
  claim: () => Promise<boolean>;
  workerOf: (bundle: VersionedBundle) => Promise<Worker>;
  /** Done each time that today's version becomes current: what is started then runs on it. */
  onCurrent?: () => Promise<void>;
  log: Logger;
}

const LOOK_EVERY_MS = 10_000;

/**
 * Serves what still runs on older versions, with today's activities, and moves it on: a shipment that sleeps is told to
 * continue as new, which begins its next run on the current version. A version that is drained is not served any more.
 */
export class OlderVersions {
  private readonly options: OlderVersionsOptions;
  private readonly serving = new Map<string, { worker: Worker; running: Promise<void> }>();
  private readonly stopping = new AbortController();
  private watching: Promise<void> = Promise.resolve();
  private wasCurrent: boolean | undefined;
  private readonly told = new Set<string>();
  private readonly missing = new Set<string>();

  constructor(options: OlderVersionsOptions) {
    this.options = options;
  }

  /** Becomes current where it may, serves the other versions that are in use, and watches both until {@link stop}. */
  async start(): Promise<void> {
    await this.look();
    this.watching = this.watch();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.watching;
    await Promise.all([...this.serving.keys()].map((buildId) => this.serveNoMore(buildId)));
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      // An engine that is away is no reason to end: the next look finds it again.
      await this.look().catch((error: unknown) =>
        this.options.log.warn({ err: error }, 'older versions not looked at'),
      );
    }
  }

  private async look(): Promise<void> {
    const { connection, namespace, today, claim, onCurrent, log } = this.options;
    const versions = await versionsOf(connection, namespace);
    const isCurrent = versions.some((version) => version.buildId === today && version.isCurrent) || (await claim());
    if (isCurrent !== this.wasCurrent) log.info({ buildId: today, isCurrent }, 'the version of this worker');
    const becameCurrent = isCurrent && !this.wasCurrent;
    this.wasCurrent = isCurrent;
    for (const version of versions.filter(({ buildId }) => buildId !== today)) {
      if (version.isDrained) await this.serveNoMore(version.buildId);
      // One that cannot be served keeps nobody else from being.
      else
        await this.serve(version).catch((error: unknown) =>
          log.error({ err: error, ...version }, 'an older version cannot be served'),
        );
    }
    if (becameCurrent) await onCurrent?.();
    if (isCurrent) await this.wakeSleepers();
  }

  private async serve({ buildId }: Version): Promise<void> {
    const { folders, workerOf, log } = this.options;
    const folder = folders.find((each) => keptBundles(each).includes(buildId));
    if (this.serving.has(buildId)) return;
    if (folder === undefined) {
      if (!this.missing.has(buildId))
        log.error(
          { buildId, folders },
          'no bundle of a version in use is kept here: its shipments wait for another worker',
        );
      this.missing.add(buildId);
      return;
    }
    const worker = await workerOf(readBundle(folder, buildId));
    const running = worker.run().catch((error: unknown) => {
      log.error({ err: error, buildId }, 'the worker of an older version ended');
      this.serving.delete(buildId);
    });
    this.serving.set(buildId, { worker, running });
    log.info({ buildId }, 'serving an older version until it is drained');
  }

  private async serveNoMore(buildId: string): Promise<void> {
    const served = this.serving.get(buildId);
    if (!served) return;
    this.serving.delete(buildId);
    served.worker.shutdown();
    await served.running;
    this.options.log.info({ buildId }, 'the older version is served no more');
  }

  /** The engine's own list is good enough here: it is what it reckons a drained version by, and is asked again. */
  private async wakeSleepers(): Promise<void> {
    const { connection, namespace, today, log } = this.options;
    const { workflow } = new Client({ connection, namespace });
    const query = `TemporalWorkerDeployment = '${DEPLOYMENT_NAME}' AND TemporalWorkerDeploymentVersion != '${DEPLOYMENT_NAME}:${today}' AND ExecutionStatus = 'Running'`;
    for await (const { workflowId } of workflow.list({ query })) {
      if (this.stopping.signal.aborted) return;
      // Once: one that a person pinned to a version stays there however often it continues as new.
      if (this.told.has(workflowId)) continue;
      this.told.add(workflowId);
      await workflow
        .getHandle(workflowId)
        .signal(continueAsNewSignal)
        .catch((error: unknown) => log.warn({ err: error, workflowId }, 'not told to continue as new'));
    }
  }
}
