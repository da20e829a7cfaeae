/** The catalogue of a document archive (备案单证目录): every paper in the law's order, where it is kept, and what is missing. */
import {
  ARCHIVE_KEPT_YEARS,
  type Archive,
  type ArchivedDocument,
  type ArchivedPaper,
  type ArchiveState,
  dateOf,
} from './archive-papers.ts';
import { type CivilDate, chinaDate, type Instant } from './civil-date.ts';
import { safeFileName } from './documents/file-name.ts';

/** A line of the catalogue: one document, or a paper of which there is none. */
export interface CatalogueRow {
  /** `4.2`: the fourth paper, its second document; `5` where a paper has none. */
  no: string;
  nameZh: string;
  name: string;
  /** `not-confirmed`: a file that came in, of which nobody has said what it is; the export has it not. */
  state: ArchiveState | 'not-confirmed';
  /** As printed on the document. */
  number?: string;
  date?: CivilDate;
  /** Where its file stands in the export. */
  path?: string;
  sha256?: string;
  keptAt: string;
  owedBy: ArchivedPaper['owedBy'] | '';
  since?: CivilDate;
  remark: string;
}

/** A file that came in for the shipment, and that nobody has confirmed. */
export interface UnconfirmedFile {
  /** Of the paper. */
  id: string;
  /** What it seems to be; null, nothing says it. */
  kind: string | null;
  /** The sender's: a text to show. */
  name: string;
  sha256: string;
  /** Another file of the paper came later. */
  replaced: boolean;
  receivedAt: Instant;
}

/** A file of the export, under its place there. */
export interface CatalogueFile {
  path: string;
  sha256: string;
  /** Of the document: the export shows it as the file's own. */
  date: CivilDate;
}

/** The catalogue and the files that belong to it. */
export interface ArchiveCatalogue {
  /** Reference of the shipment. */
  shipment: string;
  /** The company whose archive it is, as it signs. */
  exporter: string;
  /** Of customs, 18 digits; the claim's numbers begin with it. */
  declarationNumber?: string;
  complete: boolean;
  claimedOn?: CivilDate;
  dueOn?: CivilDate;
  keptUntil?: CivilDate;
  asOf: Instant;
  rows: CatalogueRow[];
  files: CatalogueFile[];
}

/** Number of the folder for documents that the archive does not ask for. */
const OTHERS = 99;
/** Before the number of a file that is not in the export. */
const NOT_CONFIRMED = '未';

/**
 * The catalogue of an archive. Folders are numbered by paper and files by their line, so that they sort as the law lists them
 * and no two have one name; of an uploader's name only what is fit for a disk is left.
 * @param unconfirmed named at the end, so that an export without them does not look whole
 * @param keptIn where the files are kept, in words that an inspector can follow: `Quayside, organisation acme`
 */
export function catalogueOf({
  archive,
  unconfirmed = [],
  keptIn,
  ...head
}: Pick<ArchiveCatalogue, 'shipment' | 'exporter' | 'declarationNumber'> & {
  archive: Archive;
  unconfirmed?: readonly UnconfirmedFile[];
  keptIn: string;
}): ArchiveCatalogue {
  const { papers, others, complete, claimedOn, dueOn, keptUntil, asOf } = archive;
  const rows = [
    ...papers.flatMap((paper) => rowsOfPaper(paper, keptIn)),
    ...others.map((document, at): CatalogueRow => {
      const words = { nameZh: '其他单证', name: document.kind };
      return { ...rowOf(document, at, { order: OTHERS, ...words }, keptIn), owedBy: '', remark: remarkOf(document) };
    }),
    ...unconfirmed.map((file, at) => rowOfUnconfirmed(file, at, keptIn)),
  ];
  const files = rows.flatMap(({ path, sha256, date }) => (path && sha256 && date ? [{ path, sha256, date }] : []));
  return { ...head, complete, claimedOn, dueOn, keptUntil, asOf, rows, files };
}

function rowsOfPaper(paper: ArchivedPaper, keptIn: string): CatalogueRow[] {
  const { order, nameZh, name, state, owedBy, since, substitute, keptElsewhere } = paper;
  if (paper.documents.length > 0)
    return paper.documents.map((document, at) => ({
      ...rowOf(document, at, paper, [keptElsewhere, keptIn].filter(Boolean).join('; ')),
      owedBy,
      since,
      remark: remarkOf(document, substitute),
    }));
  const onlyIfAny = state === 'missing' && !paper.needed;
  return [
    {
      no: String(order),
      nameZh,
      name,
      state,
      keptAt: keptElsewhere ?? '',
      owedBy,
      since,
      remark: onlyIfAny ? '如有 wanted where it exists' : '',
    },
  ];
}

function rowOf(
  document: ArchivedDocument,
  at: number,
  { order, nameZh, name }: Pick<ArchivedPaper, 'order' | 'nameZh' | 'name'>,
  keptIn: string,
) {
  const { file, keptAt, number } = document;
  const electronic = file ? keptIn : `${keptIn}; 仅有数据，无文件 as data, no file`;
  return {
    no: `${order}.${at + 1}`,
    nameZh,
    name,
    state: 'here' as const,
    number,
    date: dateOf(document),
    ...(file && {
      path: `${twoDigits(order)}-${safeFileName(nameZh)}/${twoDigits(at + 1)}-${safeFileName(file.name, safeFileName(document.kind))}`,
      sha256: file.sha256,
    }),
    keptAt: keptAt === undefined ? electronic : `${keptAt}; ${electronic}`,
  };
}

function rowOfUnconfirmed(file: UnconfirmedFile, at: number, keptIn: string): CatalogueRow {
  const { id, kind, name, sha256, replaced, receivedAt } = file;
  const later = replaced ? '; 其后另有文件 another file of the paper came later' : '';
  return {
    no: `${NOT_CONFIRMED}.${at + 1}`,
    nameZh: '已收到、未确认的文件',
    name: `${kind ?? 'of unknown kind'}: ${name}`,
    state: 'not-confirmed',
    // Dates and numbers on it are nobody's word yet.
    keptAt: keptIn,
    sha256,
    owedBy: '',
    since: chinaDate(receivedAt),
    remark: `${id}; 不在本包内 not in this export${later}`,
  };
}

function remarkOf({ revision, supersededBy }: ArchivedDocument, substitute = false): string {
  const remarks = [
    supersededBy === undefined
      ? ''
      : `第${revision}版，已被第${supersededBy}版替代 replaced by revision ${supersededBy}`,
    substitute ? '内容相似的替代单证 substitute of like content' : '',
  ];
  return remarks.filter(Boolean).join('; ');
}

const twoDigits = (number: number) => String(number).padStart(2, '0');

const states: Readonly<Record<CatalogueRow['state'], string>> = {
  'not-confirmed': '已收到、未确认 received, not confirmed',
  here: '齐备 here',
  'kept-elsewhere': '另处存放 kept elsewhere',
  missing: '缺失 missing',
  'not-yet-owed': '尚未产生 not yet owed',
  'not-owed': '不适用 not owed',
};

const owers: Readonly<Record<CatalogueRow['owedBy'], string>> = {
  supplier: '供货方 supplier',
  carrier: '承运人 carrier',
  forwarder: '货代 forwarder',
  broker: '报关行 broker',
  us: '本企业 ourselves',
  '': '',
};

/** Headings of the catalogue's table, in the order of {@link catalogueTable}. */
export const catalogueHeadings = [
  '序号 No.',
  '单证名称',
  'Paper',
  '状态 State',
  '单证编号 Number',
  '日期 Date',
  '文件 File',
  'SHA-256',
  '存放处 Kept at',
  '提供方 Owed by',
  '自 Since',
  '备注 Remark',
] as const;

/** What stands above the table: whose archive it is, whether it is complete, and how long it is kept. Dates are days in China. */
export function catalogueHead(catalogue: ArchiveCatalogue): [string, string][] {
  const { shipment, exporter, declarationNumber, complete, claimedOn, dueOn, keptUntil, asOf, rows } = catalogue;
  const notConfirmed = rows.filter(({ state }) => state === 'not-confirmed').map(({ name }) => name);
  const missing = rows.filter(({ state }) => state === 'missing').map(({ nameZh }) => nameZh);
  return [
    ['备案单证目录 Catalogue of the document archive', shipment],
    ['企业 Exporter', exporter],
    ['报关单号 Customs declaration', declarationNumber ?? ''],
    ['申报退税日期 Claimed on', claimedOn ?? '尚未申报 not yet'],
    ['截至 As of', chinaDate(asOf)],
    ['是否齐备 Complete', complete ? '是 yes' : '否 no'],
    ['缺失 Missing', missing.length > 0 ? missing.join('、') : '无 none'],
    [
      '已收到、未确认，不在本包内 Received, not confirmed, not in this export',
      notConfirmed.length > 0 ? notConfirmed.join('、') : '无 none',
    ],
    ['应于此日前齐备 To be complete by', dueOn ?? '申报退税后15日内 within 15 days after the claim'],
    [
      `保存${ARCHIVE_KEPT_YEARS}年，至少至 Kept ${ARCHIVE_KEPT_YEARS} years, at least until`,
      keptUntil ?? `申报退税后${ARCHIVE_KEPT_YEARS}年 ${ARCHIVE_KEPT_YEARS} years after the claim`,
    ],
  ];
}

/** The lines of the catalogue as texts, a cell for each of {@link catalogueHeadings}. */
export function catalogueTable({ rows }: Pick<ArchiveCatalogue, 'rows'>): string[][] {
  return rows.map((row) => [
    row.no,
    row.nameZh,
    row.name,
    states[row.state],
    row.number ?? '',
    row.date ?? '',
    row.path ?? '',
    row.sha256 ?? '',
    row.keptAt,
    owers[row.owedBy],
    row.since ?? '',
    row.remark,
  ]);
}

/** The catalogue as CSV for spreadsheets: UTF-8 with its mark, lines end in CRLF. */
export function catalogueCsv(catalogue: ArchiveCatalogue): string {
  const lines = [...catalogueHead(catalogue), [], [...catalogueHeadings], ...catalogueTable(catalogue)];
  return `\uFEFF${lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/** A spreadsheet reckons a text that begins like a formula; papers' numbers are others' words. */
function csvCell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${inert.replaceAll('"', '""')}"`;
}
