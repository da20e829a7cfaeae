/**
 * Which certificates the market of destination wants for these goods, and whether they are there. Attributes decide; an HS
 * prefix only makes the review ask for an attribute that the order leaves out. It does not judge what a certificate says
 * beyond kind, lines, days and model: a person reads the paper.
 */
import type { Reference } from '../../reference/load.ts';
import type { CertificateRule } from '../../reference/schema.ts';
import type { CivilDate } from '../civil-date.ts';
import { isInForce, marketOf, plain } from '../classification/codes.ts';
import type { Finding } from '../finding.ts';
import type { Order, OrderLine } from '../order/order.ts';
import type { SubmittedPaper } from './submitted-paper.ts';

/** A certificate rule's verdict on a line: it applies, it does not, or the order does not say enough. */
export type Applies = 'yes' | 'no' | 'unsaid';

/** @example a toy for 8-year-olds under the rule `intendedAgeMax at most 12` //=> 'yes' */
export function applies(rule: Pick<CertificateRule, 'anyOf'>, attributes: OrderLine['attributes']): Applies {
  const answers = rule.anyOf.map((trigger): Applies => {
    const value = attributes[trigger.attribute];
    if (value === undefined) return 'unsaid';
    if ('atMost' in trigger) return typeof value === 'number' && value <= trigger.atMost ? 'yes' : 'no';
    return value === true ? 'yes' : 'no';
  });
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unsaid') ? 'unsaid' : 'no';
}

interface Paper {
  expiresOn?: CivilDate;
  model?: string;
}

/** Findings about the certificates of every line, and about markets and goods that no rule of ours speaks of. */
export function certificateFindings(
  order: Order,
  documents: readonly SubmittedPaper[],
  today: CivilDate,
  reference: Reference,
): Finding[] {
  const market = marketOf(order.destination.country, today, reference);
  const rules = reference.certificateRules.filter((rule) => rule.market === market && isInForce(rule, today));
  if (rules.length === 0) return [uncoveredMarket(market)];
  return order.lines.flatMap((line, index) => {
    const findings = rules.flatMap((rule) => ruleFindings(rule, line, index, documents, today));
    const spokenOf = rules.some((rule) => applies(rule, line.attributes) === 'yes') || findings.length > 0;
    return spokenOf ? findings : [uncoveredGoods(market, line, index)];
  });
}

function ruleFindings(
  rule: CertificateRule,
  line: OrderLine,
  index: number,
  documents: readonly SubmittedPaper[],
  today: CivilDate,
): Finding[] {
  const verdict = applies(rule, line.attributes);
  if (verdict === 'no') return [];
  if (verdict === 'unsaid')
    return rule.suggestedBy.some((prefix) => line.hsCode.startsWith(prefix)) ? [unsaid(rule, line, index)] : [];
  const papers = papersFor(rule, line, index, documents);
  const valid = papers.filter(({ expiresOn }) => expiresOn === undefined || expiresOn >= today);
  if (valid.length === 0) return [missing(rule, index, papers[0]?.expiresOn)];
  const models = valid.flatMap(({ model }) => (model === undefined ? [] : [model]));
  const { productCode } = line;
  const otherModel =
    productCode !== undefined &&
    models.length === valid.length &&
    !models.some((model) => plain(model) === plain(productCode));
  return otherModel ? [modelDiffers(rule, index, productCode, models.join(', '))] : [];
}

function papersFor(
  rule: CertificateRule,
  line: OrderLine,
  index: number,
  documents: readonly SubmittedPaper[],
): Paper[] {
  const handedIn = documents.filter(
    (paper) => rule.documents.includes(paper.kind) && (paper.lines === undefined || paper.lines.includes(index + 1)),
  );
  return [
    ...line.certificates.filter(({ kind }) => rule.documents.includes(kind)),
    ...handedIn.map(({ expiresOn, fields }) => ({ expiresOn, model: fields?.model })),
  ];
}

const sourceOf = (rule: CertificateRule) =>
  `${rule.law}; ${rule.source}${rule.needsHumanConfirmation ? '; needs confirmation' : ''}`;

function missing(rule: CertificateRule, index: number, expiredOn: CivilDate | undefined): Finding {
  return {
    rule: rule.id,
    kind: 'certificate',
    severity: rule.severity,
    title: rule.title,
    where: `lines[${index}].certificates`,
    expected: `${rule.documents.join(' or ')}: ${rule.verify}`,
    found: expiredOn ? `expired on ${expiredOn}` : 'none',
    remedy: rule.remedy,
    due: rule.due,
    source: sourceOf(rule),
  };
}

function modelDiffers(rule: CertificateRule, index: number, productCode: string, model: string): Finding {
  return {
    ...missing(rule, index, undefined),
    severity: 'warn',
    title: 'The certificate names another model',
    where: `lines[${index}].certificates.model`,
    expected: productCode,
    found: model,
    remedy: 'Hand in the certificate of this model, or show that it covers the series.',
  };
}

function unsaid(rule: CertificateRule, line: OrderLine, index: number): Finding {
  const open = rule.anyOf
    .map(({ attribute }) => attribute)
    .filter((attribute) => line.attributes[attribute] === undefined);
  return {
    ...missing(rule, index, undefined),
    severity: 'warn',
    title: `The HS code suggests this rule and the order does not say whether it applies: ${rule.title}`,
    where: `lines[${index}].attributes`,
    expected: `attributes ${open.join(', ')}`,
    found: `not stated; HS code ${line.hsCode}`,
    remedy: 'State the attributes of the goods; the HS code alone decides nothing.',
  };
}

const uncovered = {
  rule: 'coverage',
  kind: 'coverage',
  severity: 'info',
  due: 'before-order',
  source: 'reference/rules/certificates.yaml',
} as const;

function uncoveredMarket(market: string): Finding {
  return {
    ...uncovered,
    title: `Certificates for ${market} are not covered: no rule of ours speaks about this market`,
    where: 'destination.country',
    expected: 'certificate rules of the market',
    found: 'none',
    remedy: 'Ask the buyer or the broker which certificates this market wants. No finding here is no clearance.',
  };
}

function uncoveredGoods(market: string, line: OrderLine, index: number): Finding {
  return {
    ...uncovered,
    title: `These goods are not covered: none of our rules for ${market} speaks about them`,
    where: `lines[${index}]`,
    expected: 'a certificate rule that applies',
    found: `${line.nameEn}, HS code ${line.hsCode}`,
    remedy: 'Where the goods are regulated in this market, find out what they need. No finding here is no clearance.',
  };
}
