import type { Reference } from '../../reference/load.ts';
import { type CivilDate, chinaDate, type Instant } from '../civil-date.ts';
import { declarationDraftOf } from '../declaration/draft.ts';
import { chargesInPrice, fobTotal, instalmentsOf, lineTotalOf, orderTotal, weightsOf } from '../order/figures.ts';
import type { Order } from '../order/order.ts';
import type { Settings } from '../settings.ts';
import type { CommercialInvoice, DeclarationDraft, PackingList, SalesContract } from './content.ts';
import { contentHashOf } from './content-hash.ts';
import { headOf } from './head.ts';
import { contractNumberOf, invoiceNumberOf } from './numbers.ts';

interface Contents {
  'commercial-invoice': CommercialInvoice;
  'packing-list': PackingList;
  'sales-contract': SalesContract;
  'declaration-draft': DeclarationDraft;
}

type DocumentOf<Kind extends keyof Contents> = {
  /** `<reference>/<kind>/<revision>`. */
  id: string;
  kind: Kind;
  number: string;
  revision: number;
  content: Contents[Kind];
  /** Of the content alone, so that a new revision that says the same is seen to. */
  contentHash: string;
};

/** A paper of ours, as data. */
export type PreparedDocument = { [Kind in keyof Contents]: DocumentOf<Kind> }[keyof Contents];

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
 * Prepares invoice, packing list, contract and declaration draft from one order, so that they cannot contradict each other.
 * Deterministic: the same input gives the same papers and hashes. Dated by the order, not by the clock, where the order says.
 * @returns the papers, and one hash over all of them that locks what will be declared
 */
export function prepareDocuments(input: PrepareInput): { documents: PreparedDocument[]; contentHash: string } {
  const today = chinaDate(input.asOf);
  const orderedOn = input.order.orderedOn ?? today;
  const documents: PreparedDocument[] = [
    document(input, 'commercial-invoice', invoiceOf(input, today)),
    document(input, 'packing-list', packingListOf(input, today)),
    document(input, 'sales-contract', contractOf(input, orderedOn)),
    document(input, 'declaration-draft', declarationDraftOf(input)),
  ];
  return { documents, contentHash: contentHashOf(documents.map(({ kind, contentHash }) => ({ kind, contentHash }))) };
}

function document<Kind extends keyof Contents>(
  { order, revision }: PrepareInput,
  kind: Kind,
  content: Contents[Kind],
): DocumentOf<Kind> {
  return {
    id: `${order.reference}/${kind}/${revision}`,
    kind,
    number: content.number,
    revision,
    content,
    contentHash: contentHashOf(content),
  };
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

function invoiceOf(input: PrepareInput, date: CivilDate): CommercialInvoice {
  const { order } = input;
  return {
    ...headOf(input),
    number: invoiceNumberOf(order.reference),
    date,
    contractNumber: contractNumberOf(order.reference),
    incoterm: order.incoterm,
    currency: order.currency,
    lines: pricedLinesOf(order),
    total: orderTotal(order).amount,
    ...chargesInPrice(order),
    fob: fobTotal(order).amount,
    marks: order.marks ?? 'N/M',
  };
}

function packingListOf(input: PrepareInput, date: CivilDate): PackingList {
  const { order } = input;
  return {
    ...headOf(input),
    number: `PL-${order.reference}`,
    date,
    invoiceNumber: invoiceNumberOf(order.reference),
    lines: order.lines.map(({ nameEn, nameZh, quantity, unit, packages, netWeightKg, grossWeightKg }, index) => ({
      no: index + 1,
      nameEn,
      nameZh,
      quantity,
      unit,
      packages: packages.count,
      packing: packages.kind,
      sizeCm: packages.sizeCm,
      netWeightKg,
      grossWeightKg,
    })),
    packages: order.lines.reduce((all, { packages }) => all + packages.count, 0),
    ...weightsOf(order),
    marks: order.marks ?? 'N/M',
  };
}

function contractOf(input: PrepareInput, orderedOn: CivilDate): SalesContract {
  const { order } = input;
  return {
    ...headOf(input),
    number: contractNumberOf(order.reference),
    date: orderedOn,
    incoterm: order.incoterm,
    currency: order.currency,
    lines: pricedLinesOf(order),
    total: orderTotal(order).amount,
    payment: instalmentsOf(order, orderedOn).map(({ no, amount, trigger, days, on }) => ({
      no,
      amount,
      trigger,
      days,
      on,
    })),
    lastContractualDate: order.payment.lastContractualDate,
    plannedExportOn: order.plannedExportOn,
    transportMode: order.transport.mode,
    portOfLoading: order.transport.portOfLoading,
    destination: order.destination,
  };
}
