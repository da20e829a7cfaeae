import type { Finding } from '../finding.ts';
import type { Judgement } from './judge-rules.ts';

/** `testedOn` as a person reads it: tested on. */
export const inWords = (field: string) => field.replace(/([A-Z])/g, ' $1').toLowerCase();

/**
 * Papers that are here by kind and number, and of which nobody stated what stands on them: one finding for the order, as
 * information. It holds nothing up; silence would read as if the papers had been held against the order.
 */
export function unreadPapers(judgements: readonly Judgement[]): Finding[] {
  const unread = judgements.filter(({ state, unread: fields }) => state === 'held' && fields.length > 0);
  const [first] = unread;
  if (first === undefined) return [];
  const papers = new Map<string, Set<string>>();
  for (const { rule, unread: fields } of unread) {
    const name = rule.evidence?.name ?? rule.title;
    papers.set(name, new Set([...(papers.get(name) ?? []), ...fields.map(inWords)]));
  }
  const count = papers.size === 1 ? '1 paper' : `${papers.size} papers`;
  return [
    {
      rule: 'papers-unread',
      kind: 'certificate',
      severity: 'info',
      title: `What stands on ${count} was not stated`,
      where: first.line === null ? 'documents' : `lines[${first.line}].certificates`,
      expected: 'what is to be verified on a paper, stated with it',
      found: [...papers].map(([name, fields]) => `${name}: ${[...fields].join(', ')}`).join('; '),
      remedy: 'State them under `fields` of the paper, and they are held against the order; or read them on the paper.',
      due: 'before-export',
      source: 'reference/rules',
    },
  ];
}
