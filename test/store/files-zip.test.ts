import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import yauzl from 'yauzl';
import {
  type ArchiveCatalogue,
  catalogueCsv,
  catalogueHeadings,
  catalogueOf,
  catalogueTable,
} from '../../rules/archive-catalogue.ts';
import type { ArchiveDocument } from '../../rules/archive-papers.ts';
import { archiveZip, type FilesOfOrganisation, filesOf } from '../../store/files/archive-zip.ts';
import { filesOnDisk } from '../../store/files/disk.ts';
import { FileDamaged, FilesAway, FilesMissing } from '../../store/files/file-store.ts';
import { sha256Of } from '../../store/sha256.ts';
import { root } from '../house/source-files.ts';
import { archive, bytesOf, document, enough } from '../rules/archives.ts';

const folder = mkdtempSync(join(tmpdir(), 'quayside-zip-'));
const store = filesOnDisk(folder);
beforeAll(() => store.mark());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const catalogue = (documents: readonly ArchiveDocument[]): ArchiveCatalogue =>
  catalogueOf({ shipment: 'L-1', exporter: '宁波明灯有限公司', archive: archive(documents), keptIn: 'Quayside, acme' });

async function zipOf(documents: readonly ArchiveDocument[]): Promise<Buffer> {
  for (const { file } of documents) if (file) await store.put('acme', bytesOf(file.name));
  return buffer(await archiveZip(catalogue(documents), filesOf(store, 'acme')));
}

interface Entry {
  name: string;
  content: Buffer;
  date: string;
}

async function entriesOf(zip: Buffer): Promise<Entry[]> {
  // The reader itself refuses absolute names, backslashes and `..`.
  const file = await yauzl.fromBufferPromise(zip, { strictFileNames: true });
  const entries: Entry[] = [];
  for await (const entry of file.eachEntry()) {
    const at = entry.getLastModDate({ timezone: 'UTC' });
    const content = await buffer(await file.openReadStreamPromise(entry));
    entries.push({ name: entry.fileName, content, date: at.toISOString().slice(0, 16) });
  }
  return entries;
}

const inMemory = (files: Partial<FilesOfOrganisation>): FilesOfOrganisation => ({
  has: async () => true,
  get: async () => undefined,
  ...files,
});
const drain = (stream: Readable) => buffer(stream);

describe('the export of an archive', () => {
  it('holds the catalogue twice, then the files in the order of the law, each dated as its document', async () => {
    const entries = await entriesOf(await zipOf(enough));
    expect(entries.map(({ name }) => name)).toEqual([
      '00-备案单证目录.xlsx',
      '00-备案单证目录.csv',
      '01-购货合同/01-purchase-contract.pdf',
      '02-出口合同/01-sales-contract.pdf',
      '04-运输单据/01-bill-of-lading.pdf',
      '05-国内运费和货代费用发票/01-forwarder-invoice.pdf',
      '06-委托报关协议/01-customs-agency-agreement.pdf',
    ]);
    expect(entries.map(({ date }) => date)).toEqual(entries.map(() => '2026-11-03T12:00'));
    for (const { sha256, path } of catalogue(enough).files)
      expect(sha256Of(entries.find(({ name }) => name === path)?.content ?? '')).toBe(sha256);
  });

  it('has the same catalogue as workbook and as CSV', async () => {
    const [xlsx, csv] = await entriesOf(await zipOf(enough));
    expect(csv?.content.toString()).toBe(catalogueCsv(catalogue(enough)));
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(xlsx?.content as unknown as ArrayBuffer);
    const lines: string[][] = [];
    workbook.worksheets[0]?.eachRow((row) => {
      const cells = catalogueHeadings.map((_, at) => row.getCell(at + 1).value);
      lines.push(cells.map((value) => (value === null ? '' : String(value))));
    });
    const at = lines.findIndex(([first]) => first === catalogueHeadings[0]);
    expect(lines.slice(at)).toEqual([[...catalogueHeadings], ...catalogueTable(catalogue(enough))]);
    expect(lines.slice(0, at).map((cells) => cells.filter(Boolean))).toContainEqual([
      '保存10年，至少至 Kept 10 years, at least until',
      '2036-11-20',
    ]);
  });

  it('is the same bytes for the same archive, in whatever order its documents come', async () => {
    const first = await zipOf(enough);
    expect((await zipOf([...enough].reverse())).equals(first)).toBe(true);
    expect((await zipOf(enough.slice(1))).equals(first)).toBe(false);
  });

  it('is the same bytes in every time zone', () => {
    const hashes = ['UTC', 'Asia/Shanghai', 'Pacific/Auckland', 'America/Los_Angeles'].map((TZ) =>
      execFileSync(process.execPath, ['--import', 'tsx', join(root, 'test/store/print-zip-hash.ts')], {
        env: { ...process.env, TZ },
        encoding: 'utf8',
      }),
    );
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(hashes).size).toBe(1);
  });

  it('keeps no text in its workbook that is reckoned, or that would keep it from opening', async () => {
    const number = '=1+1\u0000\uD800\uFFFE';
    const [xlsx] = await entriesOf(await zipOf([document('purchase-contract', { number })]));
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(xlsx?.content as unknown as ArrayBuffer);
    const values = workbook.worksheets[0]?.getColumn(5).values ?? [];
    expect(values.find((value) => String(value).startsWith('=1+1'))).toBe('=1+1   ');
  });

  it('takes any names: its entries are unique, relative, below its own folders, and each is the file it says', async () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 90 }),
      fc.constantFrom(
        '../../etc/passwd',
        '..',
        'C:\\x.pdf',
        '/',
        'a.pdf',
        'A.PDF',
        'a\u202Efdp.exe',
        'CON',
        '',
        '00-备案单证目录.csv',
      ),
    );
    const kind = fc.constantFrom('purchase-contract', 'bill-of-lading', 'packing-list');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, kind), { minLength: 1, maxLength: 12 }), async (given) => {
        const documents = given.map(([fileName, of], at) => document(of, { id: `d${at}`, fileName }));
        const entries = await entriesOf(await zipOf(documents));
        const names = entries.map((entry) => entry.name);
        expect(names).toHaveLength(documents.length + 2);
        // As a disk compares them that does not tell small from capital letters.
        expect(new Set(names.map((each) => each.toLowerCase())).size).toBe(names.length);
        for (const each of names.slice(2)) expect(each).toMatch(/^(01|04|99)-[^/\\]+\/\d\d-[^/\\\p{C}:]+$/u);
        expect(names.flatMap((each) => each.split('/')).filter((part) => /^\.|\.\.|^$/.test(part))).toEqual([]);
        expect(
          entries
            .slice(2)
            .map((entry) => sha256Of(entry.content))
            .sort(),
        ).toEqual(documents.map(({ file }) => file?.sha256 ?? '').sort());
      }),
      { numRuns: 60 },
    );
  });
});

describe('an export of which a file is lost', () => {
  it('is refused before its first byte, naming the file', async () => {
    const none = inMemory({ has: async () => false });
    const refused = archiveZip(catalogue(enough), none);
    await expect(refused).rejects.toThrow(FilesMissing);
    await expect(refused).rejects.toThrow(
      /5 of the files that the records name: 01-购货合同\/01-purchase-contract.pdf/,
    );
  });

  it.each<[string, FilesOfOrganisation['get'], new (...words: never[]) => Error]>([
    ['gone meanwhile', async () => undefined, FilesMissing],
    ['damaged', async () => Promise.reject(new FileDamaged('changed')), FileDamaged],
    ['out of reach', async () => Promise.reject(new FilesAway('no answer')), FilesAway],
  ])('breaks off where one is %s, and never ends as if it were whole', async (_how, get, kind) => {
    const stream = await archiveZip(catalogue(enough), inMemory({ get }));
    await expect(drain(stream)).rejects.toThrow(kind);
  });

  it('asks for no file of another organisation', async () => {
    await zipOf(enough);
    await expect(archiveZip(catalogue(enough), filesOf(store, 'other'))).rejects.toThrow(FilesMissing);
  });

  const many = Array.from({ length: 20 }, (_, at) => document('packing-list', { id: `p${at}` }));
  // Not compressible, so that what was read has to go somewhere.
  const big = randomBytes(1024 * 1024);

  it('asks for one file at a time', async () => {
    let open = 0;
    let most = 0;
    let asked = 0;
    const get = async (): Promise<Buffer> => {
      asked += 1;
      open += 1;
      most = Math.max(most, open);
      await new Promise(setImmediate);
      open -= 1;
      return big;
    };
    await drain(await archiveZip(catalogue(many), inMemory({ get })));
    expect({ most, asked }).toEqual({ most: 1, asked: 20 });
  });

  it('reads no further than the reader has come', async () => {
    let asked = 0;
    const get = async (): Promise<Buffer> => {
      asked += 1;
      return big;
    };
    const stream = await archiveZip(catalogue(many), inMemory({ get }));
    let size = 0;
    for await (const chunk of stream) {
      size += (chunk as Buffer).length;
      if (size > 3 * big.length) break;
    }
    expect(stream.destroyed).toBe(true);
    expect(asked).toBeGreaterThan(2);
    expect(asked).toBeLessThan(7);
  });
});
