/**
 * What our own papers say, as data: printing them is another's work. Amounts in the order's currency, weights in kg, volumes in
 * cubic metres. What later versions added is optional: papers that were kept before are read and printed as they are.
 */
import { z } from 'zod';
import { civilDateSchema } from '../civil-date.ts';
import { currencySchema, decimalSchema } from '../money.ts';
import { instalmentTermSchema, orderSchema, partySchema } from '../order/order.ts';
import { inWordsSchema } from './in-words.ts';
import { bankDetailsSchema, printedLetterheadSchema, signatorySchema } from './stationery.ts';

/** Us, as the papers name us. */
const exporterSchema = z.strictObject({
  nameZh: z.string(),
  nameEn: z.string(),
  taxId: z.string(),
  customsCode: z.string(),
  address: z.string(),
});

/** The same on every paper of a shipment. */
export const headShape = {
  /** `<organisation>/<reference>`. */
  shipment: z.string(),
  seller: exporterSchema,
  buyer: partySchema,
  consignee: partySchema,
  letterhead: printedLetterheadSchema.optional(),
  signatory: signatorySchema.optional(),
};

/** How the goods travel, as far as the order says. */
export const routeSchema = z.strictObject({
  mode: orderSchema.shape.transport.shape.mode,
  vessel: z.string().optional(),
  voyage: z.string().optional(),
  portOfLoading: z.string().optional(),
  destination: orderSchema.shape.destination,
});
export type Route = z.infer<typeof routeSchema>;

const paymentSchema = z.array(
  z.strictObject({
    no: z.number().int(),
    amount: decimalSchema,
    trigger: instalmentTermSchema.shape.trigger,
    days: z.number().int(),
    on: civilDateSchema.optional(),
  }),
);

const pricedLineSchema = z.strictObject({
  no: z.number().int(),
  productCode: z.string().optional(),
  nameEn: z.string(),
  nameZh: z.string(),
  hsCode: z.string(),
  origin: z.string(),
  quantity: decimalSchema,
  unit: z.string(),
  unitPrice: decimalSchema,
  total: decimalSchema,
});

/** Commercial invoice: what the buyer owes and what for. Its number is what the buyer's bank should quote. */
export const commercialInvoiceSchema = z.strictObject({
  ...headShape,
  number: z.string(),
  date: civilDateSchema,
  contractNumber: z.string(),
  incoterm: orderSchema.shape.incoterm,
  currency: currencySchema,
  lines: z.array(pricedLineSchema),
  total: decimalSchema,
  /** Contained in the prices by the Incoterm; zero otherwise. */
  freight: decimalSchema,
  insurance: decimalSchema,
  fob: decimalSchema,
  marks: z.string(),
  totalInWords: inWordsSchema.optional(),
  route: routeSchema.optional(),
  payment: paymentSchema.optional(),
  bank: bankDetailsSchema.optional(),
});
export type CommercialInvoice = z.infer<typeof commercialInvoiceSchema>;

/** Packing list: what is in how many packages, and how heavy. */
export const packingListSchema = z.strictObject({
  ...headShape,
  number: z.string(),
  date: civilDateSchema,
  invoiceNumber: z.string(),
  lines: z.array(
    z.strictObject({
      no: z.number().int(),
      nameEn: z.string(),
      nameZh: z.string(),
      quantity: decimalSchema,
      unit: z.string(),
      packages: z.number().int(),
      packing: z.string(),
      sizeCm: z.string().optional(),
      netWeightKg: decimalSchema,
      grossWeightKg: decimalSchema,
      /** Of all packages of the line; absent where their size is not known. */
      volumeCbm: decimalSchema.optional(),
    }),
  ),
  packages: z.number().int(),
  netWeightKg: decimalSchema,
  grossWeightKg: decimalSchema,
  marks: z.string(),
  contractNumber: z.string().optional(),
  packagesInWords: inWordsSchema.optional(),
  /** Sum of the lines; absent where one line does not state the size of its packages. */
  volumeCbm: decimalSchema.optional(),
  route: routeSchema.optional(),
});
export type PackingList = z.infer<typeof packingListSchema>;

/** Export contract with the buyer; serves as such in the document archive. */
export const salesContractSchema = z.strictObject({
  ...headShape,
  number: z.string(),
  date: civilDateSchema,
  incoterm: orderSchema.shape.incoterm,
  currency: currencySchema,
  lines: z.array(pricedLineSchema),
  total: decimalSchema,
  payment: paymentSchema,
  lastContractualDate: civilDateSchema.optional(),
  plannedExportOn: civilDateSchema.optional(),
  transportMode: orderSchema.shape.transport.shape.mode,
  portOfLoading: z.string().optional(),
  destination: orderSchema.shape.destination,
  totalInWords: inWordsSchema.optional(),
  marks: z.string().optional(),
  bank: bankDetailsSchema.optional(),
});
export type SalesContract = z.infer<typeof salesContractSchema>;

/** What will be declared, in the codes of customs but in our words; the wire's names stand in activities/customs. Codes customs does not know are empty. */
export const declarationDraftSchema = z.strictObject({
  ...headShape,
  number: z.string(),
  contractNumber: z.string(),
  supervisionMode: z.string(),
  /** Nature of levy 征免性质. */
  levy: z.string(),
  transportMode: z.string(),
  vessel: z.string(),
  voyage: z.string(),
  portOfLoading: z.string(),
  transactionMode: z.string(),
  freight: decimalSchema,
  insurance: decimalSchema,
  currency: currencySchema,
  destinationCountry: z.string(),
  destinationPort: z.string(),
  packages: z.number().int(),
  wrapCode: z.string(),
  netWeightKg: decimalSchema,
  grossWeightKg: decimalSchema,
  marks: z.string(),
  remarks: z.string(),
  lines: z.array(
    z.strictObject({
      no: z.number().int(),
      /** As the order has it: 6, 8 or 10 digits, never filled up. */
      hsCode: z.string(),
      nameZh: z.string(),
      elements: z.array(z.strictObject({ name: z.string(), value: z.string() })),
      quantity: decimalSchema,
      unit: z.string(),
      unitCode: z.string(),
      statutory: z.array(
        z.strictObject({ quantity: decimalSchema, unitCode: z.string(), unit: z.string().optional() }),
      ),
      unitPrice: decimalSchema,
      total: decimalSchema,
      originCountry: z.string(),
      netWeightKg: decimalSchema,
      grossWeightKg: decimalSchema,
    }),
  ),
  /** The day on which it was drafted. */
  date: civilDateSchema.optional(),
  /** The codes above in the words of their tables, for readers; empty where the table has none. */
  named: z
    .strictObject({ supervisionMode: z.string(), transportMode: z.string(), wrap: z.string(), incoterm: z.string() })
    .optional(),
});
export type DeclarationDraft = z.infer<typeof declarationDraftSchema>;
