import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { endingOf, safeFileName } from '../../rules/documents/file-name.ts';

describe('a file name of somebody else', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\发票.pdf', '发票.pdf'],
    ['C:\\Users\\li\\合同 1.pdf', '合同 1.pdf'],
    ['..', 'document'],
    ['', 'document'],
    ['.hidden', 'hidden'],
    ['.htaccess', 'htaccess'],
    ['a\u202Egpj.exe', 'agpj.exe'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['invoice\u0000.pdf', 'invoice.pdf'],
    ['a\0b\r\n.pdf', 'ab.pdf'],
    ['what?*<>|.pdf', 'what_____.pdf'],
    ['ends in dots...', 'ends in dots'],
    ['提单 正本.PDF', '提单 正本.PDF'],
    ['a..b.pdf', 'a.b.pdf'],
    ['/', 'document'],
    ['folder/', 'document'],
    ['.pdf', 'pdf'],
    ['con.pdf', '_con.pdf'],
    ['LPT1', '_LPT1'],
    ['contract.pdf', 'contract.pdf'],
  ])('%j becomes %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });

  const ending = fc.constantFrom('.pdf', '.XLSX', '');
  const limits = fc.constantFrom(60, 120);
  it('is short, keeps its ending, says nothing but itself, and stays as it is the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), ending, limits, (name, end, most) => {
        const safe = safeFileName(`${name}x${end}`, 'file', most);
        expect([...safe].length).toBeLessThanOrEqual(most);
        expect(safe.length).toBeLessThanOrEqual(120);
        expect(safe.endsWith(end)).toBe(true);
        expect(safe).toMatch(/^[^\\/:*?"<>|\p{C}.\s](?:[^\\/:*?"<>|\p{C}]*[^\\/:*?"<>|\p{C}.\s])?$/u);
        expect(safe).not.toContain('..');
        expect(safeFileName(safe, 'file', most)).toBe(safe);
      }),
      { numRuns: 500 },
    );
  });

  it('of an archive stays below the bytes of a disk', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), ending, (name, end) => {
        expect(Buffer.byteLength(safeFileName(`${name}x${end}`))).toBeLessThanOrEqual(250);
      }),
    );
  });

  it('is cut between letters, never inside one', () => {
    expect(safeFileName(`${'𠮷'.repeat(200)}.pdf`, 'file', 120)).toBe(`${'𠮷'.repeat(58)}.pdf`);
    expect(safeFileName('字'.repeat(200))).toBe('字'.repeat(60));
  });

  it('claims a kind by its ending', () => {
    expect(['a.PDF', 'a.b.xlsx', 'a', '.pdf', 'a.\u202epdf '].map(endingOf)).toEqual(['pdf', 'xlsx', '', '', 'pdf']);
  });
});
