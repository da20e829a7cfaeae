import { z } from 'zod';
import { numberingSchema } from './documents/numbers.ts';
import { bankDetailsSchema, letterheadSchema, signatorySchema } from './documents/stationery.ts';
import { compare, decimalSchema } from './money.ts';

const likenessSchema = decimalSchema.refine((likeness) => compare(likeness, '1') <= 0, 'a likeness is at most 1');

/**
 * At `reviewFrom` and above a person compares, wherever the party is. From `reviewWithCountryFrom` up to it a person
 * compares unless both countries are known and differ: below the one nothing is asked, above it nothing is cleared unasked.
 */
const screeningThresholdsSchema = z
  .object({
    reviewFrom: likenessSchema.default('0.85'),
    reviewWithCountryFrom: likenessSchema.default('0.80'),
  })
  .refine(
    ({ reviewFrom, reviewWithCountryFrom }) => compare(reviewWithCountryFrom, reviewFrom) <= 0,
    'reviewWithCountryFrom is at most reviewFrom',
  );
export type ScreeningThresholds = z.infer<typeof screeningThresholdsSchema>;

/** What an organisation has decided about itself; every field has a default, so an empty object is complete. */
export const settingsSchema = z.object({
  exporter: z
    .object({
      nameZh: z.string().default('示例进出口有限公司'),
      nameEn: z.string().default('Example Import & Export Co., Ltd.'),
      /** 统一社会信用代码, 18 characters. */
      taxId: z.string().default('91330200MA0000000X'),
      /** Customs code, 10 digits. */
      customsCode: z.string().default('3302960000'),
      address: z.string().default('宁波市鄞州区'),
      /** Head of the papers; absent, they carry the exporter's names and address. */
      letterhead: letterheadSchema.optional(),
      /** Account that invoice and contract ask the buyer to pay to. */
      bank: bankDetailsSchema.optional(),
      /** Who signs and stamps, and where. */
      signatory: signatorySchema.optional(),
    })
    .prefault({}),
  /** How the organisation numbers its papers, by kind. */
  numbering: numberingSchema.prefault({}),
  /** Tax bureau's category of the enterprise, 1 best to 4. */
  category: z.number().int().min(1).max(4).default(2),
  /** The declaration is filed so many days before the planned export. */
  declareDaysBeforeExport: z.number().int().min(0).max(30).default(3),
  /** Claim the refund before the buyer's money is in: the FX clock then outlives the refund. */
  claimBeforeReceipt: z.boolean().default(false),
  /** Bank charges that a short receipt may show: the greater of an amount in USD and a share of the instalment. */
  chargesBand: z.object({ amount: decimalSchema.default('50'), share: decimalSchema.default('0.003') }).prefault({}),
  /** Exchange cost (CNY per USD of FOB) inside which the bureau asks nothing. */
  exchangeCostBand: z.object({ least: decimalSchema.default('5'), most: decimalSchema.default('8') }).prefault({}),
  /** How alike a party's name and a listed one must be, 0 to 1, before a person compares them. */
  screening: screeningThresholdsSchema.prefault({}),
});
/** An organisation's settings, defaults filled in. */
export type Settings = z.infer<typeof settingsSchema>;
