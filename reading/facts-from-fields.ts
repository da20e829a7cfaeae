/** Fields by their paths into facts, and a person's corrections into both. */
import {
  type DocumentFacts,
  documentFactsSchema,
  type FactPath,
  type FieldReading,
  statedLineSchema,
  statedPartySchema,
} from '../rules/documents/facts.ts';
import { impossibleFigures } from '../rules/documents/figures.ts';
import { type FieldError, fieldErrors } from '../rules/field-errors.ts';

/** A path taken apart: `lines[2].quantity`, `seller.name`, `total`. */
type Steps =
  | { at: 'head'; field: string }
  | { at: 'party'; party: string; field: string }
  | { at: 'line'; line: number; field: string | undefined };

/** Facts as they are being written: texts and one number, checked by their schema at the end. */
type Draft = Record<string, unknown> & { lines: Record<string, unknown>[] };

const MOST_LINES = 500;
const headFields = Object.keys(documentFactsSchema.shape);
const partyFields = Object.keys(statedPartySchema.shape);
const lineFields = Object.keys(statedLineSchema.shape);
const parties = ['seller', 'buyer', 'consignee', 'notify'];

/** The facts that the fields state. A value that its field cannot hold is left out, and named. */
export function factsFromFields(fields: readonly FieldReading[]): { facts: DocumentFacts; errors: FieldError[] } {
  const draft: Draft = { lines: [] };
  const errors: FieldError[] = [];
  for (const { path, value } of fields) {
    const steps = stepsOf(path);
    if ('message' in steps) errors.push(steps);
    else set(draft, steps, value);
  }
  // Lines are numbered by their paths: one that no field speaks of says nothing.
  draft.lines = Array.from(draft.lines, (line) => line ?? {});
  const { facts, left } = withoutWrong(draft);
  return { facts, errors: [...errors, ...left] };
}

/** What the schema finds wrong is taken out, once; then the rest is right, since no field depends on another. */
function withoutWrong(draft: Draft): { facts: DocumentFacts; left: FieldError[] } {
  const first = documentFactsSchema.safeParse(draft);
  if (first.success) return { facts: first.data, left: [] };
  const left = fieldErrors(first.error.issues);
  for (const { path } of first.error.issues) {
    const [one, two, three] = path;
    if (one === 'lines' && typeof two === 'number' && three !== undefined) delete draft.lines[two]?.[String(three)];
    else if (one === 'lines') draft.lines = draft.lines.slice(0, MOST_LINES);
    else if (two !== undefined) delete (draft[String(one)] as Record<string, unknown> | undefined)?.[String(two)];
    else delete draft[String(one)];
  }
  return { facts: documentFactsSchema.parse(draft), left };
}

/** Corrected facts, or what is wrong with the corrections, path by path. */
export type Corrected = { ok: true; facts: DocumentFacts } | { ok: false; errors: FieldError[] };

/**
 * Facts with a person's corrections: all of them or none. Figures that cannot be are not taken, whether they were corrected or read.
 * @param corrections by path: a text sets the field, null empties it, or takes a whole line or company out (`lines[2]`).
 *   A field of the line after the last adds a line.
 */
export function applyCorrections(
  facts: DocumentFacts,
  corrections: Readonly<Record<FactPath, string | null>>,
): Corrected {
  const draft: Draft = structuredClone(facts);
  const errors: FieldError[] = [];
  const dropped = new Set<number>();
  // In the order of their lines, so that two lines may be added in one go.
  for (const [path, value] of Object.entries(corrections).toSorted(([a], [b]) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )) {
    const steps = stepsOf(path);
    const wrong = 'message' in steps ? steps : complaint(draft, path, steps, value);
    if (wrong) errors.push(wrong);
    else if ('message' in steps) continue;
    else if (steps.at === 'line' && steps.field === undefined) dropped.add(steps.line);
    else set(draft, steps, value ?? undefined);
  }
  // Before lines are taken out: a line is named by the number under which the person sees it.
  const kept = { ...draft, lines: draft.lines.map((line, index) => (dropped.has(index) ? {} : line)) };
  errors.push(...impossibleFigures(kept as DocumentFacts));
  draft.lines = draft.lines.filter((_, index) => !dropped.has(index));
  const checked = documentFactsSchema.safeParse(withoutEmpty(draft));
  // One reason a field is enough: what is no date lies in no year either.
  for (const error of checked.success ? [] : fieldErrors(checked.error.issues))
    if (!errors.some(({ field }) => field === error.field)) errors.push(error);
  return checked.success && errors.length === 0 ? { ok: true, facts: checked.data } : { ok: false, errors };
}

function complaint(draft: Draft, path: FactPath, steps: Steps, value: string | null): FieldError | undefined {
  if (steps.at !== 'line') return undefined;
  if (steps.field === undefined && value !== null)
    return { field: path, message: 'is a whole line: correct its fields one by one, or null takes it out' };
  if (steps.line > draft.lines.length || (value === null && steps.line >= draft.lines.length))
    return { field: path, message: `there is no such line: the paper has ${draft.lines.length}, counted from 0` };
  return undefined;
}

/** Only names that the facts have pass: a path is a stranger's text. */
function stepsOf(path: FactPath): Steps | FieldError {
  const [, line, lineField] = /^lines\[(\d{1,3})\](?:\.(\w+))?$/.exec(path) ?? [];
  if (line !== undefined && Number(line) < MOST_LINES && (lineField === undefined || lineFields.includes(lineField)))
    return { at: 'line', line: Number(line), field: lineField };
  const [, head = '', field] = /^(\w+)(?:\.(\w+))?$/.exec(path) ?? [];
  if (parties.includes(head) && field !== undefined && partyFields.includes(field))
    return { at: 'party', party: head, field };
  if (headFields.includes(head) && field === undefined && head !== 'lines' && !parties.includes(head))
    return { at: 'head', field: head };
  return { field: path, message: `is not a field of a paper: ${fieldsToChoose(path, head)}` };
}

function fieldsToChoose(path: FactPath, head: string): string {
  if (path.startsWith('lines')) return `a line has ${lineFields.join(', ')}, for example lines[0].quantity`;
  if (parties.includes(head)) return `a company has ${partyFields.join(', ')}, for example seller.name`;
  return `choose one of ${headFields.join(', ')}`;
}

function set(draft: Draft, steps: Steps, text: string | undefined): void {
  if (steps.at === 'head') draft[steps.field] = text;
  else if (steps.at === 'party')
    draft[steps.party] = { ...(draft[steps.party] as object | undefined), [steps.field]: text };
  else if (steps.field !== undefined) {
    const value = steps.field === 'no' && text !== undefined && /^\d{1,4}$/.test(text.trim()) ? Number(text) : text;
    draft.lines[steps.line] = { ...draft.lines[steps.line], [steps.field]: value };
  }
}

/** A company of which nothing is left is no company. */
function withoutEmpty(draft: Draft): Draft {
  for (const party of parties) {
    const said = Object.values((draft[party] as object | undefined) ?? {});
    if (said.every((value) => value === undefined)) delete draft[party];
  }
  return draft;
}
