/**
 * An upgrade as an installation meets it: the stack runs with that release's workflows,
 * shipments of all cases stand somewhere in their lives; the stack is stopped, and started again on the same data folder
 * with today's. Prints one line of JSON for the test. Its argument is the build id of a kept release.
 */
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { list } from '../../demo/scenarios-of-changes.ts';
import { type Played, play } from '../../simulation/play.ts';
import type { Deed } from '../../simulation/scenario.ts';
import { freePorts } from '../../stack/free-ports.ts';
import { type RunningStack, removeStackData, type Stack, startStack } from '../../stack/stack.ts';
import { versionsOf } from '../../worker/deployment.ts';
import { shipmentWorkflowId, stateQuery } from '../../workflows/messages.ts';
import type { ShipmentView } from '../../workflows/view.ts';
import { answerStatement, waitsOfStatement } from '../failures/statements.ts';
import { orders, Visitor } from '../scenarios/visitor.ts';
import { eventually } from '../stack/eventually.ts';
import { casesAtRest, overpaid } from './cases.ts';
import { TODAY } from './versions.ts';

const organisation = 'upgrade';
const WITHIN_MS = 90_000;

/** What the test looks at. */
export interface Upgraded {
  release: string;
  /** Shipments that stood within their lives at the upgrade, one statement that waited for finance, and the version of each before and after. */
  moved: { name: string; before: string; after: string; waitsAreTheSame: boolean }[];
  played: Played[];
  /** Of the look at all open shipments that a list called for right before the upgrade: at how many it looked. */
  looked: number;
  /** Of the release: whether the engine says that nothing runs on it any more. */
  isDrained: boolean;
}

/** What stands somewhere in its life. */
interface Standing {
  workflowId: string;
  before: string;
  waits: string[];
  /** What it waits for now. */
  look: () => Promise<string[]>;
}

/** One installation with its data, upgraded when all its cases stand where they are to stand. */
class Installation {
  readonly client: Client;
  readonly connection: Connection;
  readonly running: RunningStack;
  moved: Upgraded['moved'] = [];
  private stack: Stack;
  private readonly start: (workerProgram: string) => Promise<Stack>;
  private readonly standing = new Map<string, Standing>();
  private awaited = 0;
  private release = () => {};
  private readonly upgraded = new Promise<void>((resolve) => {
    this.release = resolve;
  });

  constructor(stack: Stack, connection: Connection, start: (workerProgram: string) => Promise<Stack>) {
    this.stack = stack;
    this.start = start;
    this.connection = connection;
    this.running = structuredClone(stack.running);
    this.client = new Client({ connection, namespace: this.running.temporalNamespace });
  }

  /** So many are to come to rest, or to end before they do. */
  expect(count: number): void {
    this.awaited = count;
  }

  /** One stands where it is to stand: kept until the upgrade is through. */
  async rest(name: string, workflowId: string, look: Standing['look']): Promise<void> {
    this.standing.set(name, { workflowId, look, before: await this.versionOf(workflowId), waits: await look() });
    await this.arrive();
  }

  /** The last to come upgrades for all. */
  async arrive(): Promise<void> {
    this.awaited -= 1;
    if (this.awaited === 0) await this.upgrade();
    await this.upgraded;
  }

  hasRested(name: string): boolean {
    return this.standing.has(name);
  }

  async stop(): Promise<void> {
    await this.connection.close();
    await this.stack.stop();
  }

  private async upgrade(): Promise<void> {
    await importList(this.running);
    await this.stack.stop();
    this.stack = await this.start('test/upgrades/worker-of-today.ts');
    Object.assign(this.running.sandboxes, this.stack.running.sandboxes);
    this.moved = await Promise.all([...this.standing].map(async ([name, one]) => this.movedOf(name, one)));
    this.release();
  }

  private async movedOf(
    name: string,
    { workflowId, before, waits, look }: Standing,
  ): Promise<Upgraded['moved'][number]> {
    const after = await eventually(
      () => this.versionOf(workflowId),
      (version) => version !== before,
      WITHIN_MS,
    );
    // A later version may wait for more; what was waited for is waited for still, by the same clock.
    const isThere = (now: readonly string[]) => waits.every((wait) => now.includes(wait));
    return { name, before, after, waitsAreTheSame: isThere(await eventually(look, isThere, WITHIN_MS)) };
  }

  private async versionOf(workflowId: string): Promise<string> {
    const { raw } = await this.client.workflow.getHandle(workflowId).describe();
    return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId ?? '';
  }
}

async function send({ api, key }: RunningStack, path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(api + path, {
    ...init,
    headers: { authorization: `Bearer ${key}`, ...init.headers },
  });
  if (!response.ok) throw new Error(await response.text());
  return response;
}

/** A list that concerns none of the cases: all open shipments are looked at, and the upgrade does not wait for that. */
async function importList(running: RunningStack): Promise<void> {
  const form = new FormData();
  for (const { name, content } of ['sdn.csv', 'alt.csv', 'add.csv'].map(list))
    form.append('file', new Blob([content]), name);
  await send(running, '/v1/reference/sdn', { method: 'POST', body: form });
}

async function lookedAt(running: RunningStack): Promise<number> {
  const looks = async () => {
    const { rechecks } = (await (await send(running, '/v1/compliance/rechecks', {})).json()) as {
      rechecks: { cause: { kind: string }; report: { looked: number } | null }[];
    };
    return rechecks.find(({ cause, report }) => cause.kind === 'list' && report !== null)?.report?.looked ?? 0;
  };
  return eventually(looks, (looked) => looked > 0, WITHIN_MS);
}

/** Too much is paid: the statement waits for finance when the upgrade comes, and is answered after it. */
function paysTooMuch(at: Installation): Deed {
  return async (world) => {
    const visitor = new Visitor(at.running);
    const { workflowId, sha256 } = await world.buyerPays({ amount: '9000.00' }, true);
    const waits = () => waitsOfStatement(visitor, sha256);
    const [question] = await eventually(waits, (all) => all.some(({ until }) => until !== null), WITHIN_MS);
    const look = async () => (await waits()).map((wait) => JSON.stringify(wait));
    await at.rest('the statement', workflowId, look);
    await answerStatement(visitor, question?.taskId ?? '', 'not-export', 'kept for the next order');
    await at.client.workflow.getHandle(workflowId).result();
  };
}

async function playAll(at: Installation, release: string): Promise<Played[]> {
  const { running, client } = at;
  const cases = [
    ...casesAtRest(release),
    {
      scenario: {
        ...overpaid,
        onDay: [...overpaid.onDay.filter(([day]) => day !== 30), [30, paysTooMuch(at)]] as never,
      },
      order: 'LAMPS-2601',
      isToRest: () => false,
    },
  ];
  at.expect(cases.length);
  await send(running, '/v1/orders/import', {
    method: 'POST',
    headers: { 'content-type': 'text/csv', 'quayside-simulated': 'true' },
    body: orders(Object.fromEntries(cases.map(({ scenario, order }) => [scenario.reference, order]))),
  });
  return Promise.all(
    cases.map(async ({ scenario, isToRest }) => {
      let steps = 0;
      const { reference } = scenario;
      const workflowId = shipmentWorkflowId(organisation, reference);
      const look = async () =>
        ((await client.workflow.getHandle(workflowId).query(stateQuery)) as ShipmentView).waitingOn.map((wait) =>
          JSON.stringify(wait),
        );
      const beforeStep = async () => {
        steps += 1;
        if (!at.hasRested(reference) && isToRest(steps, await look())) await at.rest(reference, workflowId, look);
      };
      const result = await play(client, running, scenario, () => undefined, undefined, beforeStep);
      // One that ended before its turn keeps the others from waiting.
      if (!at.hasRested(reference)) void at.arrive();
      return result;
    }),
  );
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
  const stack = await start('test/upgrades/worker-of-release.ts');
  const connection = await Connection.connect({ address: stack.running.temporalAddress });
  const at = new Installation(stack, connection, start);
  try {
    const played = await playAll(at, release);
    const looked = await lookedAt(at.running);
    const versions = await eventually(
      () => versionsOf(connection, at.running.temporalNamespace),
      (all) => all.find(({ buildId }) => buildId === release)?.isDrained !== false,
      WITHIN_MS,
    );
    const old = versions.find(({ buildId }) => buildId === release);
    const current = versions.find(({ isCurrent }) => isCurrent);
    if (current?.buildId !== TODAY) throw new Error(`the current version is ${current?.buildId}`);
    return { release, moved: at.moved, played, looked, isDrained: old === undefined || old.isDrained };
  } finally {
    await at.stop();
    removeStackData(dataDir);
  }
}

const [release = ''] = process.argv.slice(2);
console.log(JSON.stringify(await upgradeFrom(release)));
