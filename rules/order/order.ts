import { z } from 'zod';
import { civilDateSchema } from '../civil-date.ts';
import { compare, currencySchema, nonNegativeDecimalSchema, positiveDecimalSchema, sum, times } from '../money.ts';
import { productAttributesSchema } from './product-attributes.ts';

export { materials, type ProductAttributes, productAttributesSchema } from './product-attributes.ts';

/** Organisation slug: stands in workflow ids and outbound keys. */
export const organisationSchema = z
  .string()
  .regex(/^[a-z0-9-]{2,32}$/, 'an organisation is 2 to 32 small letters, digits or hyphens');

/** Shipment reference, unique in its organisation for ever. */
export const referenceSchema = z
  .string({ error: 'give the shipment a reference' })
  .regex(/^[A-Za-z0-9._-]{1,40}$/, 'a reference is 1 to 40 letters, digits, dots, underscores or hyphens')
  // In an address `.` and `..` would mean something else.
  .refine((reference) => !/^\.+$/.test(reference), 'a reference is more than dots');

const text = (most: number) => z.string().trim().min(1, 'must not be empty').max(most, `at most ${most} characters`);
const country = z.string().regex(/^[A-Z]{2}$/, 'a country is its two ISO 3166 letters, for example US');

/** A company that the shipment names: buyer, consignee, notify party, end user, payer or bank. */
export const partySchema = z.strictObject({
  name: text(200),
  country,
  address: text(500).optional(),
  taxId: text(40).optional(),
});
export type Party = z.infer<typeof partySchema>;

/** A certificate that the exporter holds for a product, as its paper states it. */
export const certificateSchema = z.strictObject({
  kind: text(60),
  number: text(80),
  holder: text(200).optional(),
  issuedOn: civilDateSchema.optional(),
  expiresOn: civilDateSchema.optional(),
  documentId: text(80).optional(),
  /** What else the paper states, by name: model, laboratory, scope, importer … */
  fields: z.record(z.string().min(1).max(60), text(300)).optional(),
});
export type Certificate = z.infer<typeof certificateSchema>;

const quantityWithUnit = z.strictObject({ quantity: positiveDecimalSchema, unit: text(10) });

/** One line of goods. Prices are per transaction unit in the order's currency, weights in kilograms for the whole line. */
export const orderLineSchema = z.strictObject({
  productCode: text(60).optional(),
  nameZh: text(200),
  nameEn: text(200),
  hsCode: z.string().regex(/^(\d{6}|\d{8}|\d{10})$/, 'an HS code has 6, 8 or 10 digits and nothing else'),
  /** Code of the destination's own tariff, where it is known: 6 to 11 digits, never made from {@link hsCode} by padding. */
  importCode: z
    .string()
    .regex(/^\d{6,11}$/, 'a code of the destination has 6 to 11 digits and nothing else')
    .optional(),
  elements: z.record(z.string().max(60), z.string().max(200)).default({}),
  brand: text(80).optional(),
  brandType: z.enum(['none', 'domestic-own', 'domestic-acquired', 'foreign-oem', 'foreign-other']).optional(),
  origin: country.default('CN'),
  quantity: positiveDecimalSchema,
  /** Customs unit in its Chinese or international name (个, 台, kg …). */
  unit: text(10),
  statutory: z.array(quantityWithUnit).max(2).default([]),
  unitPrice: positiveDecimalSchema,
  lineTotal: positiveDecimalSchema.optional(),
  netWeightKg: positiveDecimalSchema,
  grossWeightKg: positiveDecimalSchema,
  packages: z.strictObject({
    count: z.number().int().min(1).max(1_000_000),
    kind: text(40),
    sizeCm: z
      .string()
      .regex(/^\d+(\.\d+)?x\d+(\.\d+)?x\d+(\.\d+)?$/, 'write length x width x height, for example 60x40x40')
      .optional(),
    /** ISPM 15 mark on solid wood (`CN-001 HT`), or why it needs none (`plywood`). */
    treatmentMark: text(80).optional(),
  }),
  attributes: productAttributesSchema.default({}),
  certificates: z.array(certificateSchema).max(20).default([]),
  /** Answers to questions of scope and origin, by the question's key: `A-570-890/bedroom`, `rcep/wholly-obtained`. */
  scopeAnswers: z.record(z.string().min(1).max(80), z.boolean()).optional(),
  purchaseContract: text(60).optional(),
  /** What the supplier will invoice for the line, CNY without VAT: the base of the refund that a plan can tell. */
  purchaseNet: positiveDecimalSchema.optional(),
  supplier: z.strictObject({ name: text(200), taxId: text(20), place: text(100).optional() }).optional(),
});
export type OrderLine = z.infer<typeof orderLineSchema>;

/** One payment that the contract asks for: a share of the total (0.3 for 30 %) or an amount, and the event after which it is due. */
export const instalmentTermSchema = z
  .strictObject({
    share: positiveDecimalSchema
      .refine((share) => compare(share, '1') <= 0, 'a share is at most 1 (0.3 for 30 %)')
      .optional(),
    amount: positiveDecimalSchema.optional(),
    trigger: z.enum(['order', 'shipment', 'arrival', 'date']),
    days: z.number().int().min(0).max(720).optional(),
    on: civilDateSchema.optional(),
  })
  .refine((term) => (term.share === undefined) !== (term.amount === undefined), 'give either share or amount')
  .refine(
    (term) => (term.trigger === 'date') === (term.on !== undefined),
    'give on with the trigger "date", and only with it',
  );

const incotermsWithFreight = ['CFR', 'CIF', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP'];

/**
 * An export order as the order system sends it: the body of `POST /v1/shipments` and, with dotted names, a row of
 * the CSV import. Money and quantities are decimal texts. The organisation comes from the API key, never from here.
 */
export const orderSchema = z
  .strictObject({
    reference: referenceSchema,
    /** Default: the day of intake in China. */
    orderedOn: civilDateSchema.optional(),
    /** The declaration is filed shortly before this day; absent, it is filed as soon as the papers are locked. */
    plannedExportOn: civilDateSchema.optional(),
    claimantKind: z.enum(['trading', 'manufacturer']),
    buyer: partySchema,
    consignee: partySchema.optional(),
    notify: partySchema.optional(),
    endUser: partySchema.optional(),
    payer: partySchema.optional(),
    bank: partySchema.optional(),
    destination: z.strictObject({
      country,
      /** Part of a country under rules of its own: Northern Ireland follows those of the EU for goods. */
      region: z.enum(['northern-ireland']).optional(),
      port: text(60).optional(),
      address: text(500).optional(),
    }),
    model: z.enum(['direct-mail', 'general-trade', 'bonded', 'overseas-warehouse']),
    supervisionMode: z
      .string()
      .regex(/^\d{4}$/, 'a supervision mode has four digits, for example 0110')
      .optional(),
    transport: z.strictObject({
      mode: z.enum(['sea', 'air', 'rail', 'road', 'post', 'express']),
      vessel: text(60).optional(),
      voyage: text(40).optional(),
      portOfLoading: text(60).optional(),
      /** Where the container is filled, and who fills it: the importer's security filing names both. */
      stuffingPlace: text(200).optional(),
      consolidator: text(200).optional(),
    }),
    incoterm: z.strictObject({
      rule: z.enum(['EXW', 'FCA', 'CPT', 'CIP', 'DAP', 'DPU', 'DDP', 'FAS', 'FOB', 'CFR', 'CIF']),
      place: text(100),
    }),
    currency: currencySchema,
    freight: nonNegativeDecimalSchema.optional(),
    insurance: nonNegativeDecimalSchema.optional(),
    payment: z.strictObject({
      instalments: z.array(instalmentTermSchema).min(1, 'say when the buyer pays').max(12),
      lastContractualDate: civilDateSchema.optional(),
    }),
    marks: text(500).optional(),
    remarks: text(2000).optional(),
    lines: z
      .array(orderLineSchema)
      .min(1, 'an order has at least one line')
      .max(50, 'a declaration has at most 50 lines: split the order'),
  })
  .superRefine((order, context) => {
    if (order.freight === undefined && incotermsWithFreight.includes(order.incoterm.rule))
      context.addIssue({
        code: 'custom',
        path: ['freight'],
        message: `${order.incoterm.rule} includes freight: state it, the refund is on FOB`,
      });
    if (
      order.payment.instalments.every((term) => term.share !== undefined) &&
      compare(sum(order.payment.instalments.map((term) => term.share ?? '0')), '1') !== 0
    )
      context.addIssue({ code: 'custom', path: ['payment', 'instalments'], message: 'the shares must add up to 1' });
    for (const [index, line] of order.lines.entries())
      if (compare(times(line.quantity, line.unitPrice), '100000000000') > 0)
        context.addIssue({
          code: 'custom',
          path: ['lines', index, 'unitPrice'],
          message: 'the line is worth over 100 billion: check price and quantity',
        });
  });
export type Order = z.infer<typeof orderSchema>;
/** An order before the defaults are filled in: what callers write. */
export type OrderInput = z.input<typeof orderSchema>;
