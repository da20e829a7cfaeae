/** What the files on trade remedies, duties, low values, taxes at import and trade agreements may say. */
import { z } from 'zod';
import { currencySchema, nonNegativeDecimalSchema, positiveDecimalSchema } from '../rules/money.ts';
import { conditionSchema } from './rule-schema.ts';
import { provenanceSchema } from './schema.ts';

const words = z.string().trim().min(1);
const id = z.string().regex(/^[a-z0-9-]{2,60}$/, 'an id is small letters, digits and hyphens');
const country = z.string().regex(/^[A-Z]{2}$/, 'a country is two capital letters');
const tariffPrefix = z.string().regex(/^\d{4,11}$/, 'a tariff prefix is 4 to 11 digits');
const dated = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject({ ...provenanceSchema.shape, ...shape });

/** Benchmark of a duty rate, in percent of the customs value: the lowest and the highest that is known. */
const rateRangeSchema = z.strictObject({ low: nonNegativeDecimalSchema, high: nonNegativeDecimalSchema });

/** A question on the written scope. `inScopeIf` is the answer that keeps the goods inside; the other one takes them out. */
const scopeQuestionSchema = z.strictObject({
  id: id.max(60),
  question: words,
  inScopeIf: z.boolean(),
  /** Attributes of the goods that answer it, where they are stated. */
  answeredBy: conditionSchema.optional(),
});

/** An anti-dumping or countervailing order: the product that its written scope describes, and how to come upon it. */
export const tradeRemedyCaseSchema = dated({
  /** The anti-dumping number, which names the pair: A-570-890. */
  id: z.string().regex(/^A-\d{3}-\d{3}$/, 'a case is A, country and sequence: A-570-890'),
  countervailingCase: z
    .string()
    .regex(/^C-\d{3}-\d{3}$/)
    .nullable(),
  /** Whose order it is. */
  market: country,
  product: words,
  origin: country,
  /** Other countries whose goods of this kind are asked for a certification. */
  certificationFrom: z.array(country).default([]),
  /** Codes under which the goods come; leads only, the written scope decides. `was` is the code before a renumbering. */
  leads: z.array(z.strictObject({ prefix: tariffPrefix, was: words.optional() })).min(1),
  /** Names in the trade that lead here whatever the code says, English or Chinese, small letters. */
  names: z.array(words).default([]),
  questions: z.array(scopeQuestionSchema).min(2),
  exclusions: words,
  /** China-wide benchmark. Null: not known here, look up. Deposits are by maker and exporter, and change with each review. */
  antiDumpingPercent: rateRangeSchema.nullable(),
  countervailingPercent: rateRangeSchema.nullable(),
  /** Orders and reviews as the Federal Register has them, and what of it is unchecked. */
  evidence: words,
});
export type TradeRemedyCase = z.infer<typeof tradeRemedyCaseSchema>;

/** Base rate (column 1 general) of the goods under a code, in percent of the customs value. */
export const baseDutySchema = dated({
  market: country,
  hsPrefix: tariffPrefix,
  goods: words,
  ratePercent: nonNegativeDecimalSchema,
});

/** Goods that a market takes no customs duty on, by chapter, whatever their origin. */
export const dutyFreeSchema = dated({
  market: country,
  name: words,
  fromChapter: z.number().int().min(1).max(97),
  toChapter: z.number().int().min(1).max(97),
  /** Codes inside those chapters that are not free, or not known to be. */
  except: z.array(z.string().regex(/^\d{2,8}$/)),
});

/** An additional duty: for whose goods, what it means that a code is not on its table, and what suppresses it. */
export const dutyLayerSchema = dated({
  id,
  market: country,
  name: words,
  /** Countries of origin that it falls on; null: all. */
  origins: z.array(country).min(1).nullable(),
  /** none: the table is whole; look-up: it is not, so the layer is not known; a rate: falls on every code that is not listed. */
  otherwise: z.union([z.literal('none'), z.literal('look-up'), nonNegativeDecimalSchema]),
  /** Chapter 99 heading for a code that is not listed. */
  heading: z
    .string()
    .regex(/^99\d\d\.\d\d\.\d\d$/)
    .nullable(),
  /** Goods of chapters whose codes nobody looked up yet: the layer is not known for them, though otherwise is none. */
  lookUpPrefixes: z.array(z.string().regex(/^\d{2,4}$/)).default([]),
  /** Goods with at most this share of metal in their weight are outside of it, in percent; null: metal plays no part. */
  outUpToMetalPercent: z.number().min(0).max(100).nullable(),
  /** Layers of which any on the same line takes this one off, and the heading that says so. */
  suppressedBy: z.strictObject({ layers: z.array(id).min(1), heading: words }).optional(),
  /** Place among the chapter 99 lines of the entry, from 1. */
  reportedAs: z.number().int().min(1),
  note: words.optional(),
});
export type DutyLayer = z.infer<typeof dutyLayerSchema>;

/** What a layer is for one code: the longest prefix wins. A rate of zero: looked at, and not on the layer's list. */
export const layerRateSchema = dated({
  market: country,
  layer: id,
  hsPrefix: tariffPrefix,
  ratePercent: nonNegativeDecimalSchema,
  heading: z
    .string()
    .regex(/^99\d\d\.\d\d\.\d\d$/)
    .nullable(),
  goods: words,
});

/** A fee on the whole entry. Null bounds: they exist and are not known for these days. */
export const entryFeeSchema = dated({
  id,
  market: country,
  name: words,
  ratePercent: positiveDecimalSchema,
  minimum: nonNegativeDecimalSchema.nullable(),
  maximum: nonNegativeDecimalSchema.nullable(),
  bounded: z.boolean(),
  /** Customs value, in {@link currency}, below which the entry is usually another one with another fee. Null: none. */
  usualFromValue: positiveDecimalSchema.nullable().default(null),
  currency: currencySchema,
  seaOnly: z.boolean(),
});
export type EntryFee = z.infer<typeof entryFeeSchema>;

/** Duty and tax on consignments of low value. A most value of null: there is no relief at all. */
export const lowValueRuleSchema = dated({
  id,
  market: country,
  /** Highest value of a consignment that the rule speaks of; null: whatever the value, the relief is gone. */
  mostValue: z.strictObject({ amount: positiveDecimalSchema, currency: currencySchema }).nullable(),
  /** Only goods sold to consumers at a distance. */
  consumersOnly: z.boolean().default(false),
  /** Goods of these origins only; null: all. */
  origins: z.array(country).min(1).nullable().default(null),
  duty: z.enum(['none', 'per-tariff-line', 'due']),
  /** With per-tariff-line: the amount for each distinct one. */
  perTariffLine: z.strictObject({ amount: positiveDecimalSchema, currency: currencySchema }).optional(),
  /** Who takes the tax: the seller or platform at the sale, customs at import, or nobody. */
  tax: z.enum(['at-sale', 'at-import', 'none']),
  rule: words,
})
  .refine(
    (row) => (row.duty === 'per-tariff-line') === (row.perTariffLine !== undefined),
    'perTariffLine goes with duty: per-tariff-line',
  )
  .refine((row) => row.duty === 'due' || row.mostValue !== null, 'a relief says up to which value');
export type LowValueRule = z.infer<typeof lowValueRuleSchema>;

/** Handling fees on parcels: whether they are charged is said apart from what they are expected to be. */
export const parcelFeeSchema = dated({
  id,
  market: country,
  name: words,
  amount: z.strictObject({ amount: positiveDecimalSchema, currency: currencySchema }),
  charged: z.enum(['yes', 'not-verified']),
});

/** Value-added or sales tax at import at the standard rate, and on which value the country counts duty. Null: no such tax. */
export const importTaxSchema = dated({
  country,
  name: words,
  ratePercent: nonNegativeDecimalSchema.nullable(),
  /** FOB: freight and insurance to the border are not in the customs value; CIF: they are. */
  customsValue: z.enum(['FOB', 'CIF']),
  note: words.optional(),
});
export type ImportTax = z.infer<typeof importTaxSchema>;

export const originCriteria = [
  'wholly-obtained',
  'originating-materials',
  'heading-change',
  'value-content',
  'direct-consignment',
] as const;
export type OriginCriterion = (typeof originCriteria)[number];

/** A free-trade agreement of China: with whom, how origin is decided, and the paper that shows it. */
export const tradeAgreementSchema = dated({
  id,
  name: words,
  nameZh: words,
  /** Partners, each from the day that the agreement binds it. */
  members: z.array(z.strictObject({ country, since: provenanceSchema.shape.effectiveFrom })).min(1),
  certificate: z.strictObject({
    kind: id,
    name: words,
    issuer: words,
    validMonths: z.number().int().min(1).nullable(),
  }),
  /** Any one of the criteria gives origin, all goods travel direct. Annexes of product rules may ask for more. */
  questions: z
    .array(
      z.strictObject({
        criterion: z.enum(originCriteria),
        question: words,
        /** Least share of regional value, in percent of FOB. */
        leastPercent: positiveDecimalSchema.optional(),
      }),
    )
    .min(2),
  productRules: words,
  /** Preferential rates where known; a code that is not here is looked up in the partner's schedule. */
  rates: z
    .array(
      z.strictObject({
        country,
        hsPrefix: tariffPrefix,
        ratePercent: nonNegativeDecimalSchema,
        generalPercent: nonNegativeDecimalSchema,
      }),
    )
    .default([]),
});
export type TradeAgreement = z.infer<typeof tradeAgreementSchema>;
