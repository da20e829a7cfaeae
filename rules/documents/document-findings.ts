import type { Finder } from '../compliance/review-context.ts';
import { compareDocuments } from './comparing/compare-documents.ts';

/** What the papers of a shipment say against the order and each other. Nothing before there is a shipment that has papers. */
export const documentFindings: Finder = ({ order, today, exporter, records: { papers }, reference }) => {
  if (papers === null) return [];
  // The longest first: one paper's id may begin with another's.
  const ids = papers.documents.map(({ id }) => id).sort((a, b) => b.length - a.length);
  // Ours are made of the order as it stands: what is wrong in them is wrong there, and told by the checks of the order.
  const ours = new Set(papers.documents.filter(({ made }) => made).map(({ id }) => id));
  return compareDocuments({ order, ...papers, exporter, today, reference }).flatMap((finding) => {
    const document = ids.find((id) => finding.where === id || finding.where.startsWith(`${id} `));
    if (document === undefined) return [finding];
    return ours.has(document) ? [] : [{ ...finding, document }];
  });
};
