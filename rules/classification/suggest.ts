/** Suggests codes for goods, or says why it does not. */
import type { Reference } from '../../reference/load.ts';
import {
  declaredIndex,
  type GoodsMatch,
  type GoodsSources,
  goodsIndex,
  nomenclatureIndex,
  searchGoods,
} from './search.ts';
import { thinness } from './thin-description.ts';

/** Below, a match is a likeness of words and no ground for a code. */
export const LEAST_SUGGESTED = 0.45;

/** Codes with reasons, best first; or the reason why there is none. A person chooses: nothing is filled in from here. */
export type Suggestion = { suggestions: GoodsMatch[] } | { refused: string };

/**
 * Ranks codes for a description in Chinese or English.
 * A thin one (gift, 配件, plastic, a brand) is refused: a guess would be a well-formed wrong code, which customs takes as declared.
 */
export function suggestCodes(
  description: string,
  sources: GoodsSources & Pick<Reference, 'genericNames'>,
  most = 5,
): Suggestion {
  const { genericNames, broadWords, declared, nomenclature } = sources;
  const indexes = [
    goodsIndex(sources),
    ...(declared ? [declaredIndex(declared, sources)] : []),
    ...(nomenclature ? [nomenclatureIndex(nomenclature, sources)] : []),
  ];
  const refused = thinness(description, {
    genericNames,
    broadWords,
    knows: (word) => indexes.some((index) => index.knows(word)),
  });
  if (refused) return { refused };
  const suggestions = searchGoods(description, sources, most * 2)
    .filter(({ code, score }) => code.length >= 6 && score >= LEAST_SUGGESTED)
    .slice(0, most);
  if (suggestions.length > 0) return { suggestions };
  return {
    refused: `nothing in the tables is near enough to ${JSON.stringify(description.slice(0, 60))}: say kind, material and use in plain trade words`,
  };
}
