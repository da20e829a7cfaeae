/** Goods by the names of the trade, the chapters of the nomenclature, and words that name no goods: what helps to find a code. */
import { z } from 'zod';
import { provenanceSchema } from './schema.ts';

const sixDigits = z.string().regex(/^\d{6}$/, 'six digits of the international nomenclature');
const words = z.array(z.string().min(1)).min(1);

/** A kind of goods as exporters call it, with the code that it mostly has. */
export const commonGoodSchema = z.strictObject({
  ...provenanceSchema.shape,
  hs: sixDigits,
  zh: words,
  en: words,
  /** What the code hangs on, where one name covers several. */
  decides: z.string().min(1).optional(),
  /** Codes that goods of this name also have, or are wrongly declared under. */
  alternatives: z.array(sixDigits).default([]),
});
export type CommonGood = z.infer<typeof commonGoodSchema>;

/** A chapter of the Harmonized System, with the Roman number of its section. */
export const hsChapterSchema = z.strictObject({
  ...provenanceSchema.shape,
  chapter: z.string().regex(/^\d{2}$/),
  section: z.string().regex(/^[IVX]{1,5}$/),
  titleZh: z.string().min(1),
  title: z.string().min(1),
});
export type HsChapter = z.infer<typeof hsChapterSchema>;

/** Words that say a material, a property or a broad kind, and leave open what the goods are. */
export const broadWordsSchema = z.strictObject({
  ...provenanceSchema.shape,
  id: z.string().regex(/^[a-z-]{2,40}$/),
  says: z.string().min(1),
  words,
});
export type BroadWords = z.infer<typeof broadWordsSchema>;

/** The files of the common goods, a section of the nomenclature each. */
export const commonGoodsFiles = [
  'food-and-plants',
  'minerals-and-chemicals',
  'plastics-and-rubber',
  'leather-wood-paper',
  'textiles',
  'footwear-headgear-umbrellas',
  'stone-ceramics-glass-jewellery',
  'metals-and-tools',
  'machinery',
  'electrical',
  'vehicles',
  'instruments-clocks-music',
  'furniture-lamps',
  'toys-sports-sundries',
] as const;

/**
 * Gives the goods back when every name stands for one entry only.
 * @param goods with what tells file and line of each
 * @throws Error naming file, line and the name that two entries claim: the order of lines in a file would choose the code
 */
export function refuseSharedTradeNames(goods: readonly { good: CommonGood; place: () => string }[]): CommonGood[] {
  const owners = new Map<string, CommonGood>();
  for (const { good, place } of goods)
    for (const name of [...good.zh, ...good.en].map((one) => one.normalize('NFKC').toLowerCase())) {
      const owner = owners.get(name);
      if (owner)
        throw new Error(
          `The reference data is wrong:\n${place()}: "${name}" stands for ${owner.hs} and for ${good.hs}; keep it at one of them`,
        );
      owners.set(name, good);
    }
  return goods.map(({ good }) => good);
}
