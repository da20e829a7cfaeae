import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { receivables } from '../../activities/bank/receivables.ts';
import { customsActivities } from '../../activities/customs/activities.ts';
import { bookEntries } from '../../activities/records/entries.ts';
import { settingsForPapers, settingsOfLockedPapers } from '../../activities/records/settings-of-papers.ts';
import example from '../../examples/order.json' with { type: 'json' };
import { loadReference } from '../../reference/load.ts';
import { prepareDocuments } from '../../rules/documents/prepare.ts';
import { orderSchema } from '../../rules/order/order.ts';
import { type Settings, settingsSchema } from '../../rules/settings.ts';
import { type Database, openDatabase, type Transaction } from '../../store/database.ts';
import { saveSettings, standingSettings } from '../../store/organisation-settings.ts';
import { ensureOrganisation, organisationOfKey } from '../../store/organisations.ts';
import { settingsOfMadePapers } from '../../store/papers.ts';
import { insertShipment } from '../../store/shipments.ts';

const databaseUrl = process.env.QUAYSIDE_TEST_DATABASE_URL ?? '';
const organisation = `kept-${randomUUID().slice(0, 8)}`;
const reference = 'KEPT-1';
const law = loadReference();
const order = orderSchema.parse({ ...example, reference });
const preparedAsOf = '2026-11-27T08:00:00.000Z';
let database: Database;
let by = { keyId: '', role: 'manager' };

beforeAll(async () => {
  await ensureOrganisation(databaseUrl, { slug: organisation, keys: [{ role: 'manager', key: organisation }] });
  database = openDatabase(databaseUrl, 2);
  by = (await organisationOfKey(database, organisation)) ?? by;
  await database.within(organisation, (transaction) => insertShipment(transaction, order, 'hash', true));
});
afterAll(() => database.close());

const within = <T>(work: (transaction: Transaction) => Promise<T>) => database.within(organisation, work);
const named = (nameEn: string, pattern: string): Settings => {
  const { exporter, ...settings } = settingsSchema.parse({ numbering: { 'commercial-invoice': pattern } });
  return { ...settings, exporter: { ...exporter, nameEn, nameZh: `${nameEn} 有限公司` } };
};
const saveNext = (settings: Settings) =>
  within(async (transaction) => {
    const { revision } = await standingSettings(transaction);
    return saveSettings(transaction, { after: revision, settings, by, from: 'test' });
  });
const hashUnder = (settings: Settings, revision: number) =>
  prepareDocuments({ order, settings, organisation, revision, asOf: preparedAsOf, reference: law }).contentHash;
const keep = (contentHash: string, revision: number, seq: number) =>
  within((transaction) =>
    bookEntries(
      transaction,
      reference,
      [
        {
          ...{ seq, kind: 'papers-locked', at: preparedAsOf },
          data: { revision, contentHash, preparedAsOf, amendments: [] },
        },
      ],
      law,
    ),
  );

describe('papers that are kept while somebody saves other settings', () => {
  it('are kept as they were made, with the revision of the settings that made them', async () => {
    const before = named('Before Ltd.', 'A-{reference}');
    await saveNext(before);
    const hash = hashUnder(await within((transaction) => settingsForPapers(transaction, reference, 1)), 1);
    expect(hash).toBe(hashUnder(before, 1));
    await saveNext(named('After Ltd.', 'B-{reference}'));
    await keep(hash, 1, 1);
    expect(await within((transaction) => settingsOfMadePapers(transaction, reference))).toEqual([
      { revision: 1, settingsRevision: 1 },
    ]);
  });

  it('what is declared is what was locked', async () => {
    const locked = await within((transaction) => settingsOfLockedPapers(transaction, reference));
    expect(locked.exporter.nameEn).toBe('Before Ltd.');
  });

  it('so says the message to customs', async () => {
    const key = `${organisation}/${reference}/declaration/1`;
    const dependencies = { database, reference: law, temporal: {} as Client, counterparties: {} };
    const filing = customsActivities(dependencies).fileDeclaration({
      ...{
        organisation,
        reference,
        key,
        revision: 1,
        asOf: preparedAsOf,
        amendments: [],
        earlierDeclarationNumber: null,
      },
    });
    // Written before it is sent, and customs has no address here.
    await expect(filing).rejects.toThrow(/not configured/);
    const [message] = await within(({ query }) => query('select body from outbound_message where key = $1', [key]));
    expect(message?.body).toMatchObject({ DecHead: { TradeName: 'Before Ltd. 有限公司' } });
  });

  it('the next papers follow the new settings under the first numbers', async () => {
    const next = await within((transaction) => settingsForPapers(transaction, reference, 2));
    expect(next).toEqual({ ...named('After Ltd.', 'A-{reference}') });
    await keep(hashUnder(next, 2), 2, 2);
    const locked = await within((transaction) => settingsOfLockedPapers(transaction, reference));
    expect(locked).toEqual(next);
  });

  it('papers that no settings make so are refused', async () => {
    await expect(keep('0'.repeat(64), 3, 3)).rejects.toThrow(/come out differently/);
  });

  it('a payment is found by every number that was ever in use', async () => {
    await within(({ query }) =>
      query(
        `update shipment set progress = '{"instalments": [{"no": 1, "amount": "100", "currency": "USD"}]}' where reference = $1`,
        [reference],
      ),
    );
    const [receivable] = await within(receivables);
    expect(receivable?.paymentReference).toEqual(expect.arrayContaining(['A-KEPT-1', 'B-KEPT-1', 'INV-KEPT-1']));
  });

  it('a revision is never changed or taken away', async () => {
    for (const statement of [
      'update organisation_settings set saved_from = $1',
      'delete from organisation_settings where saved_from <> $1',
    ])
      await expect(within(({ query }) => query(statement, ['x']))).rejects.toThrow(/permission denied/);
  });
});
