import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import example from '../../examples/order.json' with { type: 'json' };
import { orderSchema } from '../../rules/order/order.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { ensureOrganisation, organisationOfKey } from '../../store/organisations.ts';
import { appendEvents, findShipment, insertShipment, listShipments } from '../../store/shipments.ts';

const databaseUrl = process.env.QUAYSIDE_TEST_DATABASE_URL ?? '';
const run = randomUUID().slice(0, 8);
const [mine, other] = [`mine-${run}`, `other-${run}`];
const order = orderSchema.parse({ ...example, reference: `RLS-${run}` });

describe('an organisation sees itself and nobody else', () => {
  let database: Database;
  beforeAll(async () => {
    await ensureOrganisation(databaseUrl, { slug: mine, keys: [{ role: 'manager', key: `key-of-${mine}` }] });
    await ensureOrganisation(databaseUrl, { slug: other, keys: [] });
    database = openDatabase(databaseUrl, 2);
    await database.within(mine, (transaction) => insertShipment(transaction, order, 'hash', true));
  });
  afterAll(() => database.close());

  it('its session is no superuser and cannot bypass row-level security, whatever the connection string’s user', async () => {
    const [role] = await database.query<{ name: string; super: boolean; bypass: boolean }>(
      'select current_user as name, rolsuper as super, rolbypassrls as bypass from pg_roles where rolname = current_user',
    );
    expect(role).toEqual({ name: 'quayside_app', super: false, bypass: false });
  });

  it('finds its own shipment', async () => {
    const found = await database.within(mine, (transaction) => findShipment(transaction, order.reference));
    expect(found?.reference).toBe(order.reference);
  });

  it('another finds nothing, even when a query forgets the organisation', async () => {
    const rows = await database.within(other, async (transaction) => [
      ...(await listShipments(transaction, { limit: 100 })),
      ...(await transaction.query('select * from shipment')),
    ]);
    expect(rows).toEqual([]);
  });

  it('nobody finds anything without naming an organisation', async () => {
    expect(await database.query('select * from shipment')).toEqual([]);
    expect(await database.query('select * from organisation')).toEqual([]);
  });

  it('cannot write into another’s rows', async () => {
    const foreign = database.within(other, (transaction) =>
      insertShipment({ ...transaction, organisation: mine }, { ...order, reference: `X-${run}` }, 'hash', true),
    );
    await expect(foreign).rejects.toThrow(/row-level security/);
  });

  it('cannot read the keys; asking whose key it is answers only that', async () => {
    await expect(database.query('select * from api_key')).rejects.toThrow(/permission denied/);
    expect(await organisationOfKey(database, `key-of-${mine}`)).toEqual({
      organisation: mine,
      role: 'manager',
      keyId: expect.stringMatching(/^\d+$/),
    });
    expect(await organisationOfKey(database, 'nonsense')).toBeUndefined();
  });

  it('what happened is neither changed nor deleted', async () => {
    await database.within(mine, (transaction) =>
      appendEvents(transaction, order.reference, [
        { seq: 1, at: '2026-12-01T00:00:00.000Z', kind: 'approved', data: {} },
      ]),
    );
    await expect(
      database.within(mine, ({ query }) => query('update shipment_event set kind = $1', ['closed'])),
    ).rejects.toThrow(/permission denied/);
    await expect(database.within(mine, ({ query }) => query('delete from shipment_event'))).rejects.toThrow(
      /permission denied/,
    );
  });

  it.each(['update shipment_event set kind = kind', 'delete from shipment_event', 'truncate shipment_event'])(
    'not even the owner of the table may %s',
    async (sql) => {
      const owner = new pg.Client({ connectionString: databaseUrl });
      await owner.connect();
      try {
        await expect(owner.query(sql)).rejects.toThrow(/append-only/);
      } finally {
        await owner.end();
      }
    },
  );

  it('an event written twice stands once', async () => {
    const entry = { seq: 2, at: '2026-12-01T00:00:00.000Z', kind: 'approved' as const, data: {} };
    const write = () => database.within(mine, (transaction) => appendEvents(transaction, order.reference, [entry]));
    expect([await write(), await write()].map((fresh) => fresh.length)).toEqual([1, 0]);
  });
});
