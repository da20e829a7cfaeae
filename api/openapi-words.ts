import { orderWords } from '../rules/order/order-words.ts';
import { documentWords } from './document-words.ts';
import { settingsWords } from './settings-words.ts';

/** Words for fields whose schemas, shared with the workflow, carry none; by field name, whatever message or order it stands in. */
const words: Record<string, string> = {
  ...orderWords,
  messageId: "The sender's own id: sent twice, the message counts once; with other content it is a conflict.",
  occurredAt: 'When it happened, in UTC.',
  source: 'Who says so.',
  clientSequenceNumber: 'Our number of the declaration: organisation/reference/declaration/revision.',
  declarationNumber: '报关单号, 18 digits.',
  correctsNumber:
    'The declaration number that was told before was wrong, and this one takes its place; needs clientSequenceNumber.',
  channel: '回执通道: the channel code of the receipt, for example J reviewed, C inspection, P released, R closed.',
  exportedOn: '出口日期 on the declaration: starts the clocks of money and refund.',
  effect: 'What the disposition does.',
  hold: 'Which hold is meant, for example CBP or FDA.',
  notice: "An authority's request with its own clock (CBP Form 28 and its like); it opens a case.",
  classifier: 'DCSA: planned, estimated or actual.',
  event: 'DCSA event code: DEPA departure, ARRI arrival, GTOT gate out …',
  place: 'UN/LOCODE.',
  receiptId: "The bank's reference of the credit.",
  instalment: 'Which instalment it pays, counted from 1.',
  charges: 'Deducted on the way.',
  remainder: 'What of the receipt is left for other shipments.',
  claim: 'Our key of the claim: organisation/reference/claim/revision.',
  doubts: '疑点 of the bureau, level E, W or I.',
  documentId: 'Id of the paper in its shipment, yours or the one that it got when its file was handed in.',
  facts: 'SHA-256 of what a person confirmed that it says, as POST …/documents/confirmation gives it.',
  fieldsRead: 'How many fields were read from it.',
  fieldsDoubtful: 'How many of them nobody should confirm unseen.',
  expiresOn: 'Last day on which it is valid.',
  holder: 'In whose name it is.',
  issuedOn: 'Day on which it was issued.',
  taskId: 'Id of the task.',
  choice: "One of the task's choices.",
  evidence: 'Ids of papers, or what the task asks for (the reference that a receipt belongs to).',
  confirmedForRefund: '用途确认: confirmed for refund use, not for deduction.',
  replaces: 'Number of the invoice that this one red-letters and replaces.',
  net: '计税金额, CNY.',
  vat: 'Tax amount, CNY.',
};

const componentWords = { ...documentWords, ...settingsWords };

interface Described {
  description?: string;
  properties?: Record<string, Described>;
  [key: string]: unknown;
}

/** Fills in the words of every field that has none, in components and bodies alike; a component's own words come first. */
export function describeFields<Document>(document: Document): Document {
  for (const [name, schema] of Object.entries((document as WithComponents).components?.schemas ?? {}))
    visit(schema, { ...words, ...componentWords[name.replace(/Input$/, '')] });
  visit(document, words);
  return document;
}

function visit(node: unknown, known: Readonly<Record<string, string>>): void {
  if (typeof node !== 'object' || node === null) return;
  const { properties } = node as Described;
  if (typeof properties === 'object' && properties !== null)
    for (const [name, property] of Object.entries(properties)) {
      const text = known[name];
      if (text !== undefined && property.description === undefined && property.$ref === undefined)
        property.description = text;
    }
  for (const child of Object.values(node)) visit(child, known);
}

interface WithComponents {
  components?: { schemas?: Record<string, unknown> };
}

/** Drops components that nothing refers to: each schema is made for both directions, and most go one way only. */
export function dropUnused<Document>(document: Document): Document {
  const schemas = (document as WithComponents).components?.schemas ?? {};
  for (;;) {
    const text = JSON.stringify(document);
    const unused = Object.keys(schemas).filter((name) => !text.includes(`"#/components/schemas/${name}"`));
    if (unused.length === 0) return document;
    for (const name of unused) delete schemas[name];
  }
}
