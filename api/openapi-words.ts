/** Words for fields whose schemas, shared with the workflow, carry none; by field name, whatever message or order it stands in. */
const words: Record<string, string> = {
  reference: 'Your own reference of the shipment, unique in your organisation for ever.',
  orderedOn: 'Default: the day of intake in China.',
  plannedExportOn: 'The declaration is filed shortly before this day; absent, as soon as the papers are locked.',
  claimantKind:
    'Who claims the refund: a trading company 外贸企业 (exempt-and-refund) or a manufacturer 生产企业 (exempt-credit-refund).',
  buyer: 'The foreign party of the contract.',
  consignee: 'Default: the buyer.',
  endUser: 'Who uses the goods in the end; screened like the buyer.',
  payer: 'Who pays, when it is not the buyer.',
  model: 'How the goods are sold: decides the supervision mode where none is given.',
  supervisionMode:
    '监管方式: 0110 general trade, 9610 retail e-commerce, 9710 B2B direct, 9810 overseas warehouse, 1210 bonded.',
  incoterm: 'Incoterms 2020, with the named place.',
  currency: 'ISO 4217; the contract currency.',
  freight: "In the order's currency. Required when the term includes it: the refund is on FOB.",
  insurance: "In the order's currency, when the term includes it.",
  instalments: 'When the buyer pays: shares of the total or amounts, each with the event that makes it due.',
  lastContractualDate: "Last day for the money by the contract; later than the law's own day only with proof.",
  marks: '唛头: shipping marks.',
  nameZh: '品名: the name on the declaration.',
  hsCode: '商品编号: 6, 8 or 10 digits.',
  elements: '申报要素: what must be declared for this HS code, by name.',
  brandType: '品牌类型.',
  origin: 'Country of origin, ISO 3166.',
  unit: '成交单位: the unit of the price, in its customs or international name.',
  statutory: '法定数量: first and second statutory quantity with their units.',
  unitPrice: "Per unit, in the order's currency.",
  lineTotal: 'Checked against quantity × unitPrice where it is given.',
  netWeightKg: 'Of the whole line.',
  grossWeightKg: 'Of the whole line.',
  attributes: 'What the goods are; the rules of a market decide by these.',
  certificates: 'Certificates that you hold for the goods.',
  scopeAnswers: 'Answers to questions of scope and origin, by the key that the finding shows.',
  supplier: 'Who sells the goods to the exporter; the VAT invoice must come from it.',
  messageId: "The sender's own id: sent twice, the message counts once; with other content it is a conflict.",
  occurredAt: 'When it happened, in UTC.',
  source: 'Who says so.',
  clientSequenceNumber: 'Our number of the declaration: organisation/reference/declaration/revision.',
  declarationNumber: '报关单号, 18 digits.',
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
  documentId: 'Your id of the paper; its bytes stay with you.',
  expiresOn: 'Last day on which it is valid.',
  taskId: 'Id of the task.',
  choice: "One of the task's choices.",
  evidence: 'Ids of papers, or what the task asks for (the reference that a receipt belongs to).',
  confirmedForRefund: '用途确认: confirmed for refund use, not for deduction.',
  replaces: 'Number of the invoice that this one red-letters and replaces.',
  net: '计税金额, CNY.',
  vat: 'Tax amount, CNY.',
};

interface Described {
  description?: string;
  properties?: Record<string, Described>;
  [key: string]: unknown;
}

/** Fills in the words of every field that has none, in components and bodies alike. */
export function describeFields<Document>(document: Document): Document {
  visit(document);
  return document;
}

function visit(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  const { properties } = node as Described;
  if (typeof properties === 'object' && properties !== null)
    for (const [name, property] of Object.entries(properties)) {
      const text = words[name];
      if (text !== undefined && property.description === undefined && property.$ref === undefined)
        property.description = text;
    }
  for (const child of Object.values(node)) visit(child);
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
