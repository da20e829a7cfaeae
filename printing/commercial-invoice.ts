import type { Content, TableCell } from 'pdfmake/interfaces.js';
import type { CommercialInvoice } from '../rules/documents/content.ts';
import { amount, arrivalOf, dueOf, grouped, modeOf, money } from './figures.ts';
import { bankOf, box, type Column, field, inWords, lineTable, partyOf, signatureOf } from './parts.ts';

type Line = CommercialInvoice['lines'][number];

/** Goods with prices and their total, as invoice and contract show them. */
export function pricedTable({
  lines,
  total,
  currency,
}: Pick<CommercialInvoice, 'lines' | 'total' | 'currency'>): Content {
  const totals = ['合计 TOTAL', '', '', '', '', currency, amount(total, currency)];
  return lineTable(pricedColumns(currency), lines, totals);
}

function pricedColumns(currency: CommercialInvoice['currency']): Column<Line>[] {
  return [
    { label: ['序号', 'No.'], share: 22, align: 'center', of: ({ no }) => String(no) },
    {
      label: ['商品名称', 'Description of goods'],
      share: 164,
      of: ({ nameEn, nameZh, productCode }) => `${nameEn}\n${nameZh}${productCode ? `   Art. ${productCode}` : ''}`,
    },
    { label: ['商品编码', 'HS code'], share: 56, align: 'center', of: ({ hsCode }) => hsCode },
    { label: ['原产国', 'Origin'], share: 30, align: 'center', of: ({ origin }) => origin },
    {
      label: ['数量', 'Quantity'],
      share: 70,
      align: 'right',
      of: ({ quantity, unit }) => `${grouped(quantity)} ${unit}`,
    },
    {
      label: ['单价', `Unit price ${currency}`],
      share: 70,
      align: 'right',
      of: ({ unitPrice }) => amount(unitPrice, currency),
    },
    { label: ['金额', `Amount ${currency}`], share: 80, align: 'right', of: ({ total }) => amount(total, currency) },
  ];
}

/** The terms of payment, an instalment a line. */
export function paymentTerms(payment: CommercialInvoice['payment'], currency: CommercialInvoice['currency']): string {
  return (payment ?? []).map((each) => `${each.no}) ${money(each.amount, currency)}: ${dueOf(each)}`).join('\n');
}

/** Body of a commercial invoice, under the title. */
export function invoiceBody(invoice: CommercialInvoice): Content[] {
  const { currency } = invoice;
  return [
    headOfInvoice(invoice),
    pricedTable(invoice),
    ...inWords(['大写金额', 'Total in words'], invoice.totalInWords),
    box([
      [
        field(['其中运费', 'Freight included'], money(invoice.freight, currency)),
        field(['其中保费', 'Insurance included'], money(invoice.insurance, currency)),
        field(['离岸价', 'FOB value'], money(invoice.fob, currency)),
      ],
    ]),
    box(
      [
        [
          field(['唛头', 'Shipping marks'], invoice.marks),
          field(['付款条件', 'Terms of payment'], paymentTerms(invoice.payment, currency)),
        ],
      ],
      undefined,
      [1, 2],
    ),
    ...bankOf(invoice.bank),
    signatureOf(invoice, invoice.date),
  ];
}

function headOfInvoice(invoice: CommercialInvoice): Content {
  const { incoterm } = invoice;
  return box(
    [
      [
        field(['买方', 'Buyer'], partyOf(invoice.buyer), { rowSpan: 2 }),
        field(['发票号', 'Invoice No.'], invoice.number),
        field(['日期', 'Date'], invoice.date),
      ],
      [
        {},
        field(['合同号', 'Contract No.'], invoice.contractNumber),
        field(['贸易术语', 'Incoterms 2020'], `${incoterm.rule} ${incoterm.place}`),
      ],
      ...consigneeAndRoute(invoice),
    ],
    undefined,
    [2, 1, 1],
  );
}

/** Two rows of the head that invoice and packing list share: to whom the goods go, and by which way. */
export function consigneeAndRoute({ consignee, route }: Pick<CommercialInvoice, 'consignee' | 'route'>): TableCell[][] {
  return [
    [
      field(['收货人', 'Consignee'], partyOf(consignee), { rowSpan: 2 }),
      field(['运输方式', 'Transport'], route && modeOf(route.mode)),
      field(['船名航次', 'Vessel / voyage'], [route?.vessel, route?.voyage].filter(Boolean).join(' / ')),
    ],
    [
      {},
      field(['起运港', 'From'], route?.portOfLoading),
      field(['目的港', 'To'], route && arrivalOf(route.destination)),
    ],
  ];
}
