import type { Reference } from '../../reference/load.ts';
import type { RebateRate } from '../../reference/schema.ts';
import { addDays, type CivilDate } from '../civil-date.ts';
import type { TariffCode } from '../compliance/review-context.ts';
import { compare } from '../money.ts';

const ALWAYS = '1990-01-01' as CivilDate;

/**
 * The reference data with the rebate rates of the organisation's own ten-digit table before ours: its codes are finer. A
 * rate of zero says neither exempt nor taxed, so the table alone does not settle it: from such a day on nothing is known.
 */
export function withRatesOfTable(reference: Reference, codes: readonly TariffCode[] | null): Reference {
  const rates = (codes ?? []).flatMap(ratesOf);
  if (rates.length === 0) return reference;
  return { ...reference, rebateRates: [...rates, ...reference.rebateRates] };
}

function ratesOf({ code, nameZh, vatRatePercent, rebateRatePercent, next }: TariffCode): RebateRate[] {
  if (vatRatePercent === null || rebateRatePercent === null) return [];
  const rate = (percent: string, from: CivilDate, to: CivilDate | null): RebateRate[] =>
    compare(percent, '0') === 0
      ? []
      : [
          {
            hsPrefix: code,
            goods: nameZh,
            vatRatePercent,
            rebateRatePercent: percent,
            treatment: 'REFUND',
            source: 'the ten-digit table that was imported',
            verifiedOn: from,
            effectiveFrom: from,
            effectiveTo: to,
            needsHumanConfirmation: false,
          },
        ];
  if (!next) return rate(rebateRatePercent, ALWAYS, null);
  return [...rate(rebateRatePercent, ALWAYS, addDays(next.from, -1)), ...rate(next.rebateRatePercent, next.from, null)];
}
