/**
 * What a rule of the book may say: for which goods it speaks, which paper or data it wants, what must stand on the paper,
 * how serious it is without, and the law behind it. One file a rule, reference/rules/<room>/<id>.yaml.
 */
import { z } from 'zod';
import { type CivilDate, civilDateSchema } from '../rules/civil-date.ts';
import { findingKinds, findingSchema } from '../rules/finding.ts';
import { materials, orderSchema, type ProductAttributes, productAttributesSchema } from '../rules/order/order.ts';
import { provenanceSchema } from './schema.ts';

const words = z.string().trim().min(1);
const hsPrefix = z.string().regex(/^\d{2,10}$/, 'an HS prefix is 2 to 10 digits');
type AttributeOf<Value> = {
  [Name in keyof ProductAttributes]-?: NonNullable<ProductAttributes[Name]> extends Value ? Name : never;
}[keyof ProductAttributes];

const attributesThatAre = <Value>(type: typeof z.ZodBoolean | typeof z.ZodNumber) =>
  z.enum(
    Object.entries(productAttributesSchema.shape).flatMap(([name, schema]) =>
      schema.unwrap() instanceof type ? [name as AttributeOf<Value>] : [],
    ) as [AttributeOf<Value>, ...AttributeOf<Value>[]],
  );

/** A condition on one line of an order; on what is not stated it answers neither yes nor no. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  /** Speaks of all goods. It says nothing about a good in particular, and so does not count as knowing it. */
  | { always: true }
  | { attribute: AttributeOf<boolean>; is: boolean }
  | { attribute: AttributeOf<number>; atMost: number }
  | { attribute: AttributeOf<number>; atLeast: number }
  | { materials: (typeof materials)[number][] }
  /** Only where the law itself goes by the code. Elsewhere a code suggests and does not decide. */
  | { hsCode: string[] }
  | { transport: z.infer<typeof orderSchema>['transport']['mode'][] }
  | { incoterm: z.infer<typeof orderSchema>['incoterm']['rule'][] }
  | { model: z.infer<typeof orderSchema>['model'][] };

const order = orderSchema.shape;
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union(
    [
      z.strictObject({ all: z.array(conditionSchema).min(1) }),
      z.strictObject({ any: z.array(conditionSchema).min(1) }),
      z.strictObject({ not: conditionSchema }),
      z.strictObject({ always: z.literal(true) }),
      z.strictObject({ attribute: attributesThatAre<boolean>(z.ZodBoolean), is: z.boolean() }),
      z.strictObject({ attribute: attributesThatAre<number>(z.ZodNumber), atMost: z.number() }),
      z.strictObject({ attribute: attributesThatAre<number>(z.ZodNumber), atLeast: z.number() }),
      z.strictObject({ materials: z.array(z.enum(materials)).min(1) }),
      z.strictObject({ hsCode: z.array(hsPrefix).min(1) }),
      z.strictObject({ transport: z.array(order.transport.shape.mode).min(1) }),
      z.strictObject({ incoterm: z.array(order.incoterm.shape.rule).min(1) }),
      z.strictObject({ model: z.array(order.model).min(1) }),
    ],
    {
      error:
        'a condition is one of: all, any, not, always, attribute with is | atMost | atLeast, materials, hsCode, transport, incoterm, model',
    },
  ),
);

/** What must hold of a field that stands on a paper. */
export const fieldChecks = [
  /** A person reads it; nothing here can hold it against anything. */
  'be-read',
  /** The product code of the line, or a series that covers it. */
  'match-product-code',
  /** The importer of record: the buyer, or the exporter under DDP. */
  'name-the-importer',
  /** The exporter. */
  'name-the-exporter',
  'cover-the-destination',
  /** A laboratory that the authority recognised on the day of issue. */
  'be-a-recognised-laboratory',
] as const;
export type FieldCheck = (typeof fieldChecks)[number];

export const evidenceSchema = z.strictObject({
  /** Kinds of papers of which one suffices; the first is asked for. */
  kinds: z.array(z.string().regex(/^[a-z0-9-]{2,60}$/)).min(1),
  /** What the paper is called in the trade. */
  name: words,
  /** Who must hold it, in words. */
  holder: words,
  /** The day on which the law wants it in force; never: it does not run out. */
  inForceOn: z.enum(['export', 'entry', 'never']),
  verify: z
    .array(z.strictObject({ field: z.string().regex(/^[a-z][A-Za-z0-9]{1,40}$/), must: z.enum(fieldChecks) }))
    .min(1),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** What somebody reads who meets the rule for the first time. */
export const rulePageSchema = z.strictObject({
  wants: words,
  why: words,
  /** How to get the paper, step by step, in one paragraph. */
  how: words,
  /** Calendar days from asking to holding it; null where there is nothing to get. */
  days: z.strictObject({ least: z.number().int().min(0), most: z.number().int().min(0) }).nullable(),
  /** What it usually costs, in words, or that it is not known. */
  cost: words,
});

const ruleFields = {
  id: z.string().regex(/^[a-z0-9-]{2,60}$/, 'an id is small letters, digits and hyphens'),
  /** Markets whose entry it governs (ISO countries, EU, NI); CN: leaving China, wherever the goods go. */
  markets: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
  title: words,
  kind: z.enum(findingKinds).default('certificate'),
  /** Looked at for every line of goods, or once for the order. */
  per: z.enum(['line', 'order']).default('line'),
  when: conditionSchema,
  /** HS prefixes that make the review ask for attributes that the order leaves out. */
  suggestedBy: z.array(hsPrefix).default([]),
  /** The paper; with neither paper nor data, that the rule applies is the finding. */
  evidence: evidenceSchema.optional(),
  /** Fields of the order that must be stated, for example `transport.stuffingPlace`, `lines[].supplier.place`. */
  data: z.array(z.strictObject({ path: z.string().regex(/^[a-zA-Z.[\]]+$/), name: words })).optional(),
  severity: findingSchema.shape.severity,
  due: findingSchema.shape.due,
  law: words,
  remedy: words,
  page: rulePageSchema,
};

const stretch = { ...provenanceSchema.shape, ...ruleFields };
/** The rule as it is in force over one stretch of days. */
export const ruleSchema = z.strictObject(stretch).superRefine((rule, context) => {
  const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (rule.effectiveTo !== null && rule.effectiveTo < rule.effectiveFrom)
    issue('effectiveTo', `ends on ${rule.effectiveTo}, before it begins on ${rule.effectiveFrom}`);
  if (rule.page.days && rule.page.days.most < rule.page.days.least) issue('page', 'days.most is below days.least');
});
export type Rule = z.infer<typeof ruleSchema>;

/** Without defaults: what a version leaves out is what the file says, not what a rule says that leaves it out. */
const ruleVersionSchema = z
  .strictObject({
    ...stretch,
    id: z.never().optional(),
    markets: z.never().optional(),
    kind: ruleFields.kind.removeDefault(),
    per: ruleFields.per.removeDefault(),
    suggestedBy: ruleFields.suggestedBy.removeDefault(),
  })
  .partial()
  .required({ effectiveFrom: true, effectiveTo: true });

/**
 * A file of the book. A rule that changes on a day has `versions`: each says from when to when, and what differs from the
 * file's own words in that time.
 */
export const ruleFileSchema = z.looseObject({ versions: z.array(ruleVersionSchema).min(1).optional() });

/** A laboratory whose recognition by an authority ended or began: certificates count by the day of issue. */
export const laboratorySchema = z.strictObject({
  ...provenanceSchema.shape,
  id: words,
  names: z.array(words).min(1),
  authority: words,
  recognised: z.boolean(),
});
export type Laboratory = z.infer<typeof laboratorySchema>;

/** One case of a rule, as an officer would write it: the order's relevant part and what the rule says. */
export const ruleCaseSchema = z.strictObject({
  name: words,
  /** Destination; for rules of leaving China any will do. */
  to: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  region: z.enum(['northern-ireland']).optional(),
  hsCode: z
    .string()
    .regex(/^(\d{6}|\d{8}|\d{10})$/)
    .optional(),
  productCode: words.optional(),
  attributes: productAttributesSchema.default({}),
  /** Other parts of the order, laid over a complete one. */
  order: z.record(z.string(), z.unknown()).default({}),
  papers: z.array(z.strictObject({ kind: words }).catchall(z.unknown())).default([]),
  /** The day of export; of entry too, where {@link entryOn} says no other. */
  asOf: civilDateSchema.default('2026-11-24' as CivilDate),
  entryOn: civilDateSchema.optional(),
  /** Severity of what it finds; ask: the order does not say whether it applies; fine: it finds nothing. */
  expect: z.enum(['block', 'warn', 'info', 'ask', 'fine']),
});
export type RuleCase = z.infer<typeof ruleCaseSchema>;
