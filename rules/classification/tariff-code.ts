import { z } from 'zod';
import { civilDateSchema } from '../civil-date.ts';
import type { TariffCode } from '../compliance/review-context.ts';
import { nonNegativeDecimalSchema } from '../money.ts';

const percent = nonNegativeDecimalSchema.nullable();

/** A code of the ten-digit table as it is kept: rates in percent, null where the table says nothing. */
export const tariffCodeSchema: z.ZodType<TariffCode> = z.strictObject({
  code: z.string().regex(/^\d{10}$/, 'the table is one of ten-digit codes; a shorter one is not filled up'),
  nameZh: z.string().min(1).max(500),
  units: z.array(z.string().min(1).max(20)).max(2),
  elements: z.array(z.string().min(1).max(200)).max(60),
  vatRatePercent: percent,
  rebateRatePercent: percent,
  next: z.strictObject({ rebateRatePercent: nonNegativeDecimalSchema, from: civilDateSchema }).optional(),
  supervision: z.string().max(60).nullable(),
});
