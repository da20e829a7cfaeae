/** What a review says of trade remedies. An order against dumping forbids no export: it wants eyes open, and under DDP money of our own. */
import { marketOf } from '../classification/codes.ts';
import type { ReviewContext } from '../compliance/review-context.ts';
import type { Finding } from '../finding.ts';
import type { OrderLine } from '../order/order.ts';
import { isStrongLead, remediesAreCovered, type TradeRemedyLead, tradeRemedyLeads } from './trade-remedies.ts';

/**
 * Likely cases of a line as one finding (`warn`; `block` under DDP, where the exporter is the importer and pays the deposit),
 * possible ones as another with their open questions (`info` where only a neighbouring code or a name leads there). A market
 * whose orders nobody looked up is said to be not covered.
 */
export function tradeRemedyFindings({ order, entryOn, reference }: ReviewContext): Finding[] {
  const market = marketOf(order.destination.country, entryOn, reference);
  if (!remediesAreCovered(market, reference)) return [uncovered(market)];
  return order.lines.flatMap((line, index) => {
    const leads = tradeRemedyLeads({ line, order, market, on: entryOn }, reference);
    const likely = leads.filter(({ verdict }) => verdict === 'likely');
    const possible = leads.filter(({ verdict }) => verdict === 'possible');
    return [
      ...(likely.length > 0 ? [likelyFinding(likely, index, order.incoterm.rule === 'DDP')] : []),
      ...(possible.length > 0 ? [possibleFinding(possible, line, index)] : []),
    ];
  });
}

const numbersOf = (lead: TradeRemedyLead) =>
  lead.countervailingCase ? `${lead.case}, ${lead.countervailingCase}` : lead.case;
const namesOf = (leads: readonly TradeRemedyLead[]) =>
  leads.map((lead) => `${numbersOf(lead)} ${lead.product}`).join('; ');
const sourceOf = (leads: readonly TradeRemedyLead[]) =>
  `${leads.map(({ evidence, source }) => `${evidence}; ${source}`).join(' | ')}; needs confirmation: the written scope decides`;

function benchmarkOf({ antiDumpingPercent, countervailingPercent }: TradeRemedyLead): string {
  const range = (rate: TradeRemedyLead['antiDumpingPercent']) => {
    if (rate === null) return 'look up';
    return rate.low === rate.high ? `${rate.low} %` : `${rate.low} to ${rate.high} %`;
  };
  return `anti-dumping ${range(antiDumpingPercent)}, countervailing ${range(countervailingPercent)}`;
}

function likelyFinding(leads: readonly TradeRemedyLead[], index: number, ddp: boolean): Finding {
  return {
    rule: 'trade-remedy-likely',
    kind: 'trade-remedy',
    severity: ddp ? 'block' : 'warn',
    title: `The goods likely fall under an order against dumping or subsidies: ${namesOf(leads)}`,
    where: `lines[${index}]`,
    expected:
      'a person has read the written scope; importer and exporter know the cash deposit and have agreed who bears it',
    found: leads
      .map(
        (lead) =>
          `${lead.case}: ${lead.reason}; benchmark ${benchmarkOf(lead)}, no deposit rate of this maker is known`,
      )
      .join('; '),
    remedy: ddp
      ? 'Under DDP the exporter is the importer: entry type 03, a cash deposit and the statement on reimbursement (19 CFR 351.402(f)). Agree a term under which the buyer imports, or have a person confirm scope, rate and bond first. Origin and code stay as they are.'
      : 'Tell the buyer: entry type 03, a cash deposit at the rate of maker and exporter, no low-value relief. Accept with a reason, or compare a genuine variant of material or design. Origin and code stay as they are.',
    due: 'before-order',
    source: sourceOf(leads),
  };
}

function possibleFinding(leads: readonly TradeRemedyLead[], line: OrderLine, index: number): Finding {
  const strong = leads.filter(isStrongLead);
  const asked = strong.length > 0 ? strong : leads;
  const open = asked.flatMap(({ questions }) => questions.filter(({ answer }) => answer === 'unsaid'));
  return {
    rule: 'trade-remedy-possible',
    kind: 'trade-remedy',
    severity: strong.length > 0 ? 'warn' : 'info',
    title: `The goods may fall under an order against dumping or subsidies: ${namesOf(asked)}`,
    where: `lines[${index}].scopeAnswers`,
    expected:
      open.length > 0
        ? open.map(({ key, question }) => `${key}: ${question}`).join(' ')
        : asked.map(({ case: number, reason }) => `${number}: ${reason}`).join('; '),
    found: `${line.nameEn}, code ${line.importCode ?? line.hsCode}; led here by ${asked.map(({ case: number, lead, ledBy }) => `${number}: ${lead} ${ledBy}`).join(', ')}`,
    remedy: 'Answer the questions from what the goods are; the code decides nothing. A person confirms the answer.',
    due: 'before-order',
    source: sourceOf(asked),
  };
}

function uncovered(market: string): Finding {
  return {
    rule: 'trade-remedy-coverage',
    kind: 'trade-remedy',
    severity: 'info',
    title: `Orders of ${market} against dumping and subsidies are not covered`,
    where: 'destination.country',
    expected: 'cases of the market',
    found: 'none: nobody looked them up',
    remedy:
      'Ask the buyer or the broker. The EU and the UK have many orders on goods of China. No finding here is no clearance.',
    due: 'before-order',
    source: 'reference/trade-remedies/cases.yaml',
  };
}
