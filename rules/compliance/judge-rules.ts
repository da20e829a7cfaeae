/**
 * Holds an order against the rule book: which rules speak of it, and whether what they want is there. It judges what a paper
 * states and the order can be held against; what only eyes can see it names as to be read.
 */
import type { FieldCheck, Rule } from '../../reference/rule-schema.ts';
import type { CivilDate } from '../civil-date.ts';
import { isInForce, marketsOf, plain } from '../classification/codes.ts';
import type { OrderLine } from '../order/order.ts';
import { type Applies, applies, followsFrom, isHalfSaid } from './conditions.ts';
import type { ReviewContext } from './review-context.ts';

/** What a paper contradicts: the field, what was expected there and what it says. */
export interface Contradiction {
  field: string;
  expected: string;
  found: string;
}

/** A rule held against one line of goods, or the order as a whole. */
export interface Judgement {
  rule: Rule;
  /** Counted from 0; null: the order as a whole. */
  line: number | null;
  applies: Applies;
  /**
   * `wanted`: nothing is there · `expired`: on the day that the law looks at · `contradicted`: a paper is there and says
   * something else · `held`: it is there · `none`: the rule wants no paper and no data, that it applies is all it says.
   */
  state: 'wanted' | 'expired' | 'contradicted' | 'held' | 'none';
  expiredOn?: CivilDate;
  contradictions: Contradiction[];
  /** Fields of the order that it wants and that are not stated. */
  missingData: { path: string; name: string }[];
  /** Fields to be verified that the paper which is there does not state: nobody has held them against anything. */
  unread: string[];
}

/** What a person said of rules that the order left open, by finding id. */
export interface Answers {
  /** The rule does speak of these goods. */
  confirmed: readonly string[];
}

interface Paper {
  number?: string;
  holder?: string;
  issuedOn?: CivilDate;
  expiresOn?: CivilDate;
  fields?: Record<string, string>;
}

/** Every rule in force that may speak of the order: those that apply, and those of which it cannot be said. */
export function judgeRules(context: ReviewContext, answers: Answers): Judgement[] {
  return rulesFor(context).flatMap((rule) =>
    rule.per === 'order'
      ? judgeOrder(rule, context)
      : context.order.lines.flatMap((line, index) => judgeLine(rule, line, index, context, answers)),
  );
}

/** The rules of leaving China and of the market of destination, each as in force on the day that it looks at. */
export function rulesFor({ order, exportOn, entryOn, today, reference }: ReviewContext): Rule[] {
  const markets = marketsOf(order.destination, today, reference);
  return reference.rules.filter(
    (rule) =>
      (rule.markets.includes('CN') && isInForce(rule, exportOn)) ||
      (rule.markets.some((market) => markets.includes(market)) && isInForce(rule, entryOn)),
  );
}

/** Names what a person can say of an undecided rule: `<rule>@lines[0].attributes`. */
export const undecidedId = (rule: string, line: number) => `${rule}@lines[${line}].attributes`;

function judgeLine(
  rule: Rule,
  line: OrderLine,
  index: number,
  context: ReviewContext,
  { confirmed }: Answers,
): Judgement[] {
  const stated = applies(rule.when, { line, order: context.order });
  const verdict = stated === 'unsaid' && isSaidToApply(rule, index, context, confirmed) ? 'yes' : stated;
  if (verdict === 'no') return [];
  if (verdict === 'unsaid') {
    const suggested = rule.suggestedBy.some((prefix) => line.hsCode.startsWith(prefix));
    // A rule that no code suggests leaves the asking to another of the same goods.
    const leans = rule.suggestedBy.length > 0 && isHalfSaid(rule.when, { line, order: context.order });
    return suggested || leans
      ? [{ rule, line: index, applies: verdict, state: 'wanted', contradictions: [], missingData: [], unread: [] }]
      : [];
  }
  return [{ rule, line: index, applies: verdict, ...whatIsThere(rule, line, index, context) }];
}

/** A person said it of this rule, or of one from which it follows. */
function isSaidToApply(rule: Rule, index: number, { reference }: ReviewContext, confirmed: readonly string[]): boolean {
  return (
    confirmed.length > 0 &&
    reference.rules.some(({ id, when }) => confirmed.includes(undecidedId(id, index)) && followsFrom(rule.when, when))
  );
}

/** Of the whole order: it applies as soon as it does for one line. */
function judgeOrder(rule: Rule, context: ReviewContext): Judgement[] {
  const line = context.order.lines.find((one) => applies(rule.when, { line: one, order: context.order }) === 'yes');
  return line === undefined ? [] : [{ rule, line: null, applies: 'yes', ...whatIsThere(rule, line, null, context) }];
}

function whatIsThere(
  rule: Rule,
  line: OrderLine,
  index: number | null,
  context: ReviewContext,
): Omit<Judgement, 'rule' | 'line' | 'applies'> {
  const missingData = (rule.data ?? []).filter(({ path }) => !isStated(path, index, context));
  const { evidence } = rule;
  const nothing = { contradictions: [], missingData, unread: [] };
  if (!evidence) {
    const state = missingData.length > 0 ? 'wanted' : 'held';
    return { state: rule.data === undefined ? 'none' : state, ...nothing };
  }
  const papers = papersOf(evidence.kinds, line, index, context);
  const day = evidence.inForceOn === 'entry' ? context.entryOn : context.exportOn;
  const valid = papers.filter(
    ({ expiresOn }) => evidence.inForceOn === 'never' || expiresOn === undefined || expiresOn >= day,
  );
  if (valid.length === 0) {
    const expiredOn = papers[0]?.expiresOn;
    return { state: expiredOn ? 'expired' : 'wanted', expiredOn, ...nothing };
  }
  const read = valid.map((paper) => ({
    against: [...issuedTooLate(paper, day), ...contradictionsOf(evidence.verify, paper, line, context)],
    unread: evidence.verify.map(({ field }) => field).filter((field) => statedOn(paper, field) === undefined),
  }));
  const [best] = read.sort((a, b) => a.against.length - b.against.length || a.unread.length - b.unread.length);
  if (best && best.against.length > 0)
    return { state: 'contradicted', contradictions: best.against, missingData, unread: [] };
  return { ...nothing, state: missingData.length > 0 ? 'wanted' : 'held', unread: best?.unread ?? [] };
}

/** The papers that were handed in and those that the order names; for the whole order those of any line. */
function papersOf(
  kinds: readonly string[],
  line: OrderLine,
  index: number | null,
  { order, documents }: ReviewContext,
): Paper[] {
  const named = (index === null ? order.lines : [line]).flatMap(({ certificates }) => certificates);
  const handedIn = documents.filter(
    ({ lines }) => index === null || lines === undefined || lines.length === 0 || lines.includes(index + 1),
  );
  return [...named, ...handedIn].filter(({ kind }) => kinds.includes(kind));
}

/** A paper shows nothing for a day before it was issued. */
function issuedTooLate({ issuedOn }: Paper, day: CivilDate): Contradiction[] {
  return issuedOn === undefined || issuedOn <= day
    ? []
    : [{ field: 'issuedOn', expected: `issued on ${day} or before`, found: issuedOn }];
}

function contradictionsOf(
  verify: readonly { field: string; must: FieldCheck }[],
  paper: Paper,
  line: OrderLine,
  context: ReviewContext,
): Contradiction[] {
  return verify.flatMap(({ field, must }) => {
    const found = statedOn(paper, field);
    if (found === undefined) return [];
    const expected = expectedOf(must, found, paper, line, context);
    return expected === undefined ? [] : [{ field, expected, found }];
  });
}

/** What a paper says in a field; what every paper has, such as its number, it says beside its `fields`. */
function statedOn({ fields, number, holder, issuedOn, expiresOn }: Paper, field: string): string | undefined {
  const own: Partial<Record<string, string>> = { number, holder, issuedOn, expiresOn };
  const said = fields?.[field] ?? own[field];
  return said === undefined || said.trim() === '' ? undefined : said;
}

/** What should stand there instead; undefined where it agrees, or where only a person can tell. */
function expectedOf(
  must: FieldCheck,
  found: string,
  { issuedOn }: Paper,
  { productCode }: OrderLine,
  context: ReviewContext,
): string | undefined {
  switch (must) {
    case 'be-read':
      return undefined;
    case 'match-product-code':
      return productCode === undefined || coversModel(found, productCode) ? undefined : productCode;
    case 'name-the-importer':
      return unlessNamed(importerOf(context), found);
    case 'name-the-exporter':
      return unlessNamed(context.exporter ? [context.exporter.nameZh, context.exporter.nameEn] : [], found);
    case 'cover-the-destination':
      return coversDestination(found, context) ? undefined : context.order.destination.country;
    case 'be-a-recognised-laboratory':
      return unrecognisedSince(found, issuedOn ?? context.today, context);
  }
}

/** A series written with an x or an asterisk for what varies covers its models: `TL-1x` covers TL-12. */
function coversModel(found: string, productCode: string): boolean {
  const models = found.split(/[,;/、，；]/).map(plain);
  const wanted = plain(productCode);
  return models.some(
    (model) =>
      model === wanted ||
      (/[x*]/.test(model) &&
        model.length === wanted.length &&
        [...model].every((one, at) => 'x*'.includes(one) || one === wanted[at])),
  );
}

/** Under DDP the exporter imports, or names who does; else the buyer, or the consignee for it. */
function importerOf({ order, exporter }: ReviewContext): string[] {
  if (order.incoterm.rule !== 'DDP') return [order.buyer, order.consignee].flatMap((party) => party?.name ?? []);
  return exporter ? [exporter.nameZh, exporter.nameEn, order.buyer.name] : [];
}

function unlessNamed(names: readonly string[], found: string): string | undefined {
  const letters = (text: string) => plain(text).replace(/[^\p{Letter}\p{Number}]+/gu, '');
  const told = letters(found);
  return names.length === 0 || names.some((name) => told.includes(letters(name)) || letters(name).includes(told))
    ? undefined
    : names.join(' or ');
}

/** Territories are written as codes of countries, or as words that only a person can read. */
function coversDestination(found: string, { order, today, reference }: ReviewContext): boolean {
  const codes = found
    .split(/[^A-Z]+/)
    .filter((word) => reference.countries.some(({ alpha2 }) => alpha2 === word) || word === 'EU');
  const markets = marketsOf(order.destination, today, reference);
  return (
    codes.length === 0 || codes.includes(order.destination.country) || codes.some((code) => markets.includes(code))
  );
}

function unrecognisedSince(found: string, on: CivilDate, { reference }: ReviewContext): string | undefined {
  const laboratory = reference.laboratories.find(
    (one) => !one.recognised && isInForce(one, on) && one.names.some((name) => plain(found).includes(plain(name))),
  );
  return laboratory && `a laboratory recognised by ${laboratory.authority} on ${on}`;
}

/** Whether a field of the order is stated; `lines[].x` of the line in question, or of every line. */
function isStated(path: string, index: number | null, { order }: ReviewContext): boolean {
  if (!path.startsWith('lines[].')) return valueAt(order, path) !== undefined;
  const lines = index === null ? order.lines : order.lines.slice(index, index + 1);
  return lines.every((line) => valueAt(line, path.slice('lines[].'.length)) !== undefined);
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, name) =>
        typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
      value,
    );
}
