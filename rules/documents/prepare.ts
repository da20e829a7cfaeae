import type { Reference } from '../../reference/load.ts';
import { type CivilDate, chinaDate, type Instant } from '../civil-date.ts';
import { declarationDraftOf } from '../declaration/draft.ts';
import { chargesInPrice, fobTotal, instalmentsOf, lineTotalOf, orderTotal, weightsOf } from '../order/figures.ts';
import type { Order } from '../order/order.ts';
import type { Settings } from '../settings.ts';
import type { CommercialInvoice, PackingList, SalesContract } from './content.ts';
import { contentHashOf } from './content-hash.ts';
import { headOf } from './head.ts';
import { amountInWords, packagesInWords } from './in-words.ts';
import { contractNumberOf, documentNumberOf, invoiceNumberOf } from './numbers.ts';
import { elementsSheetOf, letterOfInstructionOf, originApplicationOf, packagesOf, routeOf } from './prepare-forms.ts';
import type { ContentOf, PreparedDocument, PreparedKind, PreparedOf } from './prepared.ts';
import { totalVolumeOf, volumeOf } from './volume.ts';

export type { PreparedDocument } from './prepared.ts';

/** What the papers are made from: the order as amended. */
export interface PrepareInput {
  order: Order;
  settings: Settings;
  organisation: string;
  /** Of the papers, counted from 1; in their ids, not in what they say. */
  revision: number;
  asOf: Instant;
  reference: Reference;
}

/**
 * Prepares our seven papers from one order, so that they cannot contradict each other: invoice, packing list, contract,
 * declaration draft, elements sheet, application for a certificate of origin, letter of instruction.
 * Deterministic: the same input gives the same papers and hashes. Dated by the order, not by the clock, where the order says.
 * @returns the papers, and one hash over all of them that locks what will be declared
 */
export function prepareDocuments(input: PrepareInput): { documents: PreparedDocument[]; contentHash: string } {
  const today = chinaDate(input.asOf);
  const orderedOn = input.order.orderedOn ?? today;
  const documents: PreparedDocument[] = [
    document(input, 'commercial-invoice', invoiceOf(input, today, orderedOn)),
    document(input, 'packing-list', packingListOf(input, today)),
    document(input, 'sales-contract', contractOf(input, orderedOn)),
    document(input, 'declaration-draft', { ...declarationDraftOf(input), date: today }),
    document(input, 'declaration-elements', elementsSheetOf(input, today)),
    document(input, 'origin-application', originApplicationOf(input, today)),
    document(input, 'letter-of-instruction', letterOfInstructionOf(input, today)),
  ];
  return { documents, contentHash: contentHashOf(documents.map(({ kind, contentHash }) => ({ kind, contentHash }))) };
}

function document<Kind extends PreparedKind>({ order, revision }: PrepareInput, kind: Kind, content: ContentOf<Kind>) {
  return {
    id: `${order.reference}/${kind}/${revision}`,
    kind,
    number: content.number,
    revision,
    content,
    contentHash: contentHashOf(content),
    // TypeScript does not follow a kind through the union; the parameter's type ties the content to it.
  } as unknown as PreparedOf<Kind>;
}

function pricedLinesOf({ lines, currency }: Order): CommercialInvoice['lines'] {
  return lines.map((line, index) => {
    const { productCode, nameEn, nameZh, hsCode, origin, quantity, unit, unitPrice } = line;
    return {
      no: index + 1,
      productCode,
      nameEn,
      nameZh,
      hsCode,
      origin,
      quantity,
      unit,
      unitPrice,
      total: lineTotalOf(line, currency),
    };
  });
}

function invoiceOf(input: PrepareInput, date: CivilDate, orderedOn: CivilDate): CommercialInvoice {
  const { order, settings } = input;
  const { amount } = orderTotal(order);
  return {
    ...headOf(input),
    number: invoiceNumberOf(order.reference, settings.numbering),
    date,
    contractNumber: contractNumberOf(order.reference, settings.numbering),
    incoterm: order.incoterm,
    currency: order.currency,
    lines: pricedLinesOf(order),
    total: amount,
    ...chargesInPrice(order),
    fob: fobTotal(order).amount,
    marks: order.marks ?? 'N/M',
    totalInWords: amountInWords(amount, order.currency),
    route: routeOf(order),
    payment: paymentOf(order, orderedOn),
    bank: settings.exporter.bank,
  };
}

function packingListOf(input: PrepareInput, date: CivilDate): PackingList {
  const { order, settings } = input;
  return {
    ...headOf(input),
    number: documentNumberOf('packing-list', order.reference, settings.numbering),
    date,
    invoiceNumber: invoiceNumberOf(order.reference, settings.numbering),
    lines: order.lines.map((line, index) => ({
      no: index + 1,
      nameEn: line.nameEn,
      nameZh: line.nameZh,
      quantity: line.quantity,
      unit: line.unit,
      packages: line.packages.count,
      packing: line.packages.kind,
      sizeCm: line.packages.sizeCm,
      netWeightKg: line.netWeightKg,
      grossWeightKg: line.grossWeightKg,
      volumeCbm: volumeOf(line),
    })),
    packages: packagesOf(order),
    ...weightsOf(order),
    marks: order.marks ?? 'N/M',
    contractNumber: contractNumberOf(order.reference, settings.numbering),
    packagesInWords: packagesInWords(packagesOf(order)),
    volumeCbm: totalVolumeOf(order),
    route: routeOf(order),
  };
}

function paymentOf(order: Order, orderedOn: CivilDate): SalesContract['payment'] {
  return instalmentsOf(order, orderedOn).map(({ no, amount, trigger, days, on }) => ({
    no,
    amount,
    trigger,
    days,
    on,
  }));
}

function contractOf(input: PrepareInput, orderedOn: CivilDate): SalesContract {
  const { order, settings } = input;
  const { amount } = orderTotal(order);
  return {
    ...headOf(input),
    number: contractNumberOf(order.reference, settings.numbering),
    date: orderedOn,
    incoterm: order.incoterm,
    currency: order.currency,
    lines: pricedLinesOf(order),
    total: amount,
    payment: paymentOf(order, orderedOn),
    lastContractualDate: order.payment.lastContractualDate,
    plannedExportOn: order.plannedExportOn,
    transportMode: order.transport.mode,
    portOfLoading: order.transport.portOfLoading,
    destination: order.destination,
    totalInWords: amountInWords(amount, order.currency),
    marks: order.marks ?? 'N/M',
    bank: settings.exporter.bank,
  };
}
