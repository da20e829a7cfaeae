/** Words for the fields of papers. Names mean other things there than in an order: a company has a `nameZh`, a reading a `place`. */

const party = {
  name: 'Company name in Latin letters, as the paper writes it.',
  nameZh: 'Company name in Chinese.',
  taxId: '统一社会信用代码 or tax number.',
  address: 'As the paper writes it, one line.',
};

const line = {
  no: 'As numbered on the paper, from 1.',
  productCode: 'The code of the goods on the paper, ours or theirs.',
  nameZh: '品名 as the paper writes it.',
  nameEn: 'Name of the goods in English, as the paper writes it.',
  hsCode: '商品编号, digits only, as many as the paper gives.',
  brand: '品牌 as the paper writes it.',
  model: '型号 as the paper writes it.',
  origin: 'Country of origin, letters or a name.',
  quantity: 'In the unit beside it.',
  unit: 'As the paper writes it: 个, 套, PCS.',
  unitPrice: "Per unit, in the paper's currency.",
  total: "Of the line, in the paper's currency; without VAT on a VAT invoice.",
  packages: 'How many packages the line fills.',
  netWeightKg: 'Of the whole line, in kg.',
  grossWeightKg: 'Of the whole line, in kg.',
};

const facts = {
  number: 'Number of the paper.',
  date: 'Day on which the paper was issued.',
  contractNumber: 'Number of the contract that it names.',
  invoiceNumber: 'Number of the invoice that it names.',
  orderNumber: 'Number of the order that it names.',
  declarationNumber: '报关单号 that it names.',
  seller: 'Who sells, or ships.',
  buyer: 'Who buys.',
  consignee: 'Who gets the goods.',
  notify: 'Who is told when they arrive.',
  currency: 'As the paper writes it: USD, RMB.',
  incoterm: 'The rule alone: FOB.',
  incotermPlace: 'The place named with the rule.',
  portOfLoading: '起运港, name or UN/LOCODE.',
  portOfDischarge: '目的港, name or UN/LOCODE.',
  destination: 'Country of destination, letters or a name.',
  vessel: 'Name of the vessel.',
  voyage: 'Number of the voyage.',
  marks: '唛头: shipping marks, line by line.',
  supplierPlace: '货源地: where the supplier makes or sells the goods from.',
  total: "Sum of the lines as stated, in the paper's currency.",
  freight: "In the paper's currency.",
  insurance: "In the paper's currency.",
  fob: "FOB value as stated, in the paper's currency.",
  packages: 'Packages of all lines.',
  netWeightKg: 'Of all lines, in kg.',
  grossWeightKg: 'Of all lines, in kg.',
  lines: 'The goods, one entry for each line of the paper.',
};

/** By the name of the schema in the documentation, then by the field's name. */
export const documentWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  StatedParty: party,
  StatedLine: line,
  DocumentFacts: facts,
  FieldReading: {
    path: 'Which field: `total`, `seller.name`, `lines[0].quantity`; lines are counted from 0.',
    value: 'What was read, numbers and dates written in our way.',
    confidence: '0 to 1; below 0.6 it is a guess that nobody should confirm unseen.',
    place: 'Where it stands: `page 2, line 14`, `Sheet1!C7`.',
  },
  Reading: {
    outcome:
      'read: fields were found. no-text: a scan or a picture. no-reader: kept, and nobody reads its kind yet. unreadable: it broke the reader.',
    kind: 'What its words say that it is; absent, they do not say.',
    facts: 'What it was read to say; nobody has confirmed it.',
    fields: 'Each field with its place and how sure the reader is.',
    notes: 'What a person should know before confirming.',
  },
};
