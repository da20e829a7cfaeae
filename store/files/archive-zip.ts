import { PassThrough, Readable } from 'node:stream';
import yazl from 'yazl';
import { type ArchiveCatalogue, catalogueCsv } from '../../rules/archive-catalogue.ts';
import { type CivilDate, chinaDate } from '../../rules/civil-date.ts';
import { catalogueWorkbook } from './catalogue-workbook.ts';
import { type FileStore, FilesMissing } from './file-store.ts';
import { bearing } from './zip-dates.ts';

/** The files of one organisation. */
export interface FilesOfOrganisation {
  get(sha256: string): Promise<Buffer | undefined>;
  has(sha256: string): Promise<boolean>;
}

/** The files of that organisation, and of no other. */
export function filesOf(files: FileStore, organisation: string): FilesOfOrganisation {
  return {
    get: (sha256) => files.get(organisation, sha256),
    has: (sha256) => files.has(organisation, sha256),
  };
}

/**
 * The archive of a shipment as a ZIP: the catalogue as XLSX and CSV, then the files in its order. The same catalogue gives the
 * same bytes on every machine: each file bears the date of its document. One file at a time is in memory.
 * @returns its bytes as they come; the stream is destroyed with {@link FilesMissing}, `FileDamaged` or `FilesAway` where a file
 * is lost on the way, so that nobody takes half an archive for one
 * @throws FilesMissing before the first byte, FilesAway
 */
export async function archiveZip(catalogue: ArchiveCatalogue, files: FilesOfOrganisation): Promise<Readable> {
  await refuseMissing(catalogue, files);
  const zip = new yazl.ZipFile();
  const output = new PassThrough();
  zip.on('error', (error: Error) => output.destroy(error));
  const madeOn = catalogueDate(catalogue);
  zip.addBuffer(await catalogueWorkbook(catalogue, madeOn), '00-备案单证目录.xlsx', {
    ...bearing(madeOn),
    compress: false,
  });
  zip.addBuffer(Buffer.from(catalogueCsv(catalogue)), '00-备案单证目录.csv', bearing(madeOn));
  for (const { path, sha256, date } of catalogue.files)
    zip.addReadStreamLazy(path, bearing(date), (give) => {
      if (output.destroyed) return;
      files.get(sha256).then(
        (bytes) => (bytes ? give(null, Readable.from([bytes])) : output.destroy(new FilesMissing([path]))),
        (error: Error) => output.destroy(error),
      );
    });
  zip.end();
  zip.outputStream.pipe(output);
  return output;
}

async function refuseMissing(catalogue: ArchiveCatalogue, files: FilesOfOrganisation): Promise<void> {
  const missing: string[] = [];
  for (const { path, sha256 } of catalogue.files) if (!(await files.has(sha256))) missing.push(path);
  if (missing.length > 0) throw new FilesMissing(missing);
}

/** The catalogue is as old as the newest document in it. */
function catalogueDate({ rows, asOf }: ArchiveCatalogue): CivilDate {
  const dates = rows.flatMap(({ date }) => (date ? [date] : [])).sort();
  return dates.at(-1) ?? chinaDate(asOf);
}
