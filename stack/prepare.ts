/** What a database and a Temporal namespace need once before the first worker, and again after each new version. */
import { readEnvironment } from '../config/environment.ts';
import { filesSettingsOf } from '../config/files.ts';
import { makeFilesReady } from '../store/files/make-ready.ts';
import { openFileStore } from '../store/files/open-file-store.ts';
import { temporalOptions } from '../worker/temporal-connection.ts';
import { searchAttributeTypes } from '../workflows/search-attributes.ts';
import type { Credentials } from './credentials.ts';
import { registerNamespace } from './register-namespace.ts';
import { registerSearchAttributes } from './register-search-attributes.ts';

/** Brings the schema up to date and makes sure that the organisation and its keys exist. May be run again. */
export async function prepareDatabase(
  databaseUrl: string,
  credentials: Credentials,
  log: (line: string) => void = () => undefined,
): Promise<void> {
  // Loaded here, because node-pg-migrate is an ES module only, and Jest loads this file as CommonJS.
  const [{ migrate }, { ensureOrganisation }] = await Promise.all([
    import('../store/migrate.ts'),
    import('../store/organisations.ts'),
  ]);
  await migrate(databaseUrl, { log });
  await ensureOrganisation(databaseUrl, {
    slug: credentials.organisation,
    keys: [
      { role: 'manager', key: credentials.key },
      { role: 'counterparty', key: credentials.counterpartyKey },
    ],
  });
}

/**
 * Gives the file store that these variables name its mark, where it is new. After {@link prepareDatabase}, whose records tell
 * whether it is. A store that cannot be made ready is told and stops nothing: shipments go on without it, and whoever hands in
 * a file gets a 503.
 */
export async function prepareFiles(variables: NodeJS.ProcessEnv, log: (line: string) => void): Promise<void> {
  try {
    const environment = readEnvironment(variables);
    const files = await openFileStore(filesSettingsOf(environment));
    if (await makeFilesReady(files, environment.DATABASE_URL)) log('The file store is new, and marked as ours.');
  } catch (error) {
    log(`The file store is not ready; until it is, no file is taken or given: ${(error as Error).message}`);
  }
}

/** Makes sure that the namespace that these variables name exists, with our search attributes. May be run again. */
export async function prepareTemporal(variables: NodeJS.ProcessEnv): Promise<void> {
  const environment = readEnvironment(variables);
  const server = { ...temporalOptions(environment), namespace: environment.TEMPORAL_NAMESPACE };
  await registerNamespace(server, environment.TEMPORAL_RETENTION_DAYS);
  await registerSearchAttributes(server, searchAttributeTypes);
}
