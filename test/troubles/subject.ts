/** An organisation of its own for the tests of one kind of stuck things, and what they do to it. */
import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Client, WorkflowHandle } from '@temporalio/client';
import example from '../../examples/order.json' with { type: 'json' };
import { orderSchema } from '../../rules/order/order.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { ensureOrganisation } from '../../store/organisations.ts';
import { insertShipment, markStarted } from '../../store/shipments.ts';
import type { Answer } from '../api/running-stack.ts';
import { ask, databaseUrl, doctor, openTemporal } from './stuck.ts';

/** The organisation, and the ways to it. */
export interface Subject {
  organisation: string;
  /** An engineer's. */
  key: string;
  database: Database;
  temporal: Client;
  /** Stores an order as the API would have, and says that it runs. */
  store(reference: string): Promise<void>;
  /** Starts a workflow of the tests under that id. */
  begin(workflow: string, queue: string, workflowId: string): Promise<WorkflowHandle>;
  act(id: unknown, action: 'retry' | 'override', reason?: string): Promise<Answer>;
  /** The doctor shows it, with its remedy. */
  expectTold(trouble: { id?: unknown; remedy?: unknown } | undefined): Promise<void>;
  close(): Promise<void>;
}

/** Makes an organisation that nobody else uses. */
export async function openSubject(name: string): Promise<Subject> {
  const organisation = `${name}-${randomUUID().slice(0, 8)}`;
  const key = `engineer-of-${organisation}`;
  await ensureOrganisation(databaseUrl, { slug: organisation, keys: [{ role: 'engineer', key }] });
  const database = openDatabase(databaseUrl, 2);
  const temporal = await openTemporal();
  return {
    ...{ organisation, key, database, temporal },
    store: (reference) =>
      database.within(organisation, async (transaction) => {
        await insertShipment(transaction, orderSchema.parse({ ...example, reference }), 'hash', true);
        await markStarted(transaction, reference);
      }),
    begin: (workflow, queue, workflowId) =>
      temporal.workflow.start(workflow, { workflowId, taskQueue: queue, workflowTaskTimeout: '1s', args: [] }),
    act: (id, action, reason = 'a test') => ask(`/v1/troubles/${String(id)}/${action}`, { body: { reason }, key }),
    async expectTold(trouble) {
      const told = await doctor(key);
      expect(told).toMatchObject({ status: 1, text: expect.stringContaining(String(trouble?.id)) });
      expect(told.text).toContain(String(trouble?.remedy));
    },
    async close() {
      await temporal.connection.close();
      await database.close();
    },
  };
}
