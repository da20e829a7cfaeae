import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openDatabase } from '../../store/database.ts';
import { settingsOf } from '../../store/organisations.ts';
import { documentsOf, latestClaim, vatInvoicesOf } from '../../store/papers.ts';
import { openReceivables } from '../../store/receipts.ts';
import { dumpSchema } from '../../store/schema-dump.ts';
import { eventsOf, findShipment, listShipments } from '../../store/shipments.ts';
import { listTasks } from '../../store/tasks.ts';
import { asked, contracted, load, lost, migrated, migrations, rowsOf, snapshots, withDatabase } from './migrating.ts';

const ORGANISATION = 'demo';
const numberOf = (migration: string) => migration.slice(0, 4);

/** Reads what the doors and activities read. */
async function readByTheStore(databaseUrl: string) {
  const database = openDatabase(databaseUrl, 1);
  try {
    return await database.within(ORGANISATION, async (transaction) => {
      const shipments = await listShipments(transaction, { limit: 100 });
      const each = [];
      for (const { reference } of shipments)
        each.push({
          found: await findShipment(transaction, reference),
          events: (await eventsOf(transaction, reference)).length,
          papers: (await documentsOf(transaction, reference)).length,
          invoices: (await vatInvoicesOf(transaction, reference)).length,
          claim: await latestClaim(transaction, reference),
        });
      return {
        each,
        settings: await settingsOf(transaction),
        tasks: await listTasks(transaction, { limit: 100 }),
        receivables: await openReceivables(transaction),
      };
    });
  } finally {
    await database.close();
  }
}

describe.each(snapshots)('from the rows of a played demo at migration %s', (snapshot) => {
  const before = migrations.filter((name) => numberOf(name) <= snapshot);
  const after = migrations.filter((name) => numberOf(name) > snapshot);

  it('each later migration runs forward and loses nothing; today’s store reads it', async () => {
    await withDatabase(async (databaseUrl) => {
      const rows = rowsOf(snapshot);
      expect((await migrated(databaseUrl, { most: before.length })).ran).toEqual(before);
      await load(databaseUrl, rows);
      for (const [at, name] of after.entries()) {
        expect(await migrated(databaseUrl, { most: 1 })).toMatchObject({ ran: [name] });
        expect(await lost(databaseUrl, rows, contracted(after.slice(0, at + 1)))).toEqual([]);
      }
      expect(await migrated(databaseUrl)).toEqual({ ran: [], told: [] });
      expect(await lost(databaseUrl, rows, contracted(after))).toEqual([]);
      expect(await dumpSchema(databaseUrl)).toBe(readFileSync('store/schema.sql', 'utf8'));
      const read = await readByTheStore(databaseUrl);
      expect(read.each.length).toBeGreaterThanOrEqual(10);
      expect(read.each.filter(({ found, events }) => !found || events === 0)).toEqual([]);
      for (const what of ['papers', 'invoices', 'claim'] as const)
        expect(read.each.filter((one) => one[what]).length).toBeGreaterThan(5);
      expect(read.tasks.map(({ status }) => status)).toEqual(expect.arrayContaining(['open', 'answered']));
      expect(read.receivables.length).toBeGreaterThan(0);
    });
  }, 60_000);
});

describe('a migration and those that use the database meanwhile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-migrations-'));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const shipments = (databaseUrl: string) =>
    asked<{ count: number }>(databaseUrl, 'select count(*)::int as count from shipment');

  beforeAll(() => {
    for (const file of readdirSync('store/migrations'))
      copyFileSync(join('store/migrations', file), join(folder, file));
    write('9001_expands.sql', '-- Up Migration\nalter table shipment add column broker text;');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** A populated database, where 9001 and what a test adds are still to run. */
  const populated = (work: (databaseUrl: string) => Promise<void>) =>
    withDatabase(async (databaseUrl) => {
      const newest = snapshots.at(-1) ?? '';
      await migrated(databaseUrl, { most: migrations.filter((name) => numberOf(name) <= newest).length });
      await load(databaseUrl, rowsOf(newest));
      await migrated(databaseUrl);
      await work(databaseUrl);
    });

  it('one that expands leaves every row as it was', () =>
    populated(async (databaseUrl) => {
      expect((await migrated(databaseUrl, { folder, most: 1 })).ran).toEqual(['9001_expands']);
      expect(await lost(databaseUrl, rowsOf(snapshots.at(-1) ?? ''), [])).toEqual([]);
    }));

  it('one that changes a row is found out', () =>
    populated(async (databaseUrl) => {
      await asked(databaseUrl, `update shipment set stage = 'changed' where reference = 'OPEN-WAITS'`);
      expect(await lost(databaseUrl, rowsOf(snapshots.at(-1) ?? ''), [])).toEqual([
        expect.stringMatching(/^shipment: .*"stage": "export-declaration"/),
      ]);
      expect(await lost(databaseUrl, rowsOf(snapshots.at(-1) ?? ''), ['shipment.stage'])).toEqual([]);
    }));

  it.each(['access exclusive', 'row exclusive'])(
    'gives up when another session keeps its table in %s mode, says whose it is, and has changed nothing',
    (mode) =>
      populated(async (databaseUrl) => {
        const schema = await dumpSchema(databaseUrl);
        const holder = new pg.Client({ connectionString: databaseUrl, application_name: 'a long report' });
        await holder.connect();
        try {
          await holder.query(`begin; lock table shipment in ${mode} mode`);
          const { rows } = await holder.query<{ pid: number }>('select pg_backend_pid() as pid');
          const options = { folder, lockTimeoutMs: 300, lockAttempts: 2, pauseMs: 50 };
          const { error, told, ran } = await migrated(databaseUrl, options);
          expect(ran).toEqual([]);
          const who = `process ${rows[0]?.pid} (a long report, user quayside, idle in transaction since`;
          expect(told).toEqual([expect.stringContaining(who)]);
          expect(error).toContain('Migration 9001_expands did not get its lock within 0.3 s, 2 times');
          expect(error).toContain(who);
          expect(error).toContain('which holds shipment');
          expect(error).toContain(`select pg_terminate_backend(${rows[0]?.pid})`);
          await holder.query('rollback');
        } finally {
          await holder.end();
        }
        expect(await dumpSchema(databaseUrl)).toBe(schema);
        expect((await migrated(databaseUrl, { folder, most: 1 })).ran).toEqual(['9001_expands']);
      }),
  );

  it('a statement that takes too long is undone, with all that its migration did before', () =>
    populated(async (databaseUrl) => {
      write('9002_slow.sql', '-- Up Migration\ndelete from task;\nselect pg_sleep(60);');
      const before = await asked(databaseUrl, 'select count(*) from task');
      const { error } = await migrated(databaseUrl, { folder, statementTimeoutMs: 500 });
      rmSync(join(folder, '9002_slow.sql'));
      expect(error).toContain('Migration 9002_slow has a statement that took longer than 0.5 s, and was undone');
      expect(await asked(databaseUrl, 'select count(*) from task')).toEqual(before);
      // What ran before it stays: each has a transaction of its own.
      expect(await asked(databaseUrl, 'select name from schema_migration where name like $1', ['9%'])).toEqual([
        { name: '9001_expands' },
      ]);
    }));

  it('an index is built beside the writers, by a migration without a transaction', () =>
    populated(async (databaseUrl) => {
      write(
        '9002_index.ts',
        `export const up = (pgm) => { pgm.noTransaction(); pgm.sql('create index concurrently shipment_by_stage on shipment (stage)'); };`,
      );
      const { ran } = await migrated(databaseUrl, { folder });
      rmSync(join(folder, '9002_index.ts'));
      expect(ran).toEqual(['9001_expands', '9002_index']);
      expect(await dumpSchema(databaseUrl)).toContain('shipment_by_stage');
    }));

  it('two processes at once run each once', () =>
    withDatabase(async (databaseUrl) => {
      const both = await Promise.all([migrated(databaseUrl, { folder }), migrated(databaseUrl, { folder })]);
      expect(both.flatMap(({ ran }) => ran).sort()).toEqual([...migrations, '9001_expands']);
      expect(both.map(({ error }) => error)).toEqual([undefined, undefined]);
      expect(await shipments(databaseUrl)).toEqual([{ count: 0 }]);
    }));
});
