import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import example from '../../examples/order.json' with { type: 'json' };
import { orderSchema } from '../../rules/order/order.ts';
import { prepareFiles } from '../../stack/prepare.ts';
import { openDatabase } from '../../store/database.ts';
import { filesOnDisk } from '../../store/files/disk.ts';
import { FilesUnmarked } from '../../store/files/file-store.ts';
import { makeFilesReady } from '../../store/files/make-ready.ts';
import { ensureOrganisation } from '../../store/organisations.ts';
import { keepReceived } from '../../store/received-documents.ts';
import { sha256Of } from '../../store/sha256.ts';
import { insertShipment } from '../../store/shipments.ts';
import { migrated, withDatabase } from './migrating.ts';

const folder = mkdtempSync(join(tmpdir(), 'quayside-ready-'));
const home = join(folder, 'volume', 'files');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const paper = Buffer.from('%PDF-1.7 a contract');

/** The records name the paper, as they do after it was handed in. */
async function named(databaseUrl: string): Promise<void> {
  await ensureOrganisation(databaseUrl, { slug: 'acme', keys: [] });
  const database = openDatabase(databaseUrl, 1);
  try {
    await database.within('acme', async (transaction) => {
      await insertShipment(transaction, orderSchema.parse(example), 'hash', false);
      await keepReceived(transaction, example.reference, {
        ...{ documentId: 'PC-1', fileSha256: sha256Of(paper), fileName: 'a.pdf', mediaType: 'application/pdf' },
        ...{ sizeBytes: paper.length, kind: null, receivedBy: 'operator', receivedFrom: 'Li Wei' },
        ...{ reading: { outcome: 'unreadable', facts: {}, fields: [], notes: [] } as never },
        receivedAt: '2026-11-24T08:00:00.000Z',
      });
    });
  } finally {
    await database.close();
  }
}

describe('the file store at set-up', () => {
  it('is marked when it is new; once the records name a file, an empty place is no new store, wherever it is', async () => {
    await withDatabase(async (databaseUrl) => {
      await migrated(databaseUrl);
      const files = filesOnDisk(home);
      await expect(files.put('acme', paper)).rejects.toThrow(FilesUnmarked);
      expect(await makeFilesReady(files, databaseUrl)).toBe(true);
      expect(await makeFilesReady(files, databaseUrl)).toBe(false);
      await files.put('acme', paper);
      await named(databaseUrl);

      const volume = join(folder, 'volume');
      renameSync(volume, join(folder, 'elsewhere'));
      mkdirSync(home, { recursive: true });
      await expect(makeFilesReady(files, databaseUrl)).rejects.toThrow(FilesUnmarked);
      await expect(files.get('acme', sha256Of(paper))).rejects.toThrow(FilesUnmarked);
      const told: string[] = [];
      const variables = { DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: 'nowhere:7233', QUAYSIDE_FILES_DIR: home };
      await prepareFiles(variables, (line) => told.push(line));
      expect(told).toEqual([expect.stringMatching(/not ready.*no file is taken or given: .*no mark/)]);

      rmSync(volume, { recursive: true });
      renameSync(join(folder, 'elsewhere'), volume);
      expect(await makeFilesReady(files, databaseUrl)).toBe(false);
      expect(await files.get('acme', sha256Of(paper))).toEqual(paper);
    });
  }, 60_000);

  it('of an installation that kept files before there were marks is known by its latest files', async () => {
    await withDatabase(async (databaseUrl) => {
      await migrated(databaseUrl);
      const files = filesOnDisk(join(folder, 'old'));
      await files.mark();
      await files.put('acme', paper);
      rmSync(join(folder, 'old', '.quayside-files'));
      await named(databaseUrl);
      expect(await makeFilesReady(files, databaseUrl)).toBe(true);
      expect(await files.get('acme', sha256Of(paper))).toEqual(paper);
    });
  }, 60_000);
});
