/**
 * `npm run production-server`: the other half of docker-compose.yml without a container engine. Builds the Temporal
 * server and its schema tool of the release that the file pins from their Go module, runs the file's own schema
 * commands on an embedded PostgreSQL, twice, starts the server with the file's environment, and takes a shipment
 * through release on it. The first build takes minutes.
 *
 *   -- --build   only builds
 *
 * Without Go, or where the module cannot be downloaded, it says so and ends with {@link CANNOT_BE_BUILT}.
 */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Connection } from '@temporalio/client';
import { endChild, hasEnded, howEnded, lastLines } from '../stack/child.ts';
import { startEmbeddedPostgres } from '../stack/embedded-postgres.ts';
import { freePorts, LOOPBACK } from '../stack/free-ports.ts';
import { removeStackData, startStack } from '../stack/stack.ts';
import { readCompose, type Service } from './compose-file.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, '.quayside/production-server');
const say = (line: string) => console.log(line);
/** How it ends where there is nothing to build the server with, or from. */
const CANNOT_BE_BUILT = 69;
/** What Go says when the module proxy is not to be reached. */
const isNotReached =
  /dial tcp|no such host|i\/o timeout|TLS handshake|connection re(fused|set)|Forbidden|Bad Gateway|Gone/;
/** From the first image of a server to a frontend that answers: it makes its namespace and all its shards. */
const READY_WITHIN_MS = 90_000;
const RELEASED_WITHIN_MS = 60_000;

/** Server, schema tool and schemas of one release, built once and kept. */
async function built(release: string): Promise<{ bin: string; schemas: string }> {
  const bin = join(root, '.quayside', `temporal-server-${release}`);
  mkdirSync(bin, { recursive: true });
  const { stdout } = await run('go', ['mod', 'download', '-json', `go.temporal.io/server@v${release}`], { cwd: bin });
  const { Dir: module } = JSON.parse(stdout) as { Dir: string };
  const programs = { server: 'cmd/server', 'temporal-sql-tool': 'cmd/tools/sql' };
  for (const [name, path] of Object.entries(programs)) {
    if (existsSync(join(bin, name))) continue;
    say(`Building ${name} ${release} …`);
    await run('go', ['build', '-o', join(bin, name), `./${path}`], { cwd: module, maxBuffer: 64 * 1024 * 1024 });
  }
  return { bin, schemas: join(module, 'schema') };
}

/** Runs the schema service's command as it is written, but for where the schemas lie. */
async function runSchemaCommand(service: Service, bin: string, schemas: string, environment: Record<string, string>) {
  const [shell = '', ...flags] = service.entrypoint ?? [];
  const script = (service.command ?? []).map((line) => line.replaceAll('/etc/temporal/schema', schemas));
  await run(shell, [...flags, ...script], {
    env: { ...service.environment, ...environment, PATH: `${bin}:${process.env.PATH}` },
    maxBuffer: 64 * 1024 * 1024,
  });
}

async function startServer(service: Service, bin: string, environment: Record<string, string>, address: string) {
  const logFile = join(folder, 'temporal-server.log');
  const output = openSync(logFile, 'w');
  const server = spawn(join(bin, 'server'), ['start'], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...service.environment, ...environment },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const stop = () => endChild(server, () => server.kill('SIGTERM'), 30_000);
  for (const until = Date.now() + READY_WITHIN_MS; ; await pause(200)) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 1000 });
      await connection.close();
      return { stop, status: () => howEnded(server) };
    } catch (error) {
      if (!hasEnded(server) && Date.now() < until) continue;
      await stop();
      throw new Error(`The Temporal server ${howEnded(server)}. Its last words:\n${lastLines(logFile)}`, {
        cause: error,
      });
    }
  }
}

/** Starts the example order and waits until it is released. */
async function playShipment(api: string, key: string): Promise<string> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const { plannedExportOn: _, ...order } = JSON.parse(readFileSync(join(root, 'examples/order.json'), 'utf8'));
  const started = await fetch(`${api}/v1/shipments`, { method: 'POST', headers, body: JSON.stringify(order) });
  if (!started.ok) throw new Error(`the order was not taken: ${await started.text()}`);
  for (const until = Date.now() + RELEASED_WITHIN_MS; ; await pause(200)) {
    const answer = await fetch(`${api}/v1/shipments/${order.reference}`, { headers });
    const { stage, declarationNumber } = (await answer.json()) as { stage: string; declarationNumber: string | null };
    if (stage === 'departure') return `declaration ${declarationNumber} released`;
    if (Date.now() > until) throw new Error(`the shipment stands in ${stage} and was to be released by now`);
  }
}

async function main(): Promise<void> {
  if (spawnSync('go', ['version']).status !== 0) {
    say('Skipped: there is no Go here to build the Temporal server with (https://go.dev/dl).');
    process.exitCode = CANNOT_BE_BUILT;
    return;
  }
  const compose = readCompose({ POSTGRES_PASSWORD: '-', QUAYSIDE_KEY: '-', QUAYSIDE_COUNTERPARTY_KEY: '-' });
  const { temporal, 'temporal-schema': schema } = compose.services;
  if (!temporal || !schema) throw new Error('docker-compose.yml has lost its services temporal and temporal-schema');
  const release = temporal.image.split(':')[1] ?? '';
  const server = await built(release).catch((error: Error & { stderr?: string }) => {
    if (!isNotReached.test(error.stderr ?? '')) throw error;
    return null;
  });
  if (server === null) {
    say(`Skipped: go.temporal.io/server ${release} or what it needs cannot be downloaded here.`);
    process.exitCode = CANNOT_BE_BUILT;
    return;
  }
  if (process.argv.includes('--build')) return;
  await play(server, temporal, schema);
}

/** The schema twice, the server, Quayside on it, and a shipment. */
async function play({ bin, schemas }: { bin: string; schemas: string }, temporal: Service, schema: Service) {
  if (existsSync(folder)) removeStackData(folder);
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const postgres = await startEmbeddedPostgres({ dataDir: folder, log: say });
  const undo = [() => postgres.stop()];
  try {
    const { password, port } = new URL(postgres.databaseUrl);
    for (const time of ['once', 'once more']) {
      await runSchemaCommand(schema, bin, schemas, { SQL_HOST: LOOPBACK, SQL_PORT: port, SQL_PASSWORD: password });
      say(`The schema commands ran ${time}.`);
    }
    const services = ['FRONTEND', 'HISTORY', 'MATCHING', 'WORKER'];
    const ports = await freePorts(services.length * 2 + 1);
    const listens = services.flatMap((name, at) => [
      [`${name}_GRPC_PORT`, String(ports[at * 2])],
      [`${name}_MEMBERSHIP_PORT`, String(ports[at * 2 + 1])],
    ]);
    const address = `${LOOPBACK}:${ports[0]}`;
    const began = Date.now();
    const environment = {
      ...{ POSTGRES_SEEDS: LOOPBACK, DB_PORT: port, POSTGRES_PWD: password, BIND_ON_IP: LOOPBACK },
      ...Object.fromEntries([...listens, ['FRONTEND_HTTP_PORT', String(ports.at(-1))]]),
      DYNAMIC_CONFIG_FILE_PATH: join(root, 'ops/temporal-dynamic-config.yaml'),
    };
    const server = await startServer(temporal, bin, environment, address);
    undo.push(server.stop);
    say(`The Temporal server answers after ${((Date.now() - began) / 1000).toFixed(1)} s.`);
    Object.assign(process.env, { DATABASE_URL: postgres.databaseUrl, TEMPORAL_ADDRESS: address });
    process.env.TEMPORAL_NAMESPACE = 'quayside';
    const dataDir = join(folder, 'stack');
    const stack = await startStack({ dataDir, sandboxAnswers: 'live', organisation: 'acme', log: say });
    undo.push(() => stack.stop());
    say(`Quayside runs on it, ${((Date.now() - began) / 1000).toFixed(1)} s after the server's start.`);
    say(`A shipment: ${await playShipment(stack.running.api, stack.running.key)}.`);
  } finally {
    for (const each of undo.reverse()) await each();
    removeStackData(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
