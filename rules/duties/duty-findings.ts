/** What a review says of terms, duties, low values and preference. Few and short: an ordinary sale FOB by sea gets none but a hint. */
import type { ReviewContext } from '../compliance/review-context.ts';
import type { Finding } from '../finding.ts';
import { fittingRule } from './incoterms.ts';
import { landedCost } from './landed-cost.ts';
import { type PreferenceCandidate, preferenceCandidates } from './preference.ts';

/** Findings about the term and the means of transport, import duties under DDP, low-value relief that is gone, and preference not used. */
export function dutyFindings(context: ReviewContext): Finding[] {
  return [
    ...termFindings(context),
    ...importDutyFindings(context),
    ...lowValueFindings(context),
    ...preferenceFindings(context),
  ];
}

function termFindings({ order }: ReviewContext): Finding[] {
  const { rule, place } = order.incoterm;
  const fitting = fittingRule(rule, order.transport.mode);
  if (fitting === null) return [];
  return [
    {
      rule: 'incoterm-transport',
      kind: 'duty',
      severity: 'warn',
      title: `${rule} is a term for ships, and the goods go by ${order.transport.mode}`,
      where: 'incoterm.rule',
      expected: `${fitting} ${place}, or another term for any means of transport`,
      found: `${rule} ${place}, ${order.transport.mode}`,
      remedy: `Agree ${fitting} with the buyer: under ${rule} risk passes on board a ship that never sails. Or accept with a reason.`,
      due: 'before-order',
      source: 'Incoterms 2020, general knowledge of its text; needs confirmation',
    },
  ];
}

function importDutyFindings({ order, entryOn, reference }: ReviewContext): Finding[] {
  if (order.incoterm.rule !== 'DDP') return [];
  const { totals, complete, missing, currency } = landedCost({ order, entryOn, exchangeRates: [] }, reference);
  const known = `duties ${totals.duties}, taxes ${totals.taxes}, fees ${totals.fees} ${currency}`;
  return [
    {
      rule: 'ddp-import-duties',
      kind: 'duty',
      severity: complete ? 'info' : 'warn',
      title: 'Under DDP the exporter pays the import duties and is the importer',
      where: 'incoterm.rule',
      expected: 'the price covers duties, taxes and fees at entry, as estimated and confirmed by the broker',
      found: complete ? `estimated ${known}` : `at least ${known}; not known: ${missing.slice(0, 5).join('; ')}`,
      remedy:
        'Have the broker confirm the rates of the entry day, or sell DAP. Accept with a reason where the price bears it.',
      due: 'before-order',
      source: 'Incoterms 2020; rates as in the landed cost, an estimate that needs confirmation',
    },
  ];
}

function lowValueFindings({ order, entryOn, reference }: ReviewContext): Finding[] {
  if (order.model !== 'direct-mail') return [];
  const { lowValue } = landedCost({ order, entryOn, exchangeRates: [] }, reference);
  if (lowValue.outcome !== 'gone' && lowValue.outcome !== 'flat-duty') return [];
  return [
    {
      rule: 'low-value-relief',
      kind: 'duty',
      severity: 'info',
      title: lowValue.outcome === 'gone' ? 'No low-value relief in this market' : 'A flat duty for each tariff line',
      where: 'destination.country',
      expected: 'the price or the checkout bears duty and tax',
      found:
        lowValue.duty === null
          ? lowValue.words
          : `${lowValue.words}: ${lowValue.tariffLines} tariff lines, ${lowValue.duty.amount} ${lowValue.duty.currency}`,
      remedy: 'Quote the landed cost to the buyer before the sale.',
      due: 'before-order',
      source: `${lowValue.source}${lowValue.needsHumanConfirmation ? '; needs confirmation' : ''}`,
    },
  ];
}

function preferenceFindings({ order, documents, entryOn, reference }: ReviewContext): Finding[] {
  if (order.model === 'direct-mail') return [];
  const papers = [...documents, ...order.lines.flatMap(({ certificates }) => certificates)].map(({ kind }) => kind);
  const { country } = order.destination;
  const candidates = order.lines
    .flatMap((line) => preferenceCandidates({ country, on: entryOn, line }, reference))
    .filter(({ originates, savingPercent }) => originates !== 'no' && savingPercent !== '0');
  const kinds = new Set(candidates.map(({ certificate }) => certificate.kind));
  if (candidates.length === 0 || papers.some((kind) => kinds.has(kind))) return [];
  const agreements = [...new Map(candidates.map((one) => [one.agreement, one])).values()];
  return [preferenceFinding(agreements)];
}

function openQuestions({ questions }: PreferenceCandidate): string[] {
  return questions.filter(({ answer }) => answer === 'unsaid').map(({ key, question }) => `${key}: ${question}`);
}

function preferenceFinding(agreements: readonly PreferenceCandidate[]): Finding {
  return {
    rule: 'preference-not-used',
    kind: 'duty',
    severity: 'info',
    title: `A trade agreement may lower the buyer’s duty: ${agreements.map(({ name }) => name).join(', ')}`,
    where: 'lines',
    expected: `${agreements.map(({ certificate }) => certificate.name).join(' or ')}, where the goods meet the origin rule; answer in scopeAnswers: ${agreements.flatMap(openQuestions).join(' ')}`,
    found: `no such certificate; saving ${agreements.map(({ agreement, saving }) => `${agreement}: ${saving}`).join('; ')}`,
    remedy: `Ask the buyer whether the rate is lower, answer the origin questions, and apply for the certificate before export: ${agreements.map(({ certificate }) => certificate.issuer)[0]}.`,
    due: 'before-export',
    source: `${[...new Set(agreements.map(({ source }) => source))].join('; ')}; needs confirmation`,
  };
}
