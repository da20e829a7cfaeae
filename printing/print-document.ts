/** Papers of ours as PDF: bilingual, A4, with the fonts in the file. Everything on the paper comes from its data. */
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { contentHashOf } from '../rules/documents/content-hash.ts';
import type { PreparedDocument, PreparedKind } from '../rules/documents/prepared.ts';
import type { Logo } from '../rules/documents/stationery.ts';
import { checkLogo } from './check-logo.ts';
import { invoiceBody } from './commercial-invoice.ts';
import { draftBody } from './declaration-draft.ts';
import { elementsBody } from './elements-sheet.ts';
import { MAIN_FACE } from './faces.ts';
import { instructionBody } from './letter-of-instruction.ts';
import { originBody } from './origin-application.ts';
import { packingListBody } from './packing-list.ts';
import { type Label, letterheadOf, titleOf, WIDTH } from './parts.ts';
import { contractBody } from './sales-contract.ts';
import { typeset } from './typeset.ts';

/** What is printed beside the data. */
export interface PrintOptions {
  /** Across every page: the paper is not final yet, or a later revision has taken its place. */
  mark?: { kind: 'draft' } | { kind: 'superseded'; by: number };
  /**
   * The exporter's logo. Printed where the paper carries its hash: a paper made before the logo was changed is printed
   * without one rather than with another.
   */
  logo?: Logo;
}

const titles: Record<PreparedKind, Label> = {
  'commercial-invoice': ['商业发票', 'COMMERCIAL INVOICE'],
  'packing-list': ['装箱单', 'PACKING LIST'],
  'sales-contract': ['销售合同', 'SALES CONTRACT'],
  'declaration-draft': ['出口货物报关单（草单）', 'EXPORT DECLARATION DRAFT'],
  'declaration-elements': ['申报要素', 'DECLARATION ELEMENTS'],
  'origin-application': ['原产地证书申请资料', 'APPLICATION FOR CERTIFICATE OF ORIGIN'],
  'letter-of-instruction': ['订舱委托书', "SHIPPER'S LETTER OF INSTRUCTION"],
};

/** Papers that state no date: an old declaration draft. A date of now would make other bytes each time. */
const UNDATED = '2000-01-01';

/**
 * Prints a paper of ours. The same paper and options give the same bytes; the file is dated by the paper, not by the clock.
 * Touches neither network nor disk but for the fonts, which are read once a process.
 * @throws Error for a logo that cannot be unpacked
 */
export async function printDocument(document: PreparedDocument, options: PrintOptions = {}): Promise<Buffer> {
  return typeset(definitionOf(document, options));
}

function bodyOf(document: PreparedDocument): Content[] {
  switch (document.kind) {
    case 'commercial-invoice':
      return invoiceBody(document.content);
    case 'packing-list':
      return packingListBody(document.content);
    case 'sales-contract':
      return contractBody(document.content);
    case 'declaration-draft':
      return draftBody(document.content);
    case 'declaration-elements':
      return elementsBody(document.content);
    case 'origin-application':
      return originBody(document.content);
    case 'letter-of-instruction':
      return instructionBody(document.content);
  }
}

function definitionOf(document: PreparedDocument, { mark, logo }: PrintOptions): TDocumentDefinitions {
  const { content, kind, number, revision } = document;
  const title = titles[kind];
  const orientation = kind === 'declaration-draft' ? 'landscape' : 'portrait';
  const belongs = logo && content.letterhead?.logoHash === contentHashOf(logo) ? logo : undefined;
  if (belongs) checkLogo(belongs);
  const [markText, markLine] = markOf(mark);
  return {
    pageSize: 'A4',
    pageOrientation: orientation,
    pageMargins: [40, 40, 40, 44],
    defaultStyle: { font: MAIN_FACE, fontSize: 8, lineHeight: 1.05 },
    info: {
      title: `${title[0]} ${title[1]} ${number}`,
      author: content.seller.nameEn,
      creator: 'Quayside',
      producer: 'Quayside',
      creationDate: new Date(`${content.date ?? UNDATED}T00:00:00Z`),
    },
    ...(markText ? { watermark: { text: markText, color: '#b03030', opacity: 0.14, bold: true } } : {}),
    header: (page) => runningHead(page, `${title[0]} ${title[1]}  ${number}`),
    footer: (page, pages) => runningFoot(page, pages, [`${number}`, `第${revision}版 Revision ${revision}`, markLine]),
    // Customs reads its own form, which carries nobody's letterhead.
    content: [
      ...(kind === 'declaration-draft' ? [] : letterheadOf(content, belongs, WIDTH[orientation])),
      titleOf(title),
      ...bodyOf(document),
    ],
  };
}

function markOf(mark: PrintOptions['mark']): [string?, string?] {
  if (!mark) return [];
  if (mark.kind === 'draft') return ['DRAFT 草稿', 'DRAFT 草稿'];
  return [`SUPERSEDED by revision ${mark.by}`, `SUPERSEDED by revision ${mark.by} 已由第${mark.by}版取代`];
}

/** The first page has the letterhead; the others say what they go on with. */
function runningHead(page: number, text: string): Content {
  return { text: page === 1 ? '' : text, fontSize: 7, color: '#555555', margin: [40, 22, 40, 0] };
}

function runningFoot(page: number, pages: number, texts: (string | undefined)[]): Content {
  return {
    fontSize: 7,
    color: '#555555',
    margin: [40, 14, 40, 0],
    columns: [
      { text: texts.filter(Boolean).join('   '), width: '*' },
      { text: `第${page}页 共${pages}页  Page ${page} of ${pages}`, width: 140, alignment: 'right' },
    ],
  };
}
