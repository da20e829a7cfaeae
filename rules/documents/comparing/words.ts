/** Texts of papers made comparable; each is worked out once a comparison, since fifty lines stand on ten papers. */
import { plain } from '../../classification/codes.ts';
import { legalForms, legalFormsInScript, shortLegalForms } from '../../screening/name-words.ts';

/** One comparison's memory of texts. */
export interface Words {
  /** Case, width and spaces apart. */
  plain: (text: string) => string;
  /** Letters and digits alone, points inside numbers kept: `LED table-lamp` is `led table lamp`, 1.5 is not 15. */
  name: (text: string) => string;
  /** A name without the tax class of a Chinese invoice: `*照明装置*LED台灯`. */
  goods: (text: string) => string;
  /** A firm's name without its form. */
  company: (text: string) => string;
  /** Pairs of neighbouring signs, for how alike two names are. */
  pairs: (text: string) => ReadonlySet<string>;
}

/** Builds the memory. */
export function wordsOnce(): Words {
  const name = once(nameOf);
  const goods = once((text: string) => nameOf(text.normalize('NFKC').replace(/^\s*\*[^*]*\*/, '')));
  return { plain: once(plain), name, goods, company: once(companyOf), pairs: once((text) => pairsOf(goods(text))) };
}

/** How much of the shorter name stands in the longer one, 0 to 1; equal names are 1. */
export function likeness(a: string, b: string, words: Words): number {
  if (words.goods(a) === words.goods(b)) return 1;
  const [one, other] = [words.pairs(a), words.pairs(b)];
  const [less, more] = one.size <= other.size ? [one, other] : [other, one];
  if (less.size === 0) return 0;
  let shared = 0;
  for (const pair of less) if (more.has(pair)) shared += 1;
  // A name that says more is nearly the same; two that share half of their signs are not.
  return (0.6 * shared) / less.size + (0.35 * shared) / more.size;
}

function once<Made>(make: (text: string) => Made): (text: string) => Made {
  const made = new Map<string, Made>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const fresh = make(text);
    made.set(text, fresh);
    return fresh;
  };
}

function nameOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<!\d)\.|\.(?!\d)/g, '')
    .replace(/[^\p{L}\p{M}\p{N}.]+/gu, '');
}

function companyOf(text: string): string {
  let small = text.normalize('NFKC').toLowerCase();
  for (const form of legalFormsInScript) small = small.replaceAll(form, ' ');
  const kept = small
    .replace(/(?<=\p{L})\.(?=\p{L})/gu, '')
    .replaceAll('&', ' and ')
    .replace(/['’‘`´]/g, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'and' && !legalForms.has(word) && !shortLegalForms.has(word));
  // A firm of which nothing but its form is written has that for its name.
  return kept.join('') || nameOf(text);
}

function pairsOf(text: string): ReadonlySet<string> {
  if (text.length === 1) return new Set([text]);
  return new Set(Array.from({ length: Math.max(text.length - 1, 0) }, (_, at) => text.slice(at, at + 2)));
}
