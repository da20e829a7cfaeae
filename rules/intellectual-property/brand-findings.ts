/** Marks on the goods: whose they are, and whether the papers allow to export them. */
import type { Brand } from '../../reference/goods-schema.ts';
import { marketOf, plain } from '../classification/codes.ts';
import type { ReviewContext } from '../compliance/review-context.ts';
import type { Finding } from '../finding.ts';
import type { OrderLine } from '../order/order.ts';
import { type BrandIndex, brandsIn, type NamedBrand, namesOf, plainMark } from './brand-names.ts';
import { paperFindings, type RightKind } from './paper-findings.ts';
import { namesOfExporter, rightPapersOf } from './right-papers.ts';

const law =
  'Customs Law Art. 44 and the Regulations on Customs Protection of Intellectual Property Rights, general knowledge; needs confirmation';

/** Papers that show that a brand may be used. */
export const authorisation: RightKind = {
  rule: 'brand-authorisation',
  kinds: ['brand-authorisation-letter', 'brand-purchase-voucher'],
  withTerritory: ['brand-authorisation-letter'],
  wants: 'brand-authorisation-letter or brand-purchase-voucher: holder, brand, territory, in force at export',
  missing: 'A brand that is not shown to be ours, and no paper of its owner',
  remedy:
    "Get the owner's letter of authorisation (whom it allows, which brand and goods, which countries, until when), or the invoices by which genuine goods were bought. Customs holds goods whose right is not shown.",
  source: law,
};

/** Words that say that there is no brand. */
const noBrand = ['none', 'no brand', 'nobrand', 'unbranded', 'n/a', '-', '无', '无品牌', '无牌', '中性'];

/** Markets where a mark is used up only by a sale within: genuine goods bought elsewhere infringe there. */
const ownExhaustion = ['EU', 'GB', 'NI'];

/** 品牌类型 as customs reads it, where the order has it among the elements only. */
const brandTypes = ['none', 'domestic-own', 'domestic-acquired', 'foreign-oem', 'foreign-other'] as const;

/** The line with brand and brand type as it states them, in its own fields or among its declaration elements. */
export function withStatedBrand(line: OrderLine): OrderLine {
  const elements = Object.entries(line.elements).map(([name, value]) => [plain(name), value.trim()] as const);
  const type = elements.find(([name]) => ['品牌类型', 'brand type', 'brandtype'].includes(name))?.[1];
  const brand = elements.find(([name, value]) => /^(?:品牌(?!类型)|brand$)/.test(name) && value !== '')?.[1];
  return {
    ...line,
    brand: line.brand ?? brand,
    brandType: line.brandType ?? brandTypes.find((_, digit) => type === String(digit)),
  };
}

/** A mark on a line that is not, or not surely, the exporter's own. */
interface Mark {
  name: string;
  /** Undefined: not of our list. */
  brand?: Brand;
}

/** Findings about the marks of one line, as {@link withStatedBrand} gives it. */
export function brandFindings(context: ReviewContext, line: OrderLine, index: number, brands: BrandIndex): Finding[] {
  const named = brandsOf(line, brands);
  const marks = marksOf(
    line,
    named.filter(({ compatible }) => !compatible),
  );
  const fitting = named.filter(({ compatible }) => compatible);
  return [
    ...marks.flatMap((mark) => markFindings(context, line, index, mark, brands)),
    ...(fitting.length > 0 ? [compatiblePart(line, index, fitting)] : []),
  ];
}

/** The brands that names and brand field tell, each once; compatible only where all of them say so. */
function brandsOf(line: OrderLine, brands: BrandIndex): NamedBrand[] {
  const around = `${line.nameZh} ${line.nameEn}`;
  // The brand field names a mark on the goods, whatever stands around it.
  const field = line.brand ? brandsIn(line.brand, `${around} ${line.brand}`, line.hsCode, brands) : [];
  const all = [
    ...brandsIn(line.nameZh, around, line.hsCode, brands),
    ...brandsIn(line.nameEn, around, line.hsCode, brands),
    ...field,
  ];
  const byBrand = new Map<Brand, NamedBrand>();
  for (const one of all) {
    const before = byBrand.get(one.brand);
    byBrand.set(one.brand, before ? { ...before, compatible: before.compatible && one.compatible } : one);
  }
  return [...byBrand.values()];
}

function marksOf(line: OrderLine, named: readonly NamedBrand[]): Mark[] {
  const own = line.brandType === 'domestic-own' || line.brandType === 'domestic-acquired';
  const marks: Mark[] = named
    .filter(({ brand }) => !(own && brand.chinese))
    .map(({ brand }) => ({ name: brand.name, brand }));
  const foreign = line.brandType === 'foreign-oem' || line.brandType === 'foreign-other';
  if (marks.length > 0 || !foreign) return marks;
  const stated = line.brand !== undefined && !noBrand.includes(plain(line.brand)) ? line.brand : undefined;
  return [{ name: stated ?? 'a foreign brand that is not named' }];
}

function markFindings(
  context: ReviewContext,
  line: OrderLine,
  index: number,
  mark: Mark,
  brands: BrandIndex,
): Finding[] {
  const { order, exportOn, reference } = context;
  const market = marketOf(order.destination.country, exportOn, reference);
  const papers = rightPapersOf(authorisation.kinds, line, index, context.documents);
  const findings = paperFindings(authorisation, index, foundText(line, mark), papers, {
    line,
    names: (words) => namesMark(words, mark, line, brands),
    exporterNames: namesOfExporter(context),
    buyer: order.buyer.name,
    destination: order.destination.country,
    market,
    exportOn,
    reference,
  });
  const onlyVouchers = papers.every(({ kind }) => kind === 'brand-purchase-voucher');
  const held = papers.length > 0 && findings.every(({ severity }) => severity !== 'block');
  return held && onlyVouchers && ownExhaustion.includes(market)
    ? [...findings, parallelImport(index, mark, market)]
    : findings;
}

function foundText(line: OrderLine, { name, brand }: Mark): string {
  const counterfeited = brand ? ` (often counterfeited: ${brand.goods.join(', ')})` : '';
  const declared = line.brandType ? `, declared as ${line.brandType}` : '';
  const field = line.brand ? `, brand ${line.brand}` : '';
  return `${name}${counterfeited} in ${line.nameZh} / ${line.nameEn}${field}${declared}; no paper`;
}

/** A paper that names two brands covers each of them. */
function namesMark(words: string, mark: Mark, line: OrderLine, brands: BrandIndex): 'this' | 'another' | 'none' {
  const text = plainMark(words);
  const wanted = mark.brand ? namesOf(mark.brand) : [plainMark(line.brand ?? '')].filter((name) => name !== '');
  if (wanted.some((name) => text.includes(name))) return 'this';
  return brandsIn(words, words, line.hsCode, brands).length > 0 ? 'another' : 'none';
}

function compatiblePart(line: OrderLine, index: number, fitting: readonly NamedBrand[]): Finding {
  const names = fitting.map(({ brand }) => brand.name).join(', ');
  return {
    rule: 'brand-compatible-part',
    kind: 'intellectual-property',
    severity: 'warn',
    title: `The name says that the goods fit ${names}`,
    where: `lines[${index}].nameEn`,
    expected: 'the brand only as what the goods fit, on no label, pack or mould of them',
    found: `${line.nameZh} / ${line.nameEn}`,
    remedy: 'Make sure that goods and packs bear no mark of that brand, and declare your own brand or none.',
    due: 'before-export',
    source: law,
  };
}

function parallelImport(index: number, { name }: Mark, market: string): Finding {
  return {
    rule: 'brand-parallel-import',
    kind: 'intellectual-property',
    severity: 'warn',
    title: `Vouchers show that the goods are genuine, not that ${name} may be imported into ${market}`,
    where: `lines[${index}].certificates`,
    expected: `the owner's consent to sale in ${market}`,
    found: 'brand-purchase-voucher only',
    remedy:
      'Ask the owner for a letter that covers the destination: there, its right ends only with goods that were first sold there.',
    due: 'at-entry',
    source:
      'Regulation (EU) 2017/1001 Art. 15 and its like in the United Kingdom, general knowledge; needs confirmation',
  };
}
