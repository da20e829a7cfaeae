import { pause } from '../simulation/patience.ts';
import type { Site } from './site.ts';

const ASK_EVERY_MS = 250;
const STALLED_AFTER_MS = 60_000;

/**
 * Until so many shipments whose reference begins so wait for their planned export, by the projection. @throws Error when
 * none has come to that for a minute.
 */
export async function waitForShipments({ database, signal }: Site, prefix: string, wanted: number): Promise<void> {
  const question = `select count(*)::integer as waiting from shipment
    where starts_with(reference, $1) and progress->'waitingOn' @> '[{"what": "planned-export"}]'`;
  for (let last = -1, since = Date.now(); ; await pause(ASK_EVERY_MS)) {
    signal.throwIfAborted();
    const waiting = Number((await database.query(question, [prefix])).rows[0]?.waiting ?? 0);
    if (waiting >= wanted) return;
    if (waiting > last) [last, since] = [waiting, Date.now()];
    if (Date.now() - since > STALLED_AFTER_MS)
      throw new Error(
        `${waiting} of ${wanted} shipments ${prefix}… wait for their planned export, and no more come: see logs/worker.log`,
      );
  }
}
