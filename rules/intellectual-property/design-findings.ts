/** Designs that a patent protects: the same papers as for a brand, asked for where the order says so and asked about where it does not. */
import type { Reference } from '../../reference/load.ts';
import type { CivilDate } from '../civil-date.ts';
import { isInForce, marketOf, plain } from '../classification/codes.ts';
import type { ReviewContext } from '../compliance/review-context.ts';
import type { Finding } from '../finding.ts';
import type { OrderLine } from '../order/order.ts';
import { paperFindings, type RightKind } from './paper-findings.ts';
import { namesOfExporter, rightPapersOf } from './right-papers.ts';

/** The paper that shows that a patented design may be used. */
export const designLicence: RightKind = {
  rule: 'design-licence',
  kinds: ['design-licence'],
  withTerritory: ['design-licence'],
  wants: 'design-licence: holder, design, territory, in force at export',
  missing: 'A patented design, and no licence of its owner',
  remedy:
    "Get the owner's licence (whom it allows, which design and goods, which countries, until when), or your own certificate of the design, handed in as design-licence.",
  source: 'Regulations on Customs Protection of Intellectual Property Rights, general knowledge; needs confirmation',
};

/** Findings about the patented design of one line, where it has one. */
export function designFindings(context: ReviewContext, line: OrderLine, index: number): Finding[] {
  if (line.attributes.patentedDesign !== true) return [];
  const { order, exportOn, reference } = context;
  const papers = rightPapersOf(designLicence.kinds, line, index, context.documents);
  const found = `patentedDesign true for ${line.nameZh} / ${line.nameEn}; no paper`;
  return paperFindings(designLicence, index, found, papers, {
    line,
    names: (words) => (line.productCode && plain(words).includes(plain(line.productCode)) ? 'this' : 'none'),
    exporterNames: namesOfExporter(context),
    buyer: order.buyer.name,
    destination: order.destination.country,
    market: marketOf(order.destination.country, exportOn, reference),
    exportOn,
    reference,
  });
}

/** Goods of the line that customs opens more often than others. */
export function targetOf(line: OrderLine, on: CivilDate, reference: Reference) {
  return reference.counterfeitTargets.find(
    (target) => isInForce(target, on) && target.hsPrefixes.some((prefix) => line.hsCode.startsWith(prefix)),
  );
}

/** Asks once for the order whether the designs of goods that are often protected are. */
export function designQuestion({ order, exportOn, reference }: ReviewContext): Finding[] {
  const open = order.lines.flatMap((line, index) =>
    line.attributes.patentedDesign === undefined && targetOf(line, exportOn, reference)?.asksForDesign ? [index] : [],
  );
  if (open.length === 0) return [];
  return [
    {
      rule: 'design-question',
      kind: 'intellectual-property',
      severity: 'info',
      title: 'The shape of such goods is often a registered design, and the order does not say whether this one is',
      where: open.length === 1 ? `lines[${open[0]}].attributes` : 'lines',
      expected: 'attribute patentedDesign, true or false',
      found: `not stated in lines ${open.map((index) => index + 1).join(', ')}`,
      remedy: 'Ask the maker whose design it is; where another owns it, get the licence before the goods are made.',
      due: 'before-order',
      source: designLicence.source,
    },
  ];
}
