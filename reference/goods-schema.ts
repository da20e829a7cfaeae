/** What the data about prices, weights, brands and packing may say: the measures that an order is held against. */
import { z } from 'zod';
import { findingSchema } from '../rules/finding.ts';
import { compare, currencySchema, positiveDecimalSchema } from '../rules/money.ts';
import { orderSchema } from '../rules/order/order.ts';
import { provenanceSchema } from './schema.ts';

const words = z.string().trim().min(1);
const id = z.string().regex(/^[a-z0-9-]{2,60}$/, 'an id is small letters, digits and hyphens');
const hsPrefix = z.string().regex(/^\d{2,10}$/, 'an HS prefix is 2 to 10 digits');
const unitCode = z.string().regex(/^\d{3}$/, 'a customs unit has three digits');
const transport = orderSchema.shape.transport.shape.mode;

const dated = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject({ ...provenanceSchema.shape, ...shape });

/** How much of a base unit one customs unit is: 吨 is 1,000 kg, 打 is 12 pieces. A unit that is not here converts to no other. */
export const unitFactorSchema = dated({
  code: unitCode,
  base: z.enum(['kg', 'metre', 'square-metre', 'litre', 'piece', 'pair']),
  factor: positiveDecimalSchema,
});

const isRising = (band: { least: string; most: string | null }) =>
  band.most === null || compare(band.least, band.most) < 0;

/**
 * Between what FOB value in USD goods of an HS prefix are usually declared, per kilogram of net weight or per piece or pair.
 * `most: null`: no upper end is known. `because`: what the lower end rests on.
 */
export const valueBandSchema = dated({
  id,
  hsPrefix,
  goods: words,
  per: z.enum(['kg', 'piece', 'pair']),
  least: positiveDecimalSchema,
  most: positiveDecimalSchema.nullable(),
  because: words,
}).refine(isRising, 'the lower end is not below the upper');
export type ValueBand = z.infer<typeof valueBandSchema>;

/** What one piece or pair of goods of an HS prefix weighs, kg net. */
export const pieceWeightSchema = dated({
  hsPrefix,
  goods: words,
  per: z.enum(['piece', 'pair']),
  least: positiveDecimalSchema,
  most: positiveDecimalSchema,
}).refine(isRising, 'the lower end is not below the upper');

/** A value up to which a consignment is treated more lightly: who splits a shipment does it to stay under one of these. */
export const splitLimitSchema = dated({
  id,
  /** ISO country of the destination, or EU; CN: leaving China, wherever the goods go. */
  market: z.string().regex(/^[A-Z]{2}$/),
  /** What the limit saves. */
  what: words,
  amount: positiveDecimalSchema,
  currency: currencySchema,
  /** Supervision modes that it belongs to; absent, all. */
  supervisionModes: z.array(z.string().regex(/^\d{4}$/)).optional(),
  /** Shipments so many days apart are looked at together. */
  withinDays: z.number().int().min(1).max(60),
  /** From which share of the limit a shipment counts as just under it. */
  nearShare: positiveDecimalSchema.refine((share) => compare(share, '1') < 0, 'a share below 1'),
});
export type SplitLimit = z.infer<typeof splitLimitSchema>;

/**
 * A brand whose owner has it guarded. Names are recognised in whole words; where a name is also an ordinary word
 * (`onlyWith`), it is taken for the brand only beside one of these words or in goods of these codes.
 */
export const brandSchema = dated({
  id,
  name: words,
  namesZh: z.array(z.string().min(2)),
  aliases: z.array(z.string().min(2)).default([]),
  /** Goods of it that are often counterfeited. */
  goods: z.array(words).min(1),
  onlyWith: z.strictObject({ words: z.array(words), hsPrefixes: z.array(hsPrefix).default([]) }).optional(),
  /** Names of it that are an ordinary word; absent with `onlyWith`, all are. */
  ordinaryWords: z.array(words).optional(),
  /** Of a Chinese owner: an exporter that declares it as its own brand may well be that owner. */
  chinese: z.boolean().default(false),
}).refine((brand) => !brand.ordinaryWords || brand.onlyWith, 'ordinaryWords goes with onlyWith');
export type Brand = z.infer<typeof brandSchema>;

/** Goods that customs opens more often than others to look for counterfeits. */
export const counterfeitTargetSchema = dated({
  id,
  goods: words,
  hsPrefixes: z.array(hsPrefix).min(1),
  /** Their shape is often protected: the review asks for `patentedDesign` where it is not stated. */
  asksForDesign: z.boolean(),
});
export type CounterfeitTarget = z.infer<typeof counterfeitTargetSchema>;

/** Kinds of packing (包装种类) in which solid wood may be. */
export const woodPackingSchema = dated({
  code: z.string().regex(/^\d{2}$/),
  solidWood: z.enum(['yes', 'perhaps']),
});
export type WoodPacking = z.infer<typeof woodPackingSchema>;

const most = z.number().positive().optional();
/** The heaviest and largest piece that a channel takes. Centimetres, kilograms gross; girth is twice width and height. */
export const channelLimitSchema = dated({
  id,
  title: words,
  transport: z.array(transport).min(1),
  models: z.array(orderSchema.shape.model).optional(),
  mostKg: positiveDecimalSchema.optional(),
  /** Of the longest side. */
  mostLengthCm: most,
  /** Of the longest side and the girth together. */
  mostLengthAndGirthCm: most,
  /** Longest, middle and shortest side. */
  mostSidesCm: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]).optional(),
  severity: findingSchema.shape.severity.exclude(['block']),
  remedy: words,
});
export type ChannelLimit = z.infer<typeof channelLimitSchema>;

/** How lithium batteries must be packed to travel in a channel, by chemistry, by where they sit and by their energy. */
export const batteryPackingSchema = dated({
  id,
  transport: z.array(transport).min(1),
  chemistry: z.enum(['ion', 'metal']),
  placed: z.enum(['alone', 'in-equipment']),
  wattHoursAbove: z.number().min(0).optional(),
  wattHoursAtMost: z.number().positive().optional(),
  coinCell: z.boolean().optional(),
  unNumber: z.string().regex(/^UN \d{4}$/),
  /** Packing instruction and section; null where the channel takes none. */
  instruction: words.nullable(),
  wants: words,
  severity: findingSchema.shape.severity.exclude(['block']),
});
export type BatteryPacking = z.infer<typeof batteryPackingSchema>;
