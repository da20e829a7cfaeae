/** Codes of imported tables: the international nomenclature (`hs`) and the ten-digit table (`tariff`) of an organisation. */
import { z } from 'zod';
import {
  type Nomenclature,
  type NomenclatureEntry,
  nomenclatureEntrySchema,
  nomenclatureOf,
} from '../rules/classification/nomenclature.ts';
import { tariffCodeSchema } from '../rules/classification/tariff-code.ts';
import type { TariffCode } from '../rules/compliance/review-context.ts';
import type { Transaction } from './database.ts';

/** Rows of one insert: some megabytes at most. */
const AT_ONCE = 2000;

/** Writes the codes of a version that was begun, in the same transaction; each code once, the importer saw to it. */
export async function insertTariffCodes(
  { organisation, query }: Transaction,
  listId: string,
  entries: readonly (TariffCode | NomenclatureEntry)[],
): Promise<void> {
  for (let at = 0; at < entries.length; at += AT_ONCE) {
    const some = entries.slice(at, at + AT_ONCE);
    await query(
      'insert into tariff_code (organisation, list_id, code, content) select $1, $2, code, content from unnest($3::text[], $4::jsonb[]) as entry (code, content)',
      [organisation, listId, some.map(({ code }) => code), some.map((entry) => JSON.stringify(entry))],
    );
  }
}

/** What the ten-digit table in force knows of some codes; null where no table was imported. */
export async function tariffCodesOf(
  { organisation, query }: Transaction,
  codes: readonly string[],
): Promise<TariffCode[] | null> {
  const [list] = await query<{ id: string }>(
    `select id from reference_list where organisation = $1 and list = 'tariff' and in_force`,
    [organisation],
  );
  if (!list) return null;
  const rows = await query<{ content: unknown }>(
    'select content from tariff_code where organisation = $1 and list_id = $2 and code = any($3) order by code',
    [organisation, list.id, [...new Set(codes)]],
  );
  return z.array(tariffCodeSchema).parse(rows.map(({ content }) => content));
}

/** The last nomenclature that was read of each organisation, with the version it is. */
const held = new Map<string, { listId: string; nomenclature: Nomenclature }>();
const MOST_HELD = 16;

/**
 * The whole nomenclature in force, for searches; null where none was imported. It is kept in memory until another version is
 * in force, so that indexes built over it serve again.
 */
export async function nomenclatureInForce({ organisation, query }: Transaction): Promise<Nomenclature | null> {
  const [list] = await query<{ id: string }>(
    `select id from reference_list where organisation = $1 and list = 'hs' and in_force`,
    [organisation],
  );
  if (!list) return null;
  const known = held.get(organisation);
  if (known?.listId === list.id) return known.nomenclature;
  const rows = await query<{ content: unknown }>(
    'select content from tariff_code where organisation = $1 and list_id = $2 order by code',
    [organisation, list.id],
  );
  const nomenclature = nomenclatureOf(z.array(nomenclatureEntrySchema).parse(rows.map(({ content }) => content)));
  const [oldest] = held.keys();
  if (held.size >= MOST_HELD && oldest !== undefined) held.delete(oldest);
  held.delete(organisation);
  held.set(organisation, { listId: list.id, nomenclature });
  return nomenclature;
}
