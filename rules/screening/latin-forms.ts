/** How a name of any script is written in Latin letters; more than one way where customs of writing differ. */
import { pinyin } from 'pinyin-pro';
import { transliterate } from 'transliteration';
import { koreanSurnames, legalFormsInScript, tradeWordsInChinese } from './name-words.ts';

const han = /\p{Script=Han}/u;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const hangul = /\p{Script=Hangul}/u;
/** Scripts whose names are written without most of their vowels, or with vowels that the transliteration misplaces. */
const withoutVowels = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thai}]/u;

/** A name in Latin letters. `skeletal`: its vowels are not to be trusted, only its consonants are. */
export interface LatinForm {
  text: string;
  skeletal: boolean;
}

/**
 * The ways to write a name in Latin letters, forms of firms in the name's own script left out. Chinese by its sounds, once
 * with the trade words as English names of firms have them; Korean as the state romanises it and as people do; others by
 * the letters.
 * @example latinForms('深圳市华强电子有限公司') //=> 'shen zhen hua qiang dian zi' and 'shen zhen hua qiang electronics'
 */
export function latinForms(name: string): LatinForm[] {
  let text = name.normalize('NFKC');
  // Latin names, nearly all of a list, need none of what follows.
  if (/^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u.test(text)) return [{ text, skeletal: false }];
  for (const form of legalFormsInScript) if (text.includes(form)) text = text.replaceAll(form, ' ');
  // A name given twice, as `Ningbo Vesta (宁波维斯塔)`, is also each of the two alone.
  const latin = text.replace(/[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+/gu, ' ');
  if (!/\p{Script=Latin}{3}/u.test(latin)) return formsOfScript(text);
  const rest = text.replace(/\p{Script=Latin}+/gu, ' ');
  return [...formsOfScript(text), { text: latin, skeletal: false }, ...formsOfScript(rest)];
}

function formsOfScript(text: string): LatinForm[] {
  if (kana.test(text)) return [{ text: transliterate(text), skeletal: false }];
  if (han.test(text)) return chineseForms(text).map((form) => ({ text: form, skeletal: false }));
  if (hangul.test(text)) return koreanForms(text).map((form) => ({ text: form, skeletal: false }));
  return [{ text: transliterate(soundsOfLetters(text)), skeletal: withoutVowels.test(text) }];
}

/**
 * Why a name cannot be held against lists in Latin letters; null when it can. Japanese and Korean names in Chinese
 * characters have readings that no table gives: reading them as Chinese would find nobody and call it clear.
 */
export function whyUnreadable(name: string, country: string | null): string | null {
  const text = name.normalize('NFKC');
  if (han.test(text) && (['JP', 'KR', 'KP'].includes(country ?? '') || kana.test(text)))
    return 'a Japanese or Korean name in Chinese characters has no reading in Latin letters that could be looked up';
  if (!/[\p{L}\p{N}]/u.test(text)) return 'the name has neither letters nor digits';
  return null;
}

function chineseForms(text: string): string[] {
  // 市, 省 and 县 after a place are left out of English names; a person's name is too short to have one.
  const short = [...text.replace(/\s/g, '')].length <= 4;
  const plain = short ? text : text.replace(/(?<=\p{Script=Han}{2})[市省县區区](?=\p{Script=Han})/gu, ' ');
  let translated = plain;
  for (const [word, english] of tradeWordsInChinese)
    if (translated.includes(word)) translated = translated.replaceAll(word, ` ${english} `);
  return translated === plain ? [sounds(plain, short)] : [sounds(plain, false), sounds(translated, false)];
}

/** Runs of Chinese characters by their syllables, all else as it stands. */
function sounds(text: string, person: boolean): string {
  const read = text.replace(/\p{Script=Han}+/gu, (run) => {
    const syllables = pinyin(run, { toneType: 'none', type: 'array', v: true, ...(person && { surname: 'head' }) });
    return ` ${syllables.join(' ').replaceAll('v', 'u')} `;
  });
  return transliterate(read);
}

/** х is kh in the names of the lists, and ё is written е in most passports; ף at the end of a word is f; the Arabic article is no part of a name. */
function soundsOfLetters(text: string): string {
  return text
    .replaceAll('ף', 'f')
    .replace(/(?<!\p{L})ال(?=\p{L}{2})/gu, '')
    .replaceAll('х', 'kh')
    .replaceAll('Х', 'Kh')
    .replaceAll('ё', 'е')
    .replaceAll('Ё', 'Е');
}

const initials = 'g kk n d tt r m b pp s ss  j jj ch k t p h'.split(' ');
const vowels = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ');
const finals = [
  '', 'k', 'k', 'k', 'n', 'n', 'n', 't', 'l', 'k', 'm', 'l', 'l', 'l', 'p', 'l', 'm', 'p', 'p', 't', 't', 'ng', 't', 't', 'k', 't', 'p', 't',
]; // biome-ignore format: one table

function koreanForms(text: string): string[] {
  const official = spellHangul(text, (vowel) => vowel, false);
  return [
    official,
    ...['o', 'u'].map((open) => spellHangul(text, (vowel) => vowel.replace('eo', open).replace('eu', 'u'), true)),
  ];
}

function spellHangul(text: string, vowelOf: (vowel: string) => string, surname: boolean): string {
  const spelled = text.replace(/[가-힣]+/g, (run, offset: number) =>
    [...run]
      .map((syllable, index) => {
        const family =
          surname && offset === 0 && index === 0 && [...run].length <= 4 ? koreanSurnames[syllable] : undefined;
        const code = syllable.charCodeAt(0) - 0xac00;
        const vowel = vowels[Math.floor(code / 28) % 21] ?? '';
        return family ?? `${initials[Math.floor(code / 588)]}${vowelOf(vowel)}${finals[code % 28]}`;
      })
      .join(' '),
  );
  return transliterate(spelled);
}
