/** Our own papers and registered VAT invoices in the shape in which papers are compared. */
import { sum } from '../../money.ts';
import type { VatInvoice } from '../../refund/vat-invoice.ts';
import type { CommercialInvoice, DeclarationDraft, PackingList, SalesContract } from '../content.ts';
import { type DocumentFacts, documentFactsSchema, type StatedDocument, type StatedLine } from '../facts.ts';
import type { PreparedDocument } from '../prepare.ts';
import { elementOf, namesOf, partyOf, sellerOf } from './facts-of-order.ts';

/**
 * What a paper of ours says. A kind that has no line here says its parties and numbers alone.
 * @returns facts as they stand on the paper, nothing worked out anew
 */
export function factsOfPrepared(document: PreparedDocument): DocumentFacts {
  return documentFactsSchema.parse({ ...headFacts(document.content), ...ownFacts(document) });
}

/** A paper of ours, as it is compared. */
export function statedOfPrepared(document: PreparedDocument): StatedDocument {
  return { id: document.id, kind: document.kind, made: true, facts: factsOfPrepared(document) };
}

/** What a registered VAT invoice says: net amounts in CNY as totals; its lines are numbered as the order's that they are for. */
export function factsOfVatInvoice(invoice: VatInvoice): DocumentFacts {
  return documentFactsSchema.parse({
    number: invoice.number,
    date: invoice.issuedOn,
    seller: { ...namesOf(invoice.seller.name), taxId: invoice.seller.taxId },
    currency: 'CNY',
    total: sum(invoice.lines.map(({ net }) => net)),
    lines: invoice.lines.map(({ line, name, quantity, unit, net }) => ({
      no: line,
      nameZh: name,
      quantity,
      unit,
      total: net,
    })),
  });
}

/** Fields of one paper before they are checked as facts. */
type Stating = Partial<Omit<DocumentFacts, 'lines'>> & { lines?: StatedLine[] };

function headFacts({ number, seller, buyer, consignee }: PreparedDocument['content']): Stating {
  return { number, seller: sellerOf(seller), buyer: partyOf(buyer), consignee: partyOf(consignee) };
}

function ownFacts(document: PreparedDocument): Stating {
  switch (document.kind) {
    case 'commercial-invoice':
      return factsOfInvoice(document.content);
    case 'packing-list':
      return factsOfPackingList(document.content);
    case 'sales-contract':
      return factsOfContract(document.content);
    case 'declaration-draft':
      return factsOfDraft(document.content);
    default:
      return {};
  }
}

function factsOfInvoice(paper: CommercialInvoice): Stating {
  const { date, contractNumber, currency, total, freight, insurance, fob, marks, lines } = paper;
  return { date, contractNumber, currency, total, freight, insurance, fob, marks, ...termsOf(paper), lines };
}

function factsOfPackingList({ date, invoiceNumber, marks, lines, ...weights }: PackingList): Stating {
  return {
    date,
    invoiceNumber,
    marks,
    ...weightsOf(weights),
    lines: lines.map(({ no, nameEn, nameZh, quantity, unit, ...line }) => ({
      no,
      nameEn,
      nameZh,
      quantity,
      unit,
      ...weightsOf(line),
    })),
  };
}

function factsOfContract(paper: SalesContract): Stating {
  const { date, currency, total, lines, portOfLoading, destination } = paper;
  const places = { portOfLoading, portOfDischarge: destination.port, destination: destination.country };
  return { date, currency, total, ...termsOf(paper), ...places, lines };
}

function factsOfDraft(paper: DeclarationDraft): Stating {
  const { contractNumber, currency, freight, insurance, marks, lines } = paper;
  return {
    contractNumber,
    currency,
    freight,
    insurance,
    marks,
    // Customs' word for what has no code is an empty one.
    vessel: paper.vessel || undefined,
    voyage: paper.voyage || undefined,
    portOfLoading: paper.portOfLoading || undefined,
    portOfDischarge: paper.destinationPort || undefined,
    destination: paper.destinationCountry,
    ...weightsOf(paper),
    lines: lines.map((line) => ({
      no: line.no,
      nameZh: line.nameZh,
      hsCode: line.hsCode,
      brand: elementOf(line.elements, 'brand')?.slice(0, 80),
      model: elementOf(line.elements, 'model')?.slice(0, 120),
      origin: line.originCountry,
      quantity: line.quantity,
      unit: line.unit,
      unitPrice: line.unitPrice,
      total: line.total,
      netWeightKg: line.netWeightKg,
      grossWeightKg: line.grossWeightKg,
    })),
  };
}

function termsOf({ incoterm }: Pick<CommercialInvoice, 'incoterm'>): Stating {
  return { incoterm: incoterm.rule, incotermPlace: incoterm.place };
}

function weightsOf({
  packages,
  netWeightKg,
  grossWeightKg,
}: {
  packages: number;
  netWeightKg: string;
  grossWeightKg: string;
}) {
  return { packages: String(packages), netWeightKg, grossWeightKg };
}
