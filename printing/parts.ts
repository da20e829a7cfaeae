/** What all papers are put together from: letterhead, title, boxes of fields, tables of lines, places to sign. */
import type { Column as Beside, Content, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js';
import type { CommercialInvoice } from '../rules/documents/content.ts';
import type { Logo } from '../rules/documents/stationery.ts';
import { facedText } from './faced-text.ts';
import { clean } from './figures.ts';

/** Points between the margins of an A4 page, upright and on its side. */
export const WIDTH = { portrait: 515, landscape: 762 } as const;

const GREY = '#555555';
const RULE = '#8a8f98';
const SHADE = '#eef1f5';
const PADDING = 4;

/** A label in both languages, the Chinese first. */
export type Label = readonly [zh: string, en: string];

/** The seller, letterhead and signatory as every paper has them. */
export type Head = Pick<CommercialInvoice, 'seller' | 'letterhead' | 'signatory'>;

/** Thin lines around and between, a shaded head. */
export const grid: CustomTableLayout = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0.5,
  hLineColor: () => RULE,
  vLineColor: () => RULE,
  paddingLeft: () => PADDING,
  paddingRight: () => PADDING,
  paddingTop: () => 3,
  paddingBottom: () => 3,
};

/** Widths of columns by shares of the page, lines and paddings taken off, so that a table fills it exactly. */
export function columnsOf(total: number, shares: readonly number[]): number[] {
  const free = total - shares.length * 2 * PADDING - (shares.length + 1) * 0.5;
  const all = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => (free * share) / all);
}

/** Rows longer than that may be broken over two pages: a page that may not break them would cut them off. */
const MOST_CHARACTERS_UNBROKEN = 900;
const MOST_LINES_UNBROKEN = 20;

function isShort(text: string): boolean {
  return text.length < MOST_CHARACTERS_UNBROKEN && text.split(/\n|\\n/).length <= MOST_LINES_UNBROKEN;
}

/** pdfmake sets a cell over two rows too low where rows may not be broken: the next cell would be printed over it. */
function mayStayUnbroken(rows: TableCell[][]): boolean {
  const cells = rows.flat().map((cell) => JSON.stringify(cell));
  return cells.every((cell) => isShort(cell) && !cell.includes('"rowSpan"'));
}

/** A field: its small label above what it says. An empty value shows that the paper leaves it open. */
export function field([zh, en]: Label, value: string | undefined, more: object = {}): TableCell {
  return {
    stack: [{ text: `${zh} ${en}`, fontSize: 6.5, color: GREY }, { text: value ? facedText(value) : '—' }],
    ...more,
  };
}

/** A box of fields in rows; each row shares the width equally unless shares are given. */
export function box(rows: TableCell[][], total: number = WIDTH.portrait, shares?: readonly number[]): Content {
  const count = rows[0]?.length ?? 1;
  return {
    table: {
      widths: columnsOf(total, shares ?? Array.from({ length: count }, () => 1)),
      body: rows,
      dontBreakRows: mayStayUnbroken(rows),
    },
    layout: grid,
    margin: [0, 0, 0, 6],
  };
}

/** Name, address, country and tax id of a party, one below the other. */
export function partyOf({ name, address, country, taxId }: CommercialInvoice['buyer']): string {
  return [name, [address, country].filter(Boolean).join(', '), taxId && `Tax ID ${taxId}`].filter(Boolean).join('\n');
}

/** The exporter as a party of the paper. */
export function sellerOf({ nameEn, nameZh, address, taxId }: CommercialInvoice['seller']): string {
  return [nameEn, nameZh, address, `统一社会信用代码 USCC ${taxId}`].join('\n');
}

/** A column of a table of lines. */
export interface Column<Line> {
  label: Label;
  share: number;
  /** Figures stand at the right, codes in the middle. */
  align?: 'left' | 'right' | 'center';
  of(line: Line): string;
}

const LINE_SIZE = 7.5;
/** Smaller than that nobody reads it; a figure that is still too long is broken. */
const SMALLEST_SIZE = 4.5;

/** Size at which the longest word fits its column: a number broken over two lines would be read as two. */
function sizeOf(text: string, width: number, bold = false): number {
  const emOf = (character: string) => (/[.,|]/.test(character) ? 0.29 : character > '\u2e80' ? 1 : 0.58);
  const longest = Math.max(...text.split(/\s/).map((word) => [...word].reduce((all, one) => all + emOf(one), 0)));
  return Math.max(SMALLEST_SIZE, Math.min(LINE_SIZE, width / (longest * (bold ? 1.13 : 1))));
}

/**
 * Table of lines with its head repeated on every page.
 * @param totals last row, a cell for each column; a label in the first cell may span the columns that are left empty after it
 */
export function lineTable<Line>(
  columns: readonly Column<Line>[],
  lines: readonly Line[],
  totals?: readonly string[],
  total: number = WIDTH.portrait,
): Content {
  const head: TableCell[] = columns.map(({ label: [zh, en], align }) => ({
    stack: [
      { text: zh, bold: true },
      { text: en, fontSize: 6.5 },
    ],
    alignment: align === 'right' ? 'right' : align === 'center' ? 'center' : 'left',
    fillColor: SHADE,
  }));
  const widths = columnsOf(
    total,
    columns.map(({ share }) => share),
  );
  const texts = lines.map((line) => columns.map(({ of }) => clean(of(line))));
  const body = texts.map((row) =>
    row.map((text, index) => cellOf(text, columns[index]?.align ?? 'left', widths[index] ?? 0)),
  );
  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: texts.flat().every(isShort),
      widths,
      body: [head, ...body, ...(totals ? [totalRow(columns, totals, widths)] : [])],
    },
    layout: grid,
    fontSize: LINE_SIZE,
    margin: [0, 0, 0, 6],
  };
}

function cellOf(text: string, alignment: 'left' | 'right' | 'center', width: number): TableCell {
  return { text: facedText(text), alignment, ...(alignment === 'right' ? { fontSize: sizeOf(text, width) } : {}) };
}

function totalRow<Line>(columns: readonly Column<Line>[], totals: readonly string[], widths: number[]): TableCell[] {
  const spanned = 1 + totals.slice(1).findIndex((text) => text !== '');
  return totals.map((text, index) => {
    if (index > 0 && index < spanned) return {};
    return {
      text,
      bold: true,
      alignment: columns[index]?.align ?? 'left',
      fillColor: SHADE,
      ...(columns[index]?.align === 'right' ? { fontSize: sizeOf(text, widths[index] ?? 0, true) } : {}),
      ...(index === 0 && spanned > 1 ? { colSpan: spanned, alignment: 'left' as const } : {}),
    };
  });
}

/** A figure in words, English above Chinese. */
export function inWords(label: Label, words: { en: string; zh: string } | undefined, total?: number): Content[] {
  return words ? [box([[field(label, `${words.en}\n${words.zh}`)]], total)] : [];
}

/** Logo, names and addresses of the exporter over a line. */
export function letterheadOf({ seller, letterhead }: Head, logo: Logo | undefined, total: number): Content[] {
  const { lines = [], addressEn, phone, email, website } = letterhead ?? {};
  const reach = [phone && `Tel ${phone}`, email, website].filter(Boolean).join('   ');
  const names: Beside = {
    width: '*',
    alignment: 'center',
    stack: [
      { text: facedText(seller.nameEn), fontSize: 13, bold: true },
      { text: facedText(seller.nameZh), fontSize: 11 },
      ...[...lines, addressEn, seller.address, reach]
        .filter((line) => line !== undefined && line !== '')
        .map((line) => ({ text: facedText(line ?? ''), fontSize: 7.5, color: GREY })),
    ],
  };
  const picture: Beside = logo
    ? { image: `data:${logo.mediaType};base64,${logo.base64}`, fit: [90, 48], width: 90 }
    : { text: '', width: 90 };
  return [
    { columns: [picture, names, { text: '', width: 90 }] },
    {
      canvas: [{ type: 'line', x1: 0, y1: 4, x2: total, y2: 4, lineWidth: 1, lineColor: '#222222' }],
      margin: [0, 0, 0, 6],
    },
  ];
}

/** Title of the paper, in both languages. */
export function titleOf([zh, en]: Label): Content {
  return {
    text: [
      { text: `${zh}  `, fontSize: 15 },
      { text: en, fontSize: 14 },
    ],
    bold: true,
    alignment: 'center',
    margin: [0, 0, 0, 8],
  };
}

/** Heading of a part of a paper. */
export function heading([zh, en]: Label): Content {
  return { text: `${zh} ${en}`, bold: true, fontSize: 8.5, margin: [0, 2, 0, 3] };
}

/** What one side signs: label, name, room for signature and stamp, and what stands under the line. */
interface Side {
  label: Label;
  name: string;
  under: string;
}

/** Room for a company stamp, which is 40 to 45 mm wide. */
const STAMP_ROOM = 64;

function rowsToSign(sides: (Side | undefined)[]): TableCell[][] {
  const row = (cellOf: (side: Side) => TableCell) => sides.map((side) => (side ? cellOf(side) : ''));
  return [
    row(({ label: [zh, en] }) => ({ text: `${zh} ${en}`, fontSize: 7, color: GREY })),
    row(({ name }) => ({ text: facedText(name), bold: true })),
    row(() => ({
      stack: [
        { text: '签字盖章 Signature and stamp', fontSize: 6.5, color: GREY },
        // One line a side: pdfmake moves what it has placed.
        { canvas: [{ type: 'line', x1: 0, y1: 2, x2: 215, y2: 2, lineWidth: 0.7, lineColor: '#222222' }] },
      ],
      margin: [0, STAMP_ROOM, 0, 1],
    })),
    row(({ under }) => ({ text: facedText(under) })),
  ];
}

/** Where the exporter signs and stamps; with `counterpart`, the other side beside it. Kept on one page. */
export function signatureOf({ seller, signatory }: Head, date: string | undefined, counterpart?: string): Content {
  const { name, title, place } = signatory ?? {};
  const who = [name, title].filter(Boolean).join(', ');
  const ours: Side = {
    label: counterpart ? ['卖方', 'The seller'] : ['代表', 'For and on behalf of'],
    name: `${seller.nameEn}\n${seller.nameZh}`,
    under: [who, `地点 Place: ${place ?? ''}`, `日期 Date: ${date ?? ''}`].filter(Boolean).join('\n'),
  };
  const theirs = counterpart
    ? { label: ['买方', 'The buyer'] as const, name: counterpart, under: '地点 Place:\n日期 Date:' }
    : undefined;
  const half = WIDTH.portrait / 2 - 2 * PADDING;
  return {
    table: { widths: [half, half], body: rowsToSign(theirs ? [ours, theirs] : [undefined, ours]) },
    layout: { hLineWidth: () => 0, vLineWidth: () => 0, paddingTop: () => 0, paddingBottom: () => 1 },
    unbreakable: true,
    margin: [0, 8, 0, 0],
  };
}

/** The account to pay to; nothing where the organisation has stated none. */
export function bankOf(bank: CommercialInvoice['bank']): Content[] {
  if (!bank) return [];
  const rows: [Label, string][] = [
    [['收款人', 'Beneficiary'], bank.beneficiary],
    [['开户行', 'Bank'], [bank.bank, bank.bankAddress].filter(Boolean).join('\n')],
    [['账号', 'Account'], bank.account],
    [['银行代码', 'SWIFT'], bank.swift],
  ];
  const [beneficiary, name, account, swift] = rows.map(([label, value]) => field(label, value));
  return [
    {
      stack: [
        heading(['银行资料', 'Bank details']),
        box([
          [beneficiary ?? {}, name ?? {}],
          [account ?? {}, swift ?? {}],
        ]),
      ],
      unbreakable: true,
    },
  ];
}
