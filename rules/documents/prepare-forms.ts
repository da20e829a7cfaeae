/** Contents of the papers that others fill their forms from. */
import type { Reference } from '../../reference/load.ts';
import type { CivilDate } from '../civil-date.ts';
import { elementsOf } from '../declaration/elements.ts';
import { fobOfLines, fobTotal, weightsOf } from '../order/figures.ts';
import type { Order } from '../order/order.ts';
import type { Settings } from '../settings.ts';
import type { Route } from './content.ts';
import type { DeclarationElementsSheet, LetterOfInstruction, OriginApplication } from './forms.ts';
import { headOf } from './head.ts';
import { packagesInWords } from './in-words.ts';
import { contractNumberOf, documentNumberOf, invoiceNumberOf } from './numbers.ts';
import { totalVolumeOf, volumeOf } from './volume.ts';

interface Source {
  order: Order;
  settings: Settings;
  organisation: string;
  reference: Reference;
}

/** Under these the seller contracts for carriage and pays the carrier. */
const prepaidTerms: readonly string[] = ['CFR', 'CPT', 'CIF', 'CIP', 'DAP', 'DPU', 'DDP'];

/** Route of the goods as far as the order knows it. */
export function routeOf({ transport, destination }: Order): Route {
  const { mode, vessel, voyage, portOfLoading } = transport;
  return { mode, vessel, voyage, portOfLoading, destination };
}

/** Number of packages of all lines. */
export function packagesOf({ lines }: Pick<Order, 'lines'>): number {
  return lines.reduce((all, { packages }) => all + packages.count, 0);
}

/** The elements of each line in declared order, those that were not stated named as missing. */
export function elementsSheetOf(source: Source, date: CivilDate): DeclarationElementsSheet {
  const { order, settings, reference } = source;
  const lines = order.lines.map((line, index) => {
    const elements = elementsOf(line, reference);
    return {
      no: index + 1,
      hsCode: line.hsCode,
      nameZh: line.nameZh,
      nameEn: line.nameEn,
      elements,
      // As customs reads it: a bar inside a value would shift every element after it.
      declared: elements.map(({ value }) => value.replaceAll('|', '/')).join('|'),
      missing: elements.filter(({ value }) => value === '').map(({ name }) => name),
      headingKnown: reference.declarationElements.some(({ hsPrefix }) => line.hsCode.startsWith(hsPrefix)),
    };
  });
  return {
    ...headOf(source),
    number: documentNumberOf('declaration-elements', order.reference, settings.numbering),
    date,
    contractNumber: contractNumberOf(order.reference, settings.numbering),
    lines,
    missingCount: lines.reduce((all, { missing }) => all + missing.length, 0),
  };
}

/** What an application for a certificate of origin asks for; its criteria stay empty, the applicant answers for them. */
export function originApplicationOf(source: Source, date: CivilDate): OriginApplication {
  const { order, settings } = source;
  const fob = fobOfLines(order);
  return {
    ...headOf(source),
    number: documentNumberOf('origin-application', order.reference, settings.numbering),
    date,
    invoiceNumber: invoiceNumberOf(order.reference, settings.numbering),
    invoiceDate: date,
    route: routeOf(order),
    plannedExportOn: order.plannedExportOn,
    marks: order.marks ?? 'N/M',
    currency: order.currency,
    fob: fobTotal(order).amount,
    packages: packagesOf(order),
    packagesInWords: packagesInWords(packagesOf(order)),
    grossWeightKg: weightsOf(order).grossWeightKg,
    lines: order.lines.map((line, index) => ({
      no: index + 1,
      nameEn: line.nameEn,
      nameZh: line.nameZh,
      hsCode: line.hsCode,
      origin: line.origin,
      originCriterion: '',
      packages: line.packages.count,
      packing: line.packages.kind,
      quantity: line.quantity,
      unit: line.unit,
      grossWeightKg: line.grossWeightKg,
      fob: fob[index] ?? '0',
      producer: line.supplier?.name,
      producerPlace: line.supplier?.place,
    })),
  };
}

/** What the forwarder is told: who, from where, to where, how much, and who pays the freight. */
export function letterOfInstructionOf(source: Source, date: CivilDate): LetterOfInstruction {
  const { order, settings } = source;
  return {
    ...headOf(source),
    number: documentNumberOf('letter-of-instruction', order.reference, settings.numbering),
    date,
    invoiceNumber: invoiceNumberOf(order.reference, settings.numbering),
    contractNumber: contractNumberOf(order.reference, settings.numbering),
    notify: order.notify ?? order.consignee ?? order.buyer,
    notifyIsConsignee: order.notify === undefined,
    route: routeOf(order),
    stuffingPlace: order.transport.stuffingPlace,
    consolidator: order.transport.consolidator,
    plannedExportOn: order.plannedExportOn,
    incoterm: order.incoterm,
    freightTerm: prepaidTerms.includes(order.incoterm.rule) ? 'prepaid' : 'collect',
    marks: order.marks ?? 'N/M',
    remarks: order.remarks ?? '',
    lines: order.lines.map((line, index) => ({
      no: index + 1,
      nameEn: line.nameEn,
      nameZh: line.nameZh,
      hsCode: line.hsCode,
      packages: line.packages.count,
      packing: line.packages.kind,
      grossWeightKg: line.grossWeightKg,
      volumeCbm: volumeOf(line),
    })),
    packages: packagesOf(order),
    packagesInWords: packagesInWords(packagesOf(order)),
    ...weightsOf(order),
    volumeCbm: totalVolumeOf(order),
  };
}
