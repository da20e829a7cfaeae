/** Cases of papers that others made: a file comes in, is read, a person says what it says, and it is held against the rest. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer, Deed, Scenario } from '../simulation/scenario.ts';
import type { World } from '../simulation/world.ts';
import { archivePapers, invoice } from './scenarios.ts';

const papers = fileURLToPath(new URL('./papers', import.meta.url));

/** The paper's id in a shipment: another file under the same id is the paper re-issued. */
const idOf = (world: World, kind: string) => `${world.reference}-${kind}`;

/** A file of demo/papers comes in for a shipment, from whoever made it. */
const comesIn =
  (name: string, kind: string, source: string): Deed =>
  (world) =>
    world.addFile(
      { name, content: new Uint8Array(readFileSync(join(papers, name))) },
      { documentId: idOf(world, kind), kind, source },
    );

/** The operator looks at what was read an eighth of a day after it was asked for, and says where the paper says otherwise. */
const confirmed = (kind: string, corrections: Record<string, string> = {}): Answer => ({
  afterDays: 0.125,
  do: (world) => world.confirm(idOf(world, kind), 'Li Wei', corrections),
});

/** Papers of the archive of which nobody has a file to show. */
const otherArchivePapers =
  (...kinds: string[]): Deed =>
  (world) =>
    world.handInAll(kinds);

/** Each can be played again and again; ops/write-demo-papers.ts says what stands in the files. */
export const scenariosOfPapers: Scenario[] = [
  {
    reference: 'LOCKS-2614',
    title: '(m) the warehouse’s packing list weighs less gross than net, found before filing',
    expected: 'refunded',
    refund: '9360.00',
    onDay: [
      [2, comesIn('packing-list.xlsx', 'packing-list', 'the warehouse')],
      [16, archivePapers],
      [
        22,
        invoice({
          nth: 1,
          seller: { name: '浦江锁业制造有限公司', taxId: '91330726MA2LOCK12X' },
          name: '*金属制品*四位密码锁',
          quantity: '6000',
          unit: '把',
          net: '72000.00',
          vat: '9360.00',
        }),
      ],
      [38, (world) => world.buyerPays({ amount: '12600.00' })],
    ],
    answers: {
      'document-unconfirmed': confirmed('packing-list'),
      // Two digits changed places: the warehouse weighs again, and hands its list in anew.
      'review-finding': {
        afterDays: 0.5,
        do: comesIn('packing-list-corrected.xlsx', 'packing-list', 'the warehouse'),
      },
    },
  },
  {
    reference: 'PACKS-2615',
    title: '(n) bought in 套, sold in 个: the contract is re-issued before filing instead of the invoice after',
    expected: 'refunded',
    refund: '7800.00',
    onDay: [
      [2, comesIn('purchase-contract.pdf', 'purchase-contract', 'the supplier')],
      [16, otherArchivePapers('transport-document', 'freight-invoice', 'customs-agency-agreement')],
      [
        22,
        invoice({
          nth: 1,
          seller: { name: '泉州远行箱包有限公司', taxId: '91350500MA3BAGS08X' },
          name: '*箱包*双肩登山包',
          quantity: '1500',
          unit: '个',
          net: '60000.00',
          vat: '7800.00',
        }),
      ],
      [38, (world) => world.buyerPays({ amount: '11100.00' })],
    ],
    answers: {
      'document-unconfirmed': confirmed('purchase-contract'),
      // Cheaper than to amend the order: 套 would then stand on invoice, packing list and declaration, which the buyer agreed in 个.
      'review-finding': {
        afterDays: 1.2,
        do: comesIn('purchase-contract-reissued.pdf', 'purchase-contract', 'the supplier'),
      },
    },
  },
  {
    reference: 'DISCS-2616',
    title: '(o) a supplier’s invoice read into fields, one wrong guess corrected by a person',
    expected: 'refunded',
    refund: '4050.00',
    onDay: [
      [3, comesIn('supplier-invoice.pdf', 'supplier-invoice', 'the supplier')],
      [16, archivePapers],
      [
        22,
        invoice({
          nth: 1,
          seller: { name: '潍坊磨具制造有限公司', taxId: '91370700MA3GRIN06X' },
          name: '*非金属矿物制品*纤维增强切割片',
          quantity: '2000',
          unit: '个',
          net: '45000.00',
          vat: '5850.00',
        }),
      ],
      [38, (world) => world.buyerPays({ amount: '6400.00' })],
    ],
    // Its quantity stands in cartons of 40.
    answers: { 'document-unconfirmed': confirmed('supplier-invoice', { 'lines[0].quantity': '2000' }) },
  },
  {
    reference: 'CLIPS-2617',
    title: '(p) the forwarder’s invoice comes after release and changes the FOB split',
    expected: 'refunded',
    refund: '8060.00',
    onDay: [
      [13, otherArchivePapers('purchase-contract', 'transport-document', 'customs-agency-agreement')],
      [15, comesIn('forwarder-invoice.pdf', 'forwarder-invoice', 'the forwarder')],
      [
        19,
        invoice({
          nth: 1,
          seller: { name: '宁波明灯照明有限公司', taxId: '91330201MA2LAMP01X' },
          name: '*照明装置*夹式阅读灯',
          quantity: '900',
          unit: '台',
          net: '62000.00',
          vat: '8060.00',
        }),
      ],
      [36, (world) => world.buyerPays({ amount: '12150.00' })],
    ],
    answers: {
      'document-unconfirmed': confirmed('forwarder-invoice'),
      'review-warnings': {
        afterDays: 0.4,
        do: (world, taskId) =>
          world.answer(
            taskId,
            'accepted',
            'Sea freight rose after the booking. Ours is a trading company: its refund is counted from the VAT invoice. FOB is 2.9 % less, inside 5 %; invoice and payment are kept.',
            ['forwarder-invoice.pdf', 'payment-slip.pdf'],
          ),
      },
    },
  },
];
