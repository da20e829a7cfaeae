/**
 * An upgrade as an installation meets it: the stack runs with that release's workflows,
 * shipments of all cases stand somewhere in their lives; the stack is stopped, and started again on the same data folder
 * with today's. Prints one line of JSON for the test. Its argument is the build id of a kept release.
 */
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { scenarios } from '../../demo/scenarios.ts';
import { type Played, play } from '../../simulation/play.ts';
import { freePorts } from '../../stack/free-ports.ts';
import { type RunningStack, removeStackData, type Stack, startStack } from '../../stack/stack.ts';
import { versionsOf } from '../../worker/deployment.ts';
import { shipmentWorkflowId, stateQuery } from '../../workflows/messages.ts';
import type { ShipmentView } from '../../workflows/view.ts';
import { orders } from '../scenarios/visitor.ts';
import { eventually } from '../stack/eventually.ts';
import { TODAY } from './versions.ts';

const organisation = 'upgrade';
const WITHIN_MS = 90_000;

/** What the test looks at. */
export interface Upgraded {
  release: string;
  /** Shipments that stood within their lives at the upgrade, and the version of each before and after. */
  moved: { reference: string; before: string; after: string; waitsAreTheSame: boolean }[];
  played: Played[];
  /** Of the release: whether the engine says that nothing runs on it any more. */
  isDrained: boolean;
}

async function importOrders({ api, key }: RunningStack): Promise<void> {
  const body = orders(Object.fromEntries(scenarios.map(({ reference }) => [reference, reference])));
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'text/csv', 'quayside-simulated': 'true' };
  const response = await fetch(`${api}/v1/orders/import`, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(await response.text());
}

async function upgradeFrom(release: string): Promise<Upgraded> {
  const dataDir = mkdtempSync(join(tmpdir(), 'quayside-upgrade-'));
  chmodSync(dataDir, 0o711);
  const [apiPort, temporalPort] = (await freePorts(2)) as [number, number];
  const start = (workerProgram: string) =>
    startStack({
      ...{ dataDir, organisation, workerProgram, apiPort, temporalPort },
      ...{ sandboxAnswers: 'on-demand', synchronous: 'NORMAL', log: () => undefined },
    });
  process.env.QUAYSIDE_TEST_RELEASE = release;
  let stack: Stack = await start('test/upgrades/worker-of-release.ts');
  const running = structuredClone(stack.running);
  const connection = await Connection.connect({ address: running.temporalAddress });
  const client = new Client({ connection, namespace: running.temporalNamespace });
  const handleOf = (reference: string) => client.workflow.getHandle(shipmentWorkflowId(organisation, reference));
  const versionOf = async (reference: string) => {
    const { raw } = await handleOf(reference).describe();
    return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId ?? '';
  };
  const waitsOf = async (reference: string) =>
    ((await handleOf(reference).query(stateQuery)) as ShipmentView).waitingOn.map((wait) => JSON.stringify(wait));

  try {
    await importOrders(running);
    // Each case stops at another step of its life; the last to come there upgrades for all.
    const standing = new Map<string, { before: string; waits: string[] }>();
    let moved: Upgraded['moved'] = [];
    let arrived = 0;
    let open = () => {};
    const upgraded = new Promise<void>((resolve) => {
      open = resolve;
    });
    const upgrade = async () => {
      await stack.stop();
      stack = await start('test/upgrades/worker-of-today.ts');
      Object.assign(running.sandboxes, stack.running.sandboxes);
      moved = await Promise.all(
        [...standing].map(async ([reference, { before, waits }]) => {
          const after = await eventually(
            () => versionOf(reference),
            (version) => version !== before,
            WITHIN_MS,
          );
          // A later version may wait for more; what was waited for is waited for still, by the same clock.
          const isThere = (now: readonly string[]) => waits.every((wait) => now.includes(wait));
          const now = await eventually(() => waitsOf(reference), isThere, WITHIN_MS);
          return { reference, before, after, waitsAreTheSame: isThere(now) };
        }),
      );
      open();
    };
    const arrive = async () => {
      arrived += 1;
      if (arrived === scenarios.length) await upgrade();
      await upgraded;
    };
    const played = await Promise.all(
      scenarios.map(async (scenario, index) => {
        let steps = 0;
        const { reference } = scenario;
        const beforeStep = async () => {
          steps += 1;
          if (steps !== 1 + index * 2) return;
          standing.set(reference, { before: await versionOf(reference), waits: await waitsOf(reference) });
          await arrive();
        };
        const result = await play(client, running, scenario, () => undefined, undefined, beforeStep);
        // One that ended before its turn keeps the others from waiting.
        if (!standing.has(reference)) void arrive();
        return result;
      }),
    );
    const versions = await eventually(
      () => versionsOf(connection, running.temporalNamespace),
      (all) => all.find(({ buildId }) => buildId === release)?.isDrained !== false,
      WITHIN_MS,
    );
    const old = versions.find(({ buildId }) => buildId === release);
    const current = versions.find(({ isCurrent }) => isCurrent);
    if (current?.buildId !== TODAY) throw new Error(`the current version is ${current?.buildId}`);
    return { release, moved, played, isDrained: old === undefined || old.isDrained };
  } finally {
    await connection.close();
    await stack.stop();
    removeStackData(dataDir);
  }
}

const [release = ''] = process.argv.slice(2);
console.log(JSON.stringify(await upgradeFrom(release)));
