/** Reads a ten-digit table as declaring agencies keep it: code, name, statutory units, declared elements, rates. */
import { tariffCodeSchema } from '../../rules/classification/tariff-code.ts';
import type { TariffCode } from '../../rules/compliance/review-context.ts';
import { compare, decimalSchema } from '../../rules/money.ts';
import { type ColumnMapping, type ColumnNames, cellsOf, columnsOf, isHeaderWith } from './columns.ts';
import type { Importer, ImportFile, UnreadLine } from './importer.ts';
import { repeatedKeys, tableOrUnread, unreadFile } from './read-rows.ts';

/** What a table may hold, by the names under which a mapping speaks of it. */
export const tariffFields = [
  'code',
  'nameZh',
  'unit',
  'secondUnit',
  'elements',
  'vatRate',
  'rebateRate',
  'nextRebateRate',
  'nextRebateFrom',
  'supervision',
] as const;
type Field = (typeof tariffFields)[number];

const names: ColumnNames<Field> = {
  code: [
    '商品编码',
    '商品编号',
    '海关编码',
    'HS编码',
    'HS编号',
    '税号',
    '税则号列',
    '税则号',
    '编码',
    'hs code',
    'hscode',
    'code',
  ],
  nameZh: ['商品名称', '货品名称', '品名', '名称', '商品描述', 'name', 'goods name', 'description'],
  unit: [
    '第一法定单位',
    '法定第一单位',
    '法定单位',
    '第一单位',
    '第一计量单位',
    '计量单位',
    '单位',
    'unit',
    'first unit',
    'statutory unit',
  ],
  secondUnit: ['第二法定单位', '法定第二单位', '第二单位', '第二计量单位', 'second unit'],
  elements: ['申报要素', '规范申报要素', '申报要素内容', 'declared elements', 'declaration elements', 'elements'],
  vatRate: ['增值税率', '增值税税率', '增值税', '征税率', '征收率', 'vat rate', 'vat'],
  rebateRate: ['出口退税率', '退税率', '出口退税税率', '出口退税', 'rebate rate', 'export rebate rate', 'rebate'],
  nextRebateRate: ['调整后退税率', '新退税率', '下期退税率', 'next rebate rate'],
  nextRebateFrom: ['退税率调整日期', '新退税率生效日期', '调整日期', 'next rebate from'],
  supervision: ['监管条件', '海关监管条件', '监管证件', 'supervision', 'supervision conditions', 'customs supervision'],
};

/** Which column of the table holds what, where its names are others than the known ones. */
export type TariffMapping = ColumnMapping<Field>;

/**
 * An importer of ten-digit tables.
 * Code and name must be there; what a table leaves out is unknown, not none. Each code stands once in all the files.
 * Rates are percent (`13` or `13%`); a share such as `0.13` is not read, since it may be either.
 */
export function tariffImporter(mapping: TariffMapping = {}): Importer<TariffCode> {
  return {
    list: 'tariff',
    async read(files) {
      const read = await Promise.all(files.map((file) => readFile(file, mapping)));
      const unread = read.flatMap((one) => one.unread);
      const found = read.flatMap((one) => one.found);
      unread.push(...repeatedKeys(found.map(({ entry, file, line }) => ({ key: entry.code, file, line }))));
      if (found.length === 0 && unread.length === 0)
        unread.push(unreadFile(files[0]?.name ?? 'no file', 'the table has no codes'));
      return { entries: unread.length > 0 ? [] : found.map(({ entry }) => entry), unread };
    },
  };
}

interface Found {
  entry: TariffCode;
  file: string;
  line: number;
}

async function readFile(file: ImportFile, mapping: TariffMapping): Promise<{ found: Found[]; unread: UnreadLine[] }> {
  const read = await tableOrUnread(file, isHeaderWith(names.code, mapping.code));
  if ('unread' in read) return { found: [], unread: read.unread };
  const unread = [...read.table.unread];
  const found: Found[] = [];
  try {
    const columns = columnsOf(file.name, read.table.header, names, { required: ['code', 'nameZh'], mapping });
    for (const { line, cells } of read.table.rows) {
      const at = { file: file.name, line };
      const row = cellsOf(at, cells, columns);
      if ('unread' in row) unread.push(row.unread);
      else {
        const entry = entryOf(row.values);
        if ('why' in entry) unread.push({ ...at, why: entry.why });
        else found.push({ entry, ...at });
      }
    }
  } catch (error) {
    unread.push(unreadFile(file.name, error));
  }
  return { found, unread };
}

function entryOf(values: Partial<Record<Field, string>>): TariffCode | { why: string } {
  const code = (values.code ?? '').replace(/[.\s]/g, '');
  if (!/^\d{10}$/.test(code)) return { why: wrongCode(values.code ?? '', code) };
  const vatRatePercent = percentOf(values.vatRate, '增值税率');
  const rebateRatePercent = percentOf(values.rebateRate, '出口退税率');
  for (const rate of [vatRatePercent, rebateRatePercent]) if (rate !== null && typeof rate !== 'string') return rate;
  const next = nextOf(values);
  if (next !== null && 'why' in next) return next;
  const read = tariffCodeSchema.safeParse({
    code,
    nameZh: values.nameZh ?? '',
    units: unitsOf(values),
    elements: elementsOf(values.elements ?? ''),
    vatRatePercent,
    rebateRatePercent,
    ...(next === null ? {} : { next }),
    supervision: values.supervision ?? null,
  });
  if (read.success) return read.data;
  return {
    why: `${code}: ${read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
  };
}

/** The announced next rate: both its columns, or neither. */
function nextOf({
  nextRebateRate: rate,
  nextRebateFrom: from,
}: Partial<Record<Field, string>>): { rebateRatePercent: string; from: string } | null | { why: string } {
  if (rate === undefined && from === undefined) return null;
  if (rate === undefined || from === undefined)
    return { why: '调整后退税率 and 退税率调整日期 go together: fill both, or neither' };
  const percent = percentOf(rate, '调整后退税率');
  return typeof percent === 'string' ? { rebateRatePercent: percent, from } : { why: percent?.why ?? 'no rate' };
}

function wrongCode(written: string, digits: string): string {
  if (!/^\d+$/.test(digits)) return `${JSON.stringify(written)} is no code: ten digits are wanted`;
  const lost = digits.length === 9 ? '; a spreadsheet drops a leading zero unless the column is text' : '';
  return `${written} has ${digits.length} digits and not ten: it is not filled up${lost}`;
}

/** `13`, `13%` or nothing. */
function percentOf(text: string | undefined, column: string): string | null | { why: string } {
  if (text === undefined) return null;
  const number = text
    .replace(/\s*%$/, '')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
  if (!decimalSchema.safeParse(number).success || compare(number, '0') < 0 || compare(number, '100') > 0)
    return { why: `${column}: ${JSON.stringify(text)} is no rate in percent` };
  if (!text.endsWith('%') && compare(number, '0') > 0 && compare(number, '1') < 0)
    return { why: `${column}: ${text} may be a share or a percent: write it with a % sign` };
  return number;
}

/** Two units in one cell stand as `千克/个` or `035,007`. */
function unitsOf({ unit, secondUnit }: Partial<Record<Field, string>>): string[] {
  const all = [unit ?? '', secondUnit ?? ''].flatMap((cell) => cell.split(/[/,;|、，；]/)).map((one) => one.trim());
  return [...new Set(all.filter((one) => one !== '' && one !== '无'))];
}

/** `1:品牌类型|2:出口享惠情况|3:材质` in whatever way they are divided; the numbers are no part of the names. */
function elementsOf(cell: string): string[] {
  return cell
    .split(/[|;\n\r]|；|、(?![^(（]*[)）])|(?<=\D)(?=\d{1,2}[:：.])/)
    .map((element) =>
      element
        .trim()
        .replace(/^\d{1,2}\s*[:：.、]\s*/, '')
        .trim(),
    )
    .filter((element) => element !== '');
}
