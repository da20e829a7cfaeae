/** What a database and a Temporal namespace need once before the first worker, and again after each new version. */
import { readEnvironment } from '../config/environment.ts';
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

/** Makes sure that the namespace that these variables name exists, with our search attributes. May be run again. */
export async function prepareTemporal(variables: NodeJS.ProcessEnv): Promise<void> {
  const environment = readEnvironment(variables);
  const server = { ...temporalOptions(environment), namespace: environment.TEMPORAL_NAMESPACE };
  await registerNamespace(server, environment.TEMPORAL_RETENTION_DAYS);
  await registerSearchAttributes(server, searchAttributeTypes);
}
