import { createHash } from 'node:crypto';
import type { Deed, Scenario } from '../simulation/scenario.ts';
import type { World } from '../simulation/world.ts';

/** The papers of the archive, as they come in during the weeks around departure. */
export const archivePapers: Deed = (world) =>
  world.handInAll(['purchase-contract', 'transport-document', 'freight-invoice', 'customs-agency-agreement']);

interface Invoice {
  /** Which invoice of the shipment it is, from 1: the number is made of both. */
  nth: number;
  seller: { name: string; taxId: string };
  name: string;
  quantity: string;
  unit: string;
  net: string;
  vat: string;
  replaces?: number;
}

/** Twenty digits as on a fully digital invoice, the same for the same shipment and never for two. */
function invoiceNumber(reference: string, nth: number): string {
  const digest = createHash('sha256').update(reference).digest();
  return `26${String(digest.readBigUInt64BE() % 10n ** 16n).padStart(16, '0')}${String(nth).padStart(2, '0')}`;
}

/** A supplier's VAT invoice, as finance registers it. */
export const invoice =
  ({ nth, seller, replaces, ...line }: Invoice): Deed =>
  (world: World) =>
    world.tell('vat-invoice', {
      number: invoiceNumber(world.reference, nth),
      issuedOn: world.today,
      seller,
      confirmedForRefund: true,
      replaces: replaces && invoiceNumber(world.reference, replaces),
      lines: [{ line: 1, vatRatePercent: '13', ...line }],
    });

const wheels = {
  seller: { name: '潍坊磨具制造有限公司', taxId: '91370700MA3GRIN06X' },
  name: '*非金属矿物制品*树脂砂轮',
  net: '40000.00',
  vat: '5200.00',
};

/** The cases of the demo that can be played again and again; demo/orders.csv holds their orders. Worked figures: docs/recipes. */
export const scenarios: Scenario[] = [
  {
    reference: 'LAMPS-2601',
    title: '(a) general trade to the US, nothing odd',
    expected: 'refunded',
    refund: '8580.00',
    onDay: [
      [4, (world) => world.buyerPays({ amount: '3600.00' })],
      [13, archivePapers],
      [
        18,
        invoice({
          nth: 1,
          seller: { name: '宁波明灯照明有限公司', taxId: '91330201MA2LAMP01X' },
          name: '*照明装置*LED台灯',
          quantity: '1000',
          unit: '台',
          net: '66000.00',
          vat: '8580.00',
        }),
      ],
      [30, (world) => world.buyerPays({ amount: '8400.00' })],
    ],
    answers: {},
  },
  {
    reference: 'TOYS-2602',
    title: '(b) a missing certificate, found and supplied',
    expected: 'refunded',
    refund: '6500.00',
    onDay: [
      [16, archivePapers],
      [
        22,
        invoice({
          nth: 1,
          seller: { name: '云和县木童玩具有限公司', taxId: '91331125MA2TOYS02X' },
          name: '*玩具*木制拼图玩具',
          quantity: '4000',
          unit: '个',
          net: '50000.00',
          vat: '6500.00',
        }),
      ],
      [38, (world) => world.buyerPays({ amount: '9600.00' })],
    ],
    answers: {
      'review-finding': {
        afterDays: 1.2,
        do: (world) =>
          world.handIn('certificate-cpc', {
            number: 'CPC-2602-01',
            holder: 'Little Acorn Toys LLC',
            issuedOn: '2026-05-12',
          }),
      },
    },
  },
  {
    reference: 'UNDERVALUED-2603',
    title: '(c) an export inspection finds an undervalued line',
    expected: 'refunded',
    refund: '6760.00',
    onDay: [
      [14, archivePapers],
      [
        20,
        invoice({
          nth: 1,
          seller: { name: '永康市恒暖杯业有限公司', taxId: '91330784MA2CUPS03X' },
          name: '*日用杂品*不锈钢保温瓶',
          quantity: '5000',
          unit: '个',
          net: '52000.00',
          vat: '6760.00',
        }),
      ],
      [45, (world) => world.buyerPays({ amount: '9500.00' })],
    ],
    answers: {
      'review-warnings': {
        afterDays: 0.4,
        do: (world, taskId) =>
          world.answer(taskId, 'accepted', 'The price of the spring list, says sales; the contract is attached.'),
      },
      'inspection-discrepancy': {
        afterDays: 0.8,
        do: (world) =>
          world.tell('declaration-amendment', {
            reason: 'the sample price of an earlier order was declared; contract and invoice say 1.90',
            lines: [{ line: 1, unitPrice: '1.90' }],
          }),
      },
    },
  },
  {
    reference: 'EXAM-2604',
    title: '(d) a CBP intensive exam with a Form 28 answered in time',
    expected: 'refunded',
    refund: '17550.00',
    onDay: [
      [12, archivePapers],
      [
        19,
        invoice({
          nth: 1,
          seller: { name: '深圳市声因电子有限公司', taxId: '91440300MA5AUDI04X' },
          name: '*电子元件*头戴式蓝牙耳机',
          quantity: '2400',
          unit: '个',
          net: '135000.00',
          vat: '17550.00',
        }),
      ],
      [36, (world) => world.buyerPays({ amount: '22800.00' })],
    ],
    answers: {
      'authority-case': {
        afterDays: 3,
        do: (world, taskId) =>
          world.answer(taskId, 'answered', 'Cost breakdown, bill of materials and use are attached.', [
            'cost-breakdown.xlsx',
            'bill-of-materials.pdf',
            'user-manual.pdf',
          ]),
      },
    },
  },
  {
    reference: 'CHAIRS-2605',
    title: '(e) 30/70, the second part short by bank charges',
    expected: 'refunded',
    refund: '14300.00',
    onDay: [
      [5, (world) => world.buyerPays({ amount: '6000.00' })],
      [18, archivePapers],
      [
        24,
        invoice({
          nth: 1,
          seller: { name: '安吉椅业制造有限公司', taxId: '91330523MA2CHAI05X' },
          name: '*家具*金属框架软垫椅',
          quantity: '800',
          unit: '把',
          net: '110000.00',
          vat: '14300.00',
        }),
      ],
      [40, (world) => world.buyerPays({ amount: '13975.00', charges: '25.00' })],
    ],
    answers: {},
  },
  {
    reference: 'DOUBT-2606',
    title: '(f) an invoice in the wrong unit, re-issued; then one round of doubts',
    expected: 'refunded',
    refund: '3600.00',
    onDay: [
      [15, archivePapers],
      [21, invoice({ nth: 1, quantity: '1560', unit: '千克', ...wheels })],
      [34, (world) => world.buyerPays({ amount: '6500.00' })],
    ],
    answers: {
      'vat-invoice-differs': {
        afterDays: 4,
        do: invoice({
          nth: 2,
          quantity: '1300',
          unit: '个',
          ...wheels,
          replaces: 1,
        }),
      },
      'tax-doubts': {
        afterDays: 2,
        do: (world, taskId) =>
          world.answer(
            taskId,
            'answered',
            'The first invoice was red-lettered because of its unit; the exchange cost follows from the contract price.',
            ['red-letter-notice.pdf', 'contract.pdf'],
          ),
      },
    },
  },
  {
    reference: 'SHIRTS-2607',
    title: '(g) an order cancelled before filing',
    expected: 'cancelled',
    refund: null,
    onDay: [[6, (world) => world.tell('cancellation', { reason: 'the buyer withdrew the season’s order' })]],
    answers: {},
  },
  {
    reference: 'BAGS-2608',
    title: '(h) a buyer who never pays, written off in the end',
    expected: 'unclaimed',
    refund: null,
    onDay: [
      [14, archivePapers],
      [
        20,
        invoice({
          nth: 1,
          seller: { name: '泉州远行箱包有限公司', taxId: '91350500MA3BAGS08X' },
          name: '*箱包*涤纶旅行背包',
          quantity: '1800',
          unit: '个',
          net: '62000.00',
          vat: '8060.00',
        }),
      ],
    ],
    answers: {
      'instalment-overdue': {
        afterDays: 2,
        do: (world, taskId) => world.answer(taskId, 'keep-waiting', 'reminded the buyer by mail'),
      },
      'fx-deadline-near': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'seen', 'legal letter sent') },
      'fx-not-collected': {
        afterDays: 40,
        do: (world, taskId) => world.answer(taskId, 'write-off', 'the buyer is insolvent and nothing is insured'),
      },
    },
  },
  {
    reference: 'BLOCKS-2610',
    title: '(i) a toy: the rule is a question, the CPC is another model’s, mended before export',
    expected: 'refunded',
    refund: '8320.00',
    onDay: [
      [16, archivePapers],
      [
        22,
        invoice({
          nth: 1,
          seller: { name: '汕头市澄海区启乐玩具有限公司', taxId: '91440515MA4TOYS10X' },
          name: '*玩具*塑料积木玩具',
          quantity: '3000',
          unit: '盒',
          net: '64000.00',
          vat: '8320.00',
        }),
      ],
      [38, (world) => world.buyerPays({ amount: '12600.00' })],
    ],
    answers: {
      'review-finding': {
        afterDays: 0.4,
        do: (world, taskId) => {
          if (taskId.includes('attributes')) return world.answer(taskId, 'applies', 'Sold for ages 3 to 8.');
          const model = taskId.includes('certificates.model') ? 'BB-100' : 'BB-60';
          return world.handIn('certificate-cpc', {
            documentId: `CPC-2610-${model}`,
            number: `CPC-2610-${model}`,
            holder: 'Little Acorn Toys LLC',
            issuedOn: '2026-06-18',
            fields: { model, importer: 'Little Acorn Toys LLC' },
          });
        },
      },
    },
  },
  {
    reference: 'DRESSER-2611',
    title: '(j) wooden furniture under an anti-dumping order, accepted with eyes open',
    expected: 'refunded',
    refund: '7540.00',
    onDay: [
      [5, (world) => world.buyerPays({ amount: '3420.00' })],
      [18, archivePapers],
      [
        24,
        invoice({
          nth: 1,
          seller: { name: '安吉木居家具有限公司', taxId: '91330523MA2DRES11X' },
          name: '*家具*木制卧室五斗柜',
          quantity: '120',
          unit: '个',
          net: '58000.00',
          vat: '7540.00',
        }),
      ],
      [40, (world) => world.buyerPays({ amount: '7980.00' })],
    ],
    answers: {
      'review-warnings': {
        afterDays: 0.6,
        do: (world, taskId) =>
          world.answer(
            taskId,
            'accepted',
            'Scope of A-570-890 read: the dressers are in it. The buyer is importer and pays the deposit of 216.01 %, in writing.',
            ['scope-ruling-note.pdf', 'buyer-letter.pdf'],
          ),
      },
    },
  },
];
