import { z } from 'zod';

export const findingKinds = [
  'field',
  'total',
  'weight',
  'certificate',
  'coverage',
  'classification',
  'export-control',
  'screening',
  'value',
  'intellectual-property',
  'packaging',
  'trade-remedy',
  'duty',
  'rule-change',
  'document',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/**
 * Something a review found. `rule` names the rule, its file in reference/rules, its cases and its page.
 * `where` is a path into the order or a document (`lines[0].certificates`), `due` says by which step it must be mended.
 */
export const findingSchema = z.object({
  rule: z.string(),
  kind: z.enum(findingKinds),
  severity: z.enum(['block', 'warn', 'info']),
  title: z.string(),
  where: z.string(),
  expected: z.string(),
  found: z.string(),
  remedy: z.string(),
  due: z.enum(['before-order', 'before-export', 'at-entry', 'on-request']),
  /** Law, format or decision, with its date; `needs confirmation` where only leads are known. */
  source: z.string(),
  /** Sets apart findings of one rule in one place: the list entries that a party matched. */
  of: z.string().optional(),
  /** The paper that differs, where papers were compared: handed in anew, it may answer the finding. */
  document: z.string().optional(),
  /** The order does not say whether the rule applies at all: a question, and no finding against the goods. */
  undecided: z.literal(true).optional(),
});
export type Finding = z.infer<typeof findingSchema>;

/** Names a finding in one order: `<rule>@<where>`, and what of it where there may be several. */
export function findingId({ rule, where, of }: Pick<Finding, 'rule' | 'where' | 'of'>): string {
  return of === undefined ? `${rule}@${where}` : `${rule}@${where}#${of}`;
}

/**
 * Names what a person has answered for: a finding as it stood. Who accepted a warning has not waived what blocks by the same
 * rule later, so that a warning has a name of its own.
 */
export function findingKey(finding: Pick<Finding, 'rule' | 'where' | 'of' | 'severity'>): string {
  return finding.severity === 'warn' ? `${findingId(finding)}~warn` : findingId(finding);
}
