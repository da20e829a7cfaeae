import type { z } from 'zod';
import type { variantsRequestSchema } from '../rules/compliance/compare-variants.ts';
import type { landedCostQuoteRequestSchema } from '../rules/duties/quote.ts';
import type { OrderInput } from '../rules/order/order.ts';
import type { settingsSentSchema } from '../rules/settings-sent.ts';
import type { MessageName, shipmentMessages } from '../workflows/messages.ts';

const sent = { occurredAt: '2026-11-24T08:00:00Z' };

/** One message of each kind, as the documentation shows it; a test sends them through their schemas. */
export const messageExamples: { [Name in MessageName]: z.input<(typeof shipmentMessages)[Name]['schema']> } = {
  customsResponse: {
    ...sent,
    messageId: 'customs-2211-0007',
    source: 'customs',
    side: 'export',
    clientSequenceNumber: 'acme/CLEAN-1001/declaration/1',
    declarationNumber: '310120260000123456',
    channel: 'P',
    note: '放行',
    noticeTime: '2026-11-24T07:58:00Z',
  },
  inspectionResult: {
    ...sent,
    messageId: 'insp-88',
    source: 'broker',
    side: 'export',
    kind: 'unpacking',
    outcome: 'discrepancy',
    findings: [{ line: 1, what: 'quantity', declared: '1000 个', found: '980 个' }],
    papers: ['查验记录单 88'],
  },
  logisticsEvent: {
    ...sent,
    messageId: 'carrier-4711',
    source: 'carrier',
    classifier: 'ACT',
    event: 'DEPA',
    eventAt: '2026-11-24T06:30:00Z',
    place: 'CNNGB',
    vessel: 'EVER SAMPLE',
    voyage: '048E',
  },
  fxReceipt: {
    ...sent,
    messageId: 'fx-2026-118-1',
    source: 'bank',
    receiptId: 'NBCB20261124000118',
    instalment: 1,
    currency: 'USD',
    amount: '11975.00',
    charges: '25.00',
    valueDate: '2026-11-24',
  },
  taxResponse: {
    ...sent,
    messageId: 'tax-51',
    source: 'tax-bureau',
    claim: 'acme/CLEAN-1001/claim/1',
    status: 'paid',
    amount: '8580.00',
    on: '2026-11-24',
  },
  submitDocument: {
    ...sent,
    messageId: 'doc-9',
    source: 'order system',
    documentId: 'FCC-2026-118',
    kind: 'certificate-fcc-sdoc',
    number: 'SDOC-118',
    holder: 'Example Lighting Co., Ltd.',
    issuedOn: '2026-03-01',
    lines: [1],
    fields: { model: 'TL-20' },
  },
  submitDocuments: {
    ...sent,
    messageId: 'folder-2',
    source: 'order system',
    documents: [
      { documentId: 'PC-118', kind: 'purchase-contract', number: 'PC-118' },
      { documentId: 'BL-118', kind: 'transport-document', number: 'BL-118' },
    ],
  },
  receiveDocument: {
    ...sent,
    messageId: 'file-12',
    source: 'Li Wei',
    documentId: 'PC-118',
    kind: 'purchase-contract',
    fileName: '购销合同 PC-118.pdf',
    file: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    fieldsRead: 18,
    fieldsDoubtful: 1,
  },
  unlockDocuments: {
    ...sent,
    messageId: 'unlock-1',
    source: 'Li Wei',
    reason: 'the buyer has asked for other marks',
  },
  answerTask: {
    ...sent,
    messageId: 'answer-3',
    source: 'Li Wei',
    taskId: 'CLEAN-1001/case/1',
    choice: 'answered',
    reason: 'composition and use stated, data sheet attached',
    evidence: ['FCC-2026-118'],
  },
  amendDeclaration: {
    ...sent,
    messageId: 'amend-1',
    source: 'Li Wei',
    reason: 'the price was typed wrong',
    lines: [{ line: 1, unitPrice: '12.00' }],
  },
  registerVatInvoice: {
    ...sent,
    messageId: 'vat-1',
    source: 'finance',
    number: '26332000000012345678',
    issuedOn: '2026-11-20',
    seller: { name: '示例灯具有限公司', taxId: '91330200MA0000001X' },
    confirmedForRefund: true,
    lines: [
      {
        line: 1,
        name: '*灯具*台灯',
        quantity: '1000',
        unit: '个',
        net: '66000.00',
        vatRatePercent: '13',
        vat: '8580.00',
      },
    ],
  },
  reviewAgain: {
    ...sent,
    messageId: 'review-again-1',
    source: 'compliance',
    cause: 'list',
    what: 'the list sdn, version 4be1f09a22c7',
  },
  cancelShipment: { ...sent, messageId: 'cancel-1', source: 'order system', reason: 'the buyer withdrew the order' },
};

/** A person confirms a purchase contract that was read, with one number corrected. */
export const confirmationExample = {
  ...sent,
  messageId: 'confirm-118',
  source: 'Li Wei',
  documentId: 'PC-118',
  kind: 'purchase-contract',
  corrections: { 'lines[0].quantity': '1000' },
};

/** The least that an order says, as the documentation shows it; examples/order.json is a complete one. */
export const orderExample: OrderInput = {
  reference: 'CLEAN-1001',
  plannedExportOn: '2026-11-30' as OrderInput['plannedExportOn'],
  claimantKind: 'trading',
  buyer: { name: 'Harbor Home Goods LLC', country: 'US', address: '1200 Harbor Avenue, Long Beach, CA 90802' },
  destination: { country: 'US', port: 'USLGB' },
  model: 'general-trade',
  transport: {
    mode: 'sea',
    portOfLoading: 'CNNGB',
    stuffingPlace: 'Ningbo, Beilun',
    consolidator: 'Ningbo Beilun Container Services Co.',
  },
  incoterm: { rule: 'FOB', place: 'Ningbo' },
  currency: 'USD',
  payment: { instalments: [{ share: '1', trigger: 'shipment', days: 30 }] },
  lines: [
    {
      nameZh: 'LED台灯',
      nameEn: 'LED table lamp, USB powered',
      hsCode: '9405210090',
      elements: { 用途: '室内照明用', 材质: '铁及ABS塑料', 光源类型: 'LED光源', 品牌: '无品牌', 型号: 'TL-20' },
      brandType: 'none',
      quantity: '1000',
      unit: '个',
      unitPrice: '12.00',
      netWeightKg: '1150',
      grossWeightKg: '1400',
      packages: { count: 125, kind: '纸箱' },
      attributes: { electronics: true, hasRadio: false, mainsVoltage: false, hasBattery: false, toy: false },
      certificates: [{ kind: 'certificate-fcc-sdoc', number: 'SDOC-TL20-2026' }],
      supplier: { name: '宁波示例灯具有限公司', taxId: '91330200MA0000001X', place: '宁波市鄞州区' },
    },
  ],
};

/** What the documentation asks of a lamp made otherwise. */
export const variantsExample: z.input<typeof variantsRequestSchema> = {
  order: orderExample,
  line: 1,
  variants: [
    {
      name: 'aluminium base',
      design: 'The base is cast of aluminium instead of iron and plastic.',
      reason: 'lighter to send',
      changes: { attributes: { materials: ['aluminium'] } },
    },
  ],
};

/** A basket of one product, as the documentation shows it. */
export const quoteExample: z.input<typeof landedCostQuoteRequestSchema> = {
  destination: { country: 'US' },
  currency: 'USD',
  buyerCurrency: 'USD',
  freight: '18.00',
  lines: [{ nameEn: 'LED table lamp, USB powered', hsCode: '9405210090', quantity: '2', unitPrice: '12.00' }],
};

/** The settings of an exporter with a letterhead, an account and numbers of its own, as the documentation shows them. */
export const settingsExample: z.input<typeof settingsSentSchema> = {
  exporter: {
    nameZh: '宁波示例灯具进出口有限公司',
    nameEn: 'Ningbo Example Lighting Import & Export Co., Ltd.',
    taxId: '91330200MA0000000X',
    customsCode: '3302960000',
    address: '宁波市鄞州区示例路 88 号',
    letterhead: {
      lines: ['Lamps since 1998'],
      addressEn: '88 Example Road, Yinzhou District, Ningbo 315100, China',
      phone: '+86 574 0000 0000',
      email: 'export@example.com',
    },
    bank: {
      beneficiary: 'Ningbo Example Lighting Import & Export Co., Ltd.',
      bank: 'Example Bank, Ningbo Branch',
      swift: 'EXAMCN2AXXX',
      account: '0000 1111 2222 3333',
    },
    signatory: { name: 'Li Wei', title: 'Export Manager', place: 'Ningbo' },
  },
  numbering: { 'commercial-invoice': 'NB-{reference}-CI' },
  category: 2,
  screening: { reviewFrom: '0.85', reviewWithCountryFrom: '0.80' },
};
