import type { Order } from '../order/order.ts';
import type { Settings } from '../settings.ts';

/** Parties and us, the same on every paper: the consignee is the buyer where the order names none. */
export function headOf({ order, settings, organisation }: { order: Order; settings: Settings; organisation: string }) {
  return {
    shipment: `${organisation}/${order.reference}`,
    seller: settings.exporter,
    buyer: order.buyer,
    consignee: order.consignee ?? order.buyer,
  };
}
