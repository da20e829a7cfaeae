import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { declarationsImporter } from '../../reference/importing/declarations.ts';
import { hsImporter } from '../../reference/importing/hs.ts';
import type { ImportFile } from '../../reference/importing/importer.ts';
import { readTable } from '../../reference/importing/table.ts';
import { tariffImporter } from '../../reference/importing/tariff.ts';
import { nomenclatureOf, pathOf } from '../../rules/classification/nomenclature.ts';
import { reference } from '../rules/orders.ts';
import { sample } from './sample-data.ts';

const csv = (text: string, name = 'table.csv'): ImportFile => ({ name, content: Buffer.from(text) });
async function xlsx(rows: ExcelJS.CellValue[][], shape: (sheet: ExcelJS.Worksheet) => void = () => undefined) {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Sheet1');
  for (const row of rows) sheet.addRow(row);
  shape(sheet);
  return { name: 'table.xlsx', content: Buffer.from(await book.xlsx.writeBuffer()) };
}
const whys = (unread: { line: number; why: string }[]) => unread.map(({ line, why }) => `${line}: ${why}`);

describe('a table', () => {
  it('is read from CSV with commas, semicolons or tabs, in UTF-8 with its mark or without', async () => {
    for (const text of ['a,b\n1,"x, y"\n', '\uFEFFa;b\r\n1;x, y\r\n', 'a\tb\n1\tx, y']) {
      const { header, rows } = await readTable(csv(text));
      expect(header).toEqual(['a', 'b']);
      expect(rows).toEqual([{ line: 2, cells: { a: '1', b: 'x, y' } }]);
    }
  });

  it('is read in GB18030 and UTF-16, and refused in what is neither', async () => {
    // 品名,单位 / 台灯,个 as a Chinese office saves it.
    const gb = Buffer.from('c6b7c3fb2cb5a5cebb0accb4b5c62cb8f60a', 'hex');
    expect((await readTable({ name: 'gb.csv', content: gb })).header).toEqual(['品名', '单位']);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('品名\t单位\n台灯\t个\n', 'utf16le')]);
    expect((await readTable({ name: 'u.txt', content: utf16 })).rows[0]?.cells).toEqual({ 品名: '台灯', 单位: '个' });
    await expect(readTable({ name: 'odd.csv', content: Buffer.from([0x61, 0xff, 0xff, 0x0a]) })).rejects.toThrow(
      /odd.csv is neither UTF-8 nor GB18030/,
    );
  });

  it('names the lines that do not fit its header, and refuses doubled columns', async () => {
    expect(whys((await readTable(csv('a,b\n1,2\n1,2,3\n'))).unread)).toEqual([expect.stringMatching(/^3: .*3 cells/)]);
    await expect(readTable(csv('a,a\n1,2\n'))).rejects.toThrow(/table.csv:1: the column "a" is there twice/);
    await expect(readTable(csv('\n\n'))).rejects.toThrow(/no line with the names/);
  });

  it('is read from a workbook as it shows itself', async () => {
    const file = await xlsx(
      [
        ['code', 'rate', 'day', 'sum', 'long'],
        ['0301110000', 0.13, new Date(Date.UTC(2026, 0, 5)), { formula: 'B2*2', result: 0.26 }, 5.3162026e18],
        [9405210090, 12.1, { richText: [{ text: '台' }, { text: '灯' }] }, 1234567.5, null],
      ],
      (sheet) => {
        sheet.getCell('B2').numFmt = '0%';
      },
    );
    const { rows } = await readTable(file);
    expect(rows[0]?.cells).toMatchObject({ code: '0301110000', rate: '13%', day: '2026-01-05', sum: '=B2*2' });
    expect(rows[0]?.cells.long).toMatch(/^≈/);
    expect(rows[1]?.cells).toEqual({ code: '9405210090', rate: '12.1', day: '台灯', sum: '1234567.5', long: '' });
  });

  it('does not unpack a workbook that is a bomb', async () => {
    const zeros = deflateRawSync(Buffer.alloc(120 * 1024 * 1024));
    await expect(readTable({ name: 'bomb.xlsx', content: zipOf('xl/sharedStrings.xml', zeros) })).rejects.toThrow(
      /bomb.xlsx is broken, or unpacks into more than/,
    );
    await expect(readTable({ name: 'cut.xlsx', content: Buffer.from('PK\x03\x04 cut') })).rejects.toThrow(
      /no XLSX workbook/,
    );
  });
});

/** An archive of one part that says that it unpacks into one byte. */
function zipOf(name: string, data: Buffer): Buffer {
  const local = Buffer.alloc(30);
  local.write('PK\x03\x04', 0, 'latin1');
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(data.length, 18);
  local.writeUInt32LE(1, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.write('PK\x01\x02', 0, 'latin1');
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(1, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + data.length, 16);
  return Buffer.concat([local, Buffer.from(name), data, central, Buffer.from(name), end]);
}

describe('the nomenclature', () => {
  const head = 'section,hscode,description,parent,level\n';

  it('is read with its sections, without the rows of totals', async () => {
    const { entries, unread } = await hsImporter.read([
      csv(
        `${head}XVI,85,Electrical,TOTAL,2\nXVI,8518,"Microphones; loudspeakers",85,4\nTOTAL,99,Not specified,TOTAL,2\n`,
      ),
      csv('\uFEFFsection,name\nXVI,"Machinery, electrical"\n', 'sections.csv'),
    ]);
    expect(unread).toEqual([]);
    expect(entries).toEqual([
      { code: '85', description: 'Electrical', section: 'XVI', sectionTitle: 'Machinery, electrical' },
      { code: '8518', description: 'Microphones; loudspeakers', section: 'XVI', sectionTitle: 'Machinery, electrical' },
    ]);
  });

  it('imports nothing when a line cannot be read, and names the line', async () => {
    const text = `${head}XVI,85,Electrical,TOTAL,2\nXVI,8518,,85,4\nXVI,85,Again,TOTAL,2\nXVI,860711,Bogies,8607,6\nXVI,8519,Sound,85,6\n`;
    const { entries, unread } = await hsImporter.read([csv(text)]);
    expect(entries).toEqual([]);
    expect(whys(unread).sort()).toEqual([
      expect.stringMatching(/^3: description/),
      expect.stringMatching(/^4: 85 is there before, table.csv:2/),
      expect.stringMatching(/^5: 860711 stands under 8607, which is not there/),
      expect.stringMatching(/^6: 8519 is said to have 6 digits/),
    ]);
    expect(whys((await hsImporter.read([csv('x,y\n1,2\n')])).unread)).toEqual([expect.stringMatching(/columns x, y/)]);
  });

  it('reads the public table whole', async () => {
    const [codes, sections] = [sample('hs/harmonized-system.csv'), sample('hs/sections.csv')];
    if (!codes || !sections) return;
    const { entries, unread } = await hsImporter.read([
      { name: 'harmonized-system.csv', content: codes },
      { name: 'sections.csv', content: sections },
    ]);
    expect(unread).toEqual([]);
    expect(entries.filter(({ code }) => code.length === 6).length).toBeGreaterThan(5000);
    const path = pathOf('851821', nomenclatureOf(entries), reference.hsChapters);
    expect(path).toMatchObject({ section: { code: 'XVI' }, chapter: { code: '85' }, heading: { code: '8518' } });
    expect(path.section?.title).toMatch(/^Machinery/);
  });
});

describe('a ten-digit table', () => {
  const head = '商品编码,商品名称,第一法定单位,第二法定单位,申报要素,增值税率,出口退税率,监管条件\n';

  it('is read as agencies keep it', async () => {
    const text = `关税查询表,,,,,,,\n${head}9405.2100.90,其他LED台灯,千克,台,"1:品牌类型|2:出口享惠情况|3:材质（塑料、金属）",13%,13,无\n0101210010,改良种用马,千克/头,,,9,0,AB\n`;
    const { entries, unread } = await tariffImporter().read([csv(text)]);
    expect(unread).toEqual([]);
    expect(entries).toEqual([
      {
        code: '9405210090',
        nameZh: '其他LED台灯',
        units: ['千克', '台'],
        elements: ['品牌类型', '出口享惠情况', '材质(塑料、金属)'],
        vatRatePercent: '13',
        rebateRatePercent: '13',
        supervision: null,
      },
      {
        code: '0101210010',
        nameZh: '改良种用马',
        units: ['千克', '头'],
        elements: [],
        vatRatePercent: '9',
        rebateRatePercent: '0',
        supervision: 'AB',
      },
    ]);
  });

  it('is read from a workbook, with columns that somebody else named', async () => {
    const file = await xlsx([
      ['Nr', 'What'],
      ['9405210090', 'LED lamps'],
    ]);
    const { entries } = await tariffImporter({ code: 'Nr', nameZh: 'What' }).read([file]);
    expect(entries).toEqual([expect.objectContaining({ code: '9405210090', units: [], vatRatePercent: null })]);
  });

  it.each([
    ['940521', /940521 has 6 digits and not ten: it is not filled up$/],
    ['301110000', /has 9 digits and not ten.*drops a leading zero/],
    ['94052100901', /has 11 digits/],
    ['LED', /"LED" is no code/],
    ['', /"" is no code/],
    ['=A1', /holds a formula/],
  ])('does not read the code %j', async (code, why) => {
    const { entries, unread } = await tariffImporter().read([
      csv(`${head}9405210010,灯,台,,,13,13,\n${code},灯,台,,,13,13,\n`),
    ]);
    expect(entries).toEqual([]);
    expect(unread).toEqual([{ file: 'table.csv', line: 3, why: expect.stringMatching(why) }]);
  });

  it('does not read what may be two things: a code twice, a rate that may be a share', async () => {
    const text = `${head}9405210090,灯,台,,,13,13,\n9405210090,灯,台,,,13,9,\n9405210010,灯,台,,,0.13,x,\n`;
    const { entries, unread } = await tariffImporter().read([csv(text)]);
    expect(entries).toEqual([]);
    expect(whys(unread)).toEqual([
      expect.stringMatching(/^4: 增值税率: 0.13 may be a share or a percent/),
      expect.stringMatching(/^3: 9405210090 is there before, table.csv:2/),
    ]);
  });

  it('says which column is missing', async () => {
    expect(whys((await tariffImporter().read([csv('商品编码,备注\n9405210090,x\n')])).unread)).toEqual([
      expect.stringMatching(/no column 商品名称/),
    ]);
    expect(whys((await tariffImporter({ unit: 'U' }).read([csv(`${head}`)])).unread)).toEqual([
      expect.stringMatching(/no column U.*or map unit/),
    ]);
  });
});

describe('past declarations', () => {
  const head = '报关单号,申报日期,商品编码,商品名称,英文品名,数量,成交单位,单价,总价,币制,净重(千克),目的国\n';

  it('are read, whatever date and currency they are written with', async () => {
    const text = `${head}310120260000000001,2026/1/5,9405210090,LED台灯,LED table lamp,"1,200",台,12.5,"15,000.00",美元,1800,美国\n310120260000000001,20260105,851821,蓝牙音箱,,500,个,,4250,502,,\n`;
    const { entries, unread } = await declarationsImporter().read([csv(text)]);
    expect(unread).toEqual([]);
    expect(entries).toEqual([
      {
        productCode: null,
        nameZh: 'LED台灯',
        nameEn: 'LED table lamp',
        hsCode: '9405210090',
        quantity: '1200',
        unit: '台',
        unitPrice: '12.5',
        currency: 'USD',
        netWeightKg: '1800',
        declaredOn: '2026-01-05',
        declarationNumber: '310120260000000001',
        buyer: null,
        destination: '美国',
      },
      expect.objectContaining({ hsCode: '851821', unitPrice: '8.5', currency: 'USD', netWeightKg: null }),
    ]);
  });

  it.each([
    ['D1,2026-01-05,9405210090,灯,,10,台,12.5,130,USD,,', /10 × 12.5 is not the total 130/],
    ['D1,2026-13-05,9405210090,灯,,10,台,12.5,125,USD,,', /declaredOn/],
    ['D1,2026111,9405210090,灯,,10,台,12.5,125,USD,,', /declaredOn/],
    ['D1,2026-01-05,94052,灯,,10,台,12.5,125,USD,,', /none is added/],
    ['D1,2026-01-05,9405210090,灯,,10,台,12.5,125,dollars,,', /unknown currency/],
    ['D1,2026-01-05,9405210090,灯,,ten,台,12.5,125,USD,,', /no quantity above zero/],
    ['D1,2026-01-05,9405210090,,,10,台,12.5,125,USD,,', /the goods name is missing/],
    ['D1,2026-01-05,9405210090,灯,,10,台,,,USD,,', /neither unit price nor total/],
  ])('do not take in %s', async (line, why) => {
    const { entries, unread } = await declarationsImporter().read([csv(`${head}${line}\n`)]);
    expect(entries).toEqual([]);
    expect(unread).toEqual([{ file: 'table.csv', line: 2, why: expect.stringMatching(why) }]);
  });

  it('do not take a number that the spreadsheet rounded', async () => {
    const { unread } = await declarationsImporter().read([
      await xlsx([
        ['报关单号', '申报日期', '商品编码', '商品名称', '数量', '单位', '单价', '币制'],
        [3.1012026e17, '2026-01-05', '9405210090', '灯', 10, '台', 12.5, 'USD'],
      ]),
    ]);
    expect(whys(unread)).toEqual([expect.stringMatching(/^2: 报关单号 holds a number of more than 15 digits/)]);
  });
});
