/** Databases of a test's own on the stack's server, brought to a state by migrations and filled with what a played demo left there. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import type { MigrateOptions } from '../../store/migrate.ts';
import { root } from '../house/source-files.ts';

const run = promisify(execFile);
const server = process.env.QUAYSIDE_TEST_DATABASE_URL ?? '';

export const migrationsFolder = join(root, 'store/migrations');
/** The migrations in order, by name: 0001_shipments and so on. */
export const migrations = readdirSync(migrationsFolder)
  .sort()
  .map((file) => file.replace(/\.\w+$/, ''));

/** The snapshots in order, by the number of the migration at whose state they were taken. */
export const snapshots = readdirSync(join(root, 'test/store/populated'))
  .sort()
  .map((file) => file.slice(0, 4));

/** The rows of a snapshot: a JSON text of a list for each table. */
export const rowsOf = (snapshot: string) =>
  gunzipSync(readFileSync(join(root, `test/store/populated/${snapshot}.json.gz`))).toString('utf8');

export interface Migrated {
  ran: string[];
  /** What it said meanwhile. */
  told: string[];
  error?: string;
}

/** Runs migrations as the set-up does. */
export async function migrated(databaseUrl: string, options: Omit<MigrateOptions, 'log'> = {}): Promise<Migrated> {
  const given = JSON.stringify({ databaseUrl, ...options });
  const { stdout } = await run(process.execPath, [
    '--import',
    'tsx',
    join(root, 'test/store/run-migrations.ts'),
    given,
  ]);
  return JSON.parse(stdout);
}

/** Asks a database once, as its owner. */
export async function asked<Row extends object>(
  databaseUrl: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  // Instants are compared as texts.
  const client = new pg.Client({ connectionString: databaseUrl, options: '-c TimeZone=UTC' });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Runs `work` on an empty database, which is dropped afterwards. */
export async function withDatabase<T>(work: (databaseUrl: string) => Promise<T>): Promise<T> {
  const name = `migrated_${randomUUID().slice(0, 8)}`;
  await asked(server, `create database ${name}`);
  try {
    return await work(Object.assign(new URL(server), { pathname: `/${name}` }).href);
  } finally {
    await asked(server, `drop database ${name} with (force)`);
  }
}

/** Puts a snapshot's rows into a database of the same state. */
export async function load(databaseUrl: string, rows: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // A snapshot is whole: its rows need no order, and no trigger that would make more of them.
    await client.query('begin; set local session_replication_role = replica');
    const { rows: tables } = await client.query<{ name: string }>('select jsonb_object_keys($1::jsonb) as name', [
      rows,
    ]);
    for (const { name } of tables)
      await client.query(
        `insert into ${name} overriding system value select * from jsonb_populate_recordset(null::${name}, $1::jsonb -> '${name}')`,
        [rows],
      );
    await client.query('commit');
  } finally {
    await client.end();
  }
}

/** The columns that these migrations say they change or take away: `-- Contracts: table.column, table`. */
export function contracted(names: readonly string[]): string[] {
  const words = names.flatMap((name) => {
    const file = readdirSync(migrationsFolder).find((each) => each.startsWith(`${name}.`)) ?? '';
    const text = readFileSync(join(migrationsFolder, file), 'utf8');
    return [...text.matchAll(/^(?:--|\/\/) Contracts: (.+)$/gm)].map(([, list = '']) => list);
  });
  return words.flatMap((list) => list.split(',').map((each) => each.trim()));
}

/** The rows of the snapshot that are not there any more as they were, but for what may have changed; with the table's name. */
export async function lost(databaseUrl: string, rows: string, mayChange: readonly string[]): Promise<string[]> {
  const tables = await asked<{ name: string; columns: string[] }>(
    databaseUrl,
    `select key as name, array(select jsonb_object_keys(value -> 0)) as columns from jsonb_each($1::jsonb) where value <> '[]'`,
    [rows],
  );
  const found: string[] = [];
  for (const { name, columns } of tables.filter((table) => !mayChange.includes(table.name))) {
    const kept = columns.filter((column) => !mayChange.includes(`${name}.${column}`));
    const picked = `(select jsonb_object_agg(key, value) from jsonb_each(%) where key = any($2))`;
    const gone = await asked<{ row: string }>(
      databaseUrl,
      `select left(${picked.replace('%', 'was')}::text, 200) as row from jsonb_array_elements($1::jsonb -> '${name}') was
       where ${picked.replace('%', 'was')} not in (select ${picked.replace('%', 'to_jsonb(t)')} from ${name} t)`,
      [rows, kept],
    );
    found.push(...gone.map(({ row }) => `${name}: ${row}`));
  }
  return found;
}
