/** What is usual among a few figures. Median and spread are taken by rank, so that one typing error among them moves neither. */
import { compare, divide, minus, sum, times } from '../money.ts';

/** Fewer figures than this say nothing about what is usual. */
export const leastFigures = 3;

/** A price or weight this much away from the median is told even where the figures of before were all alike. */
const usualSwing = '0.2';
const leastFactor = sum(['1', usualSwing]);
/** So many spreads from the median is unusual (for figures that scatter as measurements do, 3 in 1,000 lie outside). */
const spreadsAway = '3';
/** Turns the median deviation into the standard deviation of figures that scatter as measurements do. */
const deviationToSpread = '1.4826';

/** What is usual among figures, and between what. All are decimal texts in the unit of the figures. */
export interface Usual {
  median: string;
  /** Median distance from the median. */
  deviation: string;
  least: string;
  most: string;
  /** Below and above this a figure is unusual. */
  low: string;
  high: string;
}

/** The middle figure, or the mean of the middle two. The order that they come in plays no part. @throws RangeError when there is none */
export function median(figures: readonly string[]): string {
  if (figures.length === 0) throw new RangeError('there is no median of nothing');
  return middleOf(rising(figures));
}

function middleOf(sorted: readonly string[]): string {
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? '0';
  return sorted.length % 2 === 1 ? upper : divide(sum([sorted[middle - 1] ?? '0', upper]), '2');
}

const rising = (figures: readonly string[]) => [...figures].sort((a, b) => (a === b ? 0 : compare(a, b)));

/**
 * What is usual among positive figures; undefined with fewer than {@link leastFigures}. The ends are the median divided and
 * multiplied by one factor: a lower end by subtraction would fall below zero among scattered prices, and let all pass.
 */
export function usualOf(figures: readonly string[]): Usual | undefined {
  return figures.length < leastFigures ? undefined : usualAmong(rising(figures));
}

function usualAmong(sorted: readonly string[]): Usual {
  const middle = middleOf(sorted);
  const deviation = median(distancesFrom(middle, sorted));
  const scatter = divide(times(times(deviation, deviationToSpread), spreadsAway), middle);
  const factor = compare(scatter, usualSwing) > 0 ? sum(['1', scatter]) : leastFactor;
  return {
    median: middle,
    deviation,
    least: sorted[0] ?? middle,
    most: sorted.at(-1) ?? middle,
    ...endsOf(middle, factor),
  };
}

const endsOf = (middle: string, factor: string) => ({ low: divide(middle, factor), high: times(middle, factor) });

/**
 * Holds a figure against others, and tells what is usual where it is not. Undefined where it is usual, or fewer than
 * {@link leastFigures} tell.
 */
export function unusualAmong(
  figure: string,
  figures: readonly string[],
): { side: 'below' | 'above'; usual: Usual } | undefined {
  if (figures.length < leastFigures) return undefined;
  const sorted = rising(figures);
  // Most lie so near the median that no spread, however small, makes them unusual: it is not reckoned.
  if (sideOf(figure, endsOf(middleOf(sorted), leastFactor)) === 'usual') return undefined;
  const usual = usualAmong(sorted);
  const side = sideOf(figure, usual);
  return side === 'usual' ? undefined : { side, usual };
}

/** Each figure's distance; those of one price, of which there are many, are reckoned once. */
function distancesFrom(middle: string, figures: readonly string[]): string[] {
  const distances = new Map<string, string>();
  return figures.map((figure) => {
    const distance = distances.get(figure) ?? minus(figure, middle).replace('-', '');
    distances.set(figure, distance);
    return distance;
  });
}

/** Which side of the usual a figure lies on. */
export function sideOf(figure: string, usual: Pick<Usual, 'low' | 'high'>): 'below' | 'above' | 'usual' {
  if (compare(figure, usual.low) < 0) return 'below';
  return compare(figure, usual.high) > 0 ? 'above' : 'usual';
}
