import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inArchive, papersOf } from '../../api/documents/list-documents.ts';
import type { Transaction } from '../../store/database.ts';
import { archive } from '../rules/archives.ts';

const came = '2026-12-27T02:00:00Z';

interface Kept {
  id: string;
  kind: string;
  content: object;
  facts?: object;
}

/** The papers of a shipment that has these rows, as the archive sees them. */
async function inArchiveOf(...rows: Kept[]) {
  const transaction = {
    organisation: 'acme',
    query: async (sql: string) => {
      if (sql.includes('from document_statement'))
        return rows.flatMap(({ id, kind, facts }) =>
          facts ? [{ factsSha256: id, documentId: id, kind, fileSha256: null, facts, corrected: [] }] : [],
        );
      if (!sql.includes('from document ')) return [];
      return rows.map(({ id, kind, content }) => ({ id, kind, revision: 1, content, contentSha256: 'c', asOf: came }));
    },
  } as unknown as Transaction;
  return (await papersOf(transaction, 'LAMPS-1')).documents.map(inArchive);
}

/** A paper that was handed in, and what a person confirmed of it. */
const handedIn = (id: string, kind: string, facts: object, said: object = {}): Kept => ({
  ...{ id, kind, facts },
  content: { messageId: 'm', facts: id, ...said },
});

describe('the date and number of a paper in the archive', () => {
  it('of ours are those of its content', async () => {
    const content = { number: 'SC-1', date: '2026-11-02' };
    expect(await inArchiveOf({ id: 'LAMPS-1/sales-contract/1', kind: 'sales-contract', content })).toMatchObject([
      { id: 'LAMPS-1/sales-contract', number: 'SC-1', date: '2026-11-02' },
    ]);
  });

  it('of others are those that a person said or confirmed', async () => {
    expect(
      await inArchiveOf(
        handedIn('BL-1', 'bill-of-lading', { date: '2026-12-03' }),
        handedIn('BL-2', 'bill-of-lading', { date: '2026-12-03' }, { issuedOn: '2026-12-04', number: 'N-2' }),
        handedIn('BL-3', 'bill-of-lading', {}),
      ),
    ).toEqual([
      expect.objectContaining({ date: '2026-12-03' }),
      expect.objectContaining({ date: '2026-12-04', number: 'N-2' }),
      expect.not.objectContaining({ date: expect.anything() }),
    ]);
  });

  it('of a customs declaration is the number that customs gave it, and of others not', async () => {
    const facts = { declarationNumber: '310120260123456789' };
    const [declaration, invoice] = await inArchiveOf(
      handedIn('D-1', 'customs-declaration', facts),
      handedIn('V-1', 'vat-invoice', facts),
    );
    expect(declaration).toMatchObject({ number: '310120260123456789' });
    expect(invoice).not.toHaveProperty('number');
    expect(await inArchiveOf(handedIn('D-2', 'customs-declaration', facts, { number: 'own' }))).toMatchObject([
      { number: 'own' },
    ]);
  });
});

it('papers of one day are listed by number as people count', () =>
  fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { maxLength: 20 }), async (numbers) => {
      const documents = await inArchiveOf(
        ...numbers.map((number) =>
          handedIn(`P-${9999 - number}`, 'bill-of-lading', { date: '2026-11-03' }, { number: `BL-${number}` }),
        ),
      );
      const listed = archive(documents).papers.find(({ paper }) => paper === 'transport-document')?.documents ?? [];
      expect(listed.map(({ number }) => number)).toEqual(
        numbers.toSorted((one, other) => one - other).map((number) => `BL-${number}`),
      );
    }),
    { numRuns: 30 },
  ));
