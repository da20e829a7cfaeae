import { rateChangeFindings } from '../refund/rate-change.ts';
import { declaredDataFindings } from './declared-data.ts';
import type { Finder } from './review-context.ts';

/** What is looked for beside the rule book, in the order in which it is shown. A new check is a line here. */
export const finders: readonly Finder[] = [
  ({ order, today, reference }) => declaredDataFindings(order, order.orderedOn ?? today, reference),
  rateChangeFindings,
];
