/** Weighs a paper of the owner of a right (a mark, a design): whom it allows, what, where, when. A person reads what it leaves open. */
import { ratio } from 'fuzzball';
import type { Reference } from '../../reference/load.ts';
import type { CivilDate } from '../civil-date.ts';
import { plain } from '../classification/codes.ts';
import type { ReviewContext } from '../compliance/review-context.ts';
import type { SubmittedPaper } from '../compliance/submitted-paper.ts';
import type { OrderLine } from '../order/order.ts';
import { territoryCovers } from './territory.ts';

/** A paper as far as its weight goes; of the order's line or handed in. */
export interface RightPaper {
  kind: string;
  number: string;
  holder?: string | undefined;
  issuedOn?: CivilDate | undefined;
  expiresOn?: CivilDate | undefined;
  fields: Readonly<Record<string, string>>;
}

/** What the paper must cover. */
export interface RightWanted {
  line: OrderLine;
  /** Whether words on the paper name this mark or design, another one, or none that is known. */
  names: (words: string) => 'this' | 'another' | 'none';
  /** Names of the exporter; with none, a holder is held against the supplier and the buyer only. */
  exporterNames: readonly string[];
  buyer: string;
  destination: string;
  /** Market of the destination: EU for its members. */
  market: string;
  exportOn: CivilDate;
  reference: Reference;
}

/** Something on the paper that does not fit, or that it leaves open. */
export interface Flaw {
  field: 'holder' | 'scope' | 'territory' | 'issuedOn' | 'expiresOn';
  verdict: 'contradicts' | 'unclear';
  expected: string;
  found: string;
}

/** The papers of these kinds that belong to a line (counted from 0). */
export function rightPapersOf(
  kinds: readonly string[],
  line: OrderLine,
  index: number,
  documents: readonly SubmittedPaper[],
): RightPaper[] {
  const held = line.certificates.filter(({ kind }) => kinds.includes(kind));
  const handedIn = documents.filter(
    (paper) => kinds.includes(paper.kind) && (paper.lines === undefined || paper.lines.includes(index + 1)),
  );
  return [
    ...held.map(({ fields = {}, ...paper }) => ({ ...paper, fields })),
    ...handedIn.map(({ documentId, number = documentId, fields = {}, ...paper }) => ({ ...paper, number, fields })),
  ];
}

/** By which a paper may name the exporter; none where nobody is known to export. */
export function namesOfExporter({ exporter }: Pick<ReviewContext, 'exporter'>): string[] {
  return exporter ? [exporter.nameZh, exporter.nameEn] : [];
}

/** Everything that is wrong with a paper or missing on it. @param where whether it must name the destination: a purchase voucher states no territory */
export function flawsOf(paper: RightPaper, wanted: RightWanted, where: 'with-territory' | 'without'): Flaw[] {
  return [
    ...holderFlaws(paper, wanted),
    ...scopeFlaws(paper, wanted),
    ...(where === 'with-territory' ? territoryFlaws(paper, wanted) : []),
    ...dayFlaws(paper, wanted),
  ];
}

function holderFlaws(paper: RightPaper, { line, exporterNames, buyer }: RightWanted): Flaw[] {
  const holder = paper.holder ?? paper.fields.holder;
  const allowed = [...exporterNames, ...(line.supplier ? [line.supplier.name] : [])];
  const expected = allowed.length > 0 ? allowed.join(' or ') : 'the exporter or the maker';
  if (holder === undefined) return [{ field: 'holder', verdict: 'unclear', expected, found: 'not stated' }];
  if (allowed.some((name) => isSameName(name, holder))) return [];
  if (exporterNames.length > 0) {
    const alike = allowed.some((name) => ratio(letters(name), letters(holder), { full_process: false }) >= alikeFrom);
    return [{ field: 'holder', verdict: alike ? 'unclear' : 'contradicts', expected, found: holder }];
  }
  // Nobody is known to export: the holder may be the exporter, and a person says so.
  const found = isSameName(buyer, holder) ? `${holder}, the buyer` : holder;
  return [{ field: 'holder', verdict: 'unclear', expected, found }];
}

function scopeFlaws({ fields }: RightPaper, { line, names }: RightWanted): Flaw[] {
  const words = [fields.brand, fields.scope, fields.design].filter((text) => text !== undefined).join('; ');
  const flaw = { field: 'scope', expected: `${line.brand ?? line.nameEn}, ${line.nameZh}` } as const;
  if (words === '') return [{ ...flaw, verdict: 'unclear', found: 'not stated' }];
  const named = names(words);
  if (named === 'another') return [{ ...flaw, verdict: 'contradicts', found: words }];
  const goods = fields.goods ?? (named === 'this' ? undefined : fields.scope);
  if (goods === undefined) return named === 'this' ? [] : [{ ...flaw, verdict: 'unclear', found: words }];
  return coversGoods(goods, line) ? [] : [{ ...flaw, verdict: 'unclear', found: goods }];
}

/** By 'all goods', product code, HS code, a word of the English name, two characters of the Chinese one. */
function coversGoods(goods: string, line: OrderLine): boolean {
  const words = plain(goods);
  if (/all (?:goods|products)|所有|全部|全系列/.test(words)) return true;
  if (line.productCode && words.includes(plain(line.productCode))) return true;
  if ((words.match(/\d{4,10}/g) ?? []).some((code) => line.hsCode.startsWith(code))) return true;
  const english = plain(line.nameEn).match(/[a-z]{4,}/g) ?? [];
  if (english.some((word) => words.includes(word.replace(/s$/, '')))) return true;
  const chinese = [...plain(line.nameZh)];
  return chinese.some(
    (character, index) =>
      /\p{Script=Han}/u.test(character) &&
      chinese[index + 1] !== undefined &&
      words.includes(character + chinese[index + 1]),
  );
}

function territoryFlaws({ fields }: RightPaper, wanted: RightWanted): Flaw[] {
  const expected =
    wanted.market === wanted.destination ? wanted.destination : `${wanted.destination} (${wanted.market})`;
  const flaw = { field: 'territory', expected } as const;
  if (fields.territory === undefined) return [{ ...flaw, verdict: 'unclear', found: 'not stated' }];
  const covers = territoryCovers(fields.territory, wanted.destination, wanted.market, wanted.reference);
  if (covers === 'yes') return [];
  return [{ ...flaw, verdict: covers === 'no' ? 'contradicts' : 'unclear', found: fields.territory }];
}

function dayFlaws({ issuedOn, expiresOn }: RightPaper, { exportOn }: RightWanted): Flaw[] {
  const expected = `in force on ${exportOn}, the day of export`;
  const flaws: Flaw[] = [];
  if (issuedOn !== undefined && issuedOn > exportOn)
    flaws.push({ field: 'issuedOn', verdict: 'contradicts', expected, found: `issued on ${issuedOn}` });
  if (expiresOn !== undefined && expiresOn < exportOn)
    flaws.push({ field: 'expiresOn', verdict: 'contradicts', expected, found: `expired on ${expiresOn}` });
  return flaws;
}

/** Of 100: a holder written so much like us may be us, shortened; a person says. */
const alikeFrom = 70;

const letters = (name: string) =>
  plain(name)
    .replace(/&/g, 'and')
    .replace(/[^\p{Letter}\p{Number}]/gu, '');

/** A name within a longer one is the same where it is long enough to mean somebody. */
function isSameName(a: string, b: string): boolean {
  const [one, other] = [letters(a), letters(b)];
  if (one === '' || other === '') return false;
  if (one === other) return true;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= 8 && long.includes(short);
}
