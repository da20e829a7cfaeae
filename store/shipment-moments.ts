import type { Instant } from '../rules/civil-date.ts';
import type { Transaction } from './database.ts';

/** Moments of a shipment from which papers are owed, by its own clock; null, it is not there yet. */
export interface ShipmentMoments {
  filedAt: Instant | null;
  releasedAt: Instant | null;
  departedAt: Instant | null;
  claimSubmittedAt: Instant | null;
}

/** Reads them from the event log: the first time that each happened. */
export async function shipmentMoments(
  { organisation, query }: Transaction,
  reference: string,
): Promise<ShipmentMoments> {
  const [row] = await query<ShipmentMoments>(
    `select min(at) filter (where kind = 'declaration-filed') as "filedAt",
            min(at) filter (where kind = 'stage-entered' and data->>'stage' = 'departure') as "releasedAt",
            min(at) filter (where kind = 'stage-entered' and data->>'stage' = 'arrival') as "departedAt",
            min(at) filter (where kind = 'claim-submitted') as "claimSubmittedAt"
       from shipment_event where organisation = $1 and reference = $2`,
    [organisation, reference],
  );
  return row ?? { filedAt: null, releasedAt: null, departedAt: null, claimSubmittedAt: null };
}
