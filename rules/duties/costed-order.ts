/** The question for a landed cost: every order is one, and a checkout that knows no more than its basket too. */
import type { CivilDate } from '../civil-date.ts';
import type { PricedOrder } from '../order/figures.ts';
import type { Order, OrderLine } from '../order/order.ts';
import type { ExchangeRate } from './exchange.ts';
import type { RemedyLine } from './trade-remedies.ts';

/** A line as far as its landed cost goes. */
export type CostedLine = RemedyLine & Pick<OrderLine, 'lineTotal' | 'quantity' | 'unitPrice'>;

/** What of an order its landed cost is made of. Every order is one; a checkout knows no more than this. */
export interface CostedOrder extends PricedOrder, Pick<Order, 'model'> {
  destination: Pick<Order['destination'], 'country' | 'region'>;
  transport: Pick<Order['transport'], 'mode'>;
  lines: readonly CostedLine[];
}

/** A question for the landed cost. Amounts in the order's currency. */
export interface LandedCostRequest {
  order: CostedOrder;
  /** Rates are of the day of entry. */
  entryOn: CivilDate;
  exchangeRates: readonly ExchangeRate[];
  /** Carriage and insurance that the price does not contain and somebody pays; left out: not known. */
  freight?: string;
  insurance?: string;
}
