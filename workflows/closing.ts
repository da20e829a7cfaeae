import type { Instant } from '../rules/civil-date.ts';
import type { Closing, MoneyEnd, Outcome, ShipmentState } from './carried.ts';

/**
 * The one outcome of a shipment: `refunded` where a refund was paid and stands; otherwise the first that is true of
 * seized, lost, returned, refused, cancelled, taxed, exempt, unclaimed. The record always carries the ends of all parts.
 */
export function closingOf(state: ShipmentState, closedAt: Instant): Closing {
  const declaration = state.declaration.end;
  const logistics = state.transport.end;
  const { repaid } = state.money;
  const money: MoneyEnd | null = repaid ? { kind: 'unclaimed', because: `refund repaid: ${repaid}` } : state.money.end;
  const kinds = [declaration?.kind, logistics?.kind, money?.kind];
  const order: [Outcome, boolean][] = [
    ['refunded', money?.kind === 'refunded'],
    ['seized', kinds.includes('seized')],
    ['lost', kinds.includes('lost')],
    ['returned', kinds.includes('returned')],
    ['refused', declaration?.kind === 'refused'],
    ['cancelled', (state.cancelled !== null && state.declaration.filed === 0) || kinds.includes('withdrawn')],
    ['taxed', money?.kind === 'taxed'],
    ['exempt', money?.kind === 'exempt'],
  ];
  const outcome = order.find(([, isTrue]) => isTrue)?.[0] ?? 'unclaimed';
  const reasons = [
    state.cancelled?.reason,
    ...[declaration, logistics, money].map((end) => (end && 'because' in end ? end.because : undefined)),
  ].filter((reason) => reason !== undefined);
  return {
    outcome,
    reasons,
    refund: money?.kind === 'refunded' ? money.amount : null,
    closedAt,
    ends: { declaration, logistics, money },
  };
}
