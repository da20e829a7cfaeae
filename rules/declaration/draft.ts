import type { Reference } from '../../reference/load.ts';
import { alpha3Of, supervisionCodeOf, supervisionModeOf, unitOf, wrapCodeOf } from '../classification/codes.ts';
import type { DeclarationDraft } from '../documents/content.ts';
import { headOf } from '../documents/head.ts';
import { contractNumberOf, documentNumberOf } from '../documents/numbers.ts';
import { chargesInPrice, lineTotalOf, weightsOf } from '../order/figures.ts';
import type { Order } from '../order/order.ts';
import type { Settings } from '../settings.ts';
import { elementsOf } from './elements.ts';

/** Packages of several kinds, or of a kind that customs has no code for. */
const otherPacking = '99';

/**
 * What customs will be told of an order (as amended), in the codes of its tables. A word without a code stays empty or
 * as it was written: customs returns it and a person corrects it, which is better than a code made up.
 */
export function declarationDraftOf({
  order,
  settings,
  organisation,
  reference,
}: {
  order: Order;
  settings: Settings;
  organisation: string;
  reference: Reference;
}): DeclarationDraft {
  return {
    ...headOf({ order, settings, organisation }),
    number: documentNumberOf('declaration-draft', order.reference, settings.numbering),
    contractNumber: contractNumberOf(order.reference, settings.numbering),
    supervisionMode: supervisionCodeOf(order, reference),
    levy: supervisionModeOf(order, reference)?.levy ?? '',
    transportMode: reference.transportModes.find(({ mode }) => mode === order.transport.mode)?.code ?? '',
    vessel: order.transport.vessel ?? '',
    voyage: order.transport.voyage ?? '',
    portOfLoading: order.transport.portOfLoading ?? '',
    transactionMode: reference.transactionModes.find(({ incoterm }) => incoterm === order.incoterm.rule)?.code ?? '',
    ...chargesInPrice(order),
    currency: order.currency,
    destinationCountry: alpha3Of(order.destination.country, reference) ?? order.destination.country,
    destinationPort: order.destination.port ?? '',
    packages: order.lines.reduce((all, { packages }) => all + packages.count, 0),
    wrapCode: wrapOf(order, reference),
    ...weightsOf(order),
    marks: order.marks ?? 'N/M',
    remarks: order.remarks ?? '',
    lines: linesOf(order, reference),
    named: namedOf(order, reference),
  };
}

function namedOf(order: Order, reference: Reference): DeclarationDraft['named'] {
  const wrap = wrapOf(order, reference);
  return {
    supervisionMode: supervisionModeOf(order, reference)?.nameZh ?? '',
    transportMode: reference.transportModes.find(({ mode }) => mode === order.transport.mode)?.nameZh ?? '',
    wrap: reference.wrapKinds.find(({ code }) => code === wrap)?.nameZh ?? '',
    incoterm: order.incoterm.rule,
  };
}

function wrapOf({ lines }: Order, reference: Reference): string {
  const [code, ...others] = new Set(lines.map(({ packages }) => wrapCodeOf(packages.kind, reference) ?? otherPacking));
  return code !== undefined && others.length === 0 ? code : otherPacking;
}

function linesOf(order: Order, reference: Reference): DeclarationDraft['lines'] {
  return order.lines.map((line, index) => ({
    no: index + 1,
    hsCode: line.hsCode,
    nameZh: line.nameZh,
    elements: elementsOf(line, reference),
    quantity: line.quantity,
    unit: line.unit,
    unitCode: unitOf(line.unit, reference)?.code ?? line.unit,
    statutory: line.statutory.map(({ quantity, unit }) => ({
      quantity,
      unitCode: unitOf(unit, reference)?.code ?? unit,
      unit,
    })),
    unitPrice: line.unitPrice,
    total: lineTotalOf(line, order.currency),
    originCountry: alpha3Of(line.origin, reference) ?? line.origin,
    netWeightKg: line.netWeightKg,
    grossWeightKg: line.grossWeightKg,
  }));
}
