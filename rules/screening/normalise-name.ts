/** Names made comparable: one script, small letters, no punctuation, no forms of firms. */
import { latinForms } from './latin-forms.ts';
import {
  legalForms,
  legalFormsAlphabetic,
  legalPhrases,
  littleWords,
  shortLegalForms,
  wordInstead,
} from './name-words.ts';
import { type Word, wordOf } from './word.ts';

/** One way to write a name: its words as given, and the words' consonants. */
export interface NameForm {
  words: Word[];
  /** Consonants of each word, sounds that scripts mix up as one; words of vowels alone are left out. */
  skeleton: Word[];
  /** Only {@link skeleton} is to be trusted: the script writes no vowels. */
  skeletal: boolean;
}

/** A name as it is compared. Never without a form, and no form without a word unless the name has neither letters nor digits. */
export interface NormalisedName {
  forms: NameForm[];
}

/**
 * A name made comparable. What differs only in case, punctuation, width, accents or form of firm becomes the same.
 * @example normaliseName('HUAWEI TECHNOLOGIES CO., LTD.') and normaliseName('Huawei Technologies') have the same words
 */
export function normaliseName(name: string): NormalisedName {
  const forms = latinForms(dropAlphabeticForms(name)).map(({ text, skeletal }): NameForm => {
    const words = wordsOf(text);
    const skeleton = words.map(consonantsOf).filter((word) => word !== '');
    return { words: words.map((word) => wordOf(word)), skeleton: skeleton.map((word) => wordOf(word, true)), skeletal };
  });
  return { forms };
}

/**
 * The key under which decisions about a party are remembered: its name but for case, width and punctuation, and its
 * country. The form of firm stays: Sunrise Ltd and Sunrise GmbH are two parties, and what was decided of one is not of both.
 */
export function partyKey(name: string, country: string | null): string {
  const words =
    name
      .normalize('NFKC')
      .toLowerCase()
      // L.L.C. and LLC are one form of firm.
      .replace(/(?<=(?<!\p{L})\p{L})\.(?=\p{L}(?!\p{L}))/gu, '')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return `${words.join(' ')}|${country ?? ''}`;
}

function dropAlphabeticForms(name: string): string {
  if (!/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(name)) return name;
  const words = name.split(/\s+/);
  const kept = words.filter((word) => !legalFormsAlphabetic.has(word.toLowerCase().replace(/[^\p{L}]/gu, '')));
  return kept.length > 0 ? kept.join(' ') : name;
}

function wordsOf(latin: string): string[] {
  const plain = latin
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[øð]/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/đ/g, 'd')
    .replace(/ı/g, 'i')
    .replace(/æ/g, 'ae')
    .replace(/œ/g, 'oe')
    // S.A. and L.L.C. are words of their letters.
    .replace(/\b(?:[a-z0-9]\.){2,}/g, (letters) => `${letters.replaceAll('.', '')} `)
    .replace(/['’‘ʼʻ`´"]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  let text = plain;
  for (const phrase of legalPhrases) text = text.replace(phrase, ' ');
  const tokens = text.split(' ').filter((word) => word !== '');
  const kept = dropShortForms(tokens.filter((word) => !legalForms.has(word) && !littleWords.has(word)));
  // A name of such words alone is still a name.
  return (kept.length > 0 ? kept : plain.split(' ').filter((word) => word !== '')).map(
    (word) => wordInstead.get(word) ?? word,
  );
}

/** At the end of a firm's name only: what is left must still be a name. */
function dropShortForms(tokens: string[]): string[] {
  let kept = tokens;
  while (kept.length > 1 && shortLegalForms.has(kept.at(-1) ?? '') && isNameAlone(kept.slice(0, -1)))
    kept = kept.slice(0, -1);
  if (kept.length > 1 && ['ao', 'pt'].includes(kept[0] ?? '') && isNameAlone(kept.slice(1))) kept = kept.slice(1);
  return kept;
}

const isNameAlone = (tokens: readonly string[]) => tokens.join('').length >= 6;

/** What scripts without vowels leave of a word; k, kh, q, g and c are one sound, v, w and y count as vowels, as does an h at the end; the article is no word. */
function consonantsOf(word: string): string {
  if (/^[aeu][lr]$/.test(word)) return '';
  return word
    .replace(/^abd[aeu]l$/, 'abd')
    .replace(/sh/g, 's')
    .replace(/th/g, 't')
    .replace(/dh/g, 'd')
    .replace(/ph/g, 'f')
    .replace(/[qgc]/g, 'k')
    .replace(/p/g, 'b')
    .replace(/[aeiouvwy@]/g, '')
    .replace(/kh/g, 'k')
    .replace(/(.)\1+/g, '$1')
    .replace(/(?<=.)h$/, '');
}
