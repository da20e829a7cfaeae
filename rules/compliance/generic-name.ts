import type { Reference } from '../../reference/load.ts';
import { plain } from '../classification/codes.ts';

interface GeneralWords {
  general: ReadonlySet<string>;
  chinese: readonly string[];
}

/** Made once of a table, for the many names of an order. */
const wordsOfTable = new WeakMap<Reference['genericNames'], GeneralWords>();

function generalWords(table: Reference['genericNames']): GeneralWords {
  const known = wordsOfTable.get(table);
  if (known) return known;
  const words = table.flatMap((one) => one.words.map(plain)).sort((a, b) => b.length - a.length);
  const made = { general: new Set(words), chinese: words.filter((one) => /\p{Script=Han}/u.test(one)) };
  wordsOfTable.set(table, made);
  return made;
}

/** Whether a name is made of general words only: 'promotional gifts', 礼品配件. */
export function isGenericName(name: string, reference: Reference): boolean {
  const { general, chinese } = generalWords(reference.genericNames);
  const words = plain(name)
    .split(/[^\p{Letter}\p{Number}&]+/u)
    .filter((word) => word !== '');
  const isGeneral = (word: string) =>
    general.has(word) || general.has(word.replace(/s$/, '')) || isMadeOf(word, chinese);
  return words.every(isGeneral);
}

/** Chinese writes words without spaces: 礼品配件 is two general words. */
function isMadeOf(word: string, parts: readonly string[]): boolean {
  return word === '' || parts.some((part) => word.startsWith(part) && isMadeOf(word.slice(part.length), parts));
}
