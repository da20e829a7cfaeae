import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';

/**
 * Brings the database's schema to today's: runs the migrations that it has not seen, each in a transaction, one process
 * at a time (advisory lock). The user of `databaseUrl` owns the tables and may create the role `quayside_app`.
 */
export async function migrate(databaseUrl: string, log: (line: string) => void = () => undefined): Promise<void> {
  await runner({
    databaseUrl,
    dir: fileURLToPath(new URL('./migrations', import.meta.url)),
    direction: 'up',
    migrationsTable: 'schema_migration',
    singleTransaction: true,
    lockTimeout: 30_000,
    log: () => undefined,
    logger: { debug: () => undefined, info: log, warn: log, error: log },
  } as Parameters<typeof runner>[0]);
}
