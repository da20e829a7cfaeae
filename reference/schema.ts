/** What each reference file may say. One schema a file; the types that rules import are inferred from them. */
import { z } from 'zod';
import { civilDateSchema } from '../rules/civil-date.ts';
import { channelMeanings } from '../rules/declaration/channels.ts';
import { compare, nonNegativeDecimalSchema, positiveDecimalSchema } from '../rules/money.ts';

const id = z.string().regex(/^[a-z0-9-]{2,60}$/);
const market = z.string().regex(/^[A-Z]{2}$/);
const hsPrefix = z.string().regex(/^\d{2,10}$/);
const words = z.string().min(1);

/** Where a value comes from and when it holds. Both ends count as in force; `effectiveTo: null` is open. */
export const provenanceSchema = z.strictObject({
  source: words,
  verifiedOn: civilDateSchema,
  effectiveFrom: civilDateSchema,
  effectiveTo: civilDateSchema.nullable(),
  /** The text of the law was not read: a person confirms before relying on it. */
  needsHumanConfirmation: z.boolean(),
});

const dated = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject({ ...provenanceSchema.shape, ...shape });

export const treatments = ['REFUND', 'EXEMPT', 'TAXED'] as const;
/** 退, 免, 征: a rate of zero does not say which, so each period states it. */
export type Treatment = (typeof treatments)[number];

/** Rebate of the goods under an HS prefix for exports of its period, by the export date on the declaration. Rates in %. */
export const rebateRateSchema = dated({
  hsPrefix,
  goods: words,
  vatRatePercent: nonNegativeDecimalSchema,
  rebateRatePercent: nonNegativeDecimalSchema,
  treatment: z.enum(treatments),
}).refine(
  (rate) => (rate.treatment === 'REFUND') === compare(rate.rebateRatePercent, '0') > 0,
  'a rate above zero goes with REFUND, and only with it',
);
export type RebateRate = z.infer<typeof rebateRateSchema>;

export const customsChannelSchema = dated({
  code: z.string().min(1).max(3),
  meaning: z.enum(channelMeanings),
  text: words,
  textZh: words,
});

const code = (digits: number) => z.string().regex(new RegExp(`^\\d{${digits}}$`));

export const unitSchema = dated({
  code: code(3),
  nameZh: words,
  kind: z.enum(['count', 'mass', 'length', 'area', 'volume', 'package', 'other']),
  /** One of it may be several pieces of different kinds: a set, a box. */
  severalTogether: z.literal(true).optional(),
  names: z.array(words),
});
export type Unit = z.infer<typeof unitSchema>;

export const transportModeSchema = dated({
  mode: z.enum(['sea', 'air', 'rail', 'road', 'post', 'express']),
  code: code(1),
  nameZh: words,
});
export const transactionModeSchema = dated({ incoterm: z.string().length(3), code: code(1) });
export const wrapKindSchema = dated({ code: code(2), nameZh: words, names: z.array(words) });

export const supervisionModeSchema = dated({
  code: code(4),
  nameZh: words,
  name: words,
  models: z.array(z.enum(['direct-mail', 'general-trade', 'bonded', 'overseas-warehouse'])),
  chosenFor: z.enum(['direct-mail', 'general-trade', 'bonded', 'overseas-warehouse']).optional(),
  refund: z.enum(['yes', 'exempt', 'none']),
  /** Nature of levy 征免性质. */
  levy: code(3),
  /** Most that one declaration may be worth, USD. */
  mostUsd: positiveDecimalSchema.optional(),
});
export type SupervisionMode = z.infer<typeof supervisionModeSchema>;

/** A paper of the document archive (备案单证); what the fields mean stands at the top of its file. */
export const archivePaperSchema = dated({
  id,
  order: z.number().int().min(1).max(90),
  nameZh: words,
  name: words,
  satisfiedBy: z.array(id).min(1),
  substitutes: z.array(id).default([]),
  owedBy: z.enum(['supplier', 'carrier', 'forwarder', 'broker', 'us']),
  owedFrom: z.enum(['order', 'filing', 'release', 'departure']),
  wanted: z.enum(['always', 'where-it-exists']).default('always'),
  condition: z.enum(['declared-by-broker', 'services-contracted']).optional(),
});
export type ArchivePaper = z.infer<typeof archivePaperSchema>;

export const declarationElementsSchema = dated({ hsPrefix, elements: z.array(z.array(words).min(1)).min(1) });

export const genericNamesSchema = dated({ id, words: z.array(words).min(1) });
export const euMemberSchema = dated({ country: market });
export const countrySchema = dated({ alpha2: market, alpha3: z.string().regex(/^[A-Z]{3}$/) });
