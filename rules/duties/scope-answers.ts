/** Answers on scope and origin whose key names no question: they would be taken and answer nothing. */
import { ratio } from 'fuzzball';
import type { Reference } from '../../reference/load.ts';
import type { ReviewContext } from '../compliance/review-context.ts';
import type { Finding } from '../finding.ts';

/** Of 100: keys that share less are not what was meant. */
const ALIKE_FROM = 60;

/** A finding (`warn`) for each line whose answers bear keys that nobody asks, with the nearest key that is asked. */
export function scopeAnswerFindings({ order, reference }: ReviewContext): Finding[] {
  if (order.lines.every(({ scopeAnswers }) => scopeAnswers === undefined)) return [];
  const known = knownKeys(reference);
  return order.lines.flatMap(({ scopeAnswers = {} }, index) => {
    const unknown = Object.keys(scopeAnswers).filter((key) => !known.has(key));
    return unknown.length === 0 ? [] : [unknownFinding(unknown, [...known], index)];
  });
}

function knownKeys({ tradeRemedyCases, tradeAgreements }: Reference): Set<string> {
  return new Set([
    ...tradeRemedyCases.flatMap((one) => one.questions.map(({ id }) => `${one.id}/${id}`)),
    ...tradeAgreements.flatMap((one) => one.questions.map(({ criterion }) => `${one.id}/${criterion}`)),
  ]);
}

function unknownFinding(unknown: readonly string[], known: readonly string[], index: number): Finding {
  return {
    rule: 'scope-answer-unknown',
    kind: 'trade-remedy',
    severity: 'warn',
    title: `An answer on scope or origin names no question: ${unknown.join(', ')}`,
    where: `lines[${index}].scopeAnswers`,
    expected: unknown.map((key) => nearest(key, known)).join('; '),
    found: unknown.join(', '),
    remedy: 'Write the key as the finding that asks the question shows it. As it is, the answer counts for nothing.',
    due: 'before-order',
    source: 'reference/trade-remedies/cases.yaml; reference/trade-agreements',
  };
}

function nearest(key: string, known: readonly string[]): string {
  const scored = known.map((one) => ({ one, score: ratio(key, one) })).sort((a, b) => b.score - a.score);
  const [best] = scored;
  return best && best.score >= ALIKE_FROM
    ? `${best.one} in place of ${key}`
    : `a key that is asked; none is like ${key}`;
}
