/** An organisation's settings as a person hands them in, and as they are shown: the logo by its hash, since the picture itself is long. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { z } from 'zod';
import {
  bankDetailsSchema,
  type Logo,
  letterheadSchema,
  line,
  logoSchema,
  signatorySchema,
} from './documents/stationery.ts';
import type { FieldError } from './field-errors.ts';
import { compare, nonNegativeDecimalSchema } from './money.ts';
import { type Settings, settingsSchema } from './settings.ts';

/** A logo without its picture. */
const logoShape = {
  mediaType: logoSchema.shape.mediaType,
  base64: z
    .string()
    .optional()
    .describe('The bytes of the picture. Absent: a logo that was saved before is meant, by its hash.'),
  sizeBytes: z.number().int().min(1).optional().describe('Of the picture, in bytes.'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'a SHA-256 is 64 small hexadecimal digits')
    .optional()
    .describe('SHA-256 of the picture, in hex.'),
};

const logoSentSchema = z.strictObject(logoShape).superRefine(({ mediaType, base64, sha256: named }, context) => {
  if (base64 === undefined && named === undefined)
    return context.addIssue({
      ...{ code: 'custom', path: ['base64'] },
      message: 'is missing: give the picture in base64, or the sha256 of a logo that was saved before',
    });
  if (base64 === undefined) return;
  const { error } = logoSchema.safeParse({ mediaType, base64 });
  for (const { message, path } of error?.issues ?? []) context.addIssue({ code: 'custom', path: [...path], message });
  if (!error && named !== undefined && named !== shownLogo({ mediaType, base64 }).sha256)
    context.addIssue({
      ...{ code: 'custom', path: ['sha256'] },
      message: 'is the hash of another picture than base64 holds: leave one of them out',
    });
});

const exporterSentSchema = z.strictObject({
  nameZh: line(140),
  nameEn: line(140),
  taxId: z
    .string()
    .regex(
      /^[0-9A-HJ-NP-RT-UW-Y]{18}$/,
      'a 统一社会信用代码 has 18 digits and capital letters, without I, O, S, V and Z',
    ),
  customsCode: z.string().regex(/^[0-9A-Z]{10}$/, 'a customs code has 10 digits or capital letters'),
  address: line(200),
  letterhead: letterheadSchema.extend({ logo: logoSentSchema.optional() }).optional(),
  bank: bankDetailsSchema.optional(),
  signatory: signatorySchema.optional(),
});

const { numbering, category, declareDaysBeforeExport, claimBeforeReceipt, screening } = settingsSchema.shape;

/**
 * Settings as they are handed in: the whole, so that nothing of another person's stays by accident. What is left out takes its
 * default, but for who the exporter is: the default company would stand on the papers of a real one.
 */
export const settingsSentSchema = z.strictObject({
  exporter: exporterSentSchema,
  ...{ numbering, category, declareDaysBeforeExport, claimBeforeReceipt },
  chargesBand: z
    .strictObject({
      amount: nonNegativeDecimalSchema.default('50'),
      share: nonNegativeDecimalSchema
        .refine((share) => compare(share, '1') <= 0, 'a share is at most 1 (0.003 for 0.3 %)')
        .default('0.003'),
    })
    .prefault({}),
  exchangeCostBand: z
    .strictObject({
      least: nonNegativeDecimalSchema.default('5'),
      most: nonNegativeDecimalSchema.default('8'),
    })
    .refine(({ least, most }) => compare(least, most) <= 0, 'least is at most most')
    .prefault({}),
  screening: screening.unwrap().strict().prefault({}),
});
/** Settings as they were handed in, defaults filled in. */
export type SettingsSent = z.infer<typeof settingsSentSchema>;

/** Settings as they are shown: the logo by type, size and hash, and whole where that was asked for. */
export const settingsShownSchema = settingsSchema.extend({
  exporter: settingsSchema.shape.exporter.unwrap().extend({
    letterhead: letterheadSchema.extend({ logo: z.object(logoShape).optional() }).optional(),
  }),
});
export type SettingsShown = z.infer<typeof settingsShownSchema>;

/** Type, size and hash of a logo. */
export function shownLogo({ mediaType, base64 }: Logo): {
  mediaType: Logo['mediaType'];
  sizeBytes: number;
  sha256: string;
} {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return { mediaType, sizeBytes: bytes.length, sha256: bytesToHex(sha256(bytes)) };
}

/** The settings as they are shown; with `whole` the picture of the logo as well. */
export function shownSettings(settings: Settings, whole: boolean): SettingsShown {
  const { letterhead, ...exporter } = settings.exporter;
  if (!letterhead) return settings;
  const { logo, ...head } = letterhead;
  const shown = logo && { ...shownLogo(logo), ...(whole ? { base64: logo.base64 } : {}) };
  return { ...settings, exporter: { ...exporter, letterhead: { ...head, ...(shown ? { logo: shown } : {}) } } };
}

/** The settings to keep: a logo that was named by its hash is one of those that were saved before. Errors where none of them is. */
export function settingsToKeep(
  { exporter, ...sent }: SettingsSent,
  known: readonly Logo[],
): { settings: Settings } | { errors: FieldError[] } {
  const { letterhead, ...company } = exporter;
  if (!letterhead) return { settings: { ...sent, exporter: company } };
  const { logo: named, ...head } = letterhead;
  const logo = named && wholeLogo(named, known);
  if (named && !logo)
    return {
      errors: [
        {
          field: 'settings.exporter.letterhead.logo.sha256',
          message: 'is no logo that was saved here before: give the picture itself in base64',
        },
      ],
    };
  return { settings: { ...sent, exporter: { ...company, letterhead: { ...head, ...(logo ? { logo } : {}) } } } };
}

function wholeLogo({ mediaType, base64, sha256: hash }: z.infer<typeof logoSentSchema>, known: readonly Logo[]) {
  if (base64 !== undefined) return { mediaType, base64 };
  return known.find((logo) => logo.mediaType === mediaType && shownLogo(logo).sha256 === hash);
}
