import { addDays, type CivilDate } from '../civil-date.ts';
import type { Finding } from '../finding.ts';
import type { Judgement } from './judge-rules.ts';
import type { ReviewContext } from './review-context.ts';

/** A paper that a rule wants for this order, whether it is here, and by when somebody has to hold it. */
export interface PaperWanted {
  rule: string;
  name: string;
  /** Kinds under which it may be handed in; one suffices. */
  kinds: string[];
  /** Who must hold it. */
  holder: string;
  /** Lines of the order, from 1; empty: the order as a whole. */
  lines: number[];
  state: 'here' | 'missing' | 'expired' | 'contradicted' | 'maybe';
  /** Fields to be verified that nobody stated of a paper which is here: they are to be read on it. */
  unread: string[];
  due: Finding['due'];
  /** The day by which it has to be there; null: only when an authority asks. */
  by: CivilDate | null;
  /** The day on which whoever gets it has to begin, by the longest that it usually takes. */
  startBy: CivilDate | null;
  days: { least: number; most: number } | null;
  cost: string;
  how: string;
}

const stateOf = (judgement: Judgement): PaperWanted['state'] => {
  if (judgement.applies === 'unsaid') return 'maybe';
  switch (judgement.state) {
    case 'held':
      return 'here';
    case 'expired':
    case 'contradicted':
      return judgement.state;
    case 'wanted':
    case 'none':
      return 'missing';
  }
};

/** The papers that the rules want, each named once however many lines want it in one state. */
export function papersWanted(judgements: readonly Judgement[], context: ReviewContext): PaperWanted[] {
  const wanted = new Map<string, PaperWanted>();
  for (const judgement of judgements) {
    const { rule, line } = judgement;
    if (!rule.evidence) continue;
    const state = stateOf(judgement);
    const key = `${rule.id}/${state}`;
    const lines = line === null ? [] : [line + 1];
    const before = wanted.get(key);
    if (before) {
      before.lines.push(...lines);
      before.unread.push(...judgement.unread.filter((field) => !before.unread.includes(field)));
    } else wanted.set(key, { ...paperOf(judgement, context), state, lines, unread: [...judgement.unread] });
  }
  return [...wanted.values()].sort((a, b) => (a.startBy ?? '9999').localeCompare(b.startBy ?? '9999'));
}

function paperOf({ rule }: Judgement, context: ReviewContext): Omit<PaperWanted, 'state' | 'lines' | 'unread'> {
  const by = dayOf(rule.due, context);
  const { days } = rule.page;
  return {
    rule: rule.id,
    name: rule.evidence?.name ?? rule.title,
    kinds: rule.evidence?.kinds ?? [],
    holder: rule.evidence?.holder ?? '',
    due: rule.due,
    by,
    startBy: by === null ? null : addDays(by, -(days?.most ?? 0)),
    days,
    cost: rule.page.cost,
    how: rule.page.how,
  };
}

/** The last day on which what is due then still helps. */
export function dayOf(due: Finding['due'], { today, exportOn, entryOn }: ReviewContext): CivilDate | null {
  switch (due) {
    case 'before-order':
      return today;
    case 'before-export':
      return exportOn;
    case 'at-entry':
      return entryOn;
    case 'on-request':
      return null;
  }
}
