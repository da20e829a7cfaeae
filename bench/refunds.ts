import type { Site } from './site.ts';

/** What was refunded in each shipment by its projection, in CNY; null where nothing was. */
export async function refundsOf(
  { database, running }: Site,
  references: readonly string[],
): Promise<Map<string, string | null>> {
  const { rows } = await database.query<{ reference: string; refund: string | null }>(
    `select reference, progress->'refund'->>'amount' as refund from shipment
      where organisation = $1 and reference = any($2)`,
    [running.organisation, references],
  );
  return new Map(rows.map(({ reference, refund }) => [reference, refund]));
}
