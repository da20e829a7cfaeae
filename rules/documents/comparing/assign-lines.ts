/** One line for one line, by the sum of the evidence; a pair is made only where nothing else is as good. */
import { close, descriptionFor, enough, evidenceFor, isAlike, type Line, tellingWord } from './line-evidence.ts';
import type { LineGroup, Sides } from './sides.ts';

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
  /** By line of the paper, then line of the order: evidence, and what a telling word adds to it. */
  readonly #points: number[][] = [];
  readonly #told: number[][] = [];

  constructor(sides: Sides, free: { order: readonly number[]; paper: readonly number[] }) {
    this.#sides = sides;
    this.#order = new Set(free.order);
    this.#paper = new Set(free.paper);
    for (const paper of free.paper) {
      const [row, told]: [number[], number[]] = [[], []];
      for (const order of free.order) {
        const evidence = evidenceOf(sides.order[order], sides.paper[paper], sides);
        row[order] = evidence;
        told[order] = free.order.length > 1 ? toldBy(order, paper, evidence, sides) : 0;
      }
      this.#points[paper] = row;
      this.#told[paper] = told;
    }
  }

  drop(order: number, paper: number): void {
    this.#order.delete(order);
    this.#paper.delete(paper);
  }

  /** Pairs of which each is the other's best, and whose rivals are alike or worse. Every line stands in one at most. */
  next(): { order: number; paper: number }[] {
    const pairs: { order: number; paper: number }[] = [];
    const used = new Set<number>();
    const bestPapers = new Map<number, number[]>();
    for (const paper of this.#paper) {
      const forPaper = this.#ordersFor(paper);
      const order = forPaper.find((one) => !used.has(one));
      if (order === undefined) continue;
      const forOrder = bestPapers.get(order) ?? this.#papersFor(order);
      bestPapers.set(order, forOrder);
      if (!forOrder.includes(paper) || !this.#standsOut(order, paper, forPaper, forOrder)) continue;
      used.add(order);
      pairs.push({ order, paper });
    }
    return pairs;
  }

  ties(): Tie[] {
    return [...this.#paper].flatMap((paper) => {
      const candidates = this.#ordersFor(paper);
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

  #ordersFor(paper: number): number[] {
    return bestOf(this.#order, (order) => this.#pointsOf(order, paper));
  }

  #pointsOf(order: number, paper: number): { evidence: number; told: number } {
    return { evidence: this.#points[paper]?.[order] ?? 0, told: this.#told[paper]?.[order] ?? 0 };
  }

  #papersFor(order: number): number[] {
    return bestOf(this.#paper, (paper) => this.#pointsOf(order, paper));
  }
}

/** With a telling word half of a name is enough. */
const enoughWhenTold = 2;

/**
 * Lines within reach of the best, the best first. A telling word decides between lines, it makes no pair of two that have
 * little else in common.
 */
function bestOf(lines: ReadonlySet<number>, pointsOf: (line: number) => { evidence: number; told: number }): number[] {
  let best = 0;
  const rank = (line: number) => {
    const { evidence, told } = pointsOf(line);
    return evidence + Math.min(told, 0) < (told > 0 ? enoughWhenTold : enough) ? 0 : evidence + told;
  };
  for (const line of lines) best = Math.max(best, rank(line));
  if (best < enough) return [];
  const near: number[] = [];
  for (const line of lines) if (rank(line) > best - close) near.push(line);
  return near.length === 1 ? near : near.sort((a, b) => rank(b) - rank(a) || a - b);
}

/** Against a pair of which no figure agrees, where the line names another one's model, size or code. */
const namesAnother = -4;

function toldBy(order: number, paper: number, evidence: number, sides: Sides): number {
  const named = sides.namedBy(paper);
  if (named.size === 0) return 0;
  if (named.has(order)) return tellingWord;
  const [one, other] = [sides.order[order], sides.paper[paper]];
  const described = one && other ? descriptionFor(one, other, sides.words) : 0;
  return evidence - described < 1 ? namesAnother : 0;
}

function evidenceOf(order: Line | undefined, paper: Line | undefined, { words, reference }: Sides): number {
  return order && paper ? evidenceFor(order, paper, words, reference) : 0;
}
