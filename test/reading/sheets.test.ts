import { afterAll, describe, expect, it } from '@jest/globals';
import type { CellValue } from 'exceljs';
import { kindWords } from '../../reading/fields/kind-words.ts';
import { kindsSaidBy } from '../../reading/fields/sheets.ts';
import { readInWorker, stopReader } from '../../reading/in-worker.ts';
import { reference } from '../rules/orders.ts';
import { sheets } from './other-papers.ts';

afterAll(stopReader);

const goods = (heading: string, value: number): CellValue[][] => [
  ['Description', 'Qty', heading],
  ['Lamp', 10, value],
];
const book = (names: [string, string, string], titles: [string, string, string]) =>
  sheets({
    [names[0]]: [[titles[0]], ['No.', 'INV-1'], ...goods('Amount', 25)],
    [names[1]]: [[titles[1]], ['No.', 'PL-1'], ...goods('G.W. (KG)', 31)],
    [names[2]]: [[titles[2]], ['No.', 'SC-1'], ...goods('Amount', 26)],
  });
const readAs = async (bytes: Uint8Array, kind?: string) => {
  const reading = await readInWorker(bytes, { kind: 'xlsx' }, kind === undefined ? {} : { kind });
  return { ...reading, number: reading.fields.find(({ path }) => path === 'number') };
};

describe('a workbook of several papers', () => {
  const titled = book(['Sheet1', 'Sheet2', 'Sheet3'], ['COMMERCIAL INVOICE', 'PACKING LIST', 'SALES CONTRACT']);
  const named = book(['发票', '装箱单', '合同'], ['上海远帆', '上海远帆', '上海远帆']);

  it('is read as the kind that its sender says: the sheet of that title', async () => {
    const { kind, number, facts, notes } = await readAs(await titled, 'packing-list');
    expect([kind, number?.value, number?.place, facts.lines[0]?.grossWeightKg]).toEqual([
      ...['packing-list', 'PL-1', 'Sheet2!B2', '31'],
    ]);
    expect(notes[0]).toBe(
      '3 sheets list goods; Sheet2 was read, by its title. Save each other as a workbook of its own and hand it in.',
    );
  });

  it.each([
    ['packing-list', '装箱单!B2', 'PL-1'],
    ['sales-contract', '合同!B2', 'SC-1'],
    ['purchase-contract', '合同!B2', 'SC-1'],
    ['supplier-invoice', '发票!B2', 'INV-1'],
  ])('or the sheet of that name: %s', async (kind, place, value) => {
    const reading = await readAs(await named, kind);
    expect(reading).toMatchObject({ kind, number: { value, place } });
    expect(reading.notes[0]).toMatch(/3 sheets list goods; .* was read, by its name/);
  });

  it('a title wins over a name, and a name does not stand against another title', async () => {
    const crossed = await book(['装箱单', 'old', '合同'], ['COMMERCIAL INVOICE', 'PACKING LIST', 'PURCHASE CONTRACT']);
    expect((await readAs(crossed, 'packing-list')).number?.place).toBe('old!B2');
    expect((await readAs(crossed, 'sales-contract')).notes[0]).toMatch(/装箱单 was read; none says sales-contract/);
  });

  it('a title of one of its sorts serves for a transport document', async () => {
    const bytes = await sheets({ a: goods('Amount', 1), b: [['BILL OF LADING'], ...goods('G.W. (KG)', 9)] });
    expect((await readAs(bytes, 'transport-document')).facts.lines[0]?.grossWeightKg).toBe('9');
  });

  it('a title that is no whole title counts where its sheet was left without a name', async () => {
    const bytes = await book(['Sheet1', 'Sheet2', 'Sheet3'], ['发票 INVOICE', '箱单', '合 同 CONTRACT']);
    expect((await readAs(bytes, 'sales-contract')).number?.value).toBe('SC-1');
    expect((await readAs(bytes, 'packing-list')).number?.value).toBe('PL-1');
  });

  it('is read as before where nobody says a kind, or no sheet does', async () => {
    const nobody = await readAs(await titled);
    expect([nobody.kind, nobody.number?.value]).toEqual(['commercial-invoice', 'INV-1']);
    expect(nobody.notes[0]).toMatch(/Sheet1 was read\. Save/);
    const none = await readAs(await titled, 'certificate-of-origin');
    expect(none.number?.value).toBe('INV-1');
    expect(none.notes[0]).toMatch(/Sheet1 was read; none says certificate-of-origin\./);
  });

  it('names the sheet also where the others list nothing, and no sheet where the others are empty', async () => {
    const cover = await sheets({ 封面: [['上海远帆进出口有限公司']], 装箱单: goods('G.W. (KG)', 31) });
    expect((await readAs(cover)).notes[0]).toBe('Of 2 sheets 装箱单 was read.');
    const empty = await sheets({ Sheet1: goods('G.W. (KG)', 31), Sheet2: [], Sheet3: [] });
    expect((await readAs(empty, 'packing-list')).notes).toEqual([]);
  });
});

describe('the name of a sheet', () => {
  it.each([
    ['发票', ['commercial-invoice', 'supplier-invoice']],
    ['1.发票 INVOICE', ['commercial-invoice', 'supplier-invoice']],
    ['形式发票', ['proforma-invoice']],
    ['增值税发票', ['vat-invoice']],
    ['Commercial Invoice', ['commercial-invoice']],
    ['装 箱 单', ['packing-list']],
    ['PACKING_LIST (2)', ['packing-list']],
    ['PL-2026', ['packing-list']],
    ['合同', ['purchase-contract', 'sales-contract']],
    ['外销合同', ['sales-contract']],
    ['采购合同', ['purchase-contract']],
    ['发票箱单', ['commercial-invoice', 'supplier-invoice', 'packing-list']],
    ['ＰＡＣＫＩＮＧ', ['packing-list']],
    ['提单', ['transport-document', 'bill-of-lading']],
    ['Sheet1', []],
    ['PLASTIC LAMPS CO', []],
  ])('%j says %j', (name, kinds) => expect([...kindsSaidBy(name)].toSorted()).toEqual(kinds.toSorted()));

  it('says a kind by every word of the table, and each kind is one that we know', () => {
    for (const { kind, sheet } of kindWords)
      for (const word of sheet)
        expect([word, [...kindsSaidBy(word.toUpperCase())]]).toEqual([word, expect.arrayContaining([kind])]);
    const known = [
      ...reference.comparedKinds.map(({ kind }) => kind),
      ...reference.archivePapers.flatMap(({ satisfiedBy }) => satisfiedBy),
    ];
    expect(kindWords.filter(({ kind }) => !known.includes(kind))).toEqual([]);
  });
});
