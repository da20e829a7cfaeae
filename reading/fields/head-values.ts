/** Values of labels into fields: each in the way that its label asks for. */
import type { FactPath, FieldReading } from '../../rules/documents/facts.ts';
import { readDate } from './dates.ts';
import type { LabelledValue } from './head.ts';
import type { LabelName } from './label-words.ts';
import { currencyOf, type NumberReading, readNumber } from './numbers.ts';

type Sense = 'text' | 'number' | 'weight' | 'date' | 'identifier' | 'incoterm' | 'currency' | 'vesselAndVoyage';

const senses: Partial<Record<LabelName, Sense>> = {
  date: 'date',
  currency: 'currency',
  incoterm: 'incoterm',
  portOfLoading: 'text',
  portOfDischarge: 'text',
  destination: 'text',
  vessel: 'vesselAndVoyage',
  voyage: 'text',
  vesselAndVoyage: 'vesselAndVoyage',
  marks: 'text',
  supplierPlace: 'text',
  total: 'number',
  freight: 'number',
  insurance: 'number',
  fob: 'number',
  packages: 'number',
  netWeightKg: 'weight',
  grossWeightKg: 'weight',
  invoiceNo: 'identifier',
  contractNo: 'identifier',
  orderNo: 'identifier',
  packingListNo: 'identifier',
  transportNo: 'identifier',
  certificateNo: 'identifier',
  proformaNo: 'identifier',
  declarationNo: 'identifier',
  plainNo: 'identifier',
};

/** Which label gives a paper its own number, most telling first. */
export const ownNumbers: Readonly<Record<string, readonly LabelName[]>> = {
  'commercial-invoice': ['invoiceNo', 'plainNo'],
  'packing-list': ['packingListNo', 'plainNo'],
  'purchase-contract': ['contractNo', 'orderNo', 'plainNo'],
  'sales-contract': ['contractNo', 'plainNo'],
  'proforma-invoice': ['proformaNo', 'invoiceNo', 'plainNo'],
  'supplier-invoice': ['invoiceNo', 'plainNo'],
  'transport-document': ['transportNo', 'plainNo'],
  'bill-of-lading': ['transportNo', 'plainNo'],
  'air-waybill': ['transportNo', 'plainNo'],
  'rail-waybill': ['transportNo', 'plainNo'],
  'forwarder-invoice': ['invoiceNo', 'plainNo'],
  'freight-invoice': ['invoiceNo', 'plainNo'],
  'vat-invoice': ['invoiceNo', 'plainNo'],
  'certificate-of-origin': ['certificateNo', 'plainNo'],
  'declaration-draft': ['plainNo'],
};

const otherNumbers: Partial<Record<LabelName, FactPath>> = {
  invoiceNo: 'invoiceNumber',
  contractNo: 'contractNumber',
  orderNo: 'orderNumber',
  declarationNo: 'declarationNumber',
};

const INCOTERM = /\b(EXW|FCA|CPT|CIP|DAP|DPU|DDP|FAS|FOB|CFR|CIF|C&F|CNF)\b[\s:,-]*(.*)$/i;

/** Fields of the head but for the companies. @param kind of the paper, which decides whose number a number is */
export function headFields(values: readonly LabelledValue[], kind: string | undefined): FieldReading[] {
  const own = (ownNumbers[kind ?? ''] ?? []).find((name) =>
    values.some((value) => value.name === name && identifierOf(value.lines[0] ?? '')),
  );
  return values.flatMap((value): FieldReading[] => {
    const sense = senses[value.name];
    if (!sense) return [];
    if (sense === 'identifier') return identifierFields(value, own);
    return read[sense](value);
  });
}

const read: Record<Exclude<Sense, 'identifier'>, (value: LabelledValue) => FieldReading[]> = {
  text: (value) => {
    // `运抵国(地区)(USA)`: what stands in brackets behind a label is its value in letters.
    const text = value.lines
      .join('\n')
      .trim()
      .replace(/^\(([^()]+)\)$/, '$1');
    return text === '' ? [] : [field(value, value.name, text.slice(0, value.name === 'marks' ? 1000 : 120))];
  },
  date: (value) => {
    const date = readDate(value.lines[0] ?? '');
    return date ? [field(value, 'date', date.value, date.confidence)] : [];
  },
  number: (value) => {
    const number = chargeDeclared(value.lines[0] ?? '') ?? numberIn(value.lines[0] ?? '');
    // `Total: 1,600 PCS` is no amount.
    if (!number || (number.unit && value.name !== 'packages')) return [];
    // `Total` alone may stand over weights as well as amounts: without colon or currency it is a guess.
    const isBare = value.name === 'total' && !/[:：]/.test(value.label) && !number.currency && !currencyOf(value.label);
    const fields = [field(value, value.name, number.value, number.confidence * (isBare ? 0.6 : 1))];
    const currency = number.currency ?? currencyOf(value.label);
    if (currency && value.name !== 'packages') fields.push(field(value, 'currency', currency, 0.9));
    return fields;
  },
  weight: (value) => {
    const number = numberIn(value.lines[0] ?? '');
    const unit =
      number?.unit ?? /(?:[(]|,\s*)(?:in\s*)?([a-z\p{Script=Han}]+)[)]?[\s:]*$/iu.exec(value.label)?.[1] ?? 'kg';
    return number && /^(kgs?|kilograms?|千克|公斤)\.?$/i.test(unit.trim())
      ? [field(value, value.name, number.value, number.confidence)]
      : [];
  },
  currency: (value) => {
    const currency = currencyOf(value.lines[0] ?? '');
    return currency ? [field(value, 'currency', currency)] : [];
  },
  incoterm: (value) => incotermFields(value.lines[0] ?? '', value.place, value.confidence),
  vesselAndVoyage: (value) => {
    const [, vessel, voyage] =
      /^(.+?)\s*(?:\/|\bV(?:oy)?\.\s*(?:No\.?)?|\s{2,})\s*([A-Z]?\d+[A-Z]*)$/i.exec(value.lines[0] ?? '') ?? [];
    if (vessel && voyage) return [field(value, 'vessel', vessel.trim()), field(value, 'voyage', voyage)];
    return value.lines[0]
      ? [field(value, 'vessel', value.lines[0].slice(0, 80), value.name === 'vessel' ? 1 : 0.6)]
      : [];
  },
};

/** A trade term and the place behind it; none where the text has no term. */
export function incotermFields(text: string, place: string, confidence: number): FieldReading[] {
  const [, term = '', rest = ''] = INCOTERM.exec(text.normalize('NFKC')) ?? [];
  if (term === '') return [];
  const code = /^(C&F|CNF)$/i.test(term) ? 'CFR' : term.toUpperCase();
  const named = rest
    .replace(/[,(]?\s*incoterms?.*$/i, '')
    .replace(/[\s,;.()]+$/, '')
    .trim();
  const fields: FieldReading[] = [{ path: 'incoterm', value: code, confidence, place }];
  if (named !== '' && named.length <= 60 && !/^\d/.test(named) && currencyOf(named) === undefined)
    fields.push({ path: 'incotermPlace', value: named, confidence: confidence * 0.95, place });
  return fields;
}

function field({ place, confidence }: LabelledValue, path: FactPath, value: string, sure = 1): FieldReading {
  return { path, value, confidence: confidence * sure, place };
}

function identifierFields(value: LabelledValue, own: LabelName | undefined): FieldReading[] {
  const text = identifierOf(value.lines[0] ?? '');
  if (!text) return [];
  const path = value.name === own ? 'number' : otherNumbers[value.name];
  return path ? [field(value, path, text, value.name === 'plainNo' ? 0.7 : 1)] : [];
}

/** A number of a paper has a digit and no spaces; undefined for words. */
function identifierOf(text: string): string | undefined {
  const [first] = text
    .normalize('NFKC')
    .trim()
    .split(/[\s,;，；]+/);
  return first && /\d/.test(first) && first.length <= 40 ? first : undefined;
}

/** `USD/1100/3`: a charge as a declaration states it. Mode 3 is the amount; 1 is a share of the value, 2 a price per ton. */
function chargeDeclared(text: string): NumberReading | undefined {
  const [, amount = ''] = /^(?:[A-Z]{3}|\d{3})\/(\d+(?:\.\d+)?)\/3$/.exec(text.normalize('NFKC').trim()) ?? [];
  return amount === '' ? undefined : readNumber(amount);
}

/** A number, or the one number in a text of more words. */
function numberIn(text: string): NumberReading | undefined {
  const whole = readNumber(text);
  if (whole) return whole;
  const plain = text.normalize('NFKC');
  const numbers = [...plain.matchAll(/\d[\d.,']*\d|\d/g)];
  const only = numbers.length === 1 && !/%/.test(plain) ? readNumber(numbers[0]?.[0] ?? '') : undefined;
  return only && { ...only, confidence: only.confidence * 0.6, currency: currencyOf(plain) };
}
