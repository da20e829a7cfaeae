/** Names of goods that were declared before, held in memory for searches: an index over them is built once and serves until another line comes. */
import type { DeclaredLine } from '../rules/compliance/review-context.ts';
import type { Transaction } from './database.ts';
import { declaredNames } from './declared-lines.ts';

const held = new Map<string, { state: string; names: readonly DeclaredLine[] }>();
const MOST_HELD = 16;

/** The latest line of every name and code of the organisation; the same array until something else is there. */
export async function declaredNamesHeld(transaction: Transaction): Promise<readonly DeclaredLine[]> {
  const { organisation, query } = transaction;
  const [row] = await query<{ state: string }>(
    `select concat_ws('/', count(*), max(d.id), (select id from reference_list where organisation = $1 and list = 'declarations' and in_force)) as state
       from declared_line d where organisation = $1`,
    [organisation],
  );
  const state = row?.state ?? '';
  const known = held.get(organisation);
  if (known?.state === state) return known.names;
  const names = await declaredNames(transaction);
  const [oldest] = held.keys();
  if (held.size >= MOST_HELD && oldest !== undefined) held.delete(oldest);
  held.delete(organisation);
  held.set(organisation, { state, names });
  return names;
}
