/** The lines of the order and of one paper while they are matched, by their places from 0. */
import type { Reference } from '../../../reference/load.ts';
import { fieldsOf, type Line, namedBy, tellingWords } from './line-evidence.ts';
import type { Words } from './words.ts';

/** The order, or the paper that is held against it. */
export type Side = 'order' | 'paper';

/** Places of lines that have no partner yet. */
export type Free = Readonly<Record<Side, readonly number[]>>;

/** Lines of the order and of the paper that are the same goods: one and one, merged, split, or a set and its parts. */
export interface LineGroup {
  order: number[];
  paper: number[];
  /** The side that states the goods as one set, where the other lists its parts. */
  set?: Side;
}

/** Both sides. */
export interface Sides {
  order: readonly Line[];
  /** Places of the order's lines that the paper's may be. */
  among: readonly number[];
  paper: readonly Line[];
  /** Whether the paper may state some of the goods only: one supplier's share. */
  isPartial: boolean;
  /** What lines of each side state: what the other side does not state tells none of them apart. */
  fields: () => { ofOrder: ReadonlySet<string>; ofPaper: ReadonlySet<string> };
  /** Lines of the order of which a line of the paper bears a word that no other has, by their places. */
  namedBy: (paper: number) => ReadonlySet<number>;
  words: Words;
  reference: Reference;
}

/** What only some papers need is worked out when it is asked for. */
export function sidesOf(given: Omit<Sides, 'fields' | 'namedBy'>): Sides {
  const named = once(() => {
    const telling = tellingWords(given.order, given.among);
    return given.paper.map((line) => namedBy(line, telling));
  });
  return {
    ...given,
    fields: once(() => ({ ofOrder: fieldsOf(given.order), ofPaper: fieldsOf(given.paper) })),
    namedBy: (paper) => named()[paper] ?? none,
  };
}

const none: ReadonlySet<number> = new Set();

/** The one side or the other. */
export function otherThan(side: Side): Side {
  return side === 'order' ? 'paper' : 'order';
}

/** Lines by their places. */
export function linesAt(lines: readonly Line[], places: readonly number[]): Line[] {
  return places.flatMap((place) => lines[place] ?? []);
}

/** Lines of one side, and those of the other that they are. */
export function groupOf(side: Side, own: readonly number[], others: readonly number[]): LineGroup {
  return side === 'order' ? { order: [...own], paper: [...others] } : { order: [...others], paper: [...own] };
}

/** Groups none of whose lines another group claims: which of two a line belongs to cannot be told. */
export function withoutConflicts(groups: readonly LineGroup[]): LineGroup[] {
  const claims = new Map<string, number>();
  const linesOf = ({ order, paper }: LineGroup) => [
    ...order.map((line) => `o${line}`),
    ...paper.map((line) => `p${line}`),
  ];
  for (const line of groups.flatMap(linesOf)) claims.set(line, (claims.get(line) ?? 0) + 1);
  return groups.filter((group) => linesOf(group).every((line) => claims.get(line) === 1));
}

function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
