import { filesOnDisk } from './disk.ts';
import type { FileStore } from './file-store.ts';
import type { S3Settings } from './s3.ts';

/** Where the files of papers are kept, as the configuration says it. */
export type FilesSettings = { kind: 'disk'; directory: string } | ({ kind: 's3' } & S3Settings);

/**
 * The file store of an installation. Opening speaks to nobody: a store that is away is told by the first call. The client of S3
 * is loaded only where it is used: it takes a tenth of a second.
 */
export async function openFileStore(settings: FilesSettings): Promise<FileStore> {
  if (settings.kind === 'disk') return filesOnDisk(settings.directory);
  const { filesInS3 } = await import('./s3.ts');
  return filesInS3(settings);
}
