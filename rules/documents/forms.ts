/** The papers that others fill their forms from: elements sheet, application for a certificate of origin, letter of instruction. */
import { z } from 'zod';
import { civilDateSchema } from '../civil-date.ts';
import { currencySchema, decimalSchema } from '../money.ts';
import { orderSchema, partySchema } from '../order/order.ts';
import { headShape, routeSchema } from './content.ts';
import { inWordsSchema } from './in-words.ts';

/** Declaration elements (申报要素) of each line in declared order. What was not stated is shown as missing, never made up. */
export const declarationElementsSheetSchema = z.strictObject({
  ...headShape,
  number: z.string(),
  date: civilDateSchema,
  contractNumber: z.string(),
  lines: z.array(
    z.strictObject({
      no: z.number().int(),
      hsCode: z.string(),
      nameZh: z.string(),
      nameEn: z.string(),
      /** An empty value was not stated. */
      elements: z.array(z.strictObject({ name: z.string(), value: z.string() })),
      /** The values as customs reads them, joined by bars. */
      declared: z.string(),
      /** Names of the elements without a value. */
      missing: z.array(z.string()),
      /** Whether our tables know the elements of this heading; else there may be more than are shown. */
      headingKnown: z.boolean(),
    }),
  ),
  /** Of all lines. */
  missingCount: z.number().int(),
});
export type DeclarationElementsSheet = z.infer<typeof declarationElementsSheetSchema>;

/** Data for the application for a certificate of origin. Its kind and the origin criteria are the applicant's to state: empty here. */
export const originApplicationSchema = z.strictObject({
  ...headShape,
  number: z.string(),
  date: civilDateSchema,
  invoiceNumber: z.string(),
  invoiceDate: civilDateSchema,
  route: routeSchema,
  plannedExportOn: civilDateSchema.optional(),
  marks: z.string(),
  currency: currencySchema,
  /** FOB value of all lines: what the certificate's issuer asks for. */
  fob: decimalSchema,
  packages: z.number().int(),
  packagesInWords: inWordsSchema,
  grossWeightKg: decimalSchema,
  lines: z.array(
    z.strictObject({
      no: z.number().int(),
      nameEn: z.string(),
      nameZh: z.string(),
      hsCode: z.string(),
      origin: z.string(),
      /** Empty: to be stated by the applicant. */
      originCriterion: z.string(),
      packages: z.number().int(),
      packing: z.string(),
      quantity: decimalSchema,
      unit: z.string(),
      grossWeightKg: decimalSchema,
      fob: decimalSchema,
      /** Who made the goods; absent, the order does not say. */
      producer: z.string().optional(),
      producerPlace: z.string().optional(),
    }),
  ),
});
export type OriginApplication = z.infer<typeof originApplicationSchema>;

/** Shipper's letter of instruction (订舱委托书): what the forwarder books and writes into the transport document. */
export const letterOfInstructionSchema = z.strictObject({
  ...headShape,
  number: z.string(),
  date: civilDateSchema,
  invoiceNumber: z.string(),
  contractNumber: z.string(),
  /** Who is told of the arrival: the order's notify party, else the consignee. */
  notify: partySchema,
  notifyIsConsignee: z.boolean(),
  route: routeSchema,
  stuffingPlace: z.string().optional(),
  consolidator: z.string().optional(),
  /** The goods must be ready to leave on this day. */
  plannedExportOn: civilDateSchema.optional(),
  incoterm: orderSchema.shape.incoterm,
  /** Who pays the carrier: prepaid by the seller under the C and D terms, collect from the buyer otherwise. */
  freightTerm: z.enum(['prepaid', 'collect']),
  marks: z.string(),
  remarks: z.string(),
  lines: z.array(
    z.strictObject({
      no: z.number().int(),
      nameEn: z.string(),
      nameZh: z.string(),
      hsCode: z.string(),
      packages: z.number().int(),
      packing: z.string(),
      grossWeightKg: decimalSchema,
      volumeCbm: decimalSchema.optional(),
    }),
  ),
  packages: z.number().int(),
  packagesInWords: inWordsSchema,
  netWeightKg: decimalSchema,
  grossWeightKg: decimalSchema,
  /** Absent where a line does not state the size of its packages. */
  volumeCbm: decimalSchema.optional(),
});
export type LetterOfInstruction = z.infer<typeof letterOfInstructionSchema>;
