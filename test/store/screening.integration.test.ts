import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { screeningEntryOf } from '../../reference/importing/screening-entry.ts';
import type { ScreeningDecision, ScreeningEntry } from '../../rules/screening/entry.ts';
import { partyKey } from '../../rules/screening/normalise-name.ts';
import { settingsSchema } from '../../rules/settings.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { ensureOrganisation } from '../../store/organisations.ts';
import { beginVersion, putInForce } from '../../store/reference-lists.ts';
import { insertScreeningEntries, putScreeningDecision, screeningDecisions } from '../../store/screening.ts';
import { screenerOf, screeningIndexes } from '../../store/screening-index.ts';
import { orderOf } from '../rules/orders.ts';

const databaseUrl = process.env.QUAYSIDE_TEST_DATABASE_URL ?? '';
const organisation = `lists-${randomUUID().slice(0, 8)}`;
const thresholds = settingsSchema.parse({}).screening;

function entryOf(number: number, name: string): ScreeningEntry {
  return screeningEntryOf({
    entryId: `${number}`,
    list: 'sdn',
    source: null,
    type: 'other',
    names: [name],
    countries: ['China'],
    programs: ['TEST'],
    remarks: null,
  });
}

describe('screening lists in the store', () => {
  let database: Database;
  beforeAll(async () => {
    await ensureOrganisation(databaseUrl, { slug: organisation, keys: [] });
    database = openDatabase(databaseUrl, 2);
  });
  afterAll(() => database.close());

  const load = (entries: readonly ScreeningEntry[], sha256: string) =>
    database.within(organisation, async (transaction) => {
      const files = [{ name: 'sdn.csv', bytes: 1, sha256 }];
      const { id } = await beginVersion(transaction, 'sdn', {
        files,
        entries: entries.length,
        importedAt: '2026-11-24T08:00:00Z',
      });
      await insertScreeningEntries(transaction, id, entries);
      await putInForce(transaction, 'sdn', id);
    });

  const screened = (name: string) =>
    database.within(organisation, async (transaction) =>
      (await screenerOf(transaction, orderOf({ buyer: { name, country: 'CN' } }), thresholds))(),
    );

  it('20,000 entries are in force within ten seconds, and are found', async () => {
    const entries = Array.from({ length: 20_000 }, (_, index) =>
      entryOf(index, `Firm of number ${index} and no other`),
    );
    const started = performance.now();
    await load([...entries, entryOf(20_000, 'Ningbo Karat Optics')], 'first');
    expect(performance.now() - started).toBeLessThan(10_000);
    const { lists, parties } = await screened('NINGBO KARAT OPTICS CO., LTD.');
    expect(lists).toMatchObject([{ list: 'sdn', entries: 20_001 }]);
    expect(parties[0]).toMatchObject({ outcome: 'review', candidates: [{ entryId: '20000', score: 1 }] });
  });

  it('a new version is what is asked next, and the one before it is gone', async () => {
    await load([entryOf(1, 'Dalian Vesper Shipping')], 'second');
    expect((await screened('Ningbo Karat Optics')).parties[0]?.outcome).toBe('clear');
    expect((await screened('Dalian Vesper Shipping')).parties[0]?.outcome).toBe('review');
    expect(await database.within(organisation, screeningIndexes)).toHaveLength(1);
  });

  it('an import that fails half way leaves the version before it in force', async () => {
    const doubled = [entryOf(1, 'Harbin Aster Trading'), entryOf(1, 'Harbin Aster Trading')];
    await expect(load(doubled, 'third')).rejects.toThrow(/duplicate key/);
    expect((await screened('Dalian Vesper Shipping')).parties[0]?.outcome).toBe('review');
  });

  it('a decision silences its entry, and asks again when the entry says something else', async () => {
    const name = 'Dalian Vesper Shipping';
    const { parties } = await screened(name);
    const decision: ScreeningDecision = {
      party: partyKey(name, 'CN'),
      list: 'sdn',
      entryId: '1',
      fingerprint: parties[0]?.candidates[0]?.fingerprint ?? '',
      decision: 'another-party',
      reason: 'another address',
      decidedBy: 'test',
      decidedAt: '2026-11-24T08:00:00.000Z',
    };
    await database.within(organisation, (transaction) => putScreeningDecision(transaction, decision));
    expect(
      await database.within(organisation, (transaction) => screeningDecisions(transaction, [decision.party])),
    ).toEqual([decision]);
    expect((await screened(name)).parties[0]).toMatchObject({ outcome: 'clear', decidedBefore: 1 });
    await load([{ ...entryOf(1, name), fingerprint: 'changed' }], 'fourth');
    expect((await screened(name)).parties[0]?.outcome).toBe('review');
  });
});
