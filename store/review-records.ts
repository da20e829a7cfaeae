/** What our records hold about an order's parties and goods: the same for a check at the API and for a review by the worker. */
import type { ReviewRecords } from '../rules/compliance/review-context.ts';
import type { Order } from '../rules/order/order.ts';
import type { Settings } from '../rules/settings.ts';
import type { Transaction } from './database.ts';
import { declaredLinesOf } from './declared-lines.ts';
import { screenerOf } from './screening-index.ts';
import { tariffCodesOf } from './tariff-codes.ts';

/**
 * Screens the parties against the lists in force, and reads what was declared before and what the ten-digit table knows of
 * the lines' codes.
 * @param except a shipment whose own filed lines are no past to it
 * @throws Error when a list is replaced while it is read; asked again, it is there
 */
export async function reviewRecordsOf(
  transaction: Transaction,
  order: Order,
  { screening }: Pick<Settings, 'screening'>,
  except?: string,
): Promise<ReviewRecords> {
  const { lines } = order;
  const screen = await screenerOf(transaction, order, screening);
  const declared = declaredLinesOf(transaction, {
    hsCodes: once(lines.map(({ hsCode }) => hsCode)),
    productCodes: once(lines.flatMap(({ productCode }) => productCode ?? [])),
    names: once(lines.flatMap(({ nameZh, nameEn }) => [nameZh, nameEn])),
    except,
  });
  // The names are compared while the database reads: each takes longer than all the rest.
  const [declaredLines, screened] = await Promise.all([declared, (async () => screen())()]);
  const tariffCodes = await tariffCodesOf(
    transaction,
    lines.map(({ hsCode }) => hsCode),
  );
  return { screening: screened, declaredLines, tariffCodes, papers: null };
}

const once = (texts: readonly string[]) => [...new Set(texts)];
