import { createHash } from 'node:crypto';
import type { ImportFile, UnreadLine } from '../../reference/importing/importer.ts';
import type { RecheckCause } from '../../rules/compliance/recheck.ts';
import type { FieldError } from '../../rules/field-errors.ts';
import type { Transaction } from '../../store/database.ts';
import { markRecheckStarted, wantRecheck } from '../../store/rechecks.ts';
import {
  beginVersion,
  holdList,
  type ImportedFile,
  listsInForce,
  putInForce,
  type ReferenceListName,
  type ReferenceListRow,
  versionOf,
} from '../../store/reference-lists.ts';
import { screeningNames } from '../../store/screening.ts';
import { screeningIndexes } from '../../store/screening-index.ts';
import { startRecheck } from '../engine.ts';
import { Problem } from '../problem.ts';
import type { Services } from '../services.ts';
import { type ListSize, refuseFewer } from './fewer-entries.ts';
import { type Mapping, mappedFields, readList } from './importers.ts';

/** An import as somebody asked for it. */
export interface ListImport {
  list: ReferenceListName;
  files: readonly ImportFile[];
  mapping: Mapping;
  /** Somebody has said that the list may hold much less than the version in force. */
  fewer: boolean;
}

/** What an import came to. */
export interface ListImported {
  list: ReferenceListName;
  version: string;
  entries: number;
  previousVersion: string | null;
  /** These very files are in force already: nothing was written. */
  unchanged: boolean;
  /** Id of the look at open shipments that follows; null where no review rests on the list. */
  recheck: string | null;
}

/** Complaints told of one import; whoever mends these sees the next. */
const MOST_TOLD = 50;

/**
 * Reads the files and, when every line of them is read, puts them in force in one transaction; then all open shipments are
 * looked at again. An import that fails half way leaves the version before in force.
 * @throws Problem `invalid-content` naming the lines that cannot be read, or that the files hold much less than what is in force
 */
export async function importList(
  services: Pick<Services, 'database' | 'temporal'>,
  organisation: string,
  { list, files, mapping, fewer }: ListImport,
): Promise<ListImported> {
  refuseUnknownFields(list, mapping);
  const read = await readList(list, files, mapping);
  if (read.unread.length > 0) throw unreadProblem(list, read.unread);
  const described = [...files.map(describe), ...describeMapping(mapping)];
  const version = versionOf(described);
  const put = await services.database.within(organisation, async (transaction) => {
    await holdList(transaction, list);
    const before = (await listsInForce(transaction)).find((row) => row.list === list);
    if (before?.version === version) return { id: before.id, before: before.version };
    if (before && !fewer) refuseFewer(list, read, await sizeOf(transaction, before));
    const importedAt = new Date().toISOString();
    const { id } = await beginVersion(transaction, list, { files: described, entries: read.entries, importedAt });
    await read.write(transaction, id);
    await putInForce(transaction, list, id);
    const look = lookAfter({ list, version, id });
    if (look) await wantRecheck(transaction, { ...look, wantedAt: importedAt });
    return { id, before: before?.version ?? null };
  });
  if (list === 'sdn' || list === 'csl') await indexNow(services, organisation);
  const recheck = await afterImport(services, organisation, { list, version, id: put.id });
  return {
    list,
    version,
    entries: read.entries,
    previousVersion: put.before,
    unchanged: put.before === version,
    recheck,
  };
}

async function sizeOf(transaction: Transaction, row: ReferenceListRow): Promise<ListSize & { version: string }> {
  const named = row.list === 'sdn' || row.list === 'csl';
  return {
    version: row.version,
    entries: row.entries,
    names: named ? await screeningNames(transaction, row.id) : null,
  };
}

/** Who imports a list waits for its index, and not whoever checks the next order. One that was replaced meanwhile is left to the next. */
async function indexNow({ database }: Pick<Services, 'database'>, organisation: string): Promise<void> {
  await database.within(organisation, screeningIndexes).catch(() => undefined);
}

/** A version of a list as the look that follows it is named by. */
interface Version {
  list: ReferenceListName;
  version: string;
  id: string;
}

/** The look at open shipments that a version calls for; null where no review rests on the list. Its id is the version's own. */
function lookAfter({ list, version, id }: Version): { id: string; cause: RecheckCause } | null {
  // Searches use the nomenclature; no review does.
  if (list === 'hs') return null;
  const kind = list === 'sdn' || list === 'csl' ? 'list' : 'table';
  return { id: `${list}-${id}`, cause: { kind, what: `${list}, version ${version}` } };
}

/**
 * Has open shipments looked at again. It is called for since the version came into force: an engine that is away now is told
 * by whoever starts what is stored. Asked again it starts what did not start, and what has run is not run twice.
 */
async function afterImport(
  { database, temporal }: Pick<Services, 'database' | 'temporal'>,
  organisation: string,
  version: Version,
): Promise<string | null> {
  const look = lookAfter(version);
  if (look === null) return null;
  await startRecheck(temporal, organisation, look);
  await database.within(organisation, (transaction) => markRecheckStarted(transaction, look.id));
  return look.id;
}

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

function describe({ name, content }: ImportFile): ImportedFile {
  return { name, bytes: content.length, sha256: sha256(content) };
}

/** The same table read by other columns is another version. */
function describeMapping(mapping: Mapping): ImportedFile[] {
  const text = JSON.stringify(Object.entries(mapping).sort());
  return text === '[]' ? [] : [{ name: `columns ${text}`, bytes: Buffer.byteLength(text), sha256: sha256(text) }];
}

function refuseUnknownFields(list: ReferenceListName, mapping: Mapping): void {
  const known = mappedFields[list];
  const errors = Object.keys(mapping)
    .filter((field) => !known.includes(field))
    .map((field) => ({
      field: `map.${field}`,
      message: known.length === 0 ? `the columns of ${list} have fixed names` : `choose one of ${known.join(', ')}`,
    }));
  if (errors.length > 0) throw new Problem('invalid-content', `${list} has no such field to map`, { errors });
}

function unreadProblem(list: ReferenceListName, unread: readonly UnreadLine[]): Problem {
  const errors: FieldError[] = unread
    .slice(0, MOST_TOLD)
    .map(({ file, line, why }) => ({ field: `${file}:${line}`, message: why }));
  const lines = unread.length === 1 ? '1 line' : `${unread.length} lines`;
  const shown = unread.length > MOST_TOLD ? `; the first ${MOST_TOLD} are named` : '';
  return new Problem('invalid-content', `${lines} of ${list} cannot be read, so nothing was imported${shown}`, {
    errors,
  });
}
