import { createCipheriv, createHash } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import { hashOfRevision6, rc4 } from '../../reading/admission/pdf-keys.ts';
import { lockOf } from '../../reading/admission/pdf-password.ts';
import { admit } from '../../reading/admit.ts';
import { readInWorker, stopReader } from '../../reading/in-worker.ts';
import { pdf } from './papers.ts';

afterAll(stopReader);

type Version = '1.3' | '1.4' | '1.6' | '1.7ext3';
const versions: Version[] = ['1.3', '1.4', '1.6', '1.7ext3'];
const billOf = (version: Version, userPassword?: string) =>
  pdf(['BILL OF LADING', 'B/L No.: NGBLAX120045'], {
    ...{ version, ownerPassword: 'carrier', permissions: { printing: false, copying: false } as never },
    ...(userPassword === undefined ? {} : { userPassword }),
  });
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

async function fate(bytes: Uint8Array): Promise<string> {
  const answer = await admit(bytes, 'bill.pdf');
  return answer.refused ? `${answer.code}: ${answer.message}` : answer.kind;
}

describe('a PDF that opens without a password and forbids printing', () => {
  it.each(versions)('is taken and read, as writers of %s make it', async (version) => {
    const bytes = await billOf(version);
    expect(text(bytes)).toContain('/Encrypt');
    expect(await fate(bytes)).toBe('pdf');
    expect(await readInWorker(bytes, { kind: 'pdf' })).toMatchObject({
      kind: 'bill-of-lading',
      facts: { number: 'NGBLAX120045' },
    });
  });

  it.each(versions)('is refused where it needs one: %s', async (version) =>
    expect(await fate(await billOf(version, 'secret'))).toMatch(/^encrypted: .*protected with a password/),
  );

  it.each(versions)('is seen in clear, as its writer wrote it: %s', async (version) => {
    const all = text(await billOf(version));
    const lock = lockOf(all);
    if (!lock || lock === 'password') throw new Error('it did not open');
    const [, page = ''] = /\/Contents (\d+) 0 R/.exec(all) ?? [];
    const begin = all.indexOf('stream\n', all.search(new RegExp(`\\n${page} 0 obj`))) + 7;
    const packed = Buffer.from(all.slice(begin, all.indexOf('\nendstream', begin)), 'latin1');
    expect(inflateSync(lock.unlock(packed, Number(page), 0) ?? packed).toString()).toMatch(/BT\s[\s\S]*TJ/);
  });
});

/** A PDF protected in the newest way, written here by the book, with an object list; `R6` has no writer among our libraries. */
function newest(list: string, change: (file: string) => string = (file) => file): Uint8Array {
  const key = Buffer.alloc(32, 7);
  const [proof, seal] = [Buffer.from('proof-01'), Buffer.from('seal--01')];
  const sealed = createCipheriv('aes-256-cbc', hashOfRevision6(seal), Buffer.alloc(16)).setAutoPadding(false);
  const hex = (...parts: Buffer[]) => `<${Buffer.concat(parts).toString('hex')}>`;
  const user = hex(hashOfRevision6(proof), proof, seal);
  const perms = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const allowed = perms.update(Buffer.from('fcffffffffffffff54616462' + '00000000', 'hex'));
  const inCipher = (content: Buffer) => {
    const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(16, 1));
    return Buffer.concat([Buffer.alloc(16, 1), cipher.update(content), cipher.final()]).toString('latin1');
  };
  const page = inCipher(Buffer.from('BT /F1 12 Tf 72 700 Td (PACKING LIST) Tj ET'));
  const packed = inCipher(deflateSync(list));
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Filter /Standard /V 5 /R 6 /Length 256 /P -4 /O ${hex(Buffer.alloc(48, 3))} /U ${user} /OE ${hex(Buffer.alloc(32))}
 /UE ${hex(sealed.update(key))} /Perms ${hex(allowed)} /CF << /StdCF << /CFM /AESV3 /Length 32 >> >> /StmF /StdCF /StrF /StdCF >>`,
    `<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed}\nendstream`,
  ].map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`);
  const trailer = 'trailer << /Root 1 0 R /Size 8 /Encrypt 6 0 R /ID [<01> <01>] >>';
  return new Uint8Array(Buffer.from(change(`%PDF-2.0\n${objects.join('')}${trailer}\n%%EOF\n`), 'latin1'));
}

/** One protected in the old way (revision 2), with an object list: its key is that of the algorithm's first step alone. */
function oldest(list: string): Uint8Array {
  const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
  const md5 = (...parts: Buffer[]) => createHash('md5').update(Buffer.concat(parts)).digest();
  const key = md5(padding, Buffer.alloc(32, 3), Buffer.from('fcffffff', 'hex'), Buffer.from([1])).subarray(0, 5);
  const own = md5(key, Buffer.from([7, 0, 0, 0, 0])).subarray(0, 10);
  const packed = rc4(own, deflateSync(list)).toString('latin1');
  const protection = `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${'03'.repeat(32)}> /U <${rc4(key, padding).toString('hex')}> >>`;
  const stream = `7 0 obj\n<< /Type /ObjStm /Filter /FlateDecode /Length 8 0 R >>\nstream\r\n${packed}\r\nendstream\nendobj`;
  return Buffer.from(`%PDF-1.5\n${stream}\ntrailer << /Encrypt ${protection} /ID [<01> <01>] >>\n%%EOF\n`, 'latin1');
}

const CLEAN = '9 0 << /Title (a) >>';
const SCRIPT = '9 0 << /S /JavaScript /JS (app.alert(1)) >>';

describe('what a protected PDF packs out of sight', () => {
  it('is searched like that of any other', async () => {
    expect([await fate(newest(CLEAN)), await fate(oldest(CLEAN))]).toEqual(['pdf', 'pdf']);
    for (const bytes of [newest(SCRIPT), oldest(SCRIPT), newest(SCRIPT.replace('/JavaScript', '/J#61vaScript'))])
      expect(await fate(bytes)).toMatch(/^script: /);
    expect(await fate(newest('9 0 << /S /Launch /F (cmd.exe) >>'))).toMatch(/^script: The PDF starts a program/);
  });

  it('was written by the book: another reader opens it', async () =>
    expect(await readInWorker(newest(CLEAN), { kind: 'pdf' })).toMatchObject({ kind: 'packing-list' }));

  it('is searched in the open too', async () =>
    expect(
      await fate(newest(CLEAN, (file) => file.replace('/Pages 2 0 R', '/Pages 2 0 R /AA << /S /Launch >>'))),
    ).toMatch(/^script: /));

  const UNSEEN = /^encrypted: The PDF opens without a password, but .*Print it to a new PDF/;
  it.each<[string, (file: string) => string]>([
    ['packed in another way', (file) => file.replace('/FlateDecode', '/LZWDecode')],
    ['under a filter of its own', (file) => file.replace('/Filter /FlateDecode', '/Filter [/Crypt /FlateDecode]')],
    ['in a list that is no object', (file) => file.replace('7 0 obj', '7 0 xxx')],
    [
      'not deciphered',
      (file) => file.replace(/(7 0 obj[^>]*>>\nstream\n).{10}/s, (_, head: string) => `${head}unreadable`),
    ],
    ['with a file inside', (file) => file.replace('/Count 1', '/Count 1 /X << /F (a.xml) /EF << /F 4 0 R >> >>')],
  ])('is refused where it is not to be seen: %s', async (_, change) =>
    expect(await fate(newest(CLEAN, (file) => change(file)))).toMatch(UNSEEN),
  );

  it.each<[string, (file: string) => string]>([
    ['of another maker', (file) => file.replace('/Standard', '/Adobe.PubSec')],
    ['streams left as they are', (file) => file.replace('/StmF /StdCF', '/StmF /Identity')],
    ['texts in another way', (file) => file.replace('/StrF /StdCF', '/StrF /Other')],
    ['a revision of the future', (file) => file.replace('/R 6', '/R 7')],
    ['two ways in one file', (file) => file.replace('%%EOF', 'trailer << /Encrypt << /Filter /Standard >> >>\n%%EOF')],
    ['a wrong proof', (file) => file.replace('/U <', '/U <00')],
    ['no object of that number', (file) => file.replace('/Encrypt 6 0 R', '/Encrypt 66 0 R')],
  ])('is refused where its protection is not the usual one: %s', async (_, change) =>
    expect(await fate(newest(CLEAN, change))).toMatch(/^encrypted: /),
  );

  it.each([
    ['lists that overlap', '7 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream '.repeat(100_000), /^encrypted/],
    ['trailers without end', 'trailer << /Encrypt 6 0 R >> '.repeat(200_000), /^encrypted/],
    ['dictionaries without end', '<<'.repeat(500_000), /^pdf/],
  ])('at once, when it is made to be searched for ever: %s', async (_, more, answer) =>
    expect(await fate(newest(CLEAN, (file) => file.replace('trailer', `${more}\ntrailer`)))).toMatch(answer),
  );
});
