import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { z } from 'zod';
import { civilDateSchema, instantSchema } from '../rules/civil-date.ts';
import { currencySchema, nonNegativeDecimalSchema, positiveDecimalSchema } from '../rules/money.ts';
import { correctedChargesSchema, correctedLineSchema, correctedTransportSchema } from './corrections.ts';
import {
  receiveDocumentSchema,
  submitDocumentSchema,
  submitDocumentsSchema,
  unlockDocumentsSchema,
} from './document-messages.ts';
import { envelope, words } from './envelope.ts';
import type { ShipmentView } from './view.ts';

/** An authority's request with a clock of its own (CBP Form 28 and its like); it opens a case. */
export const noticeSchema = z.strictObject({
  form: words(60),
  number: words(80),
  datedOn: civilDateSchema,
  dueOn: civilDateSchema.optional(),
  questions: z.array(words(1000)).min(1).max(20),
});
export type Notice = z.infer<typeof noticeSchema>;

/** A customs office's answer or status, either side of the sea. Export channels are those of 回执; destination effects are the broker's words. */
export const customsResponseSchema = z.discriminatedUnion('side', [
  z.strictObject({
    ...envelope,
    side: z.literal('export'),
    /** Our own number of the declaration, `<organisation>/<reference>/declaration/<revision>`. */
    clientSequenceNumber: words(120).optional(),
    declarationNumber: z
      .string()
      .regex(/^\d{18}$/, 'a declaration number has 18 digits')
      .optional(),
    /** The number that was told before was wrong; this one, told under our own number, takes its place. */
    correctsNumber: z.literal(true).optional(),
    /** Channel code of the receipt (L, J, C, P, R …). */
    channel: z.string().min(1).max(3),
    note: words().optional(),
    noticeTime: instantSchema.optional(),
    /** Export date on the declaration: starts the clocks of money and refund. */
    exportedOn: civilDateSchema.optional(),
    notice: noticeSchema.optional(),
  }),
  z.strictObject({
    ...envelope,
    side: z.literal('destination'),
    entryNumber: words(40).optional(),
    dispositionCode: words(20).optional(),
    effect: z.enum(['hold-placed', 'hold-removed', 'exam-ordered', 'released', 'entry-refused', 'note']),
    /** Which hold is meant, for example `CBP`, `FDA`; one name, one hold. */
    hold: words(60).min(1).optional(),
    note: words().optional(),
    notice: noticeSchema.optional(),
  }),
]);
export type CustomsResponse = z.infer<typeof customsResponseSchema>;

/** What an inspection of the goods found. */
export const inspectionResultSchema = z.strictObject({
  ...envelope,
  side: z.enum(['export', 'destination']),
  kind: z.enum(['document', 'x-ray', 'unpacking', 'special']),
  outcome: z.enum(['released', 'discrepancy', 'detained', 'seized']),
  findings: z
    .array(
      z.strictObject({
        line: z.number().int().min(1).max(50).optional(),
        what: words(200),
        declared: words(200).optional(),
        found: words(200).optional(),
      }),
    )
    .max(50)
    .default([]),
  papers: z.array(words(200)).max(20).default([]),
});
export type InspectionResult = z.infer<typeof inspectionResultSchema>;

/** A carrier's event in the manner of DCSA Track & Trace. */
export const logisticsEventSchema = z.strictObject({
  ...envelope,
  classifier: z.enum(['PLN', 'EST', 'ACT']),
  event: z.enum([
    'DEPA',
    'ARRI',
    'LOAD',
    'DISC',
    'GTIN',
    'GTOT',
    'STUF',
    'STRP',
    'PICK',
    'DROP',
    'INSP',
    'RSEA',
    'RMVD',
    'RECE',
    'APPR',
    'REJE',
    'ISSU',
    'SURR',
    'HOLD',
    'RELS',
  ]),
  /** When the event happened or is expected to. */
  eventAt: instantSchema,
  place: z
    .string()
    .regex(/^[A-Z]{2}[A-Z2-9]{3}$/, 'a place is its UN/LOCODE, for example CNNGB')
    .optional(),
  vessel: words(60).optional(),
  voyage: words(40).optional(),
  container: words(20).optional(),
});
export type LogisticsEvent = z.infer<typeof logisticsEventSchema>;

/** Foreign currency credited by the bank and allocated to this shipment by the statement workflow. */
export const fxReceiptSchema = z.strictObject({
  ...envelope,
  receiptId: words(200),
  /** Which instalment it pays, counted from 1. */
  instalment: z.number().int().min(1).max(12),
  currency: currencySchema,
  /** Credited to the account. */
  amount: positiveDecimalSchema,
  /** Deducted on the way, as the bank states it (or a person accepted it). */
  charges: nonNegativeDecimalSchema,
  valueDate: civilDateSchema,
  /** What of the receipt is left for other shipments. */
  remainder: nonNegativeDecimalSchema.default('0'),
});
export type FxReceipt = z.infer<typeof fxReceiptSchema>;

/** A step of the tax bureau on a claim. No public format is known: these words are ours, the wire's stay in activities/tax-bureau. */
export const taxResponseSchema = z.strictObject({
  ...envelope,
  /** Our key of the claim, `<organisation>/<reference>/claim/<revision>`. */
  claim: words(120),
  status: z.enum([
    'received',
    'self-check-failed',
    'accepted',
    'under-review',
    'doubts',
    'inquiry-letter',
    'approved',
    'paid',
    'refused',
    'withdrawn',
    'recovery-notice',
  ]),
  doubts: z
    .array(
      z.strictObject({
        level: z.enum(['E', 'W', 'I']),
        text: words(1000),
        line: z.number().int().min(1).max(50).optional(),
        code: words(40).optional(),
      }),
    )
    .max(100)
    .default([]),
  round: z.number().int().min(1).max(20).optional(),
  dueOn: civilDateSchema.optional(),
  amount: nonNegativeDecimalSchema.optional(),
  on: civilDateSchema.optional(),
  reason: words().optional(),
});
export type TaxResponse = z.infer<typeof taxResponseSchema>;

/** A person's answer to a task. */
export const answerTaskSchema = z.strictObject({
  ...envelope,
  taskId: words(200).min(1),
  /** One of the task's choices. */
  choice: words(60).min(1),
  reason: words().default(''),
  evidence: z.array(words(200)).max(20).default([]),
});
export type AnswerTask = z.infer<typeof answerTaskSchema>;

/** A correction of what was or will be declared; it becomes the next revision, nothing filed is edited. */
export const amendDeclarationSchema = z
  .strictObject({
    ...envelope,
    reason: words().min(1),
    lines: z.array(correctedLineSchema).max(50).default([]),
    /** Of the order as a whole: what the importer's filing names, or the vessel once it is known. */
    transport: correctedTransportSchema.optional(),
    /** Freight and insurance as they turned out: the FOB that is declared follows. */
    charges: correctedChargesSchema.optional().describe('Freight and insurance as they turned out.'),
  })
  .refine(
    ({ lines, transport, charges }) => lines.length > 0 || transport !== undefined || charges !== undefined,
    'correct a line, the transport, or the charges',
  );
export type AmendDeclaration = z.infer<typeof amendDeclarationSchema>;

/** A purchase VAT special invoice (增值税专用发票) for goods of this shipment; amounts in CNY. */
export const registerVatInvoiceSchema = z.strictObject({
  ...envelope,
  /** 20 digits for a fully digital invoice, 18 or 20 for code and number of an older one. */
  number: z.string().regex(/^\d{18,20}$/, 'an invoice number has 18 to 20 digits'),
  issuedOn: civilDateSchema,
  seller: z.strictObject({ name: words(200), taxId: words(20) }),
  /** Red-letters and replaces this earlier invoice. */
  replaces: z
    .string()
    .regex(/^\d{18,20}$/)
    .optional(),
  /** 用途确认: confirmed for refund use, not for deduction. */
  confirmedForRefund: z.boolean(),
  documentId: words(80).optional(),
  lines: z
    .array(
      z.strictObject({
        /** Line of the order that it buys. */
        line: z.number().int().min(1).max(50),
        name: words(200),
        quantity: positiveDecimalSchema,
        unit: words(10).min(1),
        /** Tax base 计税金额. */
        net: positiveDecimalSchema,
        vatRatePercent: nonNegativeDecimalSchema,
        vat: nonNegativeDecimalSchema,
      }),
    )
    .min(1)
    .max(50),
});

/** The order is called off; possible at no cost until the declaration is filed. */
export const cancelShipmentSchema = z.strictObject({ ...envelope, reason: words().min(1) });

/**
 * Something changed that the review rests on: a list, a rule, a table. Sent by a re-check to the shipments that it affects;
 * the review is made again, and what is new in it is put to a person.
 */
export const reviewAgainSchema = z.strictObject({
  ...envelope,
  cause: z.enum(['list', 'rule', 'table', 'paper']),
  /** What changed, in words: `the list sdn, version 1a2b3c`. */
  what: words(300).min(1),
  /** Id of the re-check whose report names the shipment. */
  recheck: words(120).optional(),
});
export type ReviewChange = z.infer<typeof reviewAgainSchema>;

/**
 * Every message into a shipment: its schema and what it means, shown in the Temporal UI. `alsoSignal`: a signal of the
 * same name is the door of the engine's own users; the update answers with the verdict, and REST uses it.
 */
export const shipmentMessages = {
  customsResponse: {
    schema: customsResponseSchema,
    alsoSignal: true,
    description:
      'Customs or the broker answered: a receipt with its channel code (export), or a hold, exam, release or notice (destination).',
  },
  inspectionResult: {
    schema: inspectionResultSchema,
    alsoSignal: true,
    description: 'An inspection of the goods ended: released, discrepancy, detained or seized, with what was found.',
  },
  logisticsEvent: {
    schema: logisticsEventSchema,
    alsoSignal: true,
    description:
      'The carrier reports a planned, estimated or actual event: departure DEPA, arrival ARRI, gate out GTOT …',
  },
  fxReceipt: {
    schema: fxReceiptSchema,
    alsoSignal: true,
    description: 'The bank credited foreign currency that pays an instalment of this shipment.',
  },
  taxResponse: {
    schema: taxResponseSchema,
    alsoSignal: true,
    description: 'The tax bureau moved a claim: received, doubts, approved, paid, refused …',
  },
  submitDocument: {
    schema: submitDocumentSchema,
    alsoSignal: false,
    description: 'Hands in a paper: its kind, number, holder and expiry. Closes the task that asked for it.',
  },
  submitDocuments: {
    schema: submitDocumentsSchema,
    alsoSignal: false,
    description: 'Hands in several papers at once, up to twenty. Closes the tasks that asked for them.',
  },
  receiveDocument: {
    schema: receiveDocumentSchema,
    alsoSignal: false,
    description: 'A file came in: its reading is put to a person, who confirms what it says.',
  },
  unlockDocuments: {
    schema: unlockDocumentsSchema,
    alsoSignal: false,
    description: 'Opens the locked papers before they are declared, with a reason; what hangs on them is made again.',
  },
  answerTask: {
    schema: answerTaskSchema,
    alsoSignal: false,
    description: 'Answers a task by one of its choices, with a reason.',
  },
  amendDeclaration: {
    schema: amendDeclarationSchema,
    alsoSignal: false,
    description: 'Corrects declared lines; customs gets them as the next revision.',
  },
  registerVatInvoice: {
    schema: registerVatInvoiceSchema,
    alsoSignal: false,
    description: 'Registers a purchase VAT special invoice, or one that replaces another.',
  },
  reviewAgain: {
    schema: reviewAgainSchema,
    alsoSignal: true,
    description: 'A list, a rule or a table changed: the review is made again, and what is new is put to a person.',
  },
  cancelShipment: {
    schema: cancelShipmentSchema,
    alsoSignal: false,
    description: 'Calls the order off, at no cost until the declaration is filed.',
  },
} as const;

export type MessageName = keyof typeof shipmentMessages;
export type MessageOf<Name extends MessageName> = z.infer<(typeof shipmentMessages)[Name]['schema']>;

export const messageNames = Object.keys(shipmentMessages) as MessageName[];

/**
 * What became of a message. `held`: it came before its time and is applied when the shipment gets there.
 * `impossible`: recorded, changes nothing, the reason says what to do instead.
 */
export const verdictSchema = z.object({
  status: z.enum(['applied', 'held', 'duplicate', 'conflict', 'impossible']),
  reason: z.string().optional(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/**
 * Goes on in a new run at the next quiet moment, and so on the current version of the worker: sent to all that sleep after
 * a deployment. Changes nothing in the trade.
 */
export const continueAsNewSignal = defineSignal('continueAsNew');

/** Type of the failure by which an update is refused in the moment between the end and the engine's knowing of it. */
export const SHIPMENT_HAS_ENDED = 'ShipmentHasEnded';

export const stateQuery = defineQuery<ShipmentView>('state');

/** The update of that name; REST sends it and passes the verdict on. */
export function updateOf<Name extends MessageName>(name: Name) {
  return defineUpdate<Verdict, [MessageOf<Name>]>(name);
}

/** The signal of that name; whatever it carries is parsed by the handler, since anyone may type one. */
export function signalOf(name: MessageName) {
  return defineSignal<[unknown]>(name);
}

export * from './document-messages.ts';
export * from './workflow-ids.ts';
