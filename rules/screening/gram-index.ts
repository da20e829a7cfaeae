/** Finds texts that share rare pieces with a text: candidates only, which something better then compares. */

/** Pieces of words: three letters each, the word's beginning marked, and over the gaps, since spacing differs. */
function gramsOf(words: readonly string[]): Set<string> {
  const grams = new Set<string>();
  for (const word of words) {
    grams.add(`^${word.slice(0, 2)}`);
    if (word.length <= 3) grams.add(`^${word}$`);
  }
  const joined = words.join('');
  for (let at = 0; at + 3 <= joined.length; at++) grams.add(joined.slice(at, at + 3));
  return grams;
}

/** Posting lists of all pieces, the rarer the piece the more it tells. */
export class GramIndex {
  readonly #texts: number;
  readonly #postings = new Map<string, number[]>();
  readonly #weight: Float64Array;
  readonly #shared: Float64Array;

  /** @param texts each as one or more ways to write it, in words */
  constructor(texts: readonly (readonly (readonly string[])[])[]) {
    this.#texts = texts.length;
    this.#weight = new Float64Array(texts.length);
    this.#shared = new Float64Array(texts.length);
    for (const [position, ways] of texts.entries())
      for (const gram of new Set(ways.flatMap((words) => [...gramsOf(words)]))) {
        const posting = this.#postings.get(gram);
        if (posting === undefined) this.#postings.set(gram, [position]);
        else posting.push(position);
      }
    for (const posting of this.#postings.values()) {
      const rarity = this.#rarity(posting.length);
      for (const position of posting) this.#weight[position] = (this.#weight[position] ?? 0) + rarity;
    }
  }

  /** Positions of the texts that share most with `words`, in no order; at most `most`, fewer when fewer share anything much. */
  nearest(words: readonly string[], most: number): number[] {
    const shared = this.#shared.fill(0);
    const touched: number[] = [];
    let own = 0;
    for (const gram of gramsOf(words)) {
      const posting = this.#postings.get(gram);
      const rarity = this.#rarity(posting?.length ?? 1);
      own += rarity;
      for (const position of posting ?? []) {
        if (shared[position] === 0) touched.push(position);
        shared[position] = (shared[position] ?? 0) + rarity;
      }
    }
    const near: { position: number; likeness: number }[] = [];
    for (const position of touched) {
      const likeness = (2 * (shared[position] ?? 0)) / (own + (this.#weight[position] ?? 0));
      if (likeness >= leastLikeness) near.push({ position, likeness });
    }
    const nearest = near.length <= most ? near : near.sort((a, b) => b.likeness - a.likeness).slice(0, most);
    return nearest.map(({ position }) => position);
  }

  #rarity(count: number): number {
    return Math.log(1 + this.#texts / count);
  }
}

/** A share of the rare pieces below which no two names came near the threshold of a review. */
const leastLikeness = 0.2;
