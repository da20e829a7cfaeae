import type { ReviewRecords } from '../../rules/compliance/review-context.ts';
import type { Order } from '../../rules/order/order.ts';
import type { Transaction } from '../../store/database.ts';

/** What the records hold about an order's parties and goods. `except`: a shipment whose own lines are no history to it. */
export async function reviewRecordsOf(
  _transaction: Transaction,
  _order: Order,
  _except?: string,
): Promise<ReviewRecords> {
  return { screening: null, declaredLines: null, tariffCodes: null };
}
