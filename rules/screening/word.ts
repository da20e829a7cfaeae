/** A word of a name with what comparing it needs, worked out once: a list has tens of thousands. */
import { ratio } from 'fuzzball';
import jaroWinkler from 'talisman/metrics/jaro-winkler.js';
import { commonWords } from './name-words.ts';
import { pinyinSyllables } from './pinyin-syllables.ts';

/** A word as it is compared. */
export interface Word {
  text: string;
  /** The word with sounds that are spelled in several ways spelled in one. */
  sound: string;
  /** Its syllables where it is nothing but pinyin. */
  syllables: string[] | undefined;
  /** The letters in it, a bit each. */
  letters: number;
  /** How much the word tells: its length, and little for a word of trade or town. */
  weight: number;
}

const weightOfCommonWords = 0.3;

/** Works a word out. `consonants`: the word lost its vowels, and neither its sounds nor its syllables mean anything. */
export function wordOf(text: string, consonants = false): Word {
  let letters = 0;
  for (let at = 0; at < text.length; at++) letters |= 1 << (text.charCodeAt(at) & 31);
  return {
    text,
    sound: consonants ? text : soundOf(text),
    syllables: consonants ? undefined : pinyinSyllables(text),
    letters,
    weight: commonWords.has(text) ? text.length * weightOfCommonWords : text.length,
  };
}

/** Words as short as these are other words when a letter differs: Li and Lu. */
const shortWord = 3;
/** Sounds that are one and spelled in several ways: Noor and Nour, Sergei and Sergey. */
const spelledOtherwise = 0.97;

/** How alike two words are, 0 to 1, the same in both directions. */
export function wordSimilarity(first: Word, second: Word): number {
  const one = first.text;
  const other = second.text;
  if (one === other) return 1;
  if (first.sound === second.sound) return spelledOtherwise;
  if (one.length <= shortWord || other.length <= shortWord) return 0;
  if (Math.abs(one.length - other.length) > Math.max(one.length, other.length) / 2) return 0;
  if (4 * bits(first.letters & second.letters) < bits(first.letters) + bits(second.letters)) return 0;
  if (first.syllables && second.syllables) return sharedSyllables(first.syllables, second.syllables);
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

/** Bits that are set. */
function bits(set: number): number {
  let left = set - ((set >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return (((left + (left >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
