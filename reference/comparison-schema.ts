/** What the data about papers says: which papers there are, which of their fields must agree and how, and what to do where they do not. */
import { z } from 'zod';
import { nonNegativeDecimalSchema } from '../rules/money.ts';
import { provenanceSchema } from './schema.ts';

const words = z.string().trim().min(1);
const id = z.string().regex(/^[a-z0-9-]{2,60}$/, 'an id is small letters, digits and hyphens');
const dated = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject({ ...provenanceSchema.shape, ...shape });

/** Stages of a shipment by what mending a paper costs: nothing is filed, filed, goods released, refund claimed. */
export const comparisonStages = ['before-filing', 'filed', 'released', 'claimed'] as const;
export type ComparisonStage = (typeof comparisonStages)[number];

/** Who can mend a paper. `handed-in`: of a kind that is ours to make, but somebody handed it in. */
export const issuers = [
  'us',
  'handed-in',
  'supplier',
  'buyer',
  'carrier',
  'forwarder',
  'authority',
  'customs',
] as const;

/**
 * A kind of paper, the family under which rows may name it, and who can mend it. `lines`: `whole` states every line of the
 * shipment, `part` may state some of them, or be one of several; `loose` describes goods in its own words, and a line that is
 * not found there is no difference; `none` has no goods.
 */
export const comparedKindSchema = dated({
  kind: id,
  name: words,
  family: id,
  lines: z.enum(['whole', 'part', 'loose', 'none']),
  issuer: z.enum(issuers),
});
export type ComparedKind = z.infer<typeof comparedKindSchema>;

/**
 * Ways to agree. Texts: `equal` (case, width and spaces apart), `equal-name` (and punctuation, labels, words of one meaning),
 * `equal-goods` (and one or several in English: mug, mugs), `equal-company` (and forms of firms), `name-within` (one may say
 * more), `same-code` (as far as both go), `as-set` (marks in any order, on one line or several), `same-place`, `same-country`,
 * `same-transaction-mode` (DAP is declared as CIF). Figures: `within` a tolerance, `equal-after-unit-conversion`, `not-above`,
 * `not-below`, `net` (what several papers ask together), `net-or-with-vat`, `changes-fob`. Units: `convertible-unit`,
 * `declared-unit`. Sets: `listed-alike` (the set on both, or its parts on both). Dates: `not-before`. Inside one paper:
 * `not-above`, `product`, `sum-of-lines`.
 */
export const comparisonHows = [
  'equal',
  'equal-name',
  'equal-goods',
  'equal-company',
  'name-within',
  'same-code',
  'as-set',
  'same-place',
  'same-country',
  'same-transaction-mode',
  'within',
  'equal-after-unit-conversion',
  'not-above',
  'not-below',
  'net',
  'net-or-with-vat',
  'changes-fob',
  'convertible-unit',
  'declared-unit',
  'listed-alike',
  'not-before',
  'product',
  'sum-of-lines',
] as const;
export type ComparisonHow = (typeof comparisonHows)[number];

/** The greater of them is allowed: so much, such a share of the first side, so many of the currency's smallest units. */
export const toleranceSchema = z.strictObject({
  absolute: nonNegativeDecimalSchema.optional(),
  relative: nonNegativeDecimalSchema.optional(),
  minorUnits: z.number().int().min(1).max(100).optional(),
});
export type Tolerance = z.infer<typeof toleranceSchema>;

const remedies = z.strictObject(
  Object.fromEntries(comparisonStages.map((stage) => [stage, words.optional()])) as Record<
    ComparisonStage,
    z.ZodOptional<typeof words>
  >,
);

/**
 * One agreement. The first paper of `one` that states the field is what every paper of `other` is held against; both name kinds
 * or families. `within`: both sides are one paper, `one` is left out. `than`: the fields that `field` is held against there.
 */
export const comparisonRowSchema = dated({
  id,
  /** Id that its findings bear, told in rules/checks.yaml. */
  rule: id,
  title: words,
  scope: z.enum(['document', 'line', 'within', 'within-line']),
  one: z.array(id).default([]),
  other: z.array(id).min(1),
  field: words,
  than: z.array(words).default([]),
  how: z.enum(comparisonHows),
  tolerance: toleranceSchema.optional(),
  /** Several papers of one kind, each under a number of its own, are held against the first side by what they come to. */
  together: z.literal(true).optional(),
  /** Holds between a set on one paper and its parts on the other too: they bear one brand, and together cost and weigh what the set does. */
  ofParts: z.literal(true).optional(),
  /** Rows about lines: where a whole is what its lines come to, and they told of one of its lines, nothing is told of the whole. */
  followsFrom: z.array(id).default([]),
  /** What is written behind the figures, where they are more than a number. */
  measure: z.enum(['kg', 'packages', 'money', 'unit']).optional(),
  /** VAT that a purchase price or total may contain, %. */
  vatRatesPercent: z.array(nonNegativeDecimalSchema).optional(),
  severity: z.enum(['block', 'warn', 'info']),
  /** Instead of what is told for the paper's issuer. */
  remedies: remedies.optional(),
}).refine((row) => row.scope.startsWith('within') === (row.one.length === 0), {
  path: ['one'],
  message: 'name the first side, or leave it out where both sides are one paper',
});
export type ComparisonRow = z.infer<typeof comparisonRowSchema>;

/** What costs least where a paper of that issuer differs at that stage. */
export const comparisonRemedySchema = dated({
  issuer: z.enum(issuers),
  stage: z.enum(comparisonStages),
  does: z.enum(['amend-ours', 'ask-to-reissue', 'amend-declaration', 'explain']),
  text: words,
});
export type ComparisonRemedy = z.infer<typeof comparisonRemedySchema>;

/** A place under the names that papers write for it, its UN/LOCODEs among them. */
export const namedPlaceSchema = dated({ names: z.array(words).min(1) });

/** Ways to write one word of trade: RMB is CNY, C&F is CFR. */
export const sameWordSchema = dated({ word: words, also: z.array(words).min(1) });

/** A word by which a name says what it is: several pieces together (套装, kit), the sum of the lines (合计), a label (型号). */
export const nameWordSchema = dated({ word: words });

/** Names of a country beside its letters and its usual name in English and Chinese. */
export const countryNamesSchema = dated({ alpha2: z.string().regex(/^[A-Z]{2}$/), names: z.array(words).min(1) });
