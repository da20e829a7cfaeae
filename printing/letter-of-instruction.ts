import type { Content } from 'pdfmake/interfaces.js';
import type { LetterOfInstruction } from '../rules/documents/forms.ts';
import { arrivalOf, grouped, modeOf } from './figures.ts';
import { box, type Column, field, inWords, lineTable, partyOf, sellerOf, signatureOf } from './parts.ts';

const columns: Column<LetterOfInstruction['lines'][number]>[] = [
  { label: ['序号', 'No.'], share: 22, align: 'center', of: ({ no }) => String(no) },
  { label: ['商品名称', 'Description of goods'], share: 190, of: ({ nameEn, nameZh }) => `${nameEn}\n${nameZh}` },
  { label: ['商品编码', 'HS code'], share: 60, align: 'center', of: ({ hsCode }) => hsCode },
  {
    label: ['件数及包装', 'Packages'],
    share: 74,
    align: 'right',
    of: ({ packages, packing }) => `${grouped(String(packages))} ${packing}`,
  },
  { label: ['毛重', 'Gross, kg'], share: 64, align: 'right', of: ({ grossWeightKg }) => grouped(grossWeightKg) },
  {
    label: ['体积', 'Volume, m³'],
    share: 60,
    align: 'right',
    of: ({ volumeCbm }) => (volumeCbm ? grouped(volumeCbm) : '—'),
  },
];

const freightTerms = { prepaid: 'FREIGHT PREPAID 运费预付', collect: 'FREIGHT COLLECT 运费到付' } as const;

/** Body of the shipper's letter of instruction, under the title: what the forwarder books and writes into the transport document. */
export function instructionBody(letter: LetterOfInstruction): Content[] {
  const { route } = letter;
  return [
    headOfLetter(letter),
    lineTable(columns, letter.lines, [
      '合计 TOTAL',
      '',
      '',
      grouped(String(letter.packages)),
      grouped(letter.grossWeightKg),
      letter.volumeCbm ? grouped(letter.volumeCbm) : '—',
    ]),
    ...inWords(['总件数大写', 'Packages in words'], letter.packagesInWords),
    box(
      [
        [
          field(['唛头', 'Marks and numbers'], letter.marks),
          field(['净重', 'Net weight, kg'], grouped(letter.netWeightKg)),
        ],
        [
          field(['装箱地点', 'Place of stuffing'], letter.stuffingPlace),
          field(['装箱人', 'Stuffed by'], letter.consolidator),
        ],
        [
          field(['备注', 'Remarks'], letter.remarks),
          field(['送货地址', 'Delivery address'], route.destination.address),
        ],
      ],
      undefined,
      [2, 1],
    ),
    signatureOf(letter, letter.date),
  ];
}

function headOfLetter(letter: LetterOfInstruction): Content {
  const { route, incoterm } = letter;
  return box(
    [
      [
        field(['发货人', 'Shipper'], sellerOf(letter.seller), { rowSpan: 2 }),
        field(['委托书号', 'Instruction No.'], letter.number),
        field(['日期', 'Date'], letter.date),
      ],
      [
        {},
        field(['发票号', 'Invoice No.'], letter.invoiceNumber),
        field(['合同号', 'Contract No.'], letter.contractNumber),
      ],
      [
        field(['收货人', 'Consignee'], partyOf(letter.consignee), { rowSpan: 2 }),
        field(['运输方式', 'Transport'], modeOf(route.mode)),
        field(['船名航次', 'Vessel / voyage'], [route.vessel, route.voyage].filter(Boolean).join(' / ')),
      ],
      [
        {},
        field(['起运港', 'Port of loading'], route.portOfLoading),
        field(['目的港', 'Port of discharge'], arrivalOf(route.destination)),
      ],
      [
        field(['通知人', 'Notify party'], notifyOf(letter), { rowSpan: 2 }),
        field(['运费', 'Freight'], freightTerms[letter.freightTerm]),
        field(['贸易术语', 'Incoterms 2020'], `${incoterm.rule} ${incoterm.place}`),
      ],
      [
        {},
        field(['货好日期', 'Planned shipment'], letter.plannedExportOn),
        field(['买方', 'Buyer'], letter.buyer.name),
      ],
    ],
    undefined,
    [2, 1, 1],
  );
}

function notifyOf({ notify, notifyIsConsignee }: LetterOfInstruction): string {
  return notifyIsConsignee ? `SAME AS CONSIGNEE 同收货人\n${notify.name}` : partyOf(notify);
}
