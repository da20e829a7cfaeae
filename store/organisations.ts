import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Settings } from '../rules/settings.ts';
import type { Database, Transaction } from './database.ts';
import { standingSettings } from './organisation-settings.ts';

/** What the holder of a key may be. `counterparty`: customs, carrier, broker or bureau, which may only report events; `engineer` and `manager` may repair what is stuck. */
export const keyRoles = ['order-system', 'operator', 'finance', 'manager', 'engineer', 'counterparty'] as const;
export type KeyRole = (typeof keyRoles)[number];

/** Keys are 256 random bits: a plain SHA-256 is enough to keep them, and quick enough to check on each request. */
export function hashKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** Whose key it is, and its number; undefined for an unknown or revoked one. */
export async function organisationOfKey(
  database: Database,
  key: string,
): Promise<{ organisation: string; role: KeyRole; keyId: string } | undefined> {
  const rows = await database.query<{ organisation: string; role: KeyRole; keyId: string }>(
    'select organisation, role, key_id as "keyId" from organisation_of_key($1)',
    [hashKey(key)],
  );
  return rows[0];
}

/** The organisation's settings in force, with the defaults of whatever it has not decided. @throws Error when there is no such organisation. */
export async function settingsOf(transaction: Transaction): Promise<Settings> {
  return (await standingSettings(transaction)).settings;
}

/**
 * Makes sure that an organisation and its keys exist; run by the owner of the schema at set-up. Settings given here
 * replace those of an organisation that is new, never those that it has decided since.
 */
export async function ensureOrganisation(
  databaseUrl: string,
  wanted: { slug: string; settings?: object; keys: { role: KeyRole; key: string }[] },
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('insert into organisation (slug, settings) values ($1, $2) on conflict do nothing', [
      wanted.slug,
      wanted.settings ?? {},
    ]);
    for (const { role, key } of wanted.keys)
      await client.query(
        'insert into api_key (organisation, role, label, key_sha256) values ($1, $2, $3, $4) on conflict (organisation, label) do update set key_sha256 = excluded.key_sha256',
        [wanted.slug, role, role, hashKey(key)],
      );
    await client.query('commit');
  } finally {
    await client.end();
  }
}
