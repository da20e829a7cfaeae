/** Prints the hash of one archive's export: run in several time zones, it must say the same. */
import { buffer } from 'node:stream/consumers';
import { catalogueOf } from '../../rules/archive-catalogue.ts';
import { archiveZip } from '../../store/files/archive-zip.ts';
import { sha256Of } from '../../store/sha256.ts';
import { archive, bytesOf, enough } from '../rules/archives.ts';

const catalogue = catalogueOf({ shipment: 'L-1', exporter: 'x', archive: archive(enough), keptIn: 'here' });
const bytes = new Map(enough.map(({ file }) => [file?.sha256, bytesOf(file?.name ?? '')]));
const zip = await archiveZip(catalogue, {
  has: async (sha256) => bytes.has(sha256),
  get: async (sha256) => bytes.get(sha256),
});
process.stdout.write(sha256Of(await buffer(zip)));
