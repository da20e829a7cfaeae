/** The API's process. It opens its door at once, and says 503 while database or engine are away. */
import { Client } from '@temporalio/client';
import { pino } from 'pino';
import { readEnvironment } from '../config/environment.ts';
import { filesSettingsOf } from '../config/files.ts';
import { startReader } from '../reading/in-worker.ts';
import { loadReference } from '../reference/load.ts';
import { serveAsChild } from '../stack/child-process.ts';
import { openDatabase } from '../store/database.ts';
import { openFileStore } from '../store/files/open-file-store.ts';
import { lazyTemporal } from '../worker/temporal-connection.ts';
import { buildApp } from './app.ts';
import { keepStarting } from './start-pending.ts';

async function start() {
  const environment = readEnvironment();
  const log = pino({ name: 'api', level: environment.LOG_LEVEL });
  const database = openDatabase(environment.DATABASE_URL);
  const connection = lazyTemporal(environment);
  const temporal = new Client({ connection, namespace: environment.TEMPORAL_NAMESPACE });
  const files = await openFileStore(filesSettingsOf(environment));
  const services = { database, temporal, reference: loadReference(), files };
  const app = buildApp({ ...services, log });
  const url = await app.listen({ host: environment.QUAYSIDE_API_HOST, port: environment.QUAYSIDE_API_PORT });
  const pending = keepStarting(services, log);
  // Loaded before the first file comes: its libraries take a second.
  startReader();
  return {
    info: { url },
    async stop() {
      await app.close();
      await pending.stop();
      await connection.close();
      await database.close();
    },
  };
}

serveAsChild({ start });
