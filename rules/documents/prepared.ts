/** The kinds of papers that we make, and what a paper of each is. */
import { z } from 'zod';
import { commercialInvoiceSchema, declarationDraftSchema, packingListSchema, salesContractSchema } from './content.ts';
import { declarationElementsSheetSchema, letterOfInstructionSchema, originApplicationSchema } from './forms.ts';

/** What each kind of our papers says, by kind, in the order in which they are prepared. */
export const contentSchemas = {
  'commercial-invoice': commercialInvoiceSchema,
  'packing-list': packingListSchema,
  'sales-contract': salesContractSchema,
  'declaration-draft': declarationDraftSchema,
  'declaration-elements': declarationElementsSheetSchema,
  'origin-application': originApplicationSchema,
  'letter-of-instruction': letterOfInstructionSchema,
} as const;

type Contents = { [Kind in keyof typeof contentSchemas]: z.infer<(typeof contentSchemas)[Kind]> };

/** A kind of paper that we make. */
export type PreparedKind = keyof Contents;
/** What a paper of that kind says. */
export type ContentOf<Kind extends PreparedKind> = Contents[Kind];

const documentSchema = <Kind extends string, Content extends z.ZodType>(kind: Kind, content: Content) =>
  z.strictObject({
    /** `<reference>/<kind>/<revision>`. */
    id: z.string(),
    kind: z.literal(kind),
    number: z.string(),
    /** Counted from 1. */
    revision: z.number().int().min(1),
    content,
    /** Of the content alone, so that a new revision that says the same is seen to. */
    contentHash: z.string(),
  });

/** A paper of ours as data, of whichever kind: for reading back what was kept or handed over. */
export const preparedDocumentSchema = z.discriminatedUnion('kind', [
  documentSchema('commercial-invoice', commercialInvoiceSchema),
  documentSchema('packing-list', packingListSchema),
  documentSchema('sales-contract', salesContractSchema),
  documentSchema('declaration-draft', declarationDraftSchema),
  documentSchema('declaration-elements', declarationElementsSheetSchema),
  documentSchema('origin-application', originApplicationSchema),
  documentSchema('letter-of-instruction', letterOfInstructionSchema),
]);
export type PreparedDocument = z.infer<typeof preparedDocumentSchema>;
/** A paper of one kind. */
export type PreparedOf<Kind extends PreparedKind> = Extract<PreparedDocument, { kind: Kind }>;
