/** What stands on a paper beside its goods, and what it writes as one word that is two: told apart before papers are compared. */
import type { Reference } from '../../../reference/load.ts';
import { plain } from '../../classification/codes.ts';
import { compare, sum } from '../../money.ts';
import type { DocumentFacts, StatedLine } from '../facts.ts';

/** A line of goods, and its place on the paper. */
interface PlacedLine {
  line: StatedLine;
  index: number;
}

/** Figures of which the foot of a table states the sum. */
const summed = ['quantity', 'total', 'packages', 'netWeightKg', 'grossWeightKg'] as const;

/** Lines without those that say nothing, and without the sum that stands under them as if it were one. */
export function linesOfGoods(facts: DocumentFacts, reference: Reference): PlacedLine[] {
  const stated = facts.lines.map((line, index) => ({ line, index })).filter(({ line }) => saysSomething(line));
  return stated.filter((one) => !isSum(one, stated, facts, reference));
}

function saysSomething(line: StatedLine): boolean {
  for (const field in line) if (field !== 'no' && line[field as keyof StatedLine] !== undefined) return true;
  return false;
}

/** What goods have and a sum has not. */
const ofGoods = ['productCode', 'hsCode', 'unitPrice', 'brand', 'model', 'origin'] as const;

/**
 * Whether a line is the sum of the others: it says so (TOTAL, 合计), or bears no name; it has no price, and its figures are those
 * of the paper as a whole or of the other lines. A sum that comes to something else is shown, as a line that nobody ordered.
 */
function isSum(
  { line, index }: PlacedLine,
  all: readonly PlacedLine[],
  facts: DocumentFacts,
  { spellings }: Reference,
): boolean {
  if (ofGoods.some((field) => line[field] !== undefined)) return false;
  const { nameZh, nameEn } = line;
  const names = [nameZh, nameEn].flatMap((name) => (name === undefined ? [] : [bare(name)]));
  const isNamed = names.length > 0;
  if (isNamed && !names.every((name) => wordsForSums(spellings).has(name))) return false;
  const others = all.filter((one) => one.index !== index).map((one) => one.line);
  const isWhole = summed.every((field) => {
    const figure = line[field];
    if (figure === undefined) return true;
    const head = field === 'quantity' ? undefined : facts[field];
    const come = isNamed || head === undefined ? sumOf(others, field) : undefined;
    return [head, come].some((one) => one !== undefined && compare(one, figure) === 0);
  });
  if (isNamed) return isWhole;
  // A line without a name that is as much as the only other one is more likely goods.
  const isStated = summed.some((field) => line[field] !== undefined);
  return isWhole && isStated && others.length > 1;
}

const knownWordsForSums = new WeakMap<Reference['spellings'], ReadonlySet<string>>();

function wordsForSums(spellings: Reference['spellings']): ReadonlySet<string> {
  const known = knownWordsForSums.get(spellings);
  if (known) return known;
  const made = new Set(spellings.totals.map(({ word }) => bare(word)));
  knownWordsForSums.set(spellings, made);
  return made;
}

function sumOf(lines: readonly StatedLine[], field: (typeof summed)[number]): string | undefined {
  const figures = lines.flatMap((line) => line[field] ?? []);
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
