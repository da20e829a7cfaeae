/**
 * Prepares the database, the file store and the Temporal namespace that the environment names, and makes the namespace when
 * there is none, then ends: the step before the first worker of a deployment, and of each new version. Beside config/environment.ts it reads QUAYSIDE_ORGANISATION,
 * QUAYSIDE_KEY and QUAYSIDE_COUNTERPARTY_KEY; DATABASE_URL's user has to own the schema.
 */
import { z } from 'zod';
import { prepareDatabase, prepareFiles, prepareTemporal } from './prepare.ts';

const key = z.string().min(32, 'at least 32 characters: openssl rand -base64 32');
const read = z
  .object({
    DATABASE_URL: z.url(),
    QUAYSIDE_ORGANISATION: z.string().min(1),
    QUAYSIDE_KEY: key,
    QUAYSIDE_COUNTERPARTY_KEY: key,
  })
  .parse(process.env);

await Promise.all([
  prepareDatabase(
    read.DATABASE_URL,
    {
      organisation: read.QUAYSIDE_ORGANISATION,
      key: read.QUAYSIDE_KEY,
      counterpartyKey: read.QUAYSIDE_COUNTERPARTY_KEY,
    },
    (line) => console.log(line),
  ),
  prepareTemporal(process.env),
]);
await prepareFiles(process.env, (line) => console.log(line));
console.log('The database and the Temporal namespace are ready.');
