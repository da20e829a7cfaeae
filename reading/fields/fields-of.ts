/** From a file's text to what the paper says: its kind, its fields, what a person should know. Pure: no file, no library. */
import { type FactPath, type FieldReading, isDoubtful } from '../../rules/documents/facts.ts';
import { isImpossible } from '../../rules/documents/figures.ts';
import type { DraftLine, LeftOut } from './draft-line.ts';
import { labelledValues } from './head.ts';
import { headFields, incotermFields } from './head-values.ts';
import { namesOf } from './names.ts';
import { currencyOf } from './numbers.ts';
import { kindOf } from './paper-kind.ts';
import { partyFields } from './parties.ts';
import type { PlacedText, Sheet } from './placed.ts';
import { sheetsMeant } from './sheets.ts';
import { readTables, type TableReading } from './table.ts';

/** What the sender says of the paper; decides nothing but which label is its own number, and which sheet of several is meant. */
export interface ReadingHints {
  kind?: string;
}

/** What a text says. */
export interface FieldsOfText {
  kind?: string;
  /** One for each path, the surest. */
  fields: FieldReading[];
  notes: string[];
}

/** Papers state these once: two different values mean that one was misread. */
const statedOnce: ReadonlySet<FactPath> = new Set([
  'number',
  'contractNumber',
  'currency',
  'incoterm',
  'grossWeightKg',
  'netWeightKg',
  'packages',
  'total',
]);

/** @returns the fields with confidence and place; doubtful ones among them, with a low confidence */
export function fieldsOf(text: PlacedText, hints: ReadingHints = {}): FieldsOfText {
  const notes: string[] = [];
  const meant = sheetsMeant(text.sheets, hints.kind, notes);
  const { sheets } = meant;
  const kind = kindMeant(meant.kind ?? kindOf({ sheets, notes: [] }) ?? kindOf(text), hints);
  if (kind && hints.kind && kind !== hints.kind)
    notes.push(`It was handed in as ${hints.kind}; its title says ${kind}.`);
  const table = readTables(sheets);
  const values = labelledValues(sheets, table.used);
  const candidates = [
    ...totalFields(table),
    ...onlyLineFields(table, hints.kind ?? kind),
    ...headFields(values, hints.kind ?? kind),
    ...partyFields(values, hints.kind ?? kind),
    ...supplierPlaces(table),
    ...table.currencies.map(({ value, place }) => ({ path: 'currency', value, confidence: 0.85, place })),
    ...termsAnywhere(sheets),
  ].map(doubted);
  const lines = table.lines.flatMap(lineFields);
  const fields = [
    ...surest(candidates, notes),
    ...(freightPapers.has(hints.kind ?? kind ?? '') ? chargeFields(table.lines) : []),
    ...lines,
  ];
  noteLeftOut(table.leftOut, notes);
  noteGaps(table.lines, fields, notes);
  return { kind, fields: onePerPath(fields), notes };
}

/** A declaration looks the same before and after it was filed: which of them it is, the sender knows. */
function kindMeant(titled: string | undefined, { kind }: ReadingHints): string | undefined {
  return titled === 'declaration-draft' && kind === 'customs-declaration' ? kind : titled;
}

/** A figure below zero is a guess, however plainly it stands: of a credit note, a discount, or a stroke before a number. */
const doubted = (field: FieldReading): FieldReading =>
  isImpossible(field) ? { ...field, confidence: Math.min(field.confidence, 0.4) } : field;

function totalFields({ totals, marks }: TableReading): FieldReading[] {
  const fields = Object.entries(totals).map(([path, figure]) => ({ path, ...figure }));
  const text = [...new Set(marks?.texts ?? [])].join('\n').trim();
  return marks && text !== ''
    ? [...fields, { path: 'marks', value: text.slice(0, 1000), confidence: 0.7, place: marks.place }]
    : fields;
}

/** A declaration states it line by line, a paper as a whole: only where all lines say one place. */
function supplierPlaces({ lines }: TableReading): FieldReading[] {
  const [first, ...more] = lines.map(({ supplierPlace }) => supplierPlace);
  if (!first || more.some((other) => other?.value !== first.value)) return [];
  return [{ path: 'supplierPlace', ...first }];
}

const transportPapers: ReadonlySet<string> = new Set([
  'transport-document',
  'bill-of-lading',
  'air-waybill',
  'rail-waybill',
]);
/** Of their charges the freight alone changes the FOB value. */
const freightPapers: ReadonlySet<string> = new Set(['forwarder-invoice', 'freight-invoice']);

/** A transport document with one line of goods states no totals: that line's weight and packages are the whole's. */
function onlyLineFields({ lines, totals }: TableReading, kind: string | undefined): FieldReading[] {
  const [only, other] = lines;
  if (!only || other || !transportPapers.has(kind ?? '')) return [];
  return (['packages', 'netWeightKg', 'grossWeightKg'] as const).flatMap((path) => {
    const figure = only.figures[path];
    return figure && !totals[path] ? [{ path, ...figure, confidence: 0.8 * figure.confidence }] : [];
  });
}

/** `FOB NINGBO` over a column of prices, or in a sentence: likely the term of the whole. */
function termsAnywhere(sheets: readonly Sheet[]): FieldReading[] {
  for (const { rows } of sheets)
    for (const { cells } of rows)
      for (const { text, place } of cells)
        if (
          /^(?:.{0,40}\s)?(?:EXW|FCA|CPT|CIP|DAP|DPU|DDP|FAS|FOB|CFR|CIF)\s+[A-Z][A-Za-z]+(?:[\s,][A-Za-z]+){0,3}$/.test(
            text.trim(),
          )
        )
          return incotermFields(text, place, 0.55);
  return [];
}

/** `Art. 9405-101` under a name. */
const CODE_IN_NAME = /(?:^|\s)(?:art\.?\s*(?:no\.?)?|item\s*no\.?|sku|货号)[\s:：]*([A-Za-z0-9][\w./-]{1,60})$/i;

function codeIn(name: string): string | undefined {
  const code = CODE_IN_NAME.exec(name)?.[1];
  return code && /\d/.test(code) ? code : undefined;
}

function lineFields({ names, namePlace, figures }: DraftLine, index: number): FieldReading[] {
  const at = (path: string) => `lines[${index}].${path}`;
  const code = figures.productCode ? undefined : names.map(codeIn).find((one) => one !== undefined);
  const { zh, en, isCut } = namesOf(code ? names.map((name) => name.replace(CODE_IN_NAME, '')) : names);
  const sure = isCut ? 0.75 : 0.95;
  const fields: FieldReading[] = [];
  if (zh) fields.push({ path: at('nameZh'), value: zh.slice(0, 300), confidence: sure, place: namePlace });
  if (en) fields.push({ path: at('nameEn'), value: en.slice(0, 300), confidence: sure, place: namePlace });
  if (code) fields.push({ path: at('productCode'), value: code, confidence: 0.8, place: namePlace });
  for (const [name, figure] of Object.entries(figures)) fields.push({ path: at(name), ...figure });
  return withDoubtedUnit(fields.map(doubted), at);
}

/** A unit is as sure as its quantity: of two quantities each has its own. */
function withDoubtedUnit(fields: readonly FieldReading[], at: (path: string) => FactPath): FieldReading[] {
  const quantity = fields.find(({ path }) => path === at('quantity'));
  if (!quantity || !isDoubtful(quantity)) return [...fields];
  return fields.map((field) =>
    field.path === at('unit') ? { ...field, confidence: Math.min(field.confidence, quantity.confidence) } : field,
  );
}

const charges: { path: 'freight' | 'insurance'; words: RegExp }[] = [
  {
    path: 'freight',
    words: /ocean\s*freight|sea\s*freight|air\s*freight|international\s*freight|海运费|空运费|国际运费|海洋运费/i,
  },
  { path: 'insurance', words: /insurance|保险费|保费/i },
];

/** A forwarder's lines are charges: those that change the FOB value are named by themselves. Several of one sort are added by a person. */
function chargeFields(lines: readonly DraftLine[]): FieldReading[] {
  return charges.flatMap(({ path, words }): FieldReading[] => {
    const own = lines.filter(({ names }) => words.test(names.join(' ')));
    const total = own[0]?.figures.total;
    return total ? [doubted({ path, ...total, confidence: own.length === 1 ? 0.85 : 0.4 })] : [];
  });
}

/** The surest of the values for each path; where a paper states one thing twice and differently, a guess. */
function surest(candidates: readonly FieldReading[], notes: string[]): FieldReading[] {
  const byPath = grouped(candidates);
  return [...byPath].map(([path, all]) => {
    const [best, ...rest] = all.toSorted((a, b) => b.confidence - a.confidence);
    if (!best) throw new RangeError(`no value for ${path}`);
    const other = rest.find(({ value, confidence }) => confidence >= 0.75 && !isSame(value, best.value));
    if (!other || !statedOnce.has(path)) return best;
    notes.push(
      `${path} stands as ${best.value.slice(0, 40)} (${best.place}) and as ${other.value.slice(0, 40)} (${other.place}).`,
    );
    return { ...best, confidence: Math.min(best.confidence, 0.5) };
  });
}

function grouped(candidates: readonly FieldReading[]): Map<FactPath, FieldReading[]> {
  const groups = new Map<FactPath, FieldReading[]>();
  for (const candidate of candidates) groups.set(candidate.path, [...(groups.get(candidate.path) ?? []), candidate]);
  return groups;
}

/** `12.50` and `12.5` are one number, `CNY` and `RMB` one currency. */
function isSame(a: string, b: string): boolean {
  const bare = (text: string) =>
    /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : (currencyOf(text) ?? text.toUpperCase());
  return bare(a) === bare(b);
}

function onePerPath(fields: readonly FieldReading[]): FieldReading[] {
  const best = new Map<FactPath, FieldReading>();
  for (const field of fields)
    if (field.confidence > (best.get(field.path)?.confidence ?? -1)) best.set(field.path, field);
  return [...best.values()].map((field) => ({ ...field, confidence: Math.round(field.confidence * 100) / 100 }));
}

/** One note for each sort of figure: a heading that was misread leaves out every line's. */
function noteLeftOut(leftOut: readonly LeftOut[], notes: string[]): void {
  for (const name of new Set(leftOut.map((one) => one.name))) {
    const [first, ...more] = leftOut.filter((one) => one.name === name);
    if (!first) continue;
    const others = more.length > 0 ? ` and of ${more.length} more` : '';
    notes.push(
      `The ${name} of ${first.place.slice(0, 60)}${others} was left out: “${first.text}” may not be it. Give it by hand.`,
    );
  }
}

function noteGaps(lines: readonly DraftLine[], fields: readonly FieldReading[], notes: string[]): void {
  const without = lines.filter(({ figures: { quantity, total, packages } }) => !quantity && !total && !packages).length;
  if (without > 0) notes.push(`${without} of ${lines.length} lines have no quantity, amount or packages.`);
  const guesses = fields.filter(isDoubtful).length;
  if (fields.length === 0) notes.push('The file has text, and nothing in it was recognised: give the fields by hand.');
  if (guesses > 0)
    notes.push(`${guesses === 1 ? '1 value is a guess' : `${guesses} values are guesses`}: compare with the paper.`);
}
