import { addDays, type CivilDate } from '../civil-date.ts';
import { supervisionModeOf } from '../classification/codes.ts';
import type { Finding } from '../finding.ts';
import { instalmentsOf } from '../order/figures.ts';
import type { PaperWanted } from './papers-wanted.ts';
import type { ReviewContext } from './review-context.ts';

/** One step of the way of an order, from acceptance to the refund. Days are of the exporter's calendar. */
export interface PlanStep {
  what: string;
  /** Who has to do it. */
  who: string;
  /** By when; null: only if somebody asks. */
  by: CivilDate | null;
  /** On which day it has to be begun at the latest, where it takes long. */
  startBy: CivilDate | null;
  /** Too late already, by what it usually takes. */
  late: boolean;
  /** Rule behind it, if one is. */
  rule: string | null;
  cost: string | null;
}

/** The way that this order will go: how it is declared, and what has to be done by whom and when. Estimates, each said. */
export interface Plan {
  /** How it leaves China. */
  channel: { supervisionMode: string; name: string; refund: string; transport: string };
  exportOn: CivilDate;
  /** About when the goods are there. */
  entryOn: CivilDate;
  /** When the refund may be in the bank: 45 to 120 days after the declaration. */
  refundBetween: { earliest: CivilDate; latest: CivilDate } | null;
  steps: PlanStep[];
}

/** Days from declaration to refund: the best service offered, and a self-operated one's usual end (domain targets of Nov 2026). */
const REFUND_DAYS = { least: 45, most: 120 };
/** The declaration goes out so many days before export where an organisation has set nothing else. */
const DECLARE_DAYS_BEFORE = 3;

/** The tailored way for this product and market. */
export function planOf(context: ReviewContext, papers: readonly PaperWanted[], findings: readonly Finding[]): Plan {
  const { order, exportOn, entryOn, reference } = context;
  const mode = supervisionModeOf(order, reference);
  const declareOn = latest(addDays(exportOn, -DECLARE_DAYS_BEFORE), context.today);
  return {
    channel: {
      supervisionMode: mode?.code ?? order.supervisionMode ?? 'unknown',
      name: mode?.name ?? 'not in our table',
      refund: mode?.refund ?? 'unknown',
      transport: order.transport.mode,
    },
    exportOn,
    entryOn,
    refundBetween:
      mode?.refund === 'yes'
        ? { earliest: addDays(declareOn, REFUND_DAYS.least), latest: addDays(declareOn, REFUND_DAYS.most) }
        : null,
    steps: [...mending(findings, context), ...getting(papers, context), ...theWay(context, declareOn)].sort((a, b) =>
      (a.startBy ?? a.by ?? '9999').localeCompare(b.startBy ?? b.by ?? '9999'),
    ),
  };
}

/** What blocks and is no paper to get: figures, names, open questions. */
function mending(findings: readonly Finding[], { today }: ReviewContext): PlanStep[] {
  const open = findings.filter(
    ({ severity, kind, undecided }) => severity === 'block' && (undecided || kind !== 'certificate'),
  );
  const once = new Map(open.map((finding) => [`${finding.rule}/${finding.title}`, finding]));
  return [...once.values()].map(({ rule, title, remedy }) => ({
    ...plain(`${title}: ${remedy}`, 'exporter', today),
    rule,
  }));
}

function getting(papers: readonly PaperWanted[], { today }: ReviewContext): PlanStep[] {
  return papers
    .filter(({ state }) => state !== 'here' && state !== 'maybe')
    .map(({ name, holder, by, startBy, rule, cost, how }) => ({
      what: `${name}: ${how}`,
      who: holder,
      by,
      startBy,
      late: startBy !== null && startBy < today,
      rule,
      cost,
    }));
}

function theWay({ order, today, exportOn, entryOn, reference }: ReviewContext, declareOn: CivilDate): PlanStep[] {
  const refund = supervisionModeOf(order, reference)?.refund === 'yes';
  const payments = instalmentsOf(order, order.orderedOn ?? today).map(({ no, amount, currency, trigger, days, on }) => {
    const due = on ?? (trigger === 'arrival' ? addDays(entryOn, days) : addDays(exportOn, days));
    return plain(`payment ${no}: ${amount} ${currency}`, 'buyer', due);
  });
  return [
    plain('commercial invoice, packing list, contract and declaration draft', 'Quayside, from this order', declareOn),
    plain('export declaration', 'exporter or customs broker', declareOn),
    plain(`departure by ${order.transport.mode}`, 'carrier', exportOn),
    plain(`arrival and entry in ${order.destination.country}`, 'importer’s broker', entryOn),
    ...payments,
    ...(refund ? [plain('VAT special invoices of the suppliers', 'supplier', addDays(exportOn, 30))] : []),
  ];
}

function plain(what: string, who: string, by: CivilDate): PlanStep {
  return { what, who, by, startBy: null, late: false, rule: null, cost: null };
}

const latest = (a: CivilDate, b: CivilDate): CivilDate => (a > b ? a : b);
