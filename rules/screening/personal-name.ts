/** People leave out a middle name, a patronymic or a second surname, and lists have them; firms leave out nothing of the kind. */
import { nameParticles } from './name-words.ts';
import { type NormalisedName, normaliseName } from './normalise-name.ts';
import { respaced, similarity } from './similarity.ts';
import { type Word, wordSimilarity } from './word.ts';

/** A person compares from 0.85 on unless the organisation asks for more; whole names that are written alike score more than a part. */
const leastForPart = 0.86;
const mostForPart = 0.9;
/** Words less alike are other names: Ivanov is no short form of Ivanovich. */
const leastAlike = 0.88;
/** Fewer letters in common are too many people. */
const fewestLetters = 7;
/** Names of syllables as short as these are written whole: Kim Jong is no short form of Kim Jong Un. */
const shortSyllable = 4;

/**
 * The words of a person's surname, where a list writes it before a comma; none where it does not.
 * @example familyOf('DERIPASKA, Oleg Vladimirovich') //=> 'deripaska'
 */
export function familyOf(name: string): string {
  const comma = name.indexOf(',');
  if (comma === -1) return '';
  const [form] = normaliseName(name.slice(0, comma)).forms;
  return form?.words.map(({ text }) => text).join('') ?? '';
}

/**
 * How alike a name and a listed one are, 0 to 1. A part of a name counts for people only: a part of a firm's name is another
 * firm's.
 * @param family surname of a listed person, as {@link familyOf} gives it; null for all that is no person
 */
export function likenessToListed(asked: NormalisedName, listed: NormalisedName, family: string | null): number {
  const whole = similarity(asked, listed);
  return family === null ? whole : Math.max(whole, personalLikeness(asked, listed, family));
}

/**
 * How alike a name and that of a listed person are where one of them leaves out names of the other: 0.86 to 0.90, the more
 * of the longer name the shorter one has, or 0. Every word of the shorter name has its own partner in the longer one, in any
 * order; an initial stands for a name; two of the words at least tell something, and one of them is the surname and one is
 * not, where `family` says which.
 * @param family as {@link familyOf} gives it
 * @example `Oleg Deripaska` and `DERIPASKA, Oleg Vladimirovich` //=> 0.88
 */
export function personalLikeness(asked: NormalisedName, listed: NormalisedName, family: string): number {
  let best = 0;
  for (const one of asked.forms)
    for (const other of listed.forms) {
      // Consonants alone prove too little for a part of a name.
      if (one.skeletal || other.skeletal) continue;
      best = Math.max(best, ofWords(one.words, other.words, family));
    }
  return best;
}

function ofWords(asked: readonly Word[], listed: readonly Word[], family: string): number {
  const [first, second] = respaced(asked, listed).map((words) => words.filter(({ text }) => !nameParticles.has(text)));
  if (!first || !second) return 0;
  const askedIsShort = first.length <= second.length;
  const [short, long] = askedIsShort ? [first, second] : [second, first];
  const pairs = partnersOf(short, long);
  if (pairs === null) return 0;
  const partners = pairs.map(([, partner]) => partner);
  const rest = long.filter((word) => !partners.includes(word));
  const met = pairs.filter((pair) => pair.every(isTelling)).map(([, partner]) => partner);
  if (met.length < 2 || lettersOf(met) < fewestLetters) return 0;
  // Ali Hassan Trading is a firm, and Wei Guo no short form of Wei Guo Min.
  if (!askedIsShort && rest.some(isCommon)) return 0;
  if ([...partners, ...rest].every(isSyllable)) return 0;
  if (askedIsShort && !hasBothNames(met, family)) return 0;
  return leastForPart + (mostForPart - leastForPart) * (lettersOf(partners) / lettersOf(long));
}

/** For each word of the shorter name a word of the longer one, none of them twice; null when one has none. */
function partnersOf(short: readonly Word[], long: readonly Word[]): [Word, Word][] | null {
  const left = [...long];
  const pairs: [Word, Word][] = [];
  // An initial takes what the full words leave.
  for (const word of [...short].sort((one, other) => other.text.length - one.text.length)) {
    const [best] = left
      .map((other) => ({ other, alike: alikeness(word, other) }))
      .filter(({ alike }) => alike >= leastAlike)
      .sort((one, other) => other.alike - one.alike);
    if (best === undefined) return null;
    pairs.push([word, best.other]);
    left.splice(left.indexOf(best.other), 1);
  }
  return pairs;
}

function alikeness(one: Word, other: Word): number {
  const isInitial = one.text.length === 1 || other.text.length === 1;
  return isInitial && one.text[0] === other.text[0] ? 1 : wordSimilarity(one, other);
}

function hasBothNames(words: readonly Word[], family: string): boolean {
  if (family === '') return true;
  const isFamily = ({ text }: Word) => family.includes(text) || text.includes(family);
  return words.some(isFamily) && words.some((word) => !isFamily(word));
}

const isCommon = ({ text, weight }: Word) => weight < text.length;
const isSyllable = ({ text, syllables }: Word) => syllables !== undefined || text.length <= shortSyllable;
const isTelling = (word: Word) => word.text.length >= 3 && !isCommon(word);
const lettersOf = (words: readonly Word[]) => words.reduce((sum, { text }) => sum + text.length, 0);
