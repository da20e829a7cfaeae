import type { Finder } from '../compliance/review-context.ts';
import { compareDocuments } from './comparing/compare-documents.ts';

/** What the papers of a shipment say against the order and each other. Nothing before there is a shipment that has papers. */
export const documentFindings: Finder = ({ order, today, exporter, records: { papers }, reference }) =>
  papers === null ? [] : compareDocuments({ order, ...papers, exporter, today, reference });
