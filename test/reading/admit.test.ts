import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { admit } from '../../reading/admit.ts';
import { LARGEST_FILE_BYTES, LARGEST_XML_BYTES } from '../../reading/limits.ts';
import { sniff } from '../../reading/sniff.ts';
import { archiveOf, withParts } from './archives.ts';
import { png } from './mutations.ts';
import { packingList, pdf } from './papers.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(text, encoding));
const codeOf = async (content: Uint8Array, name = 'paper.pdf') => {
  const answer = await admit(content, name);
  return answer.refused ? answer.code : answer.kind;
};
const pdfWith = (objects: string) =>
  bytes(`%PDF-1.7\n1 0 obj\n<< /Type /Catalog ${objects} >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n`, 'latin1');
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...Array.from({ length: 200 }, () => 7), 0xff, 0xd9]);
const WEBP = new Uint8Array([
  ...bytes('RIFF'),
  32,
  0,
  0,
  0,
  ...bytes('WEBPVP8 '),
  ...Array.from({ length: 24 }, () => 0),
]);
const TIFF = new Uint8Array([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, ...Array.from({ length: 16 }, () => 0)]);
const OFD = () => archiveOf([['OFD.xml', bytes('<?xml version="1.0"?><ofd:OFD xmlns:ofd="x"/>')]]);

describe('a file is taken by its content', () => {
  it('of each kind, whatever its name', async () => {
    const files: [Uint8Array, string][] = [
      [await pdf('Hello'), 'pdf'],
      [png(), 'png'],
      [JPEG, 'jpeg'],
      [WEBP, 'webp'],
      [TIFF, 'tiff'],
      [await packingList(), 'xlsx'],
      [await OFD(), 'ofd'],
      [bytes('<?xml version="1.0" encoding="UTF-8"?><EInvoice><No>1</No></EInvoice>'), 'xml'],
      [new Uint8Array(Buffer.from('\ufeff<?xml version="1.0"?><发票><号码>1</号码></发票>', 'utf16le')), 'xml'],
    ];
    for (const [content, kind] of files) expect([kind, await codeOf(content, 'a.bin')]).toEqual([kind, kind]);
  });

  it('and a name that says otherwise is noted', async () => {
    expect(await admit(png(), 'C:\\scans\\invoice.PDF')).toEqual({
      refused: false,
      kind: 'png',
      mediaType: 'image/png',
      name: 'invoice.PDF',
      notes: ['The name ends in .pdf, the content is PNG: taken by its content.'],
    });
    expect(await admit(png(), 'invoice.png')).toMatchObject({ notes: [] });
  });
});

describe('a file is refused', () => {
  it('when it is empty, or larger than 20 MiB, before it is looked at', async () => {
    expect(await codeOf(new Uint8Array())).toBe('empty');
    expect(await codeOf(new Uint8Array(LARGEST_FILE_BYTES + 1))).toBe('too-large');
    expect(await codeOf(new Uint8Array(LARGEST_FILE_BYTES))).toBe('unknown-type');
  });

  it.each([
    ['a text', 'Invoice 1'],
    ['a page', '<!DOCTYPE html><html><script>alert(1)</script></html>'],
    ['a drawing', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'],
    ['rich text', '{\\rtf1 hello}'],
  ])('when it is of no kind taken here: %s', async (_, content) =>
    expect(await codeOf(bytes(content))).toBe('unknown-type'),
  );

  it('when it is a program, under every name', async () => {
    const programs = [`MZ${'\0'.repeat(80)}`, '\x7fELF\x02', '#!/bin/sh\nrm -rf /', '\xca\xfe\xba\xbe\0\0'];
    for (const program of programs) expect(await codeOf(bytes(program, 'latin1'), 'invoice.pdf')).toBe('executable');
    // A program that also looks like a PDF is a program.
    expect(await codeOf(bytes(`MZ${'\0'.repeat(80)}%PDF-1.7 1 0 obj %%EOF`, 'latin1'))).toBe('executable');
  });

  it.each([
    ['a script', '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>', 'script'],
    ['a script with a disguised name', '/OpenAction << /S /J#61v#61Script /JS 5 0 R >>', 'script'],
    ['a program to start', '/OpenAction << /S /Launch /F (cmd.exe) >>', 'script'],
    ['a form that sends', '/AA << /S /SubmitForm >>', 'script'],
    ['a file inside that is not there', '/Names [(a) << /EF << /F 4 0 R >> >>]', 'embedded-files'],
    ['a password', '/Encrypt 9 0 R', 'encrypted'],
  ])('when a PDF carries %s', async (_, objects, code) => expect(await codeOf(pdfWith(objects))).toBe(code));

  it('when the script of a PDF is packed out of sight', async () => {
    const { deflateSync } = await import('node:zlib');
    const hidden = deflateSync(Buffer.from('5 0 << /S /JavaScript /JS (app.alert(1)) >>')).toString('latin1');
    const file = `%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length ${hidden.length} /Filter /FlateDecode >>\nstream\n${hidden}\nendstream\nendobj\n%%EOF\n`;
    expect(await codeOf(bytes(file, 'latin1'))).toBe('script');
    const bomb = deflateSync(Buffer.alloc(40 * 1024 * 1024)).toString('latin1');
    expect(
      await codeOf(
        bytes(
          file.replace(hidden, () => bomb),
          'latin1',
        ),
      ),
    ).toBe('bomb');
  });

  const SCRIPT = '5 0 << /S /JavaScript /JS (app.alert(1)) >>';
  const HIDDEN = deflateSync(SCRIPT);
  const WRONG_SUM = Buffer.concat([HIDDEN.subarray(0, -4), Buffer.alloc(4)]);
  const BEHIND_END = deflateSync(`endstream endobj ${SCRIPT}`, { level: 0 });
  const BROKEN = Buffer.concat([HIDDEN.subarray(0, -8), Buffer.alloc(40, 0xff)]);
  it.each<[string, string, string, Buffer, string]>([
    ['in a list whose kind is written in hexadecimal', 'Obj#53t#6D', '/FlateDecode', HIDDEN, 'script'],
    ['in a list with a wrong sum', 'ObjStm', '/FlateDecode', WRONG_SUM, 'script'],
    ['in a list that is cut short', 'ObjStm', '/FlateDecode', HIDDEN.subarray(0, -5), 'corrupt'],
    ['in a list without a type', 'XObject', '/FlateDecode', HIDDEN, 'script'],
    ['in a list behind the mark of an end', 'ObjStm', '/FlateDecode', BEHIND_END, 'script'],
    ['in a list that is broken behind it', 'ObjStm', '/FlateDecode', BROKEN, 'corrupt'],
    [
      ...(['in a list packed twice', 'ObjStm', '[/ASCIIHexDecode /FlateDecode]'] as const),
      ...([Buffer.from(`${HIDDEN.toString('hex')}>`), 'corrupt'] as const),
    ],
  ])('when the script of a PDF is %s', async (_, kind, filter, list, code) => {
    const head = `<< /Filter ${filter} /Type /${kind} /N 1 /First 4 /Length ${list.length} >>`;
    const file = `%PDF-1.7\n1 0 obj\n${head}\nstream\n${list.toString('latin1')}\nendstream\nendobj\n%%EOF\n`;
    expect(await codeOf(bytes(file, 'latin1'))).toBe(code);
  });

  it('but not a PDF whose words speak of scripts', async () =>
    expect(await codeOf(pdfWith('/Title (The /JS manual, JavaScript and Launch)'))).toBe('pdf'));

  it('with a password of a real writer', async () =>
    expect(await codeOf(await pdf('Hello', { userPassword: 'secret' }))).toBe('encrypted'));

  it('when a workbook is protected, or comes from an older program', async () => {
    const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
    expect(await codeOf(new Uint8Array(compound))).toBe('unknown-type');
    expect(await codeOf(new Uint8Array(Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')])))).toBe(
      'encrypted',
    );
  });

  it('when a workbook carries macros', async () => {
    expect(await codeOf(await withParts(await packingList(), { 'xl/vbaProject.bin': 'x' }), 'a.xlsx')).toBe('macros');
    expect(await codeOf(await withParts(await packingList(), { 'xl/macrosheets/sheet1.xml': '<a/>' }))).toBe('macros');
  });

  it('when parts of an archive lead out of it', async () => {
    const archive = Buffer.from(await withParts(await packingList(), { 'xl/aa/evil.xml': '<a/>' })).toString('latin1');
    for (const name of ['../../evil.xml', '/xl/../evil.xml', 'xl\\..\\evil.xml'.slice(0, 14)]) {
      const there = 'xl/aa/evil.xml'.length;
      const renamed = archive.replaceAll('xl/aa/evil.xml', name.padStart(there, '/').slice(0, there));
      expect([name, await codeOf(bytes(renamed, 'latin1'))]).toEqual([name, 'unsafe-names']);
    }
  });

  it('when an archive unpacks into too much, or has too many parts', async () => {
    const zeros = new Uint8Array(30 * 1024 * 1024);
    expect(await codeOf(await withParts(await packingList(), { 'xl/worksheets/sheet2.xml': zeros }))).toBe('bomb');
    const many = Array.from({ length: 2100 }, (_, index) => [`p${index}`, bytes('x')] as const);
    expect(await codeOf(await archiveOf([['xl/workbook.xml', bytes('<a/>')], ...many]))).toBe('bomb');
  });

  it('when XML declares entities or is too deep, also inside a workbook', async () => {
    const laughs = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>';
    expect(await codeOf(bytes(laughs))).toBe('bomb');
    expect(await codeOf(new Uint8Array(Buffer.from(`\ufeff${laughs}`, 'utf16le')))).toBe('bomb');
    expect(await codeOf(await withParts(await packingList(), { 'xl/sharedStrings.xml': laughs }))).toBe('bomb');
    expect(await codeOf(bytes(`<?xml version="1.0"?>${'<a>'.repeat(100_000)}`))).toBe('bomb');
    expect(await codeOf(bytes('<?xml version="1.0"?><a><b></a>'))).toBe('corrupt');
  });

  it('when XML is far larger than an invoice', async () =>
    expect(await codeOf(bytes(`<?xml version="1.0"?><a>${' '.repeat(LARGEST_XML_BYTES)}</a>`))).toBe('too-large'));

  // Each of these takes a pattern that tries all ways, or a search from every place, longer than a test may last.
  it.each([
    ['comments before no element', `${'<!---->'.repeat(290)}<1`, 'unknown-type'],
    ['elements that never close', `<?xml version="1.0"?>${'<a</a'.repeat(400_000)}`, 'corrupt'],
    [
      'object lists that overlap',
      `%PDF-1.7\n1 0 obj\n${'<</Type/ObjStm/Filter/FlateDecode>> stream\n'.repeat(400_000)}endstream\n%%EOF`,
      'bomb',
    ],
    ['object lists without content', `%PDF-1.7\n1 0 obj\n${'/ObjStm '.repeat(900_000)}\n%%EOF`, 'corrupt'],
    ['outlines without end', `%PDF-1.7\n1 0 obj\n${'/First 1 0 R '.repeat(900_000)}\n%%EOF`, 'bomb'],
    ['dictionaries that never end', `%PDF-1.7\n1 0 obj\n${'<</First(stream '.repeat(900_000)}\n%%EOF`, 'corrupt'],
  ])('at once, when it is made to be searched for ever: %s', async (_, content, code) => {
    expect(await codeOf(bytes(content, 'latin1'))).toBe(code);
  });

  it('when it is cut short', async () => {
    for (const whole of [await pdf('Hello'), await packingList(), png(), TIFF, WEBP, JPEG])
      expect([sniff(whole), await codeOf(whole.subarray(0, whole.length / 3))]).toEqual([
        sniff(whole),
        expect.stringMatching(/corrupt|unknown-type/),
      ]);
  });

  it('in words that say how to mend it', async () => {
    const answer = await admit(pdfWith('/Encrypt 9 0 R'), 'a.pdf');
    expect(answer).toMatchObject({ refused: true, message: expect.stringContaining('Save it without protection') });
  });
});

it('an upload keeps more of its name than a file of the archive, and is called a file where nothing is left of it', async () => {
  const named = async (name: string) => {
    const answer = await admit(png(), name);
    return answer.refused ? undefined : answer.name;
  };
  expect(await named(`${'x'.repeat(200)}.png`)).toBe(`${'x'.repeat(116)}.png`);
  expect(await named('..')).toBe('file');
});
