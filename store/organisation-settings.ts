import type { Instant } from '../rules/civil-date.ts';
import { type Numbering, numberingSchema } from '../rules/documents/numbers.ts';
import { type Logo, logoSchema } from '../rules/documents/stationery.ts';
import { type Settings, settingsSchema } from '../rules/settings.ts';
import type { Transaction } from './database.ts';

/** One revision of an organisation's settings, without the settings: who saved it and when. All null for revision 0, which the set-up wrote. */
export interface SettingsSaved {
  /** Counted from 1; 0 is what the organisation was set up with. */
  revision: number;
  savedAt: Instant | null;
  /** Role of the key that saved it. */
  savedBy: string | null;
  /** Number of the key, never the key. */
  keyId: string | null;
  /** Who, in the sender's words. */
  savedFrom: string | null;
}

/** One revision of an organisation's settings, with the defaults of whatever it has not decided. */
export interface SettingsRevision extends SettingsSaved {
  settings: Settings;
}

/** All revisions, that of the set-up included; `$1` is the organisation. */
const revisions = `(
  select revision, settings, saved_at as "savedAt", key_role as "savedBy", key_id as "keyId", saved_from as "savedFrom"
    from organisation_settings where organisation = $1
  union all select 0, settings, null, null, null, null from organisation where slug = $1
) as each`;
const savedColumns = 'revision, "savedAt", "savedBy", "keyId", "savedFrom"';

type Row = SettingsSaved & { settings: unknown };
const parsed = (row: Row): SettingsRevision => ({ ...row, settings: settingsSchema.parse(row.settings) });

/** The revision in force. @throws Error when there is no such organisation */
export async function standingSettings({ organisation, query }: Transaction): Promise<SettingsRevision> {
  const [row] = await query<Row>(`select * from ${revisions} order by revision desc limit 1`, [organisation]);
  if (!row) throw new Error(`there is no organisation ${organisation}`);
  return parsed(row);
}

/** One revision; undefined where there is none of that number. */
export async function settingsOfRevision(
  { organisation, query }: Transaction,
  revision: number,
): Promise<SettingsRevision | undefined> {
  const [row] = await query<Row>(`select * from ${revisions} where revision = $2`, [organisation, revision]);
  return row && parsed(row);
}

/** Who saved the settings and when, the latest first. */
export async function settingsHistory({ organisation, query }: Transaction, atMost: number): Promise<SettingsSaved[]> {
  return query<SettingsSaved>(`select ${savedColumns} from ${revisions} order by revision desc limit $2`, [
    organisation,
    atMost,
  ]);
}

/** Every way in which the organisation has numbered its papers: what went out under an earlier one still comes back under it. */
export async function numberingsOf({ organisation, query }: Transaction): Promise<Numbering[]> {
  const rows = await query<{ numbering: unknown }>(
    `select distinct coalesce(settings -> 'numbering', '{}') as numbering from ${revisions}`,
    [organisation],
  );
  return rows.map(({ numbering }) => numberingSchema.parse(numbering));
}

/** Every logo that the organisation has had. */
export async function logosOf({ organisation, query }: Transaction): Promise<Logo[]> {
  const rows = await query<{ logo: unknown }>(
    `select distinct settings #> '{exporter,letterhead,logo}' as logo from ${revisions}
      where settings #> '{exporter,letterhead,logo}' is not null`,
    [organisation],
  );
  return rows.map(({ logo }) => logoSchema.parse(logo));
}

/**
 * Keeps settings as the next revision after the one that their sender has seen.
 * @returns the revision; undefined, and nothing is kept, where somebody else has saved meanwhile
 */
export async function saveSettings(
  { organisation, query }: Transaction,
  {
    after,
    settings,
    by,
    from,
  }: { after: number; settings: Settings; by: { keyId: string; role: string }; from: string },
): Promise<SettingsRevision | undefined> {
  // Two that are saved at once want the same number: the second waits for the first, and then finds it taken.
  const [row] = await query<SettingsSaved>(
    `insert into organisation_settings (organisation, revision, settings, key_id, key_role, saved_from)
       select $1, $2::integer + 1, $3, $4, $5, $6
        where $2::integer = (select coalesce(max(revision), 0) from organisation_settings where organisation = $1)
       on conflict do nothing
       returning revision, saved_at as "savedAt", key_role as "savedBy", key_id as "keyId", saved_from as "savedFrom"`,
    [organisation, after, settings, by.keyId, by.role, from],
  );
  return row && { ...row, settings };
}
