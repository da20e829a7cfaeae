import type { Finding } from '../rules/finding.ts';
import type { Question } from '../rules/task.ts';

/** Ids of the findings that one answer to the question settles. */
export function findingsOf({ covers, finding }: Question): string[] {
  return covers ?? (finding ? [idOf(finding)] : []);
}

/** As rules/finding.ts names what a person answers for; the workflow calls no rule. */
export function idOf({ rule, where, of, severity }: Pick<Finding, 'rule' | 'where' | 'of' | 'severity'>): string {
  const id = of === undefined ? `${rule}@${where}` : `${rule}@${where}#${of}`;
  return severity === 'warn' ? `${id}~warn` : id;
}
