/** The headings of columns in tables of goods. */
import { currencyDigits } from '../../rules/money.ts';
import { currencyOf } from './numbers.ts';

/** What a column holds; `ignored`: a heading that we know and whose values we do not keep. */
export type ColumnName =
  | 'no'
  | 'productCode'
  | 'name'
  | 'hsCode'
  | 'brand'
  | 'model'
  | 'origin'
  | 'quantity'
  | 'unit'
  | 'unitPrice'
  | 'total'
  | 'packages'
  | 'netWeightKg'
  | 'grossWeightKg'
  | 'marks'
  | 'supplierPlace'
  | 'currency'
  | 'ignored';

/** Columns whose cells are numbers. */
export const numericColumns: ReadonlySet<ColumnName> = new Set([
  'quantity',
  'unitPrice',
  'total',
  'packages',
  'netWeightKg',
  'grossWeightKg',
]);

// biome-ignore format: a table, read by eye against papers
const columnWords: Readonly<Record<ColumnName, readonly string[]>> = {
  no: ['no', 'item', 'line', 'sn', 'srno', 'pos', 'position', '序号', '项号', '行号', '项次', '项'],
  productCode: ['itemno', 'itemcode', 'productcode', 'productno', 'sku', 'partno', 'partnumber', 'articleno', 'artno', 'materialcode', 'styleno', 'code', '货号', '产品编号', '产品编码', '物料编码', '物料号', '款号', '料号', '编码'],
  name: ['description', 'descriptionofgoods', 'goodsdescription', 'descriptionsofgoods', 'commodity', 'goods', 'product', 'productname', 'nameofgoods', 'nameofcommodity', 'commodityname', 'name', 'itemdescription', 'descriptionandspecification', 'commodityandspecification', 'commoditiesandspecifications', 'nameofcommodityandspecifications', 'commodities', 'nameofcommodityandspecification', 'goodsandspecification', 'englishname', 'chinesename', 'nameenglish', 'namechinese', 'particulars', 'charge', 'charges', 'chargedescription', 'chargename', 'service', 'kindofpackagesdescriptionofgoods', 'numberandkindofpackagesdescriptionofgoods', '品名', '名称', '货物名称', '商品名称', '产品名称', '货名', '品名及规格', '品名规格', '货物描述', '商品描述', '货物名称及规格', '货物名称及规格型号', '商品名称及规格型号', '商品名称规格型号', '英文品名', '中文品名', '中文名称', '英文名称', '货物或应税劳务服务名称', '货物或应税劳务名称', '项目名称', '费用名称', '费用项目', '费用', '标的名称'],
  hsCode: ['hscode', 'hs', 'hsno', 'tariffcode', 'tariffno', 'customscode', 'hs编码', '海关编码', '商品编码', '商品编号', '税则号', '税则号列', 'hs码'],
  brand: ['brand', '品牌', '商标'],
  model: ['model', 'modelno', 'specification', 'specifications', 'spec', 'modelspec', '规格', '型号', '规格型号', '型号规格', '品牌型号'],
  origin: ['origin', 'countryoforigin', '原产国', '产地', '原产地', '原产国地区'],
  quantity: ['quantity', 'qty', 'qtys', 'quantities', 'quantityshipped', 'totalquantity', 'totalqty', '数量', '总数量', '成交数量', '数量及单位', 'quantityunit', 'quantityandunit'],
  unit: ['unit', 'units', 'uom', 'unitofmeasure', '单位', '计量单位', '成交单位'],
  unitPrice: ['unitprice', 'price', 'uprice', 'unitvalue', 'priceperunit', 'unitcost', 'cost', '单价', '含税单价', '不含税单价', '成交单价'],
  total: ['amount', 'total', 'totalamount', 'totalprice', 'totalvalue', 'value', 'linetotal', 'extendedprice', 'extendedamount', 'subtotal', '金额', '总价', '总额', '总金额', '合计', '小计', '含税金额', '价税合计', '合计金额'],
  packages: ['packages', 'package', 'pkgs', 'pkg', 'ctns', 'ctn', 'cartons', 'noofpackages', 'noofctns', 'noofcartons', 'noofpkgs', 'numberofpackages', 'totalctns', 'totalcartons', 'qtyofctns', '件数', '箱数', '包装件数', '总箱数'],
  netWeightKg: ['nw', 'netweight', 'totalnw', 'totalnetweight', 'tnw', 'netwt', '净重', '总净重'],
  grossWeightKg: ['gw', 'grossweight', 'totalgw', 'totalgrossweight', 'tgw', 'grosswt', '毛重', '总毛重'],
  marks: ['marks', 'shippingmarks', 'marksandnumbers', 'marksnumbers', 'marksnos', 'marksandnos', '唛头', 'shippingmark', '标记唛码'],
  supplierPlace: ['境内货源地', '货源地'],
  currency: ['currency', 'cur', 'ccy', '币制', '币种'],
  ignored: ['measurement', 'meas', 'volume', 'cbm', 'size', 'dimensions', 'cartonsize', 'ctnsize', 'packing', 'packaging', 'kindofpackages', 'taxrate', 'tax', 'vat', 'vatrate', 'remark', 'remarks', 'containerno', 'containernosealno', 'nwctn', 'gwctn', 'qtyctn', 'pcsctn', 'nwpercarton', 'gwpercarton', 'pcspercarton', 'deliverydate', 'exchangerate', 'rate', 'ctnno', 'cartonno', 'packageno', '体积', '尺寸', '外箱尺寸', '包装', '包装方式', '包装种类', '税率', '税率征收率', '税额', '备注', '每箱净重', '每箱毛重', '单箱净重', '单箱毛重', '每箱数量', '装箱数', '箱号', '交货期', '交货日期', '汇率', '申报要素'],
};

const byWord = new Map(
  Object.entries(columnWords).flatMap(([name, words]) => words.map((word) => [word, name as ColumnName] as const)),
);

/** Figures that may share a cell. */
export type StackedName = 'unitPrice' | 'total' | 'netWeightKg' | 'grossWeightKg';

/** A heading understood. */
export interface Heading {
  name: ColumnName;
  /** `Amount (USD)`: the currency of the cells below. */
  currency?: string;
  /** What a weight is in, where it is not kg: the cells below are not taken for kilograms. */
  foreignWeight?: string;
  /** `单价/总价/币制`: the figures that stand one above the other, in that order. Such a column is none of its own. */
  stacked?: StackedName[];
  /** `数量(套)`: the unit of the cells below. */
  unit?: string;
}

/** Reads a heading, in one language or two; undefined for a text that heads no column we know. */
export function headingOf(text: string): Heading | undefined {
  const plain = text.normalize('NFKC').toLowerCase().replaceAll('&', ' and ');
  if (plain.length > 80) return undefined;
  const perPackage = /[/每]\s*(ctn|carton|pkg|箱|件)|per\s+(ctn|carton|package)/.test(plain);
  const inBrackets = [...plain.matchAll(/[([]([^()[\]]*)[)\]]/g)].map((match) => match[1]?.trim() ?? '');
  const outside = plain.replace(/[([][^()[\]]*[)\]]/g, ' ');
  const shared = figuresIn(outside);
  if (shared.length > 1) {
    const isForeign = shared.some((name) => unitsOf(name, plain, []).foreignWeight !== undefined);
    return { name: 'ignored', ...(isStack(shared) && !isForeign ? { stacked: shared } : {}) };
  }
  const name = nameOf(outside) ?? inBrackets.map(nameOf).find((one) => one !== undefined);
  if (!name) return undefined;
  if (perPackage && (name === 'quantity' || name.endsWith('Kg'))) return { name: 'ignored' };
  return { name, currency: currencyOf(plain), ...unitsOf(name, plain, inBrackets) };
}

function unitsOf(
  name: ColumnName,
  plain: string,
  inBrackets: readonly string[],
): Pick<Heading, 'foreignWeight' | 'unit'> {
  if (name.endsWith('Kg')) {
    const foreign = /(?<![a-z])(mts?|tons?|tonnes?|lbs?|g|grams?)(?![a-z.])|[吨磅]|(?<![千公])克/.exec(plain)?.[0];
    return foreign ? { foreignWeight: foreign } : {};
  }
  const unit = inBrackets.find((one) => /^[a-z]{1,8}$|^\p{Script=Han}{1,2}$/u.test(one));
  return name === 'quantity' && unit && !nameOf(unit) ? { unit } : {};
}

/** The figures that a heading names: two of `单价/总价/币制` and `单价总价币制`, and of `N.W./CTN`, whose cells say neither. */
function figuresIn(text: string): ColumnName[] {
  const names = text
    .split('/')
    .flatMap((part) => chineseWordsIn(part) ?? [part])
    .map(nameOf)
    .filter((name) => name !== undefined)
    .filter((name) => numericColumns.has(name));
  return [...new Set(names)];
}

const MOST_SIGNS = 20;
const MOST_SIGNS_OF_WORD = 6;

/** Headings written against each other; undefined where the text is one of them, or has anything else in it. */
function chineseWordsIn(text: string): string[] | undefined {
  const signs = text.replace(BESIDE_NAMES, ' ').replace(/[\s、,;.]+/g, '');
  if (signs.length > MOST_SIGNS || byWord.has(signs) || !/^\p{Script=Han}+$/u.test(signs)) return undefined;
  return cutWords(signs);
}

function cutWords(signs: string): string[] | undefined {
  if (signs === '') return [];
  for (let length = Math.min(MOST_SIGNS_OF_WORD, signs.length); length > 1; length--) {
    const word = signs.slice(0, length);
    const name = byWord.get(word);
    if (!name || !(numericColumns.has(name) || name === 'currency')) continue;
    const rest = cutWords(signs.slice(length).replace(/^[及和与]/, ''));
    if (rest) return [word, ...rest];
  }
  return undefined;
}

/** Price over total, net over gross: figures of one sort stand one above the other. */
function isStack(names: readonly ColumnName[]): names is StackedName[] {
  return [
    ['unitPrice', 'total'],
    ['netWeightKg', 'grossWeightKg'],
  ].some((sort) => names.every((name) => sort.includes(name)));
}

/** Currencies and units that stand behind a heading. */
const BESIDE_NAMES = new RegExp(
  `\\b(?:${Object.keys(currencyDigits).join('|')}|rmb|us\\$|kgs?|pcs|in|mt|lbs)\\b`,
  'gi',
);

/** The Chinese part and the other part each by itself, then what remains without currencies and units. */
function nameOf(text: string): ColumnName | undefined {
  const han = text.replace(/[^\p{Script=Han}]/gu, '');
  const latin = text.replace(/[^a-z]/g, '');
  const bare = text.replace(BESIDE_NAMES, ' ').replace(/[^a-z]/g, '');
  return (
    byWord.get(text.replace(/[^a-z\p{Script=Han}]/gu, '')) ??
    byWord.get(latin) ??
    byWord.get(bare) ??
    byWord.get(han) ??
    (/^\s*(#|№)\s*$/.test(text) ? 'no' : undefined)
  );
}
