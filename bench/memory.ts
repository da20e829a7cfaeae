import { patiently, pause } from '../simulation/patience.ts';
import { ended, notedProcesses, signal as sendSignal } from '../stack/processes.ts';
import { shipmentWorkflowId, stateQuery } from '../workflows/messages.ts';
import { median, shown } from './figures.ts';
import { startCopies } from './orders.ts';
import type { Result } from './result.ts';
import type { Site } from './site.ts';
import { table } from './table.ts';
import { type Memory, memoryOf, whyNoUsage } from './usage.ts';
import { waitForShipments } from './waiting.ts';

const processes = { worker: 'worker', temporal: 'Temporal server', postgres: 'PostgreSQL', api: 'API' } as const;
type Name = keyof typeof processes;
const names = Object.keys(processes) as Name[];
type Snapshot = Record<Name, Memory>;

const SETTLES_MS = 5000;
const SAMPLES = 5;
const SAMPLE_EVERY_MS = 1000;
const WORKER_ENDS_WITHIN_MS = 15_000;
const ASKED_AT_A_TIME = 10;

/** Memory of the stack before and with so many waiting shipments, and with a worker that has none of them in its cache. */
export async function measureMemory(site: Site, shipments: number): Promise<Result> {
  const why = whyNoUsage();
  if (why) return { printed: why, figures: {}, complaints: [why] };
  const references = Array.from({ length: shipments }, (_, nth) => `WAIT-${String(nth + 1).padStart(5, '0')}`);
  // One through it all first: what is loaded once is not a shipment's.
  await startCopies(site, { of: 'LAMPS-2601', references: ['FIRST-1'], exportInDays: 60 });
  await waitForShipments(site, 'FIRST-', 1);
  const before = await snapshot(site);
  const began = performance.now();
  await startCopies(site, { of: 'LAMPS-2601', references, exportInDays: 60 });
  await waitForShipments(site, 'WAIT-', shipments);
  const startedInSeconds = (performance.now() - began) / 1000;
  const waiting = await snapshot(site);
  await restartWorker(site);
  const cold = await snapshot(site);
  const woken = performance.now();
  await wakeAll(site, references);
  const wokenInSeconds = (performance.now() - woken) / 1000;
  const warm = await snapshot(site);
  const printed = [
    `${shipments} shipments that wait for their planned export, started in ${shown(startedInSeconds)} s through POST /v1/orders/import. Real`,
    'time, no jumps. MiB: resident memory (RSS) of the worker, the server and the API; PostgreSQL’s processes share',
    `memory and are summed in shares (PSS). Medians of ${SAMPLES} looks, at rest. A figure of Node holds what it has not collected yet.`,
    '',
    printedTable({ before, waiting, cold, warm }, shipments),
    '',
    `After the restart the worker asked each of the ${shipments} for its state: ${shown(wokenInSeconds)} s to replay them all.`,
  ].join('\n');
  return {
    printed,
    figures: { shipments, startedInSeconds, wokenInSeconds, before, waiting, cold, warm },
    complaints: [],
  };
}

/** At rest: each process's memory, the median of some looks. */
async function snapshot({ dataDir, signal }: Site): Promise<Snapshot> {
  await pause(SETTLES_MS);
  const looks: Snapshot[] = [];
  for (let look = 0; look < SAMPLES; look++) {
    signal.throwIfAborted();
    looks.push(Object.fromEntries(names.map((name) => [name, memoryOf(dataDir, name)])) as Snapshot);
    await pause(SAMPLE_EVERY_MS);
  }
  const middle = (name: Name, figure: keyof Memory) => median(looks.map((look) => look[name][figure]));
  return Object.fromEntries(
    names.map((name) => [name, { rss: middle(name, 'rss'), pss: middle(name, 'pss') }]),
  ) as Snapshot;
}

/** Asks the worker to stop; the stack starts another, which knows of no shipment yet. */
async function restartWorker(site: Site): Promise<void> {
  const worker = notedProcesses(site.dataDir).find(({ name }) => name === 'worker');
  if (!worker) throw new Error('no worker serves the benchmark: see logs/worker.log');
  sendSignal(worker, 'SIGTERM');
  if (!(await ended(worker, WORKER_ENDS_WITHIN_MS))) throw new Error('the worker did not end when it was asked to');
  // An answer is the sign that another serves.
  await ask(site, 'FIRST-1');
}

async function ask({ client, running }: Site, reference: string): Promise<void> {
  const handle = client.workflow.getHandle(shipmentWorkflowId(running.organisation, reference));
  await patiently(() => handle.query(stateQuery));
}

async function wakeAll(site: Site, references: readonly string[]): Promise<void> {
  const left = [...references];
  const asker = async () => {
    for (let reference = left.pop(); reference; reference = left.pop()) {
      site.signal.throwIfAborted();
      await ask(site, reference);
    }
  };
  await Promise.all(Array.from({ length: ASKED_AT_A_TIME }, asker));
}

function printedTable(at: Record<'before' | 'waiting' | 'cold' | 'warm', Snapshot>, shipments: number): string {
  const figure = (snapshot: Snapshot, name: Name) => snapshot[name][name === 'postgres' ? 'pss' : 'rss'];
  return table(
    ['MiB', 'before', `with ${shipments}`, 'KiB a shipment', 'worker restarted', 'all asked again'],
    names.map((name) => [
      processes[name],
      shown(figure(at.before, name), 0),
      shown(figure(at.waiting, name), 0),
      shown(((figure(at.waiting, name) - figure(at.before, name)) * 1024) / shipments, 0),
      shown(figure(at.cold, name), 0),
      shown(figure(at.warm, name), 0),
    ]),
  );
}
