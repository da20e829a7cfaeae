/** The screening lists in force, indexed and kept in memory: to build an index takes longer than a whole check may. */
import type { Screening } from '../rules/compliance/review-context.ts';
import type { Order } from '../rules/order/order.ts';
import { buildNameIndex, type NameIndex } from '../rules/screening/name-index.ts';
import { partyKeysOf, screeningOf } from '../rules/screening/screen.ts';
import type { ScreeningThresholds } from '../rules/settings.ts';
import type { Transaction } from './database.ts';
import { listsInForce, type ReferenceListRow } from './reference-lists.ts';
import { screeningDecisions, screeningEntries } from './screening.ts';

const screeningLists: readonly string[] = ['sdn', 'csl'];

/** Indexes kept, the ones asked for last: an index of 20,000 names takes some 40 MB. */
const mostKept = 8;

/** By id of the version, which is unique over all organisations. */
const kept = new Map<string, Promise<NameIndex>>();

/**
 * The indexes of an organisation's lists in force, none for a list that it never imported. A version is read and built once
 * in a process, whoever asks, and another version is another index.
 */
export async function screeningIndexes(transaction: Transaction): Promise<NameIndex[]> {
  const lists = (await listsInForce(transaction)).filter(({ list }) => screeningLists.includes(list));
  const indexes: NameIndex[] = [];
  for (const list of lists) indexes.push(await indexOf(transaction, list));
  return indexes;
}

/**
 * An order's parties against the organisation's lists and what was decided before. Everything is read when this is answered;
 * what it answers compares, and asks the database nothing.
 */
export async function screenerOf(
  transaction: Transaction,
  order: Order,
  thresholds: ScreeningThresholds,
): Promise<() => Screening> {
  const indexes = await screeningIndexes(transaction);
  const decisions = await screeningDecisions(transaction, partyKeysOf(order));
  return () => screeningOf(order, indexes, decisions, thresholds);
}

async function indexOf(transaction: Transaction, list: ReferenceListRow): Promise<NameIndex> {
  const known = kept.get(list.id);
  // Asked for last, kept longest.
  kept.delete(list.id);
  const index = known ?? built(transaction, list);
  kept.set(list.id, index);
  for (const id of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(id);
  }
  try {
    return await index;
  } catch (error) {
    if (kept.get(list.id) === index) kept.delete(list.id);
    throw error;
  }
}

async function built(transaction: Transaction, row: ReferenceListRow): Promise<NameIndex> {
  const entries = await screeningEntries(transaction, row.id);
  // A version replaced between the two questions would read as empty, and everybody as clear.
  if (entries.length !== row.entries)
    throw new Error(
      `the list ${row.list} has ${entries.length} of its ${row.entries} entries: it was replaced while it was read; ask again`,
    );
  return buildNameIndex(entries, {
    list: row.list,
    version: row.version,
    entries: row.entries,
    importedAt: row.importedAt,
  });
}
