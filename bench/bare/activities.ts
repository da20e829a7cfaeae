import type { Pool } from 'pg';

/** Bodies that are empty, and one that writes a row: what is left when a shipment's are taken out. */
export function bareActivities(pool: Pool) {
  return {
    async doNothing(): Promise<void> {},
    async writeRow(what: string): Promise<void> {
      await pool.query('insert into bare.note (what) values ($1)', [what]);
    },
  };
}

export type BareActivities = ReturnType<typeof bareActivities>;
