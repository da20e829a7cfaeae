import { paymentNumbersOf } from '../../rules/documents/numbers.ts';
import { compare, minus } from '../../rules/money.ts';
import type { Receivable } from '../../rules/receipts/match.ts';
import type { Transaction } from '../../store/database.ts';
import { numberingsOf } from '../../store/organisation-settings.ts';
import { openReceivables } from '../../store/receipts.ts';

/**
 * What the buyers of open shipments still owe. The instalments are read from the projection, which may be a step behind
 * the shipment, and that is safe: what is booked on them is our own record, read under the matching's lock; and each
 * shipment judges the receipt that it is told, fills its instalments anew in their order from all that came in, and says
 * no where its contract knows no such instalment or currency, which finance is then asked about.
 */
export async function receivables(transaction: Transaction): Promise<Receivable[]> {
  const shipments = await openReceivables(transaction);
  const numberings = await numberingsOf(transaction);
  return shipments.flatMap(({ order, progress, booked }) =>
    (progress.instalments ?? []).map((instalment) => {
      const open = minus(instalment.amount, booked.find((each) => each.instalment === instalment.no)?.total ?? '0');
      return {
        reference: order.reference,
        paymentReference: paymentNumbersOf(order.reference, numberings),
        buyerName: (order.payer ?? order.buyer).name,
        instalment: instalment.no,
        currency: instalment.currency,
        open: compare(open, '0') < 0 ? '0' : open,
      };
    }),
  );
}
