import { z } from 'zod';
import { lettersApart } from '../letters-apart.ts';
import { orderLineSchema, orderSchema, partySchema, productAttributesSchema } from './order.ts';

/** What a cell becomes: its text, or the value it stands for; or a sentence why it cannot be read. */
export type CellReading = { value: unknown } | { error: string };

/** One column of the file: where its value goes in the order (or in a line of it), and how it is read. */
export interface Column {
  name: string;
  /** Of the whole order, or of a line of goods. */
  level: 'order' | 'line';
  read: (cell: string) => CellReading;
}

const asText = (cell: string): CellReading => ({ value: cell });

function asCount(cell: string): CellReading {
  return /^\d{1,9}$/.test(cell) ? { value: Number(cell) } : { error: `${quoted(cell)} is not a whole number` };
}

function asNumber(cell: string): CellReading {
  return /^\d{1,9}(\.\d{1,4})?$/.test(cell) ? { value: Number(cell) } : { error: `${quoted(cell)} is not a number` };
}

function asFlag(cell: string): CellReading {
  const word = cell.toLowerCase();
  if (['true', 'yes', '1', '是'].includes(word)) return { value: true };
  if (['false', 'no', '0', '否'].includes(word)) return { value: false };
  return { error: `${quoted(cell)} is neither true nor false` };
}

/** A cell in an error message: shortened, in quotation marks. */
export const quoted = (cell: string) => JSON.stringify(cell.length > 60 ? `${cell.slice(0, 60)}…` : cell);

const items = (cell: string) =>
  cell
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** Reads each item of a list by its grammar; the first that does not fit is named. */
function asList(cell: string, read: (item: string) => unknown, form: string): CellReading {
  const value: unknown[] = [];
  for (const item of items(cell)) {
    const one = read(item);
    if (one === undefined) return { error: `${quoted(item)} is not understood: write ${form}` };
    value.push(one);
  }
  return { value };
}

/** `0.3 order 0; 0.7 shipment 30`, `1 date 2026-12-31`; an amount instead of a share as `amount 6000.00 order`. */
function asInstalments(cell: string): CellReading {
  return asList(
    cell,
    (item) => {
      const match = /^(amount\s+)?(\S+)\s+(order|shipment|arrival|date)(?:\s+(\S+))?$/i.exec(item);
      if (!match) return undefined;
      const [, isAmount, number, event, last] = match;
      const trigger = event?.toLowerCase();
      const how = isAmount ? { amount: number } : { share: number };
      if (trigger === 'date') return last === undefined ? undefined : { ...how, trigger, on: last };
      if (last === undefined) return { ...how, trigger };
      return /^\d{1,3}$/.test(last) ? { ...how, trigger, days: Number(last) } : undefined;
    },
    'share, event and days, for example "0.3 order 0; 0.7 shipment 30", or "1 date 2026-12-31"',
  );
}

/** `kind:number:holder:issuedOn:expiresOn`, the last three optional, several joined by `;`. */
function asCertificates(cell: string): CellReading {
  return asList(
    cell,
    (item) => {
      const parts = item.split(':').map((part) => part.trim() || undefined);
      const [kind, number, holder, issuedOn, expiresOn] = parts;
      return parts.length > 5 || !kind || !number ? undefined : { kind, number, holder, issuedOn, expiresOn };
    },
    'kind:number:holder:issued on:expires on, for example "CPC:SZ-114:Acme:2026-01-01:2027-01-01"',
  );
}

/** How a cell of that attribute is read: by what the order's schema says it is. */
function attributeReader(schema: z.ZodType): Column['read'] {
  if (schema instanceof z.ZodBoolean) return asFlag;
  if (schema instanceof z.ZodNumber) return asNumber;
  // `-` says that there is none; an empty cell says nothing.
  return (cell) => (cell === '-' ? { value: [] } : asList(cell, (item) => item, 'names joined by ;'));
}

/** `quantity unit`, the first and second statutory unit joined by `;`. */
function asStatutory(cell: string): CellReading {
  return asList(
    cell,
    (item) => {
      const match = /^(\S+)\s+(\S+)$/.exec(item);
      return match ? { quantity: match[1], unit: match[2] } : undefined;
    },
    'quantity and unit, for example "1200 kg;300 个"',
  );
}

const columns = (level: Column['level'], read: Column['read'], names: readonly string[], prefix = ''): Column[] =>
  names.map((name) => ({ name: prefix + name, level, read }));

const keys = (schema: { shape: object }) => Object.keys(schema.shape);
const parties = ['buyer', 'consignee', 'notify', 'endUser', 'payer', 'bank'];
/** Fields of the order and of a line that are not one cell of plain text. */
const apart = [
  ...parties,
  'destination',
  'transport',
  'incoterm',
  'payment',
  'lines',
  'elements',
  'statutory',
  'packages',
  'attributes',
  'certificates',
  'scopeAnswers',
  'supplier',
];
const plain = (schema: { shape: object }) => keys(schema).filter((name) => !apart.includes(name));

/** All columns that are known by a fixed name. They follow the order's schema: a field added there is a column here. */
export const knownColumns: readonly Column[] = [
  ...columns('order', asText, plain(orderSchema)),
  ...parties.flatMap((party) => columns('order', asText, keys(partySchema), `${party}.`)),
  ...columns('order', asText, keys(orderSchema.shape.destination), 'destination.'),
  ...columns('order', asText, keys(orderSchema.shape.transport), 'transport.'),
  ...columns('order', asText, keys(orderSchema.shape.incoterm), 'incoterm.'),
  ...columns('order', asInstalments, ['payment.instalments']),
  ...columns('order', asText, ['payment.lastContractualDate']),
  ...columns('line', asText, plain(orderLineSchema)),
  ...columns('line', asStatutory, ['statutory']),
  ...columns('line', asCertificates, ['certificates']),
  ...columns('line', asCount, ['packages.count']),
  ...columns('line', asText, ['packages.kind', 'packages.sizeCm', 'packages.treatmentMark']),
  ...columns('line', asText, keys(orderLineSchema.shape.supplier.unwrap()), 'supplier.'),
  ...Object.entries(productAttributesSchema.shape).flatMap(([name, schema]) =>
    columns('line', attributeReader(schema.unwrap()), [name], 'attributes.'),
  ),
];

const byName = new Map(knownColumns.map((column) => [column.name, column]));

/** The column of that name, `elements.<any name>` and `scopeAnswers.<key>` included; undefined when there is none. */
export function columnNamed(name: string): Column | undefined {
  if (/^scopeAnswers\.(?!__proto__$)./.test(name)) return { name, level: 'line', read: asFlag };
  if (/^elements\.(?!__proto__$)./.test(name)) return { name, level: 'line', read: asText };
  return byName.get(name);
}

/** The known column that differs least from a name, by inserted, dropped and changed letters. */
export function nearestColumn(name: string): string {
  let best = { name: '', distance: Number.POSITIVE_INFINITY };
  const wanted = name.slice(0, 60).toLowerCase();
  for (const column of knownColumns) {
    const distance = lettersApart(wanted, column.name.toLowerCase());
    if (distance < best.distance) best = { name: column.name, distance };
  }
  return best.name;
}
