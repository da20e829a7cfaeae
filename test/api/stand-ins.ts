import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { pino } from 'pino';
import { buildApp } from '../../api/app.ts';
import type { Api } from '../../api/services.ts';
import { loadReference } from '../../reference/load.ts';
import type { Database } from '../../store/database.ts';
import { filesOnDisk } from '../../store/files/disk.ts';
import { type FileStore, MARK, MARK_WORDS } from '../../store/files/file-store.ts';
import { hashKey, type KeyRole } from '../../store/organisations.ts';

/** A file store in a folder of its own, ready and empty. */
export function noFiles(): FileStore {
  const folder = join(tmpdir(), `quayside-files-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, MARK), MARK_WORDS);
  return filesOnDisk(folder);
}

/** Keys of the tests, by role. */
export const keys: Record<KeyRole, string> = {
  'order-system': 'key-order-system',
  operator: 'key-operator',
  finance: 'key-finance',
  manager: 'key-manager',
  engineer: 'key-engineer',
  counterparty: 'key-counterparty',
};

/**
 * The API without its engines: a database that knows the keys and is otherwise away, and an engine that is away. What
 * needs the real ones is tested on a running stack.
 */
export function appWithoutEngines(): Api {
  const away = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
  const database: Database = {
    within: () => Promise.reject(away),
    query: async (sql: string, values?: unknown[]) => {
      if (!sql.includes('organisation_of_key')) throw away;
      const role = Object.entries(keys).find(([, key]) => hashKey(key).equals(values?.[0] as Buffer))?.[0];
      return (role === undefined ? [] : [{ organisation: 'acme', role, keyId: '1' }]) as never;
    },
    close: async () => {},
  };
  const temporal = {
    options: { namespace: 'default' },
    workflow: { getHandle: () => ({}) },
    withAbortSignal: (_signal: AbortSignal, work: () => Promise<unknown>) => work(),
    withDeadline: () =>
      Promise.reject(Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: 'no connection', metadata: {} })),
  };
  return buildApp({
    database,
    temporal: temporal as unknown as Client,
    reference: loadReference(),
    files: noFiles(),
    log: pino({ level: 'silent' }),
  });
}
