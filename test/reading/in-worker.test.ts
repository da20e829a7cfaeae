import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { admit } from '../../reading/admit.ts';
import { readInWorker, startReader, stopReader } from '../../reading/in-worker.ts';
import { withParts } from './archives.ts';
import { fateOf, fixtures, mutated, wordFor } from './mutations.ts';
import { forwarderInvoice, packingList, workbook } from './papers.ts';

afterAll(stopReader);

/** A workbook that says of itself that a million cells are one: a library that believes it fills every one of them. */
async function endlessWorkbook(): Promise<Uint8Array> {
  const book = await workbook([['Lamp', 1]]);
  const merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>';
  const { partsOf } = await import('./archives.ts');
  const sheet = (await partsOf(book)).get('xl/worksheets/sheet1.xml')?.toString() ?? '';
  return withParts(book, { 'xl/worksheets/sheet1.xml': sheet.replace('</sheetData>', `</sheetData>${merged}`) });
}

describe('the reader’s thread', () => {
  afterEach(stopReader);

  it('ends with a file that fills or holds it, and the next file is read by another', async () => {
    const hostile = await endlessWorkbook();
    expect(await admit(hostile, 'a.xlsx')).toMatchObject({ refused: false, kind: 'xlsx' });
    const [held, good] = await Promise.all([
      readInWorker(hostile, { kind: 'xlsx' }, {}, 2500),
      readInWorker(await packingList(), { kind: 'xlsx' }),
    ]);
    expect(held).toMatchObject({
      outcome: 'unreadable',
      facts: { lines: [] },
      notes: [expect.stringMatching(/longer than 2.5 s|may hold/)],
    });
    expect(good).toMatchObject({ outcome: 'read', kind: 'packing-list' });
  });

  it('has a limit for each file', async () => {
    startReader();
    startReader();
    expect((await readInWorker(await packingList(), { kind: 'xlsx' }, {}, 0)).notes[0]).toMatch(/longer than 0 s/);
  });

  it('answers those that wait in their order, each its own', async () => {
    const [list, invoice] = [await packingList(), await forwarderInvoice()];
    const readings = await Promise.all(
      [list, invoice, list, invoice].map((bytes, index) =>
        readInWorker(bytes, { kind: index % 2 === 0 ? 'xlsx' : 'pdf' }),
      ),
    );
    expect(readings.map(({ kind }) => kind)).toEqual([
      'packing-list',
      'forwarder-invoice',
      'packing-list',
      'forwarder-invoice',
    ]);
  });

  it('leaves the sender’s bytes as they are', async () => {
    const bytes = await forwarderInvoice();
    const before = Buffer.from(bytes);
    await readInWorker(bytes, { kind: 'pdf' });
    expect(Buffer.from(bytes).equals(before)).toBe(true);
  });

  it.each(['pdf', 'xlsx'] as const)('says of a broken %s that it cannot be read', async (kind) => {
    const reading = await readInWorker(Buffer.from('%PDF-1.7 nothing'), { kind });
    expect(reading).toMatchObject({
      outcome: 'unreadable',
      notes: [expect.stringMatching(/^The file could not be read: ./)],
    });
  });
});

describe('spoilt uploads', () => {
  // The whole 2,000: npm run reading:mutations.
  it('are each refused with a reason, or read: no crash, no hang', async () => {
    const all = await fixtures();
    const words = new Set<string>();
    for (let seed = 10_000; seed < 10_250; seed++) {
      const fate = await fateOf(await mutated(all, seed));
      words.add(wordFor(fate));
      expect(fate.admission.refused ? fate.admission.message : fate.admission.name).not.toBe('');
      if (fate.reading && fate.reading.outcome !== 'read') expect(fate.reading.notes[0]).toMatch(/\./);
    }
    // The sample reaches every way out: otherwise it would prove nothing.
    expect([...words]).toEqual(
      expect.arrayContaining([
        'refused: corrupt',
        'refused: unknown-type',
        'taken: read',
        'taken: unreadable',
        'taken: no-reader',
      ]),
    );
  });
});
