/** What stands on a paper beside its goods, and what it writes as one word that is two: told apart before papers are compared. */
import type { Reference } from '../../../reference/load.ts';
import { plain, unitOf } from '../../classification/codes.ts';
import { compare, currencyDigits, sum } from '../../money.ts';
import type { DocumentFacts, StatedLine } from '../facts.ts';
import { isDiscount } from './discounts.ts';

/** A line of goods, and its place on the paper. */
interface PlacedLine {
  line: StatedLine;
  index: number;
}

/** Figures of which the foot of a table states the sum. */
const summed = ['quantity', 'total', 'packages', 'netWeightKg', 'grossWeightKg'] as const;

/** Lines without those that say nothing, and without the sums that stand among them as if they were lines. */
export function linesOfGoods(facts: DocumentFacts, reference: Reference): PlacedLine[] {
  const stated = facts.lines.map((line, index) => ({ line, index })).filter(({ line }) => saysSomething(line));
  const sums = new Set(stated.filter(({ line }) => isCalled(line, reference, 'totals')));
  const goods = stated.filter((one) => !sums.has(one));
  return stated.filter((one) =>
    sums.has(one) ? !isRightSum(one, stated, sums, facts) : !isNamelessSum(one, goods, facts),
  );
}

function saysSomething(line: StatedLine): boolean {
  for (const field in line) if (field !== 'no' && line[field as keyof StatedLine] !== undefined) return true;
  return false;
}

/** What goods have and a sum has not. */
const ofGoods = ['hsCode', 'unitPrice', 'brand', 'model', 'origin'] as const;

const namesOf = ({ productCode, nameZh, nameEn }: StatedLine) =>
  [productCode, nameZh, nameEn].filter((name) => name !== undefined);

/**
 * Whether a line is a discount under a name of its own, and not under that of its goods: 折扣, `Less discount 5%:`; an amount
 * below zero, and nothing that goods have.
 */
export function isDiscountByName(line: StatedLine, reference: Reference): boolean {
  return isDiscount(line) && isCalled(line, reference, 'discounts');
}

/** Words for lines that are no goods. */
type NoGoods = 'totals' | 'discounts';

/** TOTAL, 合计, `TOTAL USD:`, and nothing that goods have. */
function isCalled(line: StatedLine, reference: Reference, what: NoGoods): boolean {
  if (ofGoods.some((field) => line[field] !== undefined)) return false;
  const names = namesOf(line);
  const isMeasure = (word: string) => word.toUpperCase() in currencyDigits || unitOf(word, reference) !== undefined;
  return (
    names.length > 0 &&
    names.every((name) => {
      const written = bare(name);
      const word = wordsFor(what, reference.spellings).find((one) => written.startsWith(one));
      return word !== undefined && (written === word || isMeasure(written.slice(word.length)));
    })
  );
}

/** Whether its figures are those of the paper as a whole, of all lines, or of those above it. One that comes to something else is shown, as a line that nobody ordered. */
function isRightSum(
  { line, index }: PlacedLine,
  all: readonly PlacedLine[],
  sums: ReadonlySet<PlacedLine>,
  facts: DocumentFacts,
): boolean {
  const goods = all.filter((one) => !sums.has(one));
  const before = Math.max(-1, ...[...sums].map((one) => one.index).filter((one) => one < index));
  const above = goods.filter((one) => one.index > before && one.index < index);
  return isSumOf(line, [goods, above], facts);
}

/** Whether a line without a name, under lines that have one, states their sums. */
function isNamelessSum({ line, index }: PlacedLine, goods: readonly PlacedLine[], facts: DocumentFacts): boolean {
  if (namesOf(line).length > 0 || ofGoods.some((field) => line[field] !== undefined)) return false;
  const others = goods.filter((one) => one.index !== index);
  // As much as the only other line, it is more likely goods.
  return (
    others.length > 1 &&
    others.every((one) => namesOf(one.line).length > 0) &&
    summed.some((field) => line[field] !== undefined) &&
    isSumOf(line, [others], facts)
  );
}

function isSumOf(line: StatedLine, groups: readonly (readonly PlacedLine[])[], facts: DocumentFacts): boolean {
  return summed.every((field) => {
    const figure = line[field];
    if (figure === undefined) return true;
    const head = field === 'quantity' ? undefined : facts[field];
    return [head, ...groups.map((some) => sumOf(some, field))].some(
      (one) => one !== undefined && compare(one, figure) === 0,
    );
  });
}

const knownWords = new WeakMap<Reference['spellings'][NoGoods], readonly string[]>();

/** The longest first: of 小计 and 计 the longer one is meant. */
function wordsFor(what: NoGoods, { [what]: named }: Reference['spellings']): readonly string[] {
  const known = knownWords.get(named);
  if (known) return known;
  const made = named.map(({ word }) => bare(word)).sort((one, other) => other.length - one.length);
  knownWords.set(named, made);
  return made;
}

function sumOf(lines: readonly PlacedLine[], field: (typeof summed)[number]): string | undefined {
  const figures = lines.flatMap(({ line }) => line[field] ?? []);
  return figures.length === 0 ? undefined : sum(figures);
}

/** Letters alone: `TOTAL:` and 合 计 are the words. */
const bare = (text: string) => plain(text).replace(/[^\p{L}]+/gu, '');

/** The rule and the place of an Incoterm that a paper writes in one: `FOB NINGBO`. Undefined where it writes the rule alone. */
export function termsOf(
  { incoterm, incotermPlace }: DocumentFacts,
  { transactionModes, spellings }: Reference,
): Record<string, string> | undefined {
  const [, rule, place] = incoterm?.match(/^\s*([A-Za-z&+]{3,4})(?![A-Za-z])[\s,:，：]*(\S.*)$/) ?? [];
  if (rule === undefined || place === undefined) return undefined;
  const isRule = (word: string) => transactionModes.some((one) => one.incoterm === word.toUpperCase());
  const isKnown =
    isRule(rule) ||
    spellings.words.some(({ word, also }) => isRule(word) && also.some((one) => plain(one) === plain(rule)));
  if (!isKnown) return undefined;
  return { incoterm: rule, ...(incotermPlace === undefined ? { incotermPlace: place } : {}) };
}
