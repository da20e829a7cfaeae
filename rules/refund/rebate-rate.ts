import type { Reference } from '../../reference/load.ts';
import type { RebateRate } from '../../reference/schema.ts';
import type { CivilDate } from '../civil-date.ts';
import { isInForce } from '../classification/codes.ts';

/**
 * VAT rate, rebate rate and treatment of goods by HS code and the export date on their declaration.
 * The longest prefix of the table decides, and its periods alone: where it has none on that day, a shorter prefix does not
 * step in. `null` is 'not known' and becomes a question: also for a code too short to tell between entries.
 */
export function rebateRateOf(hsCode: string, exportedOn: CivilDate, reference: Reference): RebateRate | null {
  const finer = reference.rebateRates.some(
    ({ hsPrefix }) => hsPrefix.length > hsCode.length && hsPrefix.startsWith(hsCode),
  );
  if (finer) return null;
  const fitting = reference.rebateRates.filter(({ hsPrefix }) => hsCode.startsWith(hsPrefix));
  const longest = Math.max(0, ...fitting.map(({ hsPrefix }) => hsPrefix.length));
  return fitting.find((rate) => rate.hsPrefix.length === longest && isInForce(rate, exportedOn)) ?? null;
}
