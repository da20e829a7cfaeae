/** Figures of papers that cannot be: nobody ships or sells less than nothing. */
import { fieldsIn } from './fact-paths.ts';
import type { DocumentFacts, FactPath } from './facts.ts';

/** Fields that are a count, a weight or an amount. */
const figures: ReadonlySet<string> = new Set([
  ...['quantity', 'unitPrice', 'total', 'packages', 'netWeightKg', 'grossWeightKg'],
  ...['freight', 'insurance', 'fob'],
]);

/**
 * Whether a figure is below zero. Quantities, weights, packages, prices and totals of a shipment's papers are not: a discount is
 * taken off an amount, and what is given back is a credit note (红字发票), which is another paper.
 * @param value as the facts hold it, or as it was read
 */
export function isImpossible({ path, value }: { path: FactPath; value: string }): boolean {
  const field = path.slice(path.lastIndexOf('.') + 1);
  return figures.has(field) && /^\s*-\s*[\d.]/.test(value);
}

/** The figures of a paper that cannot be, each with how to mend it. Stored facts of before may have some: this is for the door. */
export function impossibleFigures(facts: DocumentFacts): { field: FactPath; message: string }[] {
  return fieldsIn(facts)
    .filter(isImpossible)
    .map(({ path, value }) => {
      const line = /^lines\[\d+\]/.exec(path)?.[0];
      const out = line === undefined ? '' : `, or take the line out (${line}: null)`;
      return {
        field: path,
        message: `is below zero (${value}): give what was shipped or sold, a discount taken off it, or leave it empty${out}; a credit note is another paper`,
      };
    });
}
