/** How alike two names are. No one measure works for names of firms and people; each misses what another finds. */
import { token_sort_ratio as tokenSortRatio } from 'fuzzball';
import jaroWinkler from 'talisman/metrics/jaro-winkler.js';
import type { NameForm, NormalisedName } from './normalise-name.ts';
import { type Word, wordOf, wordSimilarity } from './word.ts';

/** Consonants alone prove little: `mhmd` is Mohammed and Mahmoud. */
const mostForSkeletons = 0.95;
/** Fewer consonants than this are hardly a name: David and Dodd are both `dd`. */
const fewConsonants = 4;
const mostForFewConsonants = 0.84;

/**
 * 0 to 1, the same in both directions: the greater of token-sort ratio and Jaro-Winkler over the ways to write both names,
 * but no more than their telling words agree. Both measures alone call any two firms of one town and trade the same.
 * @example `Sinobright Import and Export Company` and `Sino Bright Import & Export Co.` //=> 1
 */
export function similarity(one: NormalisedName, other: NormalisedName): number {
  let best = 0;
  for (const first of one.forms)
    for (const second of other.forms) {
      const score = first.skeletal !== second.skeletal ? ofConsonants(first, second) : ofForms(first, second);
      if (score > best) best = score;
    }
  return best;
}

function ofForms(one: NameForm, other: NameForm): number {
  return ofWords(one.words, other.words);
}

function ofConsonants(one: NameForm, other: NameForm): number {
  const consonants = Math.min(lengthOf(one.skeleton), lengthOf(other.skeleton));
  return Math.min(
    ofWords(one.skeleton, other.skeleton),
    consonants < fewConsonants ? mostForFewConsonants : mostForSkeletons,
  );
}

function ofWords(one: readonly Word[], other: readonly Word[]): number {
  if (one.length === 0 || other.length === 0) return 0;
  const [first, second] = respaced(one, other);
  const agreed = agreement(first, second);
  // Nobody asks how alike names are whose words agree by less than half.
  return agreed < 0.5 ? agreed : Math.min(agreed, greaterMeasure(first, second));
}

const lengthOf = (words: readonly Word[]) => words.reduce((sum, { text }) => sum + text.length, 0);

function greaterMeasure(first: readonly Word[], second: readonly Word[]): number {
  const one = first.map(({ text }) => text);
  const other = second.map(({ text }) => text);
  const tokenSort = tokenSortRatio(one.join(' '), other.join(' '), { full_process: false }) / 100;
  const asGiven = jaroWinkler(one.join(' '), other.join(' '));
  const sorted = jaroWinkler([...one].sort().join(' '), [...other].sort().join(' '));
  return Math.max(asGiven, sorted, tokenSort);
}

/** Joins neighbouring words of one name that the other writes as one: `sino bright` beside `sinobright`. */
export function respaced(one: readonly Word[], other: readonly Word[]): [readonly Word[], readonly Word[]] {
  const first = joinedAs(one, other);
  return [first, joinedAs(other, first)];
}

const mostJoined = 4;

function joinedAs(words: readonly Word[], model: readonly Word[]): readonly Word[] {
  if (words.length === 1) return words;
  const apart = words.map(({ text }) => !model.some((word) => word.text === text));
  const result: Word[] = [];
  for (let at = 0; at < words.length; ) {
    const count = joinable(words, apart, at, model);
    const [first] = words.slice(at, at + 1);
    if (count > 1) result.push(wordOf(textOf(words, at, count)));
    else if (first) result.push(first);
    at += count;
  }
  return result;
}

/** How many words from `at` on, at most {@link mostJoined}, make up one of the model's. Words that the model has too stay apart. */
function joinable(words: readonly Word[], apart: readonly boolean[], at: number, model: readonly Word[]): number {
  for (let count = Math.min(mostJoined, words.length - at); count > 1; count--) {
    if (!apart.slice(at, at + count).every((one) => one)) continue;
    const length = words.slice(at, at + count).reduce((sum, { text }) => sum + text.length, 0);
    const near = model.filter(({ text }) => Math.abs(text.length - length) <= 1);
    if (near.length === 0) continue;
    const joined = wordOf(textOf(words, at, count));
    if (near.some((word) => isSpelledLike(joined, word))) return count;
  }
  return 1;
}

function textOf(words: readonly Word[], at: number, count: number): string {
  return words
    .slice(at, at + count)
    .map(({ text }) => text)
    .join('');
}

function isSpelledLike(joined: Word, word: Word): boolean {
  return joined.text === word.text || (joined.text.length >= 6 && wordSimilarity(joined, word) >= 0.85);
}

/** How far the words of two names have partners in the other, by the letters of telling words. */
function agreement(first: readonly Word[], second: readonly Word[]): number {
  const bestOfFirst = new Array<number>(first.length).fill(0);
  const bestOfSecond = new Array<number>(second.length).fill(0);
  for (const [row, one] of first.entries())
    for (const [column, other] of second.entries()) {
      const alike = wordSimilarity(one, other);
      if (alike > (bestOfFirst[row] ?? 0)) bestOfFirst[row] = alike;
      if (alike > (bestOfSecond[column] ?? 0)) bestOfSecond[column] = alike;
    }
  return (cover(first, bestOfFirst) + cover(second, bestOfSecond)) / 2;
}

function cover(words: readonly Word[], best: readonly number[]): number {
  let weight = 0;
  let met = 0;
  for (const [index, word] of words.entries()) {
    weight += word.weight;
    met += word.weight * (best[index] ?? 0);
  }
  return weight === 0 ? 0 : met / weight;
}
