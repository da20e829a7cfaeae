/** The answer to a search for codes: what was found, and whether the words name goods at all. */
import { z } from 'zod';
import type { Reference } from '../../reference/load.ts';
import { type GoodsSources, goodsSources, searchGoods } from './search.ts';
import { suggestCodes } from './suggest.ts';

const step = z.object({ code: z.string(), title: z.string() }).nullable();

export const goodsSearchSchema = z.object({
  results: z.array(
    z.object({
      code: z.string().describe('As its source has it, never padded.'),
      path: z.object({ section: step, chapter: step, heading: step, subheading: step }),
      description: z.string(),
      reason: z.string(),
      source: z.enum(goodsSources),
      score: z.number(),
      alternatives: z.array(z.string()).describe('Other codes of goods of this name.'),
    }),
  ),
  refused: z.string().nullable().describe('Why no code may be chosen by these words alone; null when they suffice.'),
  searched: z.array(z.enum(goodsSources)).describe('Where was looked.'),
});
export type GoodsSearch = z.infer<typeof goodsSearchSchema>;

/** Searches for codes of goods by their name or by the beginning of a code. A person chooses. */
export function goodsSearch(
  text: string,
  sources: GoodsSources & Pick<Reference, 'genericNames'>,
  most?: number,
): GoodsSearch {
  const isCode = /^[\d. ]+$/.test(text.normalize('NFKC').trim());
  const suggestion = isCode ? { suggestions: [] } : suggestCodes(text, sources);
  return {
    results: searchGoods(text, sources, most).map((match) => ({ ...match, alternatives: [...match.alternatives] })),
    refused: 'refused' in suggestion ? suggestion.refused : null,
    searched: goodsSources.filter(
      (source) =>
        source === 'common-goods' ||
        (source === 'nomenclature' ? sources.nomenclature !== null : (sources.declared?.length ?? 0) > 0),
    ),
  };
}
