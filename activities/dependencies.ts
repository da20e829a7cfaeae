import type { Client } from '@temporalio/client';
import type { Reference } from '../reference/load.ts';
import type { Database } from '../store/database.ts';

/** What activities are given at the worker's start; they reach for nothing by themselves. */
export interface Dependencies {
  database: Database;
  reference: Reference;
  /** To tell a shipment what its bank statement holds. */
  temporal: Client;
  counterparties: { customs?: string; carrier?: string; broker?: string; taxBureau?: string };
}
