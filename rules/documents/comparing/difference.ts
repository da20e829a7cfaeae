/** From a difference to a finding: both places, both values, and what costs least to mend it. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import type { Finding } from '../../finding.ts';
import { currencyDigits, written } from '../../money.ts';
import type { Comparison } from './comparison.ts';
import type { Paper } from './paper.ts';

/** A value, and where it stands. */
export interface Said {
  paper: Paper;
  /** Path in the paper. */
  at: string;
  text: string;
}

/** Two papers that say different things, or one that contradicts itself. */
export interface Difference {
  row: ComparisonRow;
  /** The paper that is told to differ. */
  paper: Paper;
  at: string;
  /** Place of the line that it is about, the first of several; absent, it is about the paper as a whole. */
  line?: number;
  expected: string;
  found: string;
  remedy?: string;
  mend?: Mend;
}

/** What the other side has in place of a figure: with it the paper would not differ. */
export interface Mend {
  /** Places of the lines that come to the value together, one or several; absent, the paper says it as a whole. */
  lines?: readonly number[];
  field: string;
  /** A decimal, in the unit or currency of the paper. */
  value: string;
  /** What it would be at each of the VAT rates that the paper's prices may contain. */
  withVat?: readonly string[];
}

/** @returns the finding, named by the row that it breaks */
export function findingOf({ row, paper, at, expected, found, remedy }: Difference, comparison: Comparison): Finding {
  return {
    rule: row.rule,
    kind: 'document',
    severity: row.severity,
    title: `${row.title} (${paper.kind.name})`,
    where: `${paper.id} ${at}`,
    expected,
    found,
    remedy: remedy ?? row.remedies?.[comparison.stage] ?? remedyFor(paper, comparison),
    due: dueAt(comparison),
    source: `${row.source}${row.needsHumanConfirmation ? '; needs confirmation' : ''}`,
    of: row.id,
  };
}

/** What costs least at this stage where this paper is to be mended. */
export function remedyFor(paper: Paper, { stage, reference }: Comparison): string {
  const issuer = paper.made ? 'us' : paper.kind.issuer === 'us' ? 'handed-in' : paper.kind.issuer;
  const remedy = reference.comparisonRemedies.find((one) => one.issuer === issuer && one.stage === stage);
  return remedy?.text ?? 'Find out which paper is right, and have the other one corrected.';
}

/** Before filing it can still be mended in time; after that somebody asks. */
export function dueAt({ stage }: Comparison): Finding['due'] {
  return stage === 'before-filing' ? 'before-export' : 'on-request';
}

/** Values with their places, as a finding shows them: `1720 kg (order lines[0].grossWeightKg)`. */
export function saidBy(paper: Paper, values: readonly { text: string; at: string }[]): string {
  const byText = new Map<string, string[]>();
  for (const { text, at } of values) byText.set(text, [...(byText.get(text) ?? []), at]);
  return [...byText].map(([text, places]) => `${text} (${paper.id} ${places.join(', ')})`).join(' or ');
}

/** A figure as people write it: with its currency, kilograms, packages or unit. */
export function inMeasure(
  text: string,
  measure: ComparisonRow['measure'],
  { currency, unit }: { currency?: string | undefined; unit?: string | undefined },
): string {
  switch (measure) {
    case 'kg':
      return `${text} kg`;
    case 'packages':
      return `${text} packages`;
    case 'money':
      if (currency === undefined) return text;
      // A word that is no currency of ours stands as on the paper, and so does its amount.
      return currency in currencyDigits ? `${written(text, currency)} ${currency}` : `${text} ${currency}`;
    case 'unit':
      return unit === undefined ? text : `${text} ${unit}`;
    default:
      return text;
  }
}
