import pg from 'pg';
import { type FileStore, FilesUnmarked } from './file-store.ts';

/** How many of the latest files are looked for: one that is there shows that it is the right place. */
const LOOKED_FOR = 20;

/**
 * Makes the file store ready at set-up: one that has its mark is left alone; a new one gets it. A store without a mark is new
 * where the records name no file, and ours where one of the latest files is there (kept before there were marks).
 * @param databaseUrl of the owner of the schema, who sees all organisations
 * @returns whether the mark was made now
 * @throws FilesUnmarked when the records name files and none is there: a volume that is not mounted is never taken for a new
 * store; FilesAway, FilesRefused
 */
export async function makeFilesReady(files: FileStore, databaseUrl: string): Promise<boolean> {
  try {
    await files.check();
    return false;
  } catch (error) {
    if (!(error instanceof FilesUnmarked)) throw error;
  }
  const latest = await latestFiles(databaseUrl);
  if (latest.length > 0) await refuseUnlessOneIsThere(files, latest);
  await files.mark();
  await files.check();
  return true;
}

interface NamedFile {
  organisation: string;
  sha256: string;
}

async function refuseUnlessOneIsThere(files: FileStore, latest: readonly NamedFile[]): Promise<void> {
  let missing: FilesUnmarked | undefined;
  for (const { organisation, sha256 } of latest)
    try {
      // A file that is missing from a place without a mark is told by throwing.
      if (await files.has(organisation, sha256)) return;
    } catch (error) {
      if (!(error instanceof FilesUnmarked)) throw error;
      missing = error;
    }
  if (missing) throw missing;
}

async function latestFiles(databaseUrl: string): Promise<NamedFile[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<NamedFile>(
      `(select organisation, file_sha256 as sha256 from received_document order by arrival desc limit $1)
       union (select organisation, file_sha256 from printed_document order by printed_at desc limit $1)`,
      [LOOKED_FOR],
    );
    return rows;
  } finally {
    await client.end();
  }
}
