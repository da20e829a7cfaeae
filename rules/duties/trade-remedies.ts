/**
 * Whether goods may fall under an anti-dumping or countervailing order of the destination. A code, a name or an answer leads
 * to a case; the questions on its written scope decide, and a person confirms what comes out. It never says how declared
 * origin or code could be changed: that is evasion, not a way.
 */
import type { TradeRemedyCase } from '../../reference/duty-schema.ts';
import type { Reference } from '../../reference/load.ts';
import type { CivilDate } from '../civil-date.ts';
import { isInForce, plain } from '../classification/codes.ts';
import { type Applies, applies } from '../compliance/conditions.ts';
import type { Order, OrderLine } from '../order/order.ts';

/** What of a line the scope of an order is about. */
export type RemedyLine = Pick<
  OrderLine,
  'nameZh' | 'nameEn' | 'hsCode' | 'importCode' | 'origin' | 'attributes' | 'scopeAnswers'
>;

/** What leads are looked for: the goods, where they go and when they meet customs there. */
export interface RemedySituation {
  line: RemedyLine;
  order: Pick<Order, 'transport' | 'incoterm' | 'model'>;
  /** Market of the destination, for example US. */
  market: string;
  on: CivilDate;
  /** Answers from elsewhere, by the question's key; they go before those in the line. */
  answers?: Readonly<Record<string, boolean>>;
}

/** A question on the written scope of a case, with its answer so far. */
export interface ScopeQuestion {
  /** Key under which the answer is given: `A-570-890/bedroom`. */
  key: string;
  question: string;
  /** The answer that keeps the goods inside the scope. */
  inScopeIf: boolean;
  answer: Applies;
  answeredBy: 'answer' | 'attributes' | null;
}

/**
 * How a case was come upon. code: a lead of the case; six-digits: the six that all tariffs share; other-code: those, and the
 * destination's own code is another than the leads; name: what the goods are called; name-elsewhere: that, in another chapter.
 */
export type LeadKind = 'code' | 'six-digits' | 'answers' | 'name' | 'other-code' | 'name-elsewhere';

/** A case that may cover the goods. Rates are benchmarks in percent of the customs value; null: look up. */
export interface TradeRemedyLead {
  case: string;
  countervailingCase: string | null;
  product: string;
  lead: LeadKind;
  /** The code or the name that led here. */
  ledBy: string;
  verdict: 'likely' | 'possible' | 'out';
  questions: ScopeQuestion[];
  reason: string;
  exclusions: string;
  antiDumpingPercent: TradeRemedyCase['antiDumpingPercent'];
  countervailingPercent: TradeRemedyCase['countervailingPercent'];
  evidence: string;
  source: string;
  /** Always: the written scope decides, and a person reads it. */
  needsHumanConfirmation: true;
}

/** Whether we know the orders of a market at all. Where not, an empty list of leads means nothing. */
export function remediesAreCovered(market: string, reference: Reference): boolean {
  return reference.tradeRemedyCases.some((one) => one.market === market);
}

/** The cases in force that the goods lead to, strongest lead first. Those whose scope the answers leave are `out`, with the reason. */
export function tradeRemedyLeads(situation: RemedySituation, reference: Reference): TradeRemedyLead[] {
  const { line, market, on } = situation;
  const names = namesOf(line);
  return reference.tradeRemedyCases
    .filter((one) => one.market === market && isInForce(one, on))
    .filter((one) => one.origin === line.origin || one.certificationFrom.includes(line.origin))
    .flatMap((one) => {
      const found = leadTo(one, situation, names);
      return found ? [verdictOn(one, found, situation)] : [];
    })
    .sort((a, b) => strength.indexOf(a.lead) - strength.indexOf(b.lead));
}

const strength: readonly LeadKind[] = ['code', 'answers', 'six-digits', 'name', 'other-code', 'name-elsewhere'];

/** Whether a lead is more than a neighbourhood: weak ones are worth a look and no more. */
export function isStrongLead({ lead }: Pick<TradeRemedyLead, 'lead'>): boolean {
  return lead !== 'other-code' && lead !== 'name-elsewhere';
}

function leadTo(
  one: TradeRemedyCase,
  { line, answers }: RemedySituation,
  names: Names,
): { lead: LeadKind; ledBy: string } | null {
  const codes = one.leads.map(({ prefix }) => ({ prefix, kind: codeLead(prefix, line) }));
  const code = codes.find(({ kind }) => kind === 'code') ?? codes.find(({ kind }) => kind !== null);
  if (code?.kind === 'code') return { lead: 'code', ledBy: code.prefix };
  const answered = Object.keys({ ...line.scopeAnswers, ...answers }).find((key) => key.startsWith(`${one.id}/`));
  if (answered) return { lead: 'answers', ledBy: answered };
  if (code?.kind === 'six-digits') return { lead: 'six-digits', ledBy: code.prefix };
  const name = one.names.find((wanted) => isNamed(wanted, names));
  const near = one.leads.some(({ prefix }) => prefix.slice(0, 2) === (line.importCode ?? line.hsCode).slice(0, 2));
  if (name) return { lead: near ? 'name' : 'name-elsewhere', ledBy: name };
  return code?.kind ? { lead: code.kind, ledBy: code.prefix } : null;
}

function codeLead(prefix: string, { hsCode, importCode }: RemedyLine): 'code' | 'six-digits' | 'other-code' | null {
  const shared = prefix.slice(0, 6);
  const code = importCode ?? hsCode.slice(0, 6);
  if (code.startsWith(prefix)) return 'code';
  if (!code.startsWith(shared)) return null;
  return prefix.startsWith(code) ? 'six-digits' : 'other-code';
}

interface Names {
  zh: string;
  /** Words of the English name, a space before and after each. */
  en: string;
}

function namesOf({ nameZh, nameEn }: RemedyLine): Names {
  return { zh: nameZh, en: ` ${plain(nameEn).replace(/[^\p{Letter}\p{Number}]+/gu, ' ')} ` };
}

function isNamed(wanted: string, { zh, en }: Names): boolean {
  // Most names stand nowhere in the text: only those that do are looked at as words.
  return zh.includes(wanted) || (en.includes(wanted) && (en.includes(` ${wanted} `) || en.includes(` ${wanted}s `)));
}

function verdictOn(
  one: TradeRemedyCase,
  found: { lead: LeadKind; ledBy: string },
  situation: RemedySituation,
): TradeRemedyLead {
  const questions = one.questions.map((question) => asked(one, question, situation));
  const elsewhere = situation.line.origin !== one.origin;
  return {
    case: one.id,
    countervailingCase: one.countervailingCase,
    product: one.product,
    ...found,
    ...decide(questions, elsewhere ? situation.line.origin : null),
    questions,
    exclusions: one.exclusions,
    antiDumpingPercent: one.antiDumpingPercent,
    countervailingPercent: one.countervailingPercent,
    evidence: one.evidence,
    source: one.source,
    needsHumanConfirmation: true,
  };
}

/** The questions of all cases of the market, as the attributes of the goods alone answer them. */
export function questionsByAttributes(situation: RemedySituation, reference: Reference): ScopeQuestion[] {
  const unanswered = { ...situation, line: { ...situation.line, scopeAnswers: undefined }, answers: undefined };
  return reference.tradeRemedyCases
    .filter((one) => one.market === situation.market)
    .flatMap((one) => one.questions.map((question) => asked(one, question, unanswered)));
}

function decide(
  questions: readonly ScopeQuestion[],
  otherOrigin: string | null,
): Pick<TradeRemedyLead, 'verdict' | 'reason'> {
  const leaves = questions.find(({ answer, inScopeIf }) => answer === (inScopeIf ? 'no' : 'yes'));
  if (leaves) return { verdict: 'out', reason: `${leaves.answer}: ${leaves.question} (${leaves.key})` };
  const open = questions.filter(({ answer }) => answer === 'unsaid');
  if (open.length > 0)
    return { verdict: 'possible', reason: `${open.length} of ${questions.length} questions on the scope are open` };
  if (otherOrigin !== null)
    return {
      verdict: 'possible',
      reason: `goods of ${otherOrigin} are asked for a certification that nothing of the case's origin is in them`,
    };
  return { verdict: 'likely', reason: 'every answer keeps the goods inside the scope' };
}

function asked(
  one: TradeRemedyCase,
  { id, question, inScopeIf, answeredBy }: TradeRemedyCase['questions'][number],
  { line, order, answers }: RemedySituation,
): ScopeQuestion {
  const key = `${one.id}/${id}`;
  const given = answers?.[key] ?? line.scopeAnswers?.[key];
  if (given !== undefined) return { key, question, inScopeIf, answer: given ? 'yes' : 'no', answeredBy: 'answer' };
  const answer = answeredBy ? applies(answeredBy, { line, order }) : 'unsaid';
  return { key, question, inScopeIf, answer, answeredBy: answer === 'unsaid' ? null : 'attributes' };
}
