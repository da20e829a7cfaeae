import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { amount, clean, dueOf, grouped } from '../../printing/figures.ts';
import { unprintableIn } from '../../printing/glyphs.ts';
import { printDocument } from '../../printing/print-document.ts';
import { contentHashOf } from '../../rules/documents/content-hash.ts';
import type { PreparedDocument } from '../../rules/documents/prepared.ts';
import type { Logo } from '../../rules/documents/stationery.ts';
import { root } from '../house/source-files.ts';
import { goldenCases, papersOf } from './cases.ts';
import { printHashes } from './print-hashes.ts';
import { readBack, textLayer } from './reading-back.ts';

const caseOf = (name: string) => {
  const found = goldenCases.find((golden) => golden.name === name);
  if (!found) throw new Error(`no golden case ${name}`);
  return found;
};
const fifty = caseOf('fifty-lines-usd');
const [invoice] = papersOf(fifty) as [Extract<PreparedDocument, { kind: 'commercial-invoice' }>];
const sha256 = (pdf: Buffer) => createHash('sha256').update(pdf).digest('hex');
const pictures = (pdf: Buffer) => pdf.toString('latin1').split('/Subtype /Image').length - 1;
const withLogo = (logo: Logo) => {
  const letterhead = { lines: [], logoHash: contentHashOf(logo) };
  return printDocument({ ...invoice, content: { ...invoice.content, letterhead } }, { logo });
};
/** The same bytes but for one. */
const flipped = (bytes: Buffer, at: number) => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};
const textOf = async (pdf: Buffer) => {
  const [read] = await readBack([pdf]);
  return read ? textLayer(read) : '';
};

describe('a printed paper', () => {
  it('has the same bytes in every process, whatever its time zone', async () => {
    const say = async (zone: string): Promise<unknown> => {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['ops/run.mjs', 'test/printing/print-hashes.ts', '--say'],
        { cwd: root, env: { ...process.env, TZ: zone } },
      );
      return JSON.parse(stdout);
    };
    const here = await printHashes();
    expect(Object.keys(here)).toHaveLength(14);
    expect(await Promise.all([say('Asia/Shanghai'), say('America/Los_Angeles')])).toEqual([here, here]);
    const again = papersOf(fifty)[6];
    expect(again && sha256(await printDocument(again, { logo: fifty.logo, mark: { kind: 'superseded', by: 2 } }))).toBe(
      here['LA-2650/letter-of-instruction/1'],
    );
  });

  it('has its fonts in it, and of them only what it uses', async () => {
    const pdf = await printDocument(invoice);
    const names = new Set(pdf.toString('latin1').match(/\/BaseFont \/[A-Z]{6}\+NotoSansSC-\w+/g));
    expect(names.size).toBe(2);
    expect(pdf.toString('latin1')).toContain('/FontFile2');
    expect(pdf.length).toBeLessThan(150_000);
  });

  it('is dated and named by its data', async () => {
    const [read] = await readBack([await printDocument(invoice)]);
    expect(read?.info).toMatchObject({
      Title: '商业发票 COMMERCIAL INVOICE EX-CI/LA-2650',
      Author: 'Example Import & Export Co., Ltd.',
      CreationDate: 'D:20261124000000Z',
    });
  });

  it('carries the logo that belongs to it, and no other', async () => {
    const { logo } = fifty;
    const other = logo && { ...logo, base64: `${logo.base64.slice(0, -4)}AAA=` };
    const [without, withIt, withOther] = await Promise.all(
      [undefined, logo, other].map(async (each) => pictures(await printDocument(invoice, { logo: each }))),
    );
    expect(withIt).toBeGreaterThan(0);
    expect([without, withOther]).toEqual([0, 0]);
  });

  it.each([
    ['cut off', (png: Buffer) => png.subarray(0, png.length - 400), /broken or cut off/],
    ['with a flipped byte', (png: Buffer) => flipped(png, 200), /broken or cut off/],
    ['that says to be larger', (png: Buffer) => flipped(png, 23), /broken or cut off/],
    ['interlaced', (png: Buffer) => flipped(png, 28), /without interlacing/],
  ])('refuses a logo %s before it can end the process', async (_, spoil, why) => {
    const png = spoil(Buffer.from(fifty.logo?.base64 ?? '', 'base64'));
    await expect(withLogo({ mediaType: 'image/png', base64: png.toString('base64') })).rejects.toThrow(why);
  });

  it('refuses a JPEG that is none', async () => {
    await expect(withLogo({ mediaType: 'image/jpeg', base64: '/9j/4AAQ' })).rejects.toThrow();
  });

  it('is marked as a draft or as superseded on every page', async () => {
    const pages = (await textOf(await printDocument(invoice, { mark: { kind: 'superseded', by: 3 } }))).split('\f');
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(page).toContain('SUPERSEDED by revision 3 已由第3版取代');
    expect(await textOf(await printDocument(invoice, { mark: { kind: 'draft' } }))).toContain('DRAFT 草稿');
    expect(await textOf(await printDocument(invoice))).not.toMatch(/DRAFT|SUPERSEDED/);
  });

  it('repeats the head of its table on every page that has lines', async () => {
    const pages = (await textOf(await printDocument(invoice))).split('\f');
    for (const page of pages) expect(page.match(/Description of goods/g)).toHaveLength(1);
  });

  it('is printed of what an older version kept', async () => {
    const { letterhead, signatory, totalInWords, route, payment, bank, ...content } = invoice.content;
    const old = { ...invoice, content };
    expect([letterhead, signatory, totalInWords, route, payment, bank]).not.toContain(undefined);
    expect(await textOf(await printDocument(old))).toContain('1,884,603.00');
  });
});

describe('names in the letters of other countries', () => {
  const [plain] = papersOf(caseOf('one-line-kwd')) as [typeof invoice];
  it.each([
    'Zakłady Świetlne Łódź',
    'Příliš žluťoučký kůň',
    'Işık Şirketi Ğ',
    'Ελλάδα Αθήνα',
    'Київ Їжак',
    'Công ty Đà Nẵng',
    'Łódź公司',
  ])('%s is printed and read back', async (name) => {
    const paper = { ...plain, content: { ...plain.content, buyer: { name, country: 'PL' } } };
    expect(unprintableIn(paper)).toEqual([]);
    expect(await textOf(await printDocument(paper))).toContain(name);
  });
});

describe('characters that the fonts do not have', () => {
  const [plain] = papersOf(caseOf('one-line-kwd')) as [typeof invoice];
  it('are told, once each, so that nobody sends empty boxes out', () => {
    const buyer = { name: '서울 Trading شركة 宁波 Łódź Αθήνα Москва さくら', country: 'KR' };
    expect(unprintableIn({ ...plain, content: { ...plain.content, buyer } })).toEqual([...'서울شركة']);
  });
  it.each(goldenCases.map((golden) => [golden.name, golden] as const))('are none in %s', (_, golden) => {
    expect(papersOf(golden).flatMap(unprintableIn)).toEqual([]);
  });
  it('are those that the typesetter has no glyph for', async () => {
    const name = '\u{20000}\u{1F600}㐀龥가';
    const paper = { ...plain, content: { ...plain.content, buyer: { name, country: 'KW' } } };
    const missing = unprintableIn(paper);
    const printed = await textOf(await printDocument(paper));
    expect([...name].filter((character) => !printed.includes(character))).toEqual(missing);
  });
});

describe('what others wrote', () => {
  const [plain] = papersOf(caseOf('one-line-kwd')) as [typeof invoice];
  const named = (name: string): PreparedDocument => ({
    ...plain,
    content: { ...plain.content, buyer: { name, country: 'KW' }, marks: name },
  });

  it.each(['file:///etc/passwd', 'http://127.0.0.1:1/logo.png', '{{page}}', '\\(Tj)ET', '<b>bold</b>'])(
    'is printed as it is and does nothing: %s',
    async (name) => expect((await textOf(await printDocument(named(name)))).replace(/\s/g, '')).toContain(name),
  );

  it('cannot stop the printer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), async (name) => {
        expect((await printDocument(named(name))).subarray(0, 5).toString()).toBe('%PDF-');
      }),
      { numRuns: 25 },
    );
  });

  it('may be as tall as it is allowed to be: 250 lines of marks go on over the pages', async () => {
    const marks = Array.from({ length: 250 }, (_, index) => `${index}`).join('\n');
    const text = await textOf(await printDocument({ ...plain, content: { ...plain.content, marks } }));
    const words = new Set(text.split(/\s+/));
    expect(marks.split('\n').filter((mark) => !words.has(mark))).toEqual([]);
  });
});

describe('figures and sentences', () => {
  it.each([
    ['0', '0'],
    ['999', '999'],
    ['1000', '1,000'],
    ['1234567.8901', '1,234,567.8901'],
    ['-12345.5', '-12,345.5'],
  ])('%s is written %s', (value, written) => expect(grouped(value)).toBe(written));

  it('groups as the platform does', () => {
    const decimal = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 14n }), fc.stringMatching(/^\d{0,7}[1-9]$/));
    fc.assert(
      fc.property(decimal, ([whole, fraction]) => {
        const value = `${whole}.${fraction}` as const;
        const format = new Intl.NumberFormat('en-US', { maximumFractionDigits: 20 });
        expect(grouped(value)).toBe(format.format(value as `${number}`));
      }),
    );
  });

  it('an amount has the decimals of its currency, and keeps finer ones', () => {
    expect(amount('12', 'USD')).toBe('12.00');
    expect(amount('1234567', 'JPY')).toBe('1,234,567');
    expect(amount('3.1', 'KWD')).toBe('3.100');
    expect(amount('0.12345', 'USD')).toBe('0.12345');
  });

  it.each([
    [{ trigger: 'order', days: 0 }, 'with order 下单时'],
    [{ trigger: 'shipment', days: 1 }, '1 day after shipment 发货后1天'],
    [{ trigger: 'arrival', days: 45 }, '45 days after arrival 到货后45天'],
    [{ trigger: 'date', days: 0, on: '2027-01-31' }, 'on the date agreed 约定日期, 2027-01-31'],
  ] as const)('%j is due %s', (due, text) => {
    expect(dueOf({ no: 1, amount: '1', ...due } as Parameters<typeof dueOf>[0])).toBe(text);
  });

  it('hidden characters that turn the writing or move the pen are left out', () => {
    expect(clean('USD \u202e00.1\u202c\u0000\u0007 a\r\nb\tc\u2028d')).toBe('USD 00.1 a\nb c\nd');
    expect(clean('Men’s ‘x’')).toBe("Men's ‘x'");
  });
});
