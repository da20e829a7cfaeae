/** The value below or at which a share of the values lies (nearest rank); undefined of no values. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** The middle value; of an even number the lower of the two, so that it is one that was measured. @throws Error of no values. */
export function median(values: readonly number[]): number {
  const middle = quantile(values, 0.5);
  if (middle === undefined) throw new Error('there is no median of nothing: no value was measured');
  return middle;
}

/** How a count stands to its budget, as the tables say it. */
export function standing(count: number, budget: number): 'within' | 'over' {
  return count <= budget ? 'within' : 'over';
}

/** A number with its digits after the point; a dash where there is none. */
export function shown(value: number | undefined, digits = 1): string {
  return value === undefined ? '–' : value.toFixed(digits);
}
