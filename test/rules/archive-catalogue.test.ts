import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import {
  type ArchiveCatalogue,
  catalogueCsv,
  catalogueHead,
  catalogueHeadings,
  catalogueOf,
} from '../../rules/archive-catalogue.ts';
import type { Archive } from '../../rules/archive-papers.ts';
import type { CivilDate } from '../../rules/civil-date.ts';
import { archive, document, enough, moments } from './archives.ts';

const catalogue = (of: Archive): ArchiveCatalogue =>
  catalogueOf({ shipment: 'LAMPS-1', exporter: '宁波明灯有限公司', archive: of, keptIn: 'Quayside, acme' });
const rowsOf = (of: Archive, nameZh: string) => catalogue(of).rows.filter((row) => row.nameZh === nameZh);
const csvOf = (of: Archive) =>
  parse(catalogueCsv(catalogue(of)), { bom: true, relax_column_count: true, skip_empty_lines: true }) as string[][];

describe('the catalogue of an archive', () => {
  it('lists the papers in the order of the law, whatever order they came in', () => {
    const { rows } = catalogue(archive([document('commercial-invoice'), ...enough].reverse()));
    expect(rows.map(({ no, nameZh }) => `${no} ${nameZh}`)).toEqual([
      '1.1 购货合同',
      '2.1 出口合同',
      '3 服务合同',
      '4.1 运输单据',
      '5.1 国内运费和货代费用发票',
      '6.1 委托报关协议',
      '7 报关服务费发票',
      '99.1 其他单证',
    ]);
  });

  it('says of each document its number, date, file, hash and where it is kept', () => {
    const contract = document('purchase-contract', { fileName: '采购合同.pdf', keptAt: '宁波档案室 A-3' });
    expect(rowsOf(archive([contract]), '购货合同')).toEqual([
      {
        no: '1.1',
        nameZh: '购货合同',
        name: 'purchase contract',
        state: 'here',
        number: 'purchase-contract-77',
        date: '2026-11-03',
        path: '01-购货合同/01-采购合同.pdf',
        sha256: contract.file?.sha256,
        keptAt: '宁波档案室 A-3; Quayside, acme',
        owedBy: 'supplier',
        since: '2026-11-02',
        remark: '',
      },
    ]);
  });

  it('lists what is missing as missing, with who owes it and since when', () => {
    const without = archive(enough.filter(({ kind }) => kind !== 'bill-of-lading'));
    expect(rowsOf(without, '运输单据')).toMatchObject([
      { no: '4', state: 'missing', owedBy: 'carrier', since: '2026-11-09', keptAt: '' },
    ]);
    expect(Object.fromEntries(catalogueHead(catalogue(without)))).toMatchObject({
      '缺失 Missing': '服务合同、运输单据、报关服务费发票',
      '是否齐备 Complete': '否 no',
    });
    expect(
      csvOf(without)
        .find(([no]) => no === '4')
        ?.slice(0, 4),
    ).toContain('缺失 missing');
  });

  it('says where a paper is kept elsewhere', () => {
    const elsewhere = archive([], { keptElsewhere: [{ paper: 'export-contract', where: '总部档案室' }] });
    expect(rowsOf(elsewhere, '出口合同')).toMatchObject([{ state: 'kept-elsewhere', keptAt: '总部档案室' }]);
  });

  it('marks a revision that was replaced, a substitute, and a document of which there is no file', () => {
    const of = archive([
      document('sales-contract'),
      document('sales-contract', { revision: 2 }),
      document('transport-document-substitute'),
      { ...document('freight-invoice'), file: undefined },
    ]);
    expect(rowsOf(of, '出口合同').map(({ remark }) => remark)).toEqual(['', expect.stringContaining('revision 2')]);
    expect(rowsOf(of, '运输单据')[0]?.remark).toContain('substitute of like content');
    const [freight] = rowsOf(of, '国内运费和货代费用发票');
    expect(freight).toMatchObject({ keptAt: expect.stringContaining('as data, no file') });
    expect(freight).not.toHaveProperty('path');
  });

  it('says until when it is to be kept, or from when that will count', () => {
    const of = archive(enough);
    expect(Object.fromEntries(catalogueHead(catalogue(of)))).toMatchObject({
      '保存10年，至少至 Kept 10 years, at least until': '2036-11-20',
      '应于此日前齐备 To be complete by': '2026-12-05',
    });
    const before = archive(enough, { moments: { ...moments, claimSubmittedAt: undefined } });
    expect(Object.fromEntries(catalogueHead(catalogue(before)))).toMatchObject({
      '保存10年，至少至 Kept 10 years, at least until': expect.stringContaining('10 years after the claim'),
    });
  });

  it('names the declaration and the day of the claim, by which an inspector looks for it', () => {
    const head = (of: Archive) =>
      Object.fromEntries(
        catalogueHead({ ...catalogue(of), declarationNumber: '310120260123456789' }).filter(([label]) =>
          /^(报关单号|申报退税日期)/.test(label),
        ),
      );
    expect(head(archive(enough))).toEqual({
      '报关单号 Customs declaration': '310120260123456789',
      '申报退税日期 Claimed on': '2026-11-20',
    });
    expect(head(archive(enough, { moments: { ...moments, claimSubmittedAt: undefined } }))).toMatchObject({
      '申报退税日期 Claimed on': '尚未申报 not yet',
    });
  });

  it('dates a document that says no date by the day in China on which it came', () => {
    const undated = document('purchase-contract', { date: undefined, asOf: '2026-11-04T17:00:00Z' });
    expect(rowsOf(archive([undated]), '购货合同')).toMatchObject([{ date: '2026-11-05' as CivilDate }]);
  });
});

describe('files that nobody has confirmed', () => {
  const received = {
    id: 'BL-3',
    kind: 'bill-of-lading',
    name: '提单3.pdf',
    sha256: 'f'.repeat(64),
    replaced: false,
    receivedAt: '2026-11-24T17:00:00Z',
  };
  const whole = {
    shipment: 'LAMPS-1',
    exporter: '宁波明灯有限公司',
    archive: archive(enough),
    keptIn: 'Quayside, acme',
  };
  const label = '已收到、未确认，不在本包内 Received, not confirmed, not in this export';
  const headOf = (of: ArchiveCatalogue) => Object.fromEntries(catalogueHead(of))[label];

  it('are named at the head and in the list, and are no files of the export', () => {
    const named = catalogueOf({ ...whole, unconfirmed: [received, { ...received, kind: null, replaced: true }] });
    expect(named.rows.slice(-2)).toMatchObject([
      {
        no: '未.1',
        name: 'bill-of-lading: 提单3.pdf',
        state: 'not-confirmed',
        sha256: received.sha256,
        since: '2026-11-25',
        remark: 'BL-3; 不在本包内 not in this export',
      },
      { no: '未.2', name: 'of unknown kind: 提单3.pdf', remark: expect.stringContaining('came later') },
    ]);
    expect(named.files).toEqual(catalogueOf(whole).files);
    expect(headOf(named)).toBe('bill-of-lading: 提单3.pdf、of unknown kind: 提单3.pdf');
    expect(catalogueCsv(named)).toContain('"已收到、未确认 received, not confirmed"');
  });

  it('are said to be none where there are none', () => expect(headOf(catalogueOf(whole))).toBe('无 none'));
});

describe('the catalogue as CSV', () => {
  it('reads back as what it says, quotes, commas and line breaks included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), (number) => {
        fc.pre(!/^[=+\-@\t\r]/.test(number));
        const row = csvOf(archive([document('purchase-contract', { number })])).find(([no]) => no === '1.1');
        expect(row).toHaveLength(catalogueHeadings.length);
        expect(row?.[4]).toBe(number);
      }),
    );
  });

  it.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)'])('keeps %s from being reckoned', (number) => {
    const row = csvOf(archive([document('purchase-contract', { number })])).find(([no]) => no === '1.1');
    expect(row?.[4]).toBe(`'${number}`);
  });
});
