/** Reads lines that an exporter declared elsewhere before, so that prices, codes and names have a history here from the first day. */
import { z } from 'zod';
import { civilDateSchema } from '../../rules/civil-date.ts';
import type { DeclaredLine } from '../../rules/compliance/review-context.ts';
import { compare, currencySchema, divide, minus, positiveDecimalSchema, roundTo, times } from '../../rules/money.ts';
import { type ColumnMapping, type ColumnNames, cellsOf, columnsOf, isHeaderWith } from './columns.ts';
import type { Importer, ImportFile, UnreadLine } from './importer.ts';
import { tableOrUnread, unreadFile } from './read-rows.ts';

const names = {
  declarationNumber: [
    '报关单号',
    '报关单编号',
    '海关编号',
    '报关单',
    'declaration number',
    'declaration no',
    'entry no',
  ],
  declaredOn: ['申报日期', '出口日期', '报关日期', '日期', 'declared on', 'declaration date', 'date'],
  hsCode: ['商品编码', '商品编号', '海关编码', 'HS编码', '税号', 'hs code', 'hscode', 'code'],
  productCode: ['货号', '产品编码', '物料号', 'SKU', 'product code', 'item no'],
  nameZh: ['商品名称', '品名', '中文品名', '货物名称', 'name', 'goods name', 'chinese name'],
  nameEn: ['英文品名', '英文名称', 'english name', 'name en'],
  quantity: ['数量', '成交数量', '申报数量', 'quantity', 'qty'],
  unit: ['单位', '成交单位', '计量单位', '申报单位', 'unit'],
  unitPrice: ['单价', '申报单价', 'unit price', 'price'],
  total: ['总价', '申报总价', '金额', 'total', 'amount', 'total price'],
  currency: ['币制', '币种', '货币', 'currency'],
  netWeightKg: ['净重', '净重千克', 'net weight', 'net weight kg'],
  buyer: ['境外收货人', '买方', '客户', 'buyer', 'consignee'],
  destination: ['最终目的国', '目的国', '运抵国', '最终目的国地区', 'destination', 'destination country', 'country'],
} as const satisfies Record<string, readonly string[]>;
type Field = keyof typeof names;
const fieldNames: ColumnNames<Field> = names;

/** What a table may hold, by the names under which a mapping speaks of it. */
export const declarationFields = Object.keys(names) as Field[];

/** Which column holds what, where the table's names are others than the known ones. */
export type DeclarationMapping = ColumnMapping<Field>;

/** Names and old numeric codes of customs for the currencies of most contracts. */
const currencies: Readonly<Record<string, string>> = {
  人民币: 'CNY',
  美元: 'USD',
  欧元: 'EUR',
  英镑: 'GBP',
  日元: 'JPY',
  日本元: 'JPY',
  港币: 'HKD',
  港元: 'HKD',
  142: 'CNY',
  502: 'USD',
  300: 'EUR',
  303: 'GBP',
  116: 'JPY',
  110: 'HKD',
  RMB: 'CNY',
};

const declaredLineSchema = z.strictObject({
  productCode: z.string().max(60).nullable(),
  nameZh: z.string({ error: 'the goods name is missing' }).min(1).max(300),
  nameEn: z.string().max(300).nullable(),
  hsCode: z.string().regex(/^(\d{6}|\d{8}|\d{10})$/, 'a code has 6, 8 or 10 digits, and none is added'),
  quantity: positiveDecimalSchema,
  unit: z.string({ error: 'the unit is missing' }).min(1).max(20),
  unitPrice: positiveDecimalSchema,
  currency: currencySchema,
  netWeightKg: positiveDecimalSchema.nullable(),
  declaredOn: civilDateSchema,
  declarationNumber: z.string({ error: 'the declaration number is missing' }).min(1).max(40),
  buyer: z.string().max(300).nullable(),
  destination: z.string().max(100).nullable(),
});

/**
 * An importer of past declarations, a line of goods each. A unit price that is not there is total by quantity; where both are
 * there and do not agree, the line is unread. Dates as `2026-01-05`, `2026/1/5`, `20260105` or `2026年1月5日`.
 */
export function declarationsImporter(mapping: DeclarationMapping = {}): Importer<DeclaredLine> {
  return {
    list: 'declarations',
    async read(files) {
      const read = await Promise.all(files.map((file) => readFile(file, mapping)));
      const unread = read.flatMap((one) => one.unread);
      const entries = read.flatMap((one) => one.entries);
      if (entries.length === 0 && unread.length === 0)
        unread.push(unreadFile(files[0]?.name ?? 'no file', 'the table has no lines of goods'));
      return { entries: unread.length > 0 ? [] : entries, unread };
    },
  };
}

async function readFile(
  file: ImportFile,
  mapping: DeclarationMapping,
): Promise<{ entries: DeclaredLine[]; unread: UnreadLine[] }> {
  const read = await tableOrUnread(file, isHeaderWith(names.hsCode, mapping.hsCode));
  if ('unread' in read) return { entries: [], unread: read.unread };
  const unread = [...read.table.unread];
  const entries: DeclaredLine[] = [];
  const required: Field[] = ['declarationNumber', 'declaredOn', 'hsCode', 'nameZh', 'quantity', 'unit', 'currency'];
  try {
    const columns = columnsOf(file.name, read.table.header, fieldNames, { required, mapping });
    if (!columns.unitPrice && !columns.total) throw new Error(`${file.name}: neither a column 单价 nor 总价`);
    for (const { line, cells } of read.table.rows) {
      const at = { file: file.name, line };
      const row = cellsOf(at, cells, columns);
      const entry = 'unread' in row ? { why: row.unread.why } : entryOf(row.values);
      if ('why' in entry) unread.push({ ...at, why: entry.why });
      else entries.push(entry);
    }
  } catch (error) {
    unread.push(unreadFile(file.name, error));
  }
  return { entries, unread };
}

function entryOf(values: Partial<Record<Field, string>>): DeclaredLine | { why: string } {
  const quantity = decimalOf(values.quantity);
  const price = priceOf(quantity, decimalOf(values.unitPrice), decimalOf(values.total));
  if (typeof price !== 'string') return price;
  const read = declaredLineSchema.safeParse({
    productCode: values.productCode ?? null,
    nameZh: values.nameZh,
    nameEn: values.nameEn ?? null,
    hsCode: (values.hsCode ?? '').replace(/[.\s]/g, ''),
    quantity,
    unit: values.unit,
    unitPrice: price,
    currency: currencies[(values.currency ?? '').toUpperCase()] ?? (values.currency ?? '').toUpperCase(),
    netWeightKg: decimalOf(values.netWeightKg) ?? null,
    declaredOn: dateOf(values.declaredOn ?? ''),
    declarationNumber: values.declarationNumber,
    buyer: values.buyer ?? null,
    destination: values.destination ?? null,
  });
  if (read.success) return read.data;
  return { why: read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') };
}

/** `1,200.50` without its separators; what is no number stays as it is, and the schema says so. */
function decimalOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const bare = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;
  return /^\d+\.\d*$/.test(bare) ? bare.replace(/\.?0+$/, '') : bare;
}

const isAmount = (text: string | undefined): text is string => positiveDecimalSchema.safeParse(text).success;

function priceOf(
  quantity: string | undefined,
  unitPrice: string | undefined,
  total: string | undefined,
): string | { why: string } {
  if (!isAmount(quantity)) return { why: `数量: ${JSON.stringify(quantity ?? '')} is no quantity above zero` };
  if (!isAmount(unitPrice ?? total)) return { why: 'neither unit price nor total is an amount above zero' };
  if (unitPrice === undefined && isAmount(total)) return roundTo(divide(total, quantity), 8).replace(/\.?0+$/, '');
  if (!isAmount(unitPrice)) return { why: `单价: ${JSON.stringify(unitPrice)} is no amount above zero` };
  if (total === undefined) return unitPrice;
  if (!isAmount(total)) return { why: `总价: ${JSON.stringify(total)} is no amount above zero` };
  // Prices are declared with four decimals: half of the last one, times the quantity, is rounding; so is a cent.
  const rounding = times(quantity, '0.00005');
  const tolerance = compare(rounding, '0.01') > 0 ? rounding : '0.01';
  const difference = minus(times(quantity, unitPrice), total).replace('-', '');
  if (compare(difference, tolerance) <= 0) return unitPrice;
  return { why: `${quantity} × ${unitPrice} is not the total ${total}: correct the one that is wrong` };
}

/** Parts with a sign between them, or eight digits; what is neither stays as it is, and the schema says so. */
function dateOf(text: string): string {
  const day = text.replace(/[ T]\d{1,2}:\d{2}.*$/, '');
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(day) ?? /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(day);
  if (!match) return text;
  const [, year = '', month = '', date = ''] = match;
  return `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
}
