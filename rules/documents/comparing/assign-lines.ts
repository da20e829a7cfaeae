/** One line for one line, by the sum of the evidence; a pair is made only where nothing else is as good. */
import { close, enough, evidenceFor, isAlike, type Line } from './line-evidence.ts';
import type { LineGroup, Sides } from './match-lines.ts';

/** A line of the paper and the lines of the order that are equally good for it. */
export interface Tie {
  paper: number;
  candidates: number[];
}

/** @returns the pairs that stand out, and what could not be told apart */
export function assigned(
  sides: Sides,
  free: { order: readonly number[]; paper: readonly number[] },
): { groups: LineGroup[]; ties: Tie[] } {
  if (free.order.length === 0 || free.paper.length === 0) return { groups: [], ties: [] };
  const groups: LineGroup[] = [];
  const points = new Points(sides, free);
  for (let found = points.next(); found.length > 0; found = points.next())
    for (const { order, paper } of found) {
      points.drop(order, paper);
      groups.push({ order: [order], paper: [paper] });
    }
  return { groups, ties: points.ties() };
}

/** Evidence of every pair of free lines, worked out once. */
class Points {
  readonly #sides: Sides;
  readonly #order: Set<number>;
  readonly #paper: Set<number>;
  readonly #points = new Map<number, Map<number, number>>();

  constructor(sides: Sides, free: { order: readonly number[]; paper: readonly number[] }) {
    this.#sides = sides;
    this.#order = new Set(free.order);
    this.#paper = new Set(free.paper);
    for (const paper of free.paper)
      this.#points.set(
        paper,
        new Map(free.order.map((order) => [order, evidenceOf(sides.order[order], sides.paper[paper], sides)])),
      );
  }

  drop(order: number, paper: number): void {
    this.#order.delete(order);
    this.#paper.delete(paper);
  }

  /** Pairs of which each is the other's best, and whose rivals are alike or worse. Every line stands in one at most. */
  next(): { order: number; paper: number }[] {
    const pairs: { order: number; paper: number }[] = [];
    const used = new Set<number>();
    for (const paper of this.#paper) {
      const forPaper = this.#bestOf([...this.#order].map((order) => [order, this.#at(order, paper)]));
      const [order] = forPaper.filter((one) => !used.has(one));
      if (order === undefined) continue;
      const forOrder = this.#bestOf([...this.#paper].map((one) => [one, this.#at(order, one)]));
      if (!forOrder.includes(paper) || !this.#standsOut(order, paper, forPaper, forOrder)) continue;
      used.add(order);
      pairs.push({ order, paper });
    }
    return pairs;
  }

  ties(): Tie[] {
    return [...this.#paper].flatMap((paper) => {
      const candidates = this.#bestOf([...this.#order].map((order) => [order, this.#at(order, paper)]));
      return candidates.length > 0 ? [{ paper, candidates: candidates.toSorted((a, b) => a - b) }] : [];
    });
  }

  /** Two candidates that say the same are as good as one: whichever is taken, nothing differs. */
  #standsOut(order: number, paper: number, forPaper: readonly number[], forOrder: readonly number[]): boolean {
    if (forPaper.length === 1 && forOrder.length === 1) return true;
    const { order: orders, paper: papers } = this.#sides;
    const fields = this.#sides.fields();
    const alikeInOrder = forPaper.every((one) => isAlike(orders[one], orders[order], fields.ofPaper));
    const alikeOnPaper = forOrder.every((one) => isAlike(papers[one], papers[paper], fields.ofOrder));
    if (alikeInOrder && alikeOnPaper) return true;
    if (alikeInOrder && forPaper.length > 1) return forPaper.length >= forOrder.length;
    return alikeOnPaper && forOrder.length > 1 && forOrder.length >= forPaper.length;
  }

  #at(order: number, paper: number): number {
    return this.#points.get(paper)?.get(order) ?? 0;
  }

  /** Those within reach of the best, if that is enough for a pair; the best first. */
  #bestOf(scored: readonly (readonly [number, number])[]): number[] {
    const best = Math.max(...scored.map(([, points]) => points), 0);
    if (best < enough) return [];
    return scored
      .filter(([, points]) => points > best - close)
      .sort(([a, one], [b, other]) => other - one || a - b)
      .map(([line]) => line);
  }
}

function evidenceOf(order: Line | undefined, paper: Line | undefined, { words, reference }: Sides): number {
  return order && paper ? evidenceFor(order, paper, words, reference) : 0;
}
