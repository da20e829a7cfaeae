/** How alike two names are. No one measure works for names of firms and people; each misses what another finds. */
import { ratio, token_sort_ratio as tokenSortRatio } from 'fuzzball';
import jaroWinkler from 'talisman/metrics/jaro-winkler.js';
import { commonWords } from './name-words.ts';
import type { NameForm, NormalisedName } from './normalise-name.ts';
import { pinyinSyllables } from './pinyin-syllables.ts';

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
  if (one.tokens.length === 0 || other.tokens.length === 0) return 0;
  const [first, second] = respaced(one.tokens, other.tokens);
  return Math.min(greaterMeasure(first, second), agreement(first, second));
}

function ofConsonants(one: NameForm, other: NameForm): number {
  if (one.skeleton.length === 0 || other.skeleton.length === 0) return 0;
  const [first, second] = respaced(one.skeleton, other.skeleton);
  const score = Math.min(greaterMeasure(first, second), agreement(first, second));
  const consonants = Math.min(first.join('').length, second.join('').length);
  return Math.min(score, consonants < fewConsonants ? mostForFewConsonants : mostForSkeletons);
}

function greaterMeasure(first: readonly string[], second: readonly string[]): number {
  const asGiven = jaroWinkler(first.join(' '), second.join(' '));
  const sorted = jaroWinkler([...first].sort().join(' '), [...second].sort().join(' '));
  const tokenSort = tokenSortRatio(first.join(' '), second.join(' '), { full_process: false }) / 100;
  return Math.max(asGiven, sorted, tokenSort);
}

/** Joins neighbouring words of one name that the other writes as one: `sino bright` beside `sinobright`. */
function respaced(one: readonly string[], other: readonly string[]): [string[], string[]] {
  const first = joinedAs(one, other);
  return [first, joinedAs(other, first)];
}

const mostJoined = 4;

function joinedAs(words: readonly string[], model: readonly string[]): string[] {
  const result: string[] = [];
  for (let at = 0; at < words.length; ) {
    let taken = 1;
    for (let count = Math.min(mostJoined, words.length - at); count > 1; count--) {
      const joined = words.slice(at, at + count).join('');
      if (
        model.some((word) => isSpelledLike(joined, word)) &&
        !words.slice(at, at + count).some((w) => model.includes(w))
      ) {
        taken = count;
        break;
      }
    }
    result.push(words.slice(at, at + taken).join(''));
    at += taken;
  }
  return result;
}

function isSpelledLike(joined: string, word: string): boolean {
  if (joined === word) return true;
  if (joined.length < 6 || Math.abs(joined.length - word.length) > 1) return false;
  return wordSimilarity(joined, word) >= 0.85;
}

/** How far the words of two names have partners in the other, by the letters of telling words. */
function agreement(first: readonly string[], second: readonly string[]): number {
  return (cover(first, second) + cover(second, first)) / 2;
}

function cover(words: readonly string[], others: readonly string[]): number {
  let weight = 0;
  let met = 0;
  for (const word of words) {
    const weightOfWord = commonWords.has(word) ? word.length * weightOfCommonWords : word.length;
    let best = 0;
    for (const other of others) {
      const alike = wordSimilarity(word, other);
      if (alike > best) best = alike;
    }
    weight += weightOfWord;
    met += weightOfWord * best;
  }
  return weight === 0 ? 0 : met / weight;
}

const weightOfCommonWords = 0.3;
/** Words as short as these are other words when a letter differs: Li and Lu. */
const shortWord = 3;
/** Sounds that are one and spelled in several ways: Noor and Nour, Sergei and Sergey. */
const spelledOtherwise = 0.97;

function wordSimilarity(one: string, other: string): number {
  if (one === other) return 1;
  if (soundOf(one) === soundOf(other)) return spelledOtherwise;
  if (one.length <= shortWord || other.length <= shortWord) return 0;
  if (Math.abs(one.length - other.length) > Math.max(one.length, other.length) / 2) return 0;
  const first = pinyinSyllables(one);
  const second = first && pinyinSyllables(other);
  if (first && second) return sharedSyllables(first, second);
  // Jaro-Winkler looks at beginnings, which different words share; the ratio of letters in common does not.
  const alike = (jaroWinkler(one, other) + ratio(one, other, { full_process: false }) / 100) / 2;
  return alike < leastAlike ? 0 : alike;
}

/** Words less alike than this are different words, and no half of one. */
const leastAlike = 0.7;

function soundOf(word: string): string {
  return (
    word
      .replace(/y/g, 'i')
      // Long vowels of Japanese: Satou and Sato, Ohtani and Otani.
      .replace(/ou$/, 'o')
      .replace(/oh(?=[bcdfgjkmnpqrstz])/g, 'o')
      .replace(/ou|oo/g, 'u')
      .replace(/ee|ii/g, 'i')
      .replace(/ai|ei/g, 'e')
      .replace(/ph/g, 'f')
      .replace(/kh|ck|q/g, 'k')
      .replace(/(.)\1+/g, '$1')
  );
}

/** By letters of the syllables that both have. */
function sharedSyllables(first: readonly string[], second: readonly string[]): number {
  const left = [...second];
  let shared = 0;
  for (const syllable of first) {
    const at = left.indexOf(syllable);
    if (at === -1) continue;
    left.splice(at, 1);
    shared += syllable.length;
  }
  return (2 * shared) / (first.join('').length + second.join('').length);
}
