import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import { type LockHolder, watchingLocks } from './lock-holders.ts';

/**
 * How long a migration may be in the way of the running product. Whoever asks for a table behind it waits at most for
 * both together, which stays below the statement time-out of the product's own sessions (15 s, store/database.ts):
 * a migration may be felt, and fails nobody. A statement that needs more, and locks out nobody meanwhile, says so
 * itself (`set statement_timeout`).
 */
const LOCK_TIMEOUT_MS = 3000;
const STATEMENT_TIMEOUT_MS = 10_000;
/** A lock that is not to be had is most often a report or a backup: tried again, with the others let through in between. */
const LOCK_ATTEMPTS = 5;
const PAUSE_MS = 5000;
/** Another process that migrates the same database is waited for: longer than all of its attempts. */
const OTHER_WITHIN_MS = 300_000;
const ASK_AGAIN_MS = 200;
/** node-pg-migrate's own number, by which earlier versions of this program shut each other out too. */
const MIGRATION_LOCK = 7_241_865_325_823_964;

const LOCK_NOT_AVAILABLE = '55P03';
const QUERY_CANCELED = '57014';
const codeOf = (error: unknown) => (error as { code?: string }).code;

/** What a test or a database of another size may decide otherwise. */
export interface MigrateOptions {
  /** Default: store/migrations. */
  folder?: string;
  /** The most migrations to run; all that have not run when it is not given. */
  most?: number;
  lockTimeoutMs?: number;
  statementTimeoutMs?: number;
  lockAttempts?: number;
  pauseMs?: number;
  /** Lines for a person. */
  log?: (line: string) => void;
}

/**
 * Brings the database's schema to today's: runs the migrations that it has not seen, each in a transaction of its own,
 * one process at a time. The user of `databaseUrl` owns the tables and may create the role `quayside_app`.
 * @returns the names of those that ran
 * @throws Error when a lock was not to be had, naming who holds it, or when a statement took too long; those that ran before stay, the one that failed has changed nothing
 */
export async function migrate(databaseUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'quayside migration' });
  // Its failure is told by the query that meets it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await lockOutOthers(client);
    const ran: string[] = [];
    while (ran.length < (options.most ?? Number.POSITIVE_INFINITY)) {
      const name = await runNext(client, databaseUrl, options);
      if (name === undefined) break;
      options.log?.(`Migration ${name} has run.`);
      ran.push(name);
    }
    return ran;
  } finally {
    await client.end();
  }
}

/**
 * Asks again and again, in place of a statement that waits: an index that another process builds concurrently waits for
 * all statements under way, so the two would wait for each other.
 */
async function lockOutOthers(client: pg.Client): Promise<void> {
  for (const until = Date.now() + OTHER_WITHIN_MS; ; await pause(ASK_AGAIN_MS)) {
    const { rows } = await client.query<{ ours: boolean }>('select pg_try_advisory_lock($1) as ours', [MIGRATION_LOCK]);
    if (rows[0]?.ours) return;
    if (Date.now() >= until)
      throw new Error(
        `Another process has been migrating this database for ${OTHER_WITHIN_MS / 60_000} minutes: look at it (select * from pg_stat_activity where application_name = 'quayside migration'), then run the set-up again.`,
      );
  }
}

/** The next one, tried again while its lock is not to be had. @returns its name; undefined when there is none */
async function runNext(
  client: pg.Client,
  databaseUrl: string,
  {
    folder = fileURLToPath(new URL('./migrations', import.meta.url)),
    lockTimeoutMs = LOCK_TIMEOUT_MS,
    statementTimeoutMs = STATEMENT_TIMEOUT_MS,
    lockAttempts = LOCK_ATTEMPTS,
    pauseMs = PAUSE_MS,
    log = () => undefined,
  }: MigrateOptions,
): Promise<string | undefined> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  for (let attempt = 1; ; attempt++) {
    // Before each one: a migration without a transaction may have set its own.
    await client.query(`set lock_timeout = ${lockTimeoutMs}; set statement_timeout = ${statementTimeoutMs}`);
    const said: string[] = [];
    const { outcome, holders } = await watchingLocks(databaseUrl, rows[0]?.pid ?? 0, () =>
      runOne(client, folder, said),
    );
    if (outcome.status === 'fulfilled') return outcome.value;
    await client.query('rollback').catch(() => undefined);
    const name = said.find((line) => line.startsWith('> - '))?.slice(4) ?? 'unknown';
    const error = outcome.reason;
    if (codeOf(error) === QUERY_CANCELED) throw tookTooLong(name, statementTimeoutMs, error);
    if (codeOf(error) !== LOCK_NOT_AVAILABLE)
      throw new Error(`Migration ${name}: ${(error as Error).message}. It has changed nothing.`, { cause: error });
    if (attempt >= lockAttempts) throw lockNotToBeHad(name, { lockTimeoutMs, lockAttempts, holders, error });
    log(`Migration ${name} waits for ${heldBy(holders)}; tried again in ${pauseMs / 1000} s.`);
    await pause(pauseMs);
  }
}

/** Runs one migration at most. @returns its name */
async function runOne(client: pg.Client, dir: string, said: string[]): Promise<string | undefined> {
  const say = (line: string) => void said.push(line);
  const [migration] = await runner({
    dbClient: client,
    dir,
    direction: 'up',
    count: 1,
    migrationsTable: 'schema_migration',
    // The lock is ours: theirs gives up at once when another process migrates.
    noLock: true,
    singleTransaction: false,
    logger: { debug: () => undefined, info: say, warn: say, error: say },
  });
  return migration?.name;
}

const heldBy = (holders: readonly LockHolder[]) =>
  holders.length === 0
    ? 'a session that has ended since'
    : holders
        .map(
          ({ pid, program, user, state, since, statement, waitedFor }) =>
            `process ${pid} (${program || 'unnamed'}, user ${user}, ${state} since ${since}: ${statement}), which holds ${waitedFor}`,
        )
        .join('; ');

function lockNotToBeHad(
  name: string,
  failed: { lockTimeoutMs: number; lockAttempts: number; holders: LockHolder[]; error: unknown },
): Error {
  const { lockTimeoutMs, lockAttempts, holders, error } = failed;
  const mend = holders.map(({ pid }) => `select pg_terminate_backend(${pid})`).join('; ');
  return new Error(
    `Migration ${name} did not get its lock within ${lockTimeoutMs / 1000} s, ${lockAttempts} times. It is held by ${heldBy(holders)}. Nothing has been changed. Wait until that has ended, or end it${mend && ` (${mend})`}, then run the set-up again.`,
    { cause: error },
  );
}

const tookTooLong = (name: string, statementTimeoutMs: number, error: unknown) =>
  new Error(
    `Migration ${name} has a statement that took longer than ${statementTimeoutMs / 1000} s, and was undone. Others wait behind its lock: divide it (a column without a rewrite, "not valid" and then validate, rows in portions), as docs/decisions/0008 says.`,
    { cause: error },
  );
