import type { Reference } from '../../reference/load.ts';
import type { RebateRate, Treatment } from '../../reference/schema.ts';
import type { CivilDate } from '../civil-date.ts';
import { supervisionModeOf } from '../classification/codes.ts';
import type { Order } from '../order/order.ts';
import { rebateRateOf } from './rebate-rate.ts';
import { type Difference, differs } from './three-way-difference.ts';

/** How one order line is treated. `rate` is null where the table does not know the code. */
export interface LineTreatment {
  /** From 1. */
  no: number;
  treatment: Treatment | null;
  rate: RebateRate | null;
}

/**
 * Treatment of each line by HS code, export date and supervision mode, and what of it a person must settle: a code without
 * a known rate, goods of several treatments on one declaration, a mode without refund.
 */
export function treatmentsOf(
  order: Order,
  exportedOn: CivilDate,
  reference: Reference,
): { lines: LineTreatment[]; differences: Difference[] } {
  const mode = supervisionModeOf(order, reference);
  const lines = order.lines.map((line, index): LineTreatment => {
    const rate = rebateRateOf(line.hsCode, exportedOn, reference);
    return { no: index + 1, rate, treatment: rate && (mode?.refund === 'exempt' ? 'EXEMPT' : rate.treatment) };
  });
  const unknown = lines.filter(({ rate }) => rate === null).map(({ no }) => rateUnknown(no, order, exportedOn));
  const kinds = [...new Set(lines.flatMap(({ treatment }) => treatment ?? []))];
  const mixed = kinds.length > 1 ? [treatmentsMixed(lines)] : [];
  const barred =
    mode?.refund === 'yes' || mode?.refund === 'exempt'
      ? []
      : [modeWithoutRefund(mode?.code ?? order.supervisionMode ?? '')];
  return { lines, differences: [...unknown, ...mixed, ...barred] };
}

/** Treatment of the shipment: refund where any line has one; taxed before exempt, since tax becomes due. */
export function treatmentOf(lines: readonly LineTreatment[]): Treatment {
  const kinds = lines.map(({ treatment }) => treatment);
  return kinds.includes('REFUND') || kinds.every((kind) => kind === null)
    ? 'REFUND'
    : kinds.includes('TAXED')
      ? 'TAXED'
      : 'EXEMPT';
}

function rateUnknown(no: number, order: Order, exportedOn: CivilDate): Difference {
  const hsCode = order.lines[no - 1]?.hsCode ?? '';
  return differs({
    id: `rebate-rate/${no}`,
    line: no,
    field: 'rebate-rate',
    expected: `a rebate rate for exports on ${exportedOn}`,
    found: `none for HS code ${hsCode}`,
    remedy:
      'Look the code up in the rate library, enter it with its source into the reference data, then go on. No rate is assumed.',
  });
}

function treatmentsMixed(lines: readonly LineTreatment[]): Difference {
  return differs({
    id: 'treatment',
    field: 'treatment',
    expected: 'one treatment for all lines',
    found: lines.map(({ no, treatment }) => `line ${no} ${treatment ?? 'unknown'}`).join(', '),
    remedy:
      'Decide how the lines are declared. Explained, only the lines with refund are claimed here and the others are accounted for apart.',
    explanation: 'claim the lines with refund; the others are accounted for apart',
  });
}

function modeWithoutRefund(code: string): Difference {
  return differs({
    id: 'supervision-mode',
    field: 'supervision-mode',
    expected: 'a supervision mode with refund or exemption',
    found: code,
    remedy: 'Say by the declaration how the goods were exported; under this mode nothing is claimed.',
  });
}
