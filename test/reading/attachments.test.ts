import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dictionaryAt, lettersOf } from '../../reading/admission/pdf-objects.ts';
import { admit } from '../../reading/admit.ts';
import { readInWorker, stopReader } from '../../reading/in-worker.ts';
import { archiveOf, withParts } from './archives.ts';
import { png } from './mutations.ts';
import { pdfWithData } from './other-papers.ts';
import { packingList } from './papers.ts';

const XML = '<?xml version="1.0" encoding="UTF-8"?><EInvoice><No>26317000000012345678</No></EInvoice>';

/** How a file stands in its PDF. */
interface Way {
  name?: string;
  /** Said of the stream besides its length. */
  stream?: string;
  packed?: Uint8Array;
  /** Instead of the whole dictionary that names the file. */
  named?: string;
  catalog?: string;
  more?: string;
}

/** A PDF by hand that carries a file. */
function carrying(content: Uint8Array | string, way: Way = {}): Uint8Array {
  const packed = Buffer.from(way.packed ?? deflateSync(content)).toString('latin1');
  const { name = '(invoice.xml)', stream = '/Type /EmbeddedFile /Filter /FlateDecode' } = way;
  const objects = [
    `1 0 obj\n<< /Type /Catalog /AF [2 0 R] ${way.catalog ?? '/Names << /EmbeddedFiles << /Names [(a) 2 0 R] >> >>'} >>\nendobj`,
    `2 0 obj\n${way.named ?? `<< /Type /Filespec /F ${name} /UF ${name} /EF << /F 3 0 R /UF 3 0 R >> >>`}\nendobj`,
    `3 0 obj\n<< ${stream} /Length ${packed.length} >>\nstream\n${packed}\nendstream\nendobj`,
    way.more ?? '',
    'trailer << /Root 1 0 R >>\n%%EOF\n',
  ];
  return new Uint8Array(Buffer.from(`%PDF-1.7\n${objects.join('\n')}`, 'latin1'));
}

async function fate(bytes: Uint8Array): Promise<string> {
  const answer = await admit(bytes, 'invoice.pdf');
  return answer.refused ? `${answer.code}: ${answer.message}` : answer.kind;
}

/** An object list in which that dictionary stands, as newer writers pack it. */
const inList = (dictionary: string) => {
  const list = deflateSync(`2 0 ${dictionary}`).toString('latin1');
  return `4 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${list.length} >>\nstream\n${list}\nendstream\nendobj`;
};
/** So many more files in it. */
const many = (count: number, packed: string) =>
  Array.from(
    { length: count },
    (_, at) => `${at + 4} 0 obj\n<< /Type /EmbeddedFile /Filter /FlateDecode >>\nstream\n${packed}\nendstream\nendobj`,
  ).join('\n');
const plainPdf = (objects = '') => `%PDF-1.7\n1 0 obj\n<< /Type /Catalog ${objects} >>\nendobj\n%%EOF\n`;

describe('a PDF with data inside is taken', () => {
  it('an invoice as a writer of our time makes it, and read like any other', async () => {
    const bytes = await pdfWithData();
    const admitted = await admit(bytes, 'invoice.pdf');
    expect(admitted).toMatchObject({ refused: false, kind: 'pdf' });
    expect(await readInWorker(bytes, { kind: 'pdf' })).toMatchObject({
      kind: 'commercial-invoice',
      facts: { number: 'FX-7' },
    });
    await stopReader();
  });

  it.each<[string, Uint8Array | string, Way]>([
    ['XML', XML, {}],
    ['XML, not packed', '', { packed: Buffer.from(XML), stream: '/Type /EmbeddedFile' }],
    ['a stream that does not call itself a file', XML, { stream: '/Filter [/FlateDecode] /DecodeParms null' }],
    ['named in an object list', XML, { named: 'null', more: inList('<< /F (a.xml) /EF << /F 3 0 R >> >>') }],
    ['a mark on a page', XML, { catalog: '', more: '5 0 obj\n<< /Subtype /FileAttachment /FS 2 0 R >>\nendobj' }],
    ['a Chinese name', XML, { name: '<FEFF53D17968002E0078006D006C>' }],
    ['a name that goes on in brackets', XML, { name: '(invoice \\(1\\) \\056xml)' }],
    ['an empty list of files', XML, { named: 'null', stream: '/Filter /FlateDecode' }],
    ['a table', 'no,amount\r\n1,12.50\r\n', { name: '(lines.csv)' }],
    ['a picture', png(), { name: '(stamp.png)' }],
    ['a PDF', plainPdf(), { name: '(original.pdf)' }],
  ])('%s', async (_, content, way) => expect(await fate(carrying(content, way))).toBe('pdf'));

  it('a picture in whose bytes a key stands by chance', async () => {
    const picture = '5 0 obj\n<< /Length 40 >>\nstream\n/EF7/eF<</EF %/EF 1 /EF(\x01\x02/EF)\nendstream\nendobj';
    expect(await fate(carrying(XML, { more: picture }))).toBe('pdf');
  });

  it('a workbook without macros', async () =>
    expect(await fate(carrying(await packingList(), { name: '(list.xlsx)' }))).toBe('pdf'));
});

describe('a PDF is refused whose file inside', () => {
  it.each<[string, Uint8Array | string, Way, RegExp]>([
    ['is a program', `MZ${'\0'.repeat(80)}`, {}, /invoice\.xml\) that is a program/],
    ['is a script', '#!/bin/sh\nrm -rf /', {}, /a program or a script/],
    ['calls itself a program', XML, { name: '(setup.exe)' }, /setup\.exe\) that is no data by its name \(\.exe\)/],
    ['calls itself a script, in hexadecimal', XML, { name: '<72756E2E6A73>' }, /no data by its name \(\.js\)/],
    ['has a long ending', XML, { name: '(invoice.application)' }, /\.application/],
    ['hides its ending', XML, { name: '<FEFF00610062202E006C006D0078002E006500780065>' }, /\.exe/],
    ['has a second name', XML, { named: '<< /F (a.xml) /UF (a.bat) /EF << /F 3 0 R >> >>' }, /\.bat/],
    ['is an archive', gzipSync(XML), {}, /an archive/],
    ['is a file of an older program', Buffer.from('d0cf11e0a1b11ae1', 'hex'), {}, /older Office/],
    ['is a page', '<html><script>alert(1)</script></html>', {}, /a page/],
    ['is of no kind', Buffer.from([1, 2, 3, 4]), {}, /cannot be looked at/],
    ['is XML with entities', '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">]><l>&a;</l>', {}, /\(bomb\)/],
    ['is a PDF with a script', plainPdf('/AA << /S /JavaScript >>'), { name: '(a.pdf)' }, /\(script\)/],
  ])('%s', async (_, content, way, why) => {
    const words = await fate(carrying(content, way));
    expect(words).toMatch(/^embedded-files: The PDF carries a file inside/);
    expect(words).toMatch(why);
  });

  it('is an archive or a workbook with macros', async () => {
    expect(await fate(carrying(await archiveOf([['a.xml', Buffer.from(XML)]])))).toMatch(/an archive/);
    const macros = await withParts(await packingList(), { 'xl/vbaProject.bin': 'x' });
    expect(await fate(carrying(macros, { name: '(a.xlsx)' }))).toMatch(/^embedded-files: .*\(macros\)/);
  });

  it('is a PDF that carries data may pass, and one that carries a PDF may not', async () => {
    const inner = (content: Uint8Array | string, name: string) => carrying(content, { name });
    expect(await fate(inner(inner(XML, '(a.xml)'), '(a.pdf)'))).toBe('pdf');
    expect(await fate(inner(inner(plainPdf(), '(a.pdf)'), '(a.pdf)'))).toMatch(/^embedded-files/);
  });

  const UNSEEN = /^embedded-files: .*cannot be looked at/;
  it.each<[string, Way]>([
    ['is packed in another way', { stream: '/Type /EmbeddedFile /Filter /LZWDecode' }],
    ['is packed twice', { stream: '/Type /EmbeddedFile /Filter [/FlateDecode /FlateDecode]' }],
    ['is packed as another object says', { stream: '/Type /EmbeddedFile /Filter 9 0 R' }],
    ['is packed line by line', { stream: '/Filter /FlateDecode /DecodeParms << /Predictor 12 >>' }],
    ['stands in another file', { stream: '/F (other.xml) /Filter /FlateDecode' }],
    ['is broken', { packed: Buffer.from('not packed') }],
    ['is not there', { named: '<< /F (a.xml) /EF << /F 8 0 R >> >>' }],
    ['is no stream', { named: '<< /F (a.xml) /EF << /F 1 0 R >> >>' }],
    ['is named elsewhere', { named: '<< /F 9 0 R /EF << /F 3 0 R >> >>' }],
    ['is listed elsewhere', { named: '<< /F (a.xml) /EF 9 0 R >>' }],
    ['is listed elsewhere, between remarks', { named: '<< /F (a.xml) /EF%\n9%\n0%\nR >>' }],
    ['is listed behind a remark', { named: '<< /F (a.xml) /E#46 % remark\n 9 0 R >>' }],
    ['has files of its own', { named: '<< /F (a.xml) /RF << >> /EF << /F 3 0 R >> >>' }],
    ['has two lists', { named: '<< /F (a.xml) /EF << /F 3 0 R >> /EF << /F 4 0 R >> >>' }],
    ['stands in an object list', { more: inList('<< /Type /EmbeddedFile >>') }],
  ])('%s, since it is not to be seen', async (_, way) => expect(await fate(carrying(XML, way))).toMatch(UNSEEN));

  it('was a program in a revision that no longer counts, or is one in the next', async () => {
    const program = deflateSync(`MZ${'\0'.repeat(80)}`).toString('latin1');
    const more = `3 0 obj\n<< /Filter /FlateDecode >>\nstream\n${program}\nendstream\nendobj`;
    expect(await fate(carrying(XML, { more }))).toMatch(/a program/);
  });

  it('has another name where the dictionary is read from another place', async () => {
    const named = '<< /F (a.exe) /D (<< /F <612E786D6C> %)\n /EF << /F 3 0 R >> >>';
    expect(await fate(carrying(XML, { named }))).toMatch(/no data by its name \(\.exe\)/);
  });

  it('unpacks into too much, alone or with others', async () => {
    expect(await fate(carrying(Buffer.alloc(30 * 1024 * 1024, ' ')))).toMatch(/^bomb/);
    const text = deflateSync('x'.repeat(6 * 1024 * 1024)).toString('latin1');
    expect(await fate(carrying(XML, { more: many(7, text) }))).toMatch(/^bomb/);
  });

  it('is one of more than a paper carries', async () => {
    const data = deflateSync(XML).toString('latin1');
    expect(await fate(carrying(XML, { more: many(9, data) }))).toBe('pdf');
    expect(await fate(carrying(XML, { more: many(10, data) }))).toMatch(UNSEEN);
  });
});

describe('a PDF is refused that', () => {
  it.each([
    ['goes to a file inside', '/OpenAction << /S /GoToE /T << /R /C >> >>', /^script: The PDF starts a program/],
    ['is a form with scripts out of sight', '/AcroForm << /XFA [(template) 5 0 R] >>', /^script: .*\(XFA\)/],
    ['is a form without pages', '/NeedsRendering true /AcroForm << /XFA 5 0 R >>', /^unknown-type: .*without pages/],
    ['is a folder of files', '/Collection << /View /D >>', /^embedded-files: .*Hand those in by themselves/],
  ])('%s', async (_, objects, why) => {
    expect(await fate(new Uint8Array(Buffer.from(plainPdf(objects))))).toMatch(why);
    const { length } = Buffer.from(objects);
    expect(await fate(new Uint8Array(Buffer.from(plainPdf(`/Title (${'x'.repeat(length)})`))))).toBe('pdf');
  });

  // Each of these takes a search from every place, or a copy for each find, longer than a test may last.
  it.each([
    ['names files without end', '/EF<<'.repeat(800_000)],
    ['names files behind remarks', '/EF%'.repeat(1_000_000)],
    ['has one object without end', `/EF<< /F 1 0 R >> ${'1 0 obj '.repeat(500_000)}`],
    ['begins dictionaries without end', `${'<<'.repeat(500_000)}/EF<< /F 1 0 R >>`],
    ['calls streams files without end', '<</Type/EmbeddedFile>>stream'.repeat(200_000)],
  ])('at once, when it is made to be searched for ever: it %s', async (_, content) =>
    expect(await fate(Buffer.from(`%PDF-1.7\n1 0 obj\n${content}\n%%EOF`))).toMatch(/^embedded-files/),
  );
});

describe('a dictionary of a PDF', () => {
  it('is read as it is written', () => {
    const text = '  <</A#42 (x(y)\\)\\101)/C[1 2 0 R/D<FEFF 4E2D>true]/E<</F -.5>>%)\n>>stream';
    const read = dictionaryAt(text, 2);
    expect(text.slice(read?.end)).toBe('stream');
    expect(read?.value.entries.get('AB')).toEqual({ at: 4, value: { kind: 'text', bytes: 'x(y))A' } });
    expect(read?.value.entries.get('C')?.value).toMatchObject({
      items: [
        { value: 1 },
        { object: 2, generation: 0 },
        { name: 'D', at: text.indexOf('/D') },
        { kind: 'text' },
        { word: 'true' },
      ],
    });
    expect(lettersOf('\xfe\xff\x4e\x2d')).toBe('中');
  });

  it('is none where a key stands twice, something is cut off, or it lies too deep', () => {
    for (const text of ['<</A 1/A 2>>', '<</A 1', '<</A>>', '<</A (x>>', '<< 1 >>', '<</A'.repeat(30)])
      expect([text, dictionaryAt(text, 0)]).toEqual([text, undefined]);
  });

  it('of any letters is read or not, and never throws', () => {
    const piece = fc.constantFrom(
      '<<',
      '>>',
      '/A',
      '/B#41',
      '(',
      ')',
      '\\',
      '[',
      ']',
      '<41>',
      '1',
      ' 0 R',
      '%',
      '\n',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = `<<${pieces.join('')}`;
        const read = dictionaryAt(text, 0);
        if (read) expect(text.slice(0, read.end)).toMatch(/>>$/);
      }),
    );
  });
});
