/** What the rule book finds, as findings; and what it does not know, which is said as loudly. */
import { marketsOf } from '../classification/codes.ts';
import type { Finding } from '../finding.ts';
import { stated } from '../order/stated.ts';
import { attributesIn, isAboutGoods } from './conditions.ts';
import type { Judgement } from './judge-rules.ts';
import type { ReviewContext } from './review-context.ts';
import { inWords, unreadPapers } from './unread-papers.ts';

/** Findings of the rules as they were judged in this context, and of markets and goods of which none does. */
export function ruleFindings(judgements: readonly Judgement[], context: ReviewContext): Finding[] {
  return [
    ...judgements.flatMap((judgement) => findingsOf(judgement, context)),
    ...unreadPapers(judgements),
    ...uncovered(judgements, context),
  ];
}

/** Law, source and whether a person has to confirm. */
export function sourceOf(rule: {
  law: string;
  source: string;
  needsHumanConfirmation: boolean;
  verifiedOn: string;
}): string {
  return `${rule.law}; ${rule.source}, verified on ${rule.verifiedOn}${rule.needsHumanConfirmation ? '; needs confirmation' : ''}`;
}

function findingsOf(judgement: Judgement, context: ReviewContext): Finding[] {
  const { rule, state } = judgement;
  if (judgement.applies === 'unsaid') return [undecided(judgement, context)];
  switch (state) {
    case 'held':
      return [];
    case 'none':
      return [
        told(judgement, {
          where: at(judgement, 'attributes'),
          expected: rule.page.wants,
          found: goods(judgement, context),
        }),
      ];
    case 'contradicted':
      return judgement.contradictions.map(({ field, expected, found }) =>
        told(judgement, {
          title: `${rule.evidence?.name ?? 'The paper'} says something else: ${inWords(field)}`,
          where: `${at(judgement, 'certificates')}.${field}`,
          expected,
          found,
          remedy: `Hand in the paper that fits, or correct the order. ${rule.remedy}`,
        }),
      );
    case 'expired':
    case 'wanted':
      return [...missingPaper(judgement), ...missingData(judgement)];
  }
}

function missingPaper(judgement: Judgement): Finding[] {
  const { evidence } = judgement.rule;
  if (!evidence) return [];
  const read = evidence.verify.map(({ field }) => inWords(field)).join(', ');
  return [
    told(judgement, {
      where: at(judgement, 'certificates'),
      expected: `${evidence.name} (${evidence.kinds.join(' or ')}), held by ${evidence.holder.charAt(0).toLowerCase()}${evidence.holder.slice(1)}; on it: ${read}`,
      found: judgement.expiredOn ? `expired on ${judgement.expiredOn}` : 'none',
    }),
  ];
}

function missingData(judgement: Judgement): Finding[] {
  const [first] = judgement.missingData;
  if (first === undefined) return [];
  return [
    told(judgement, {
      where: judgement.missingData.map(({ path }) => path).join(', '),
      expected: judgement.missingData.map(({ name }) => name).join(', '),
      found: 'not stated',
    }),
  ];
}

/** The law may speak of the goods: a rule that would block is asked about, and holds until a person has said. */
function undecided(judgement: Judgement, { order }: ReviewContext): Finding {
  const { rule, line } = judgement;
  const goodsLine = order.lines[line ?? 0];
  const open = attributesIn(rule.when).filter(
    (attribute) => stated(goodsLine?.attributes ?? {}, attribute) === undefined,
  );
  const suggested = rule.suggestedBy.some((prefix) => goodsLine?.hsCode.startsWith(prefix));
  return told(judgement, {
    undecided: true,
    title: `Does this rule apply? ${rule.title}`,
    where: `lines[${line}].attributes`,
    expected: `attributes ${open.join(', ')}`,
    found: `not stated; ${suggested ? `HS code ${goodsLine?.hsCode}` : 'what else is stated'} suggests it`,
    remedy: `State the attributes of the goods: the HS code alone decides nothing. If it applies: ${rule.remedy}`,
  });
}

function told({ rule }: Judgement, said: Pick<Finding, 'where' | 'expected' | 'found'> & Partial<Finding>): Finding {
  return {
    rule: rule.id,
    kind: rule.kind,
    severity: rule.severity,
    title: rule.title,
    remedy: rule.remedy,
    due: rule.due,
    source: sourceOf(rule),
    ...said,
  };
}

const at = ({ line }: Judgement, what: string) => (line === null ? 'documents' : `lines[${line}].${what}`);

function goods({ line }: Judgement, { order }: ReviewContext): string {
  const goodsLine = order.lines[line ?? 0];
  return `${goodsLine?.nameEn}, HS code ${goodsLine?.hsCode}`;
}

const coverage = {
  rule: 'coverage',
  kind: 'coverage',
  severity: 'info',
  due: 'before-order',
  source: 'reference/rules',
} as const;

function uncovered(judgements: readonly Judgement[], { order, today, reference }: ReviewContext): Finding[] {
  const markets = marketsOf(order.destination, today, reference);
  const abroad = markets.filter((market) => market !== 'CN');
  if (!reference.rules.some((rule) => rule.markets.some((market) => abroad.includes(market))))
    return [
      {
        ...coverage,
        title: `Not covered: no rule of ours speaks about ${abroad.join(', ')}`,
        where: 'destination.country',
        expected: 'rules of the market of destination',
        found: 'none',
        remedy: 'Ask the buyer or the broker which papers this market wants. No finding here is no clearance.',
      },
    ];
  const known = new Set(
    judgements
      .filter(({ rule }) => isAboutGoods(rule.when) && rule.markets.some((market) => abroad.includes(market)))
      .map(({ line }) => line),
  );
  return order.lines.flatMap((line, index) =>
    known.has(index)
      ? []
      : [
          {
            ...coverage,
            title: `Not covered: none of our rules for ${abroad.join(', ')} speaks about these goods`,
            where: `lines[${index}]`,
            expected: 'a rule that knows the goods',
            found: `${line.nameEn}, HS code ${line.hsCode}`,
            remedy:
              'Where the goods are regulated in this market, find out what they need. No finding here is no clearance.',
          },
        ],
  );
}
