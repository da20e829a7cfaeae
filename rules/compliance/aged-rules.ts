/**
 * Which reference data somebody should read again: law changes in weeks, and a rule that nobody looked at since looks as
 * true as on its first day. What grows old stays in force; it only becomes a task.
 */
import type { RuleAge } from '../../reference/rule-age-schema.ts';
import { addDays, type CivilDate } from '../civil-date.ts';
import { isInForce } from '../classification/codes.ts';

/** A value of the reference data that was verified too long ago. */
export interface AgedRule {
  /** Kind in reference/codes/rule-ages.yaml. */
  kind: string;
  /** Table of the reference data that holds it. */
  table: string;
  id: string;
  verifiedOn: CivilDate;
  /** First day on which it is old. */
  dueOn: CivilDate;
  needsHumanConfirmation: boolean;
}

/** The tables of the reference data, of which those that are lists of dated values are looked at. */
export type DatedReference = { readonly ruleAges: readonly RuleAge[] } & Readonly<Record<string, unknown>>;

interface Dated {
  verifiedOn: CivilDate;
  effectiveFrom: CivilDate;
  effectiveTo: CivilDate | null;
  needsHumanConfirmation: boolean;
}

/**
 * What is old on a day, longest overdue first. What is no longer in force is left out: nobody confirms what has ended.
 * Stretches of one rule that were verified on one day are one entry.
 * @throws Error where a table has no age and the ages have no `other`
 */
export function agedRules(reference: DatedReference, today: CivilDate): AgedRule[] {
  const ages = reference.ruleAges.filter((age) => isInForce(age, today));
  const found = new Map<string, AgedRule>();
  for (const [table, items] of Object.entries(reference))
    for (const item of Array.isArray(items) ? items.filter(isDated) : []) {
      if (item.effectiveTo !== null && item.effectiveTo < today) continue;
      const { kind, days } = ageIn(ages, table, item);
      const { verifiedOn, needsHumanConfirmation } = item;
      const dueOn = addDays(verifiedOn, days);
      const id = idOf(table, item);
      if (dueOn <= today)
        found.set(`${table}/${id}/${verifiedOn}`, { kind, table, id, verifiedOn, dueOn, needsHumanConfirmation });
    }
  return [...found.values()].sort((a, b) => a.dueOn.localeCompare(b.dueOn) || a.id.localeCompare(b.id));
}

/**
 * Days for which data of a kind counts as verified, for what stands in no table: screening lists are dated by their import.
 * @throws Error naming the kind that the ages do not know
 */
export function daysUntilOld(reference: Pick<DatedReference, 'ruleAges'>, kind: string, today: CivilDate): number {
  const age = reference.ruleAges.find((one) => one.kind === kind && isInForce(one, today));
  if (!age) throw new Error(`reference/codes/rule-ages.yaml has no kind ${kind} on ${today}: add it there`);
  return age.days;
}

/** An age that names the table and the item's kind goes before one that names the table, and both before `other`. */
function ageIn(ages: readonly RuleAge[], table: string, item: Dated): RuleAge {
  const ofTable = ages.filter(({ tables }) => tables.includes(table));
  const kind = 'kind' in item ? item.kind : undefined;
  const age =
    ofTable.find(({ ruleKinds }) => ruleKinds?.some((one) => one === kind)) ??
    ofTable.find(({ ruleKinds }) => ruleKinds === undefined || kind === undefined) ??
    ages.find((one) => one.kind === 'other');
  if (!age) throw new Error(`reference/codes/rule-ages.yaml says nothing of ${table}: name it there, or add other`);
  return age;
}

function isDated(item: unknown): item is Dated {
  return typeof item === 'object' && item !== null && 'verifiedOn' in item && 'effectiveTo' in item;
}

/** By what tables that give no id tell their items apart. */
const names = ['market', 'country', 'layer', 'code', 'hsPrefix', 'per', 'alpha2', 'mode', 'incoterm', 'kind'];

function idOf(table: string, item: Dated): string {
  const values = new Map<string, unknown>(Object.entries(item));
  if (values.has('id')) return String(values.get('id'));
  return names.flatMap((name) => values.get(name) ?? []).join(' ') || table;
}
