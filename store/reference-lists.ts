/** Versions of the lists and tables that an organisation loads. At most one version of a list is in force. */
import { createHash, randomUUID } from 'node:crypto';
import type { Instant } from '../rules/civil-date.ts';
import type { Transaction } from './database.ts';

export const referenceLists = ['sdn', 'csl', 'hs', 'tariff', 'declarations'] as const;
export type ReferenceListName = (typeof referenceLists)[number];

/** A file of an import, by what it contains. */
export interface ImportedFile {
  name: string;
  bytes: number;
  sha256: string;
}

export interface ReferenceListRow {
  id: string;
  list: ReferenceListName;
  version: string;
  files: ImportedFile[];
  entries: number;
  importedAt: Instant;
}

const columns = 'id, list, version, files, entries, imported_at as "importedAt"';

/** The versions in force, one a list. */
export async function listsInForce({ query, organisation }: Transaction): Promise<ReferenceListRow[]> {
  return query<ReferenceListRow>(
    `select ${columns} from reference_list where organisation = $1 and in_force order by list`,
    [organisation],
  );
}

/** Until the transaction ends nobody else changes that list of the organisation: two imports at once come one after the other. */
export async function holdList({ query, organisation }: Transaction, list: ReferenceListName): Promise<void> {
  await query('select pg_advisory_xact_lock(hashtext($1))', [`reference_list/${organisation}/${list}`]);
}

/** The same files are the same version, in whatever order they are given. */
export function versionOf(files: readonly ImportedFile[]): string {
  const sums = files.map(({ sha256 }) => sha256).sort();
  return createHash('sha256').update(sums.join('\n')).digest('hex').slice(0, 12);
}

/**
 * Begins a version that nobody sees yet: its entries are written under the id that comes back, in this same transaction,
 * and {@link putInForce} ends it. A transaction that fails leaves the version before in force.
 */
export async function beginVersion(
  { query, organisation }: Transaction,
  list: ReferenceListName,
  { files, entries, importedAt }: Pick<ReferenceListRow, 'files' | 'entries' | 'importedAt'>,
): Promise<{ id: string; version: string }> {
  const id = randomUUID();
  const version = versionOf(files);
  await query(
    `insert into reference_list (organisation, id, list, version, files, entries, imported_at) values ($1, $2, $3, $4, $5, $6, $7)`,
    [organisation, id, list, version, JSON.stringify(files), entries, importedAt],
  );
  return { id, version };
}

/** Puts a version in force. The one before it goes, with its entries: what was decided by it is told by its version. */
export async function putInForce(
  { query, organisation }: Transaction,
  list: ReferenceListName,
  id: string,
): Promise<void> {
  await query(`delete from reference_list where organisation = $1 and list = $2 and id <> $3`, [
    organisation,
    list,
    id,
  ]);
  await query(`update reference_list set in_force = true where organisation = $1 and id = $2`, [organisation, id]);
}
