import { classificationFindings } from '../classification/classification-findings.ts';
import { documentFindings } from '../documents/document-findings.ts';
import { printingFindings } from '../documents/printing-findings.ts';
import { dutyFindings } from '../duties/duty-findings.ts';
import { scopeAnswerFindings } from '../duties/scope-answers.ts';
import { tradeRemedyFindings } from '../duties/trade-remedy-findings.ts';
import { intellectualPropertyFindings } from '../intellectual-property/intellectual-property-findings.ts';
import { packagingFindings } from '../packaging/packaging-findings.ts';
import { rateChangeFindings } from '../refund/rate-change.ts';
import { screeningFindings } from '../screening/screening-findings.ts';
import { valueFindings } from '../value/value-findings.ts';
import { declaredDataFindings } from './declared-data.ts';
import type { Finder } from './review-context.ts';

/** What is looked for beside the rule book, in the order in which it is shown. A new check is a line here. */
export const finders: readonly Finder[] = [
  ({ order, today, reference }) => declaredDataFindings(order, order.orderedOn ?? today, reference),
  classificationFindings,
  screeningFindings,
  valueFindings,
  intellectualPropertyFindings,
  packagingFindings,
  tradeRemedyFindings,
  scopeAnswerFindings,
  dutyFindings,
  rateChangeFindings,
  documentFindings,
  printingFindings,
];
