/** `npm run schema`: migrates an empty embedded database and writes store/schema.sql from its catalogue. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../store/migrate.ts';
import { dumpSchema } from '../store/schema-dump.ts';
import { removeOutsideRecords, startEmbeddedPostgres } from './embedded-postgres.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'quayside-schema-'));
chmodSync(dataDir, 0o711);
const postgres = await startEmbeddedPostgres({ dataDir, log: (line) => console.log(line) });
try {
  await migrate(postgres.databaseUrl);
  const file = fileURLToPath(new URL('../store/schema.sql', import.meta.url));
  writeFileSync(file, await dumpSchema(postgres.databaseUrl));
  console.log(`Written: ${file}`);
} finally {
  await postgres.stop();
  removeOutsideRecords(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
}
