/** Figures of papers that cannot be: nobody ships or sells less than nothing. */
import { compare, sum } from '../money.ts';
import { fieldsIn } from './fact-paths.ts';
import type { DocumentFacts, FactPath } from './facts.ts';

/** Fields that are a count, a weight or an amount. */
const figures: ReadonlySet<string> = new Set([
  ...['quantity', 'unitPrice', 'total', 'packages', 'netWeightKg', 'grossWeightKg'],
  ...['freight', 'insurance', 'fob'],
]);

/**
 * Whether a figure is below zero. Quantities, weights, packages, prices and totals of a shipment's papers are not, but for the
 * amount of a discount's own line; what is given back is a credit note (红字发票), which is another paper.
 * @param value as the facts hold it, or as it was read
 */
export function isImpossible({ path, value }: { path: FactPath; value: string }): boolean {
  const field = path.slice(path.lastIndexOf('.') + 1);
  return figures.has(field) && /^\s*-\s*[\d.]/.test(value);
}

/** The figures of a paper that cannot be, each with how to mend it. Stored facts of before may have some: this is for the door. */
export function impossibleFigures(facts: DocumentFacts): { field: FactPath; message: string }[] {
  return fieldsIn(facts)
    .filter((field) => isImpossible(field) && !isDiscount(field.path, facts))
    .map(({ path, value }) => {
      const line = /^lines\[\d+\]/.exec(path)?.[0];
      const out = line === undefined ? '' : `, or take the line out (${line}: null)`;
      return {
        field: path,
        message: `is below zero (${value}): give what was shipped or sold, a discount taken off it, or leave it empty${out}; a credit note is another paper`,
      };
    });
}

/** A VAT invoice writes a discount (折扣) as a line of its own: the name again, an amount below zero, no quantity. */
function isDiscount(path: FactPath, { lines }: DocumentFacts): boolean {
  const [, index] = /^lines\[(\d+)\]\.total$/.exec(path) ?? [];
  const line = index === undefined ? undefined : lines[Number(index)];
  if (line === undefined || line.quantity !== undefined || line.unitPrice !== undefined) return false;
  return compare(sum(lines.flatMap(({ total }) => total ?? [])), '0') >= 0;
}
