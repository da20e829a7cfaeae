/** Exchange rates as a person or an address states them: `EUR/USD=1.08`. */
import { z } from 'zod';
import type { CivilDate } from '../civil-date.ts';
import { currencySchema, positiveDecimalSchema } from '../money.ts';
import type { ExchangeRate } from './exchange.ts';

const partsSchema = z.object({ from: currencySchema, to: currencySchema, rate: positiveDecimalSchema });

const statedRateSchema = z
  .string()
  .regex(/^[A-Z]{3}\/[A-Z]{3}=[0-9.]{1,24}$/, {
    error: 'write a rate as EUR/USD=1.08: one EUR is worth 1.08 USD',
    abort: true,
  })
  .superRefine((text, context) => {
    for (const { message } of partsSchema.safeParse(partsOf(text)).error?.issues ?? [])
      context.addIssue({ code: 'custom', message });
  });

/** Rates in words, each pair once. */
export const statedRatesSchema = z
  .array(statedRateSchema)
  .max(20, 'at most 20 rates')
  .refine(
    (stated) => new Set(stated.map((text) => text.split('=')[0])).size === stated.length,
    'two rates are given for one pair of currencies: give one',
  );

/**
 * The rates that were stated, said to be of a day.
 * @throws ZodError when they came past {@link statedRatesSchema}
 */
export function ratesStated(stated: readonly string[], asOf: CivilDate): ExchangeRate[] {
  return stated.map((text) => ({ ...partsSchema.parse(partsOf(text)), asOf }));
}

function partsOf(text: string) {
  const [pair = '', rate = ''] = text.split('=');
  const [from = '', to = ''] = pair.split('/');
  return { from, to, rate };
}
