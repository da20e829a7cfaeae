/** Whether a description says enough to look for a code at all. */
import type { BroadWords } from '../../reference/common-goods.ts';
import type { Reference } from '../../reference/load.ts';
import { plain } from './codes.ts';
import { isModel, wordsOf } from './words.ts';

/** What a description is held against. */
export interface ThinWords {
  genericNames: Reference['genericNames'];
  broadWords: readonly BroadWords[];
  /** Whether any table has the word: those that none has are brands, models or slips of the pen. */
  knows: (word: string) => boolean;
}

/**
 * Why a description is too thin for a code; undefined when it is not.
 * @example thinness('样品', words) //=> '"样品" names no goods …'
 */
export function thinness(text: string, { genericNames, broadWords, knows }: ThinWords): string | undefined {
  const said = JSON.stringify(text.trim().slice(0, 60));
  const generic = genericNames.flatMap(({ words }) => words).map(plain);
  const afterGeneric = leftOf([text], generic);
  if (afterGeneric.length === 0) return `${said} names no goods: say what they are, of what material and for what use`;
  const afterBroad = leftOf(afterGeneric, broadWords.flatMap(({ words }) => words).map(plain));
  if (afterBroad.length === 0) {
    const kinds = broadWords
      .filter(({ words }) => words.map(plain).some((word) => afterGeneric.some((run) => holds(run, word))))
      .map(({ says }) => says);
    return `${said} says only ${kinds.join(' and ') || 'general words'}: say what the goods are`;
  }
  const words = afterBroad.flatMap((one) => wordsOf(one)).filter((word) => !isModel(word));
  if (words.length === 0) return `${said} is a model or a measure: say what the goods are`;
  if (!words.some(knows))
    return `no table knows a word of ${said}: a brand or a model is no description; say what the goods are`;
  return undefined;
}

/** What remains of some texts when such words are taken out; Chinese ones also out of the middle, only where all parts are such. */
function leftOf(texts: readonly string[], taken: readonly string[]): string[] {
  const set = new Set(taken);
  const chinese = taken.filter((word) => /\p{Script=Han}/u.test(word));
  return texts
    .flatMap((text) => plain(text).match(/\p{Script=Han}+|[\p{Letter}\p{Number}]+/gu) ?? [])
    .filter(
      (run) => !set.has(run) && !set.has(run.replace(/s$/, '')) && !isMadeOf(run, chinese) && !/^\d+$|^s$/.test(run),
    );
}

const holds = (run: string, word: string) => (/\p{Script=Han}/u.test(word) ? run.includes(word) : run === word);

/** Chinese writes words without spaces: 新款塑料制品 is three. Walked once, since a long text could be cut in a million ways. */
function isMadeOf(run: string, parts: readonly string[]): boolean {
  const reached = new Set([0]);
  for (let at = 0; at < run.length; at++)
    if (reached.has(at)) for (const part of parts) if (run.startsWith(part, at)) reached.add(at + part.length);
  return reached.has(run.length);
}
