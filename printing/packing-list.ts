import type { Content } from 'pdfmake/interfaces.js';
import type { PackingList } from '../rules/documents/content.ts';
import { consigneeAndRoute } from './commercial-invoice.ts';
import { grouped } from './figures.ts';
import { box, type Column, field, inWords, lineTable, partyOf, signatureOf } from './parts.ts';

const columns: Column<PackingList['lines'][number]>[] = [
  { label: ['序号', 'No.'], share: 22, align: 'center', of: ({ no }) => String(no) },
  { label: ['商品名称', 'Description of goods'], share: 150, of: ({ nameEn, nameZh }) => `${nameEn}\n${nameZh}` },
  {
    label: ['数量', 'Quantity'],
    share: 58,
    align: 'right',
    of: ({ quantity, unit }) => `${grouped(quantity)} ${unit}`,
  },
  {
    label: ['件数及包装', 'Packages'],
    share: 62,
    align: 'right',
    of: ({ packages, packing }) => `${grouped(String(packages))} ${packing}`,
  },
  {
    label: ['尺寸', 'Size, cm'],
    share: 56,
    align: 'center',
    of: ({ sizeCm }) => sizeCm?.replaceAll('x', ' x ') ?? '—',
  },
  { label: ['净重', 'Net, kg'], share: 54, align: 'right', of: ({ netWeightKg }) => grouped(netWeightKg) },
  { label: ['毛重', 'Gross, kg'], share: 54, align: 'right', of: ({ grossWeightKg }) => grouped(grossWeightKg) },
  {
    label: ['体积', 'Volume, m³'],
    share: 50,
    align: 'right',
    of: ({ volumeCbm }) => (volumeCbm ? grouped(volumeCbm) : '—'),
  },
];

/** Body of a packing list, under the title. */
export function packingListBody(list: PackingList): Content[] {
  const totals = [
    '合计 TOTAL',
    '',
    '',
    grouped(String(list.packages)),
    '',
    grouped(list.netWeightKg),
    grouped(list.grossWeightKg),
    list.volumeCbm ? grouped(list.volumeCbm) : '—',
  ];
  return [
    headOfList(list),
    lineTable(columns, list.lines, totals),
    ...inWords(['总件数大写', 'Packages in words'], list.packagesInWords),
    box([[field(['唛头', 'Shipping marks'], list.marks)]]),
    signatureOf(list, list.date),
  ];
}

function headOfList(list: PackingList): Content {
  return box(
    [
      [
        field(['买方', 'Buyer'], partyOf(list.buyer), { rowSpan: 2 }),
        field(['装箱单号', 'Packing list No.'], list.number),
        field(['日期', 'Date'], list.date),
      ],
      [
        {},
        field(['发票号', 'Invoice No.'], list.invoiceNumber),
        field(['合同号', 'Contract No.'], list.contractNumber),
      ],
      ...consigneeAndRoute(list),
    ],
    undefined,
    [2, 1, 1],
  );
}
