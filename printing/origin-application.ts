import type { Content } from 'pdfmake/interfaces.js';
import type { OriginApplication } from '../rules/documents/forms.ts';
import { amount, arrivalOf, grouped, modeOf, money } from './figures.ts';
import { box, type Column, field, inWords, lineTable, partyOf, sellerOf, signatureOf } from './parts.ts';

type Line = OriginApplication['lines'][number];

/** What only the applicant can state. */
const OPEN = '＿＿＿＿';

function columnsOfApplication({ currency }: OriginApplication): Column<Line>[] {
  return [
    { label: ['序号', 'No.'], share: 22, align: 'center', of: ({ no }) => String(no) },
    {
      label: ['商品名称、件数', 'Goods, packages'],
      share: 150,
      of: ({ nameEn, nameZh, packages, packing }) => `${nameEn}\n${nameZh}\n${grouped(String(packages))} ${packing}`,
    },
    { label: ['商品编码', 'HS code'], share: 54, align: 'center', of: ({ hsCode }) => hsCode },
    { label: ['原产国', 'Origin'], share: 30, align: 'center', of: ({ origin }) => origin },
    {
      label: ['原产地标准', 'Criterion'],
      share: 46,
      align: 'center',
      of: ({ originCriterion }) => originCriterion || OPEN,
    },
    {
      label: ['数量/毛重', 'Qty / gross kg'],
      share: 64,
      align: 'right',
      of: ({ quantity, unit, grossWeightKg }) => `${grouped(quantity)} ${unit}\n${grouped(grossWeightKg)} kg`,
    },
    { label: ['离岸价', `FOB ${currency}`], share: 66, align: 'right', of: ({ fob }) => amount(fob, currency) },
    {
      label: ['生产企业', 'Producer'],
      share: 90,
      of: ({ producer, producerPlace }) => [producer, producerPlace].filter(Boolean).join('\n') || '—',
    },
  ];
}

/** Body of the data for an application for a certificate of origin, under the title. */
export function originBody(application: OriginApplication): Content[] {
  const { currency } = application;
  return [
    headOfApplication(application),
    lineTable(columnsOfApplication(application), application.lines, [
      '合计 TOTAL',
      '',
      '',
      '',
      '',
      `${grouped(application.grossWeightKg)} kg`,
      amount(application.fob, currency),
      '',
    ]),
    ...inWords(['总件数', 'Packages'], {
      en: `${grouped(String(application.packages))}: ${application.packagesInWords.en}`,
      zh: application.packagesInWords.zh,
    }),
    box(
      [
        [
          field(['唛头', 'Shipping marks'], application.marks),
          field(['离岸价合计', 'FOB value'], money(application.fob, currency)),
        ],
      ],
      undefined,
      [2, 1],
    ),
    signatureOf(application, application.date),
  ];
}

function headOfApplication(application: OriginApplication): Content {
  const { route } = application;
  return box(
    [
      [
        field(['出口商', 'Exporter'], sellerOf(application.seller), { rowSpan: 2 }),
        field(['编号', 'No.'], application.number),
        field(['日期', 'Date'], application.date),
      ],
      [
        {},
        field(['发票号', 'Invoice No.'], application.invoiceNumber),
        field(['发票日期', 'Invoice date'], application.invoiceDate),
      ],
      [
        field(['收货人', 'Consignee'], partyOf(application.consignee), { rowSpan: 2 }),
        field(['证书种类', 'Kind of certificate'], OPEN),
        field(['计划出运日', 'Planned shipment'], application.plannedExportOn),
      ],
      [
        {},
        field(
          ['运输', 'Transport'],
          [modeOf(route.mode), [route.vessel, route.voyage].filter(Boolean).join(' / ')].filter(Boolean).join('\n'),
        ),
        field(['路线', 'Route'], `${route.portOfLoading ?? '—'} → ${arrivalOf(route.destination)}`),
      ],
    ],
    undefined,
    [2, 1, 1],
  );
}
