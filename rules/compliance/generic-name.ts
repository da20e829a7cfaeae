import type { Reference } from '../../reference/load.ts';
import { plain } from '../classification/codes.ts';

/** Whether a name is made of general words only: 'promotional gifts', 礼品配件. */
export function isGenericName(name: string, reference: Reference): boolean {
  const general = reference.genericNames.flatMap(({ words }) => words.map(plain)).sort((a, b) => b.length - a.length);
  const words = plain(name)
    .split(/[^\p{Letter}\p{Number}&]+/u)
    .filter((word) => word !== '');
  const isGeneral = (word: string) =>
    general.includes(word) ||
    general.includes(word.replace(/s$/, '')) ||
    isMadeOf(
      word,
      general.filter((one) => /\p{Script=Han}/u.test(one)),
    );
  return words.every(isGeneral);
}

/** Chinese writes words without spaces: 礼品配件 is two general words. */
function isMadeOf(word: string, parts: readonly string[]): boolean {
  return word === '' || parts.some((part) => word.startsWith(part) && isMadeOf(word.slice(part.length), parts));
}
