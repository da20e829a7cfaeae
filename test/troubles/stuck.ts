/** What the tests of stuck things share: an organisation of their own, workers that are stuck, and the three views. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { askerOf, type Json, runningStack, until } from '../api/running-stack.ts';

export const databaseUrl = process.env.QUAYSIDE_TEST_DATABASE_URL ?? '';
const stack = runningStack();
export const ask = askerOf(stack);

/** A client of the stack's engine. */
export async function openTemporal(): Promise<Client> {
  return new Client({ connection: await Connection.connect({ address: temporalAddress() }) });
}

function temporalAddress(): string {
  return JSON.parse(readFileSync(process.env.QUAYSIDE_TEST_STACK ?? '', 'utf8')).temporalAddress;
}

/** A worker of `test/troubles/worker.ts`. */
export interface StuckWorker {
  mend(): void;
  stop(): Promise<void>;
}

/** Starts a worker whose workflows are broken or mended. @throws Error when it does not come up. */
export async function startWorker(queue: string, workflows: 'broken' | 'mended', build?: string): Promise<StuckWorker> {
  const child: ChildProcess = fork(join(__dirname, 'worker.ts'), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporalAddress(),
      STUCK_QUEUE: queue,
      STUCK_WORKFLOWS: workflows,
      ...(build && { STUCK_BUILD: build }),
    },
  });
  const ended = once(child, 'exit');
  const [said] = (await Promise.race([once(child, 'message'), ended])) as [{ kind?: string } | number];
  if (typeof said !== 'object' || said?.kind !== 'ready') throw new Error('a worker of the test did not start');
  return {
    mend: () => void child.send('mend'),
    stop: async () => {
      if (child.exitCode === null) child.send('stop');
      await ended;
    },
  };
}

/** The engine knows a version a moment after its worker polls. */
export async function makeCurrent(temporal: Client, deploymentName: string, buildId: string): Promise<void> {
  const { namespace } = temporal.options;
  for (let left = 100; ; left--)
    try {
      await temporal.workflowService.setWorkerDeploymentCurrentVersion({
        namespace,
        deploymentName,
        buildId,
        identity: 'test',
      });
      return;
    } catch (error) {
      if (left === 0) throw error;
      await ask('/healthz');
    }
}

/** The trouble of that workflow or task, once it is there and as wished; or undefined once it is gone. The last one seen either way. */
export async function troubleOf(
  key: string,
  thing: string,
  wished: 'gone' | ((trouble: Json) => boolean) = () => true,
): Promise<Json | undefined> {
  const find = (json: Json) =>
    (json.troubles as unknown as Json[] | undefined)?.find((one) => JSON.stringify(one).includes(`"${thing}"`));
  const { json } = await until(
    () => ask('/v1/troubles', { key }),
    (answer) => {
      const found = find(answer.json);
      return answer.status === 200 && (wished === 'gone' ? !found : found !== undefined && wished(found));
    },
  );
  return find(json);
}

/** How many of a kind the metric counts. */
export async function counted(kind: string): Promise<number> {
  const { text } = await ask('/metrics', { key: '' });
  return Number(new RegExp(`^quayside_troubles\\{kind="${kind}"\\} (\\d+)$`, 'm').exec(text)?.[1]);
}

/** `npm run doctor`, with the arguments that a person would give it. */
export async function doctor(key: string, ...args: string[]): Promise<{ status: number | null; text: string }> {
  const environment = { ...process.env, QUAYSIDE_URL: stack.api, QUAYSIDE_KEY: key };
  return runDoctor(environment, ...args);
}

/** The same, told by its environment where Quayside is. */
export async function runDoctor(
  environment: NodeJS.ProcessEnv,
  ...args: string[]
): Promise<{ status: number | null; text: string }> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(dirname(dirname(__dirname)), 'cli/doctor.ts'), ...args],
    {
      env: environment,
    },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => {
      text += part;
    });
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, text };
}
