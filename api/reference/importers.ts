/** Each list that can be imported: who reads its files, and who writes its entries. A new list is a line in {@link readers}. */
import { cslImporter } from '../../reference/importing/csl.ts';
import { declarationFields, declarationsImporter } from '../../reference/importing/declarations.ts';
import { hsImporter } from '../../reference/importing/hs.ts';
import type { Importer, ImportFile, UnreadLine } from '../../reference/importing/importer.ts';
import { sdnImporter } from '../../reference/importing/sdn.ts';
import { tariffFields, tariffImporter } from '../../reference/importing/tariff.ts';
import type { ScreeningEntry } from '../../rules/screening/entry.ts';
import type { Transaction } from '../../store/database.ts';
import { insertImportedLines } from '../../store/declared-lines.ts';
import type { ReferenceListName } from '../../store/reference-lists.ts';
import { insertScreeningEntries } from '../../store/screening.ts';
import { insertTariffCodes } from '../../store/tariff-codes.ts';

/** Which column of a table holds which field, where the table calls it otherwise. */
export type Mapping = Readonly<Record<string, string>>;

/** What files hold: their entries, ready to be written under a version; or the lines that cannot be read. */
export interface ListRead {
  entries: number;
  /** Names and aliases of a screening list; null for lists that have none. */
  names: number | null;
  unread: UnreadLine[];
  write: (transaction: Transaction, listId: string) => Promise<void>;
}

type Reader = (files: readonly ImportFile[], mapping: Mapping) => Promise<ListRead>;

const readers: Record<ReferenceListName, Reader> = {
  sdn: (files) => readNames(sdnImporter, files),
  csl: (files) => readNames(cslImporter, files),
  hs: (files) => readBy(hsImporter, files, insertTariffCodes),
  tariff: (files, mapping) => readBy(tariffImporter(mapping), files, insertTariffCodes),
  declarations: (files, mapping) => readBy(declarationsImporter(mapping), files, insertImportedLines),
};

/** Fields of a list that a mapping may name; empty: its columns have fixed names. */
export const mappedFields: Record<ReferenceListName, readonly string[]> = {
  sdn: [],
  csl: [],
  hs: [],
  tariff: tariffFields,
  declarations: declarationFields,
};

/** Reads the files of a list, all of them or none. */
export function readList(list: ReferenceListName, files: readonly ImportFile[], mapping: Mapping): Promise<ListRead> {
  return readers[list](files, mapping);
}

async function readBy<Entry>(
  importer: Importer<Entry>,
  files: readonly ImportFile[],
  insert: (transaction: Transaction, listId: string, entries: readonly Entry[]) => Promise<void>,
): Promise<ListRead> {
  const { entries, unread } = await importer.read(files);
  return {
    entries: entries.length,
    names: null,
    unread,
    write: (transaction, listId) => insert(transaction, listId, entries),
  };
}

async function readNames(importer: Importer<ScreeningEntry>, files: readonly ImportFile[]): Promise<ListRead> {
  const { entries, unread } = await importer.read(files);
  return {
    entries: entries.length,
    names: entries.reduce((sum, { names }) => sum + names.length, 0),
    unread,
    write: (transaction, listId) => insertScreeningEntries(transaction, listId, entries),
  };
}
