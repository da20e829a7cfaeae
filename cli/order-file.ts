/** Reads orders that a person wrote: JSON, YAML or the CSV of the import. */
import { extname } from 'node:path';
import { type Order, orderSchema } from '../rules/order/order.ts';
import { readOrdersCsv } from '../rules/order/orders-csv.ts';
import { NotUnderstood, type Terminal } from './terminal.ts';
import { fromJson, fromYaml, readText } from './written-file.ts';

/** The orders of a file. */
export interface OrderFile {
  orders: Order[];
  /** Lines that say which rows of a CSV file were refused and why; their orders are not among {@link orders}. */
  refused: string[];
  /** A CSV file holds any number of orders, the other forms one. */
  severalOrders: boolean;
}

const wanted = { schema: orderSchema, whole: 'the order' };

/**
 * Reads a file, or standard input for `-`. What form it has is told by its name, else by what it holds.
 * @throws NotUnderstood naming file, line and field of all that is wrong
 */
export async function readOrderFile(file: string, terminal: Terminal): Promise<OrderFile> {
  const written = await readText(file, terminal);
  if (written.text.trim() === '')
    throw new NotUnderstood(`${written.name} is empty: quayside check --template prints an order to fill in.`);
  const form = formOf(file, written.text);
  if (form === 'csv') return fromCsv(written.name, written.text);
  const order = form === 'json' ? fromJson(written, wanted) : fromYaml(written, wanted);
  return { orders: [order], refused: [], severalOrders: false };
}

function formOf(file: string, text: string): 'json' | 'yaml' | 'csv' {
  const ending = extname(file).toLowerCase();
  if (ending === '.json') return 'json';
  if (ending === '.csv') return 'csv';
  if (ending === '.yaml' || ending === '.yml') return 'yaml';
  if (text.trimStart().startsWith('{')) return 'json';
  const [heading = ''] = text.trimStart().split('\n', 1);
  return heading.split(',').some((cell) => cell.trim() === 'reference') ? 'csv' : 'yaml';
}

function fromCsv(name: string, text: string): OrderFile {
  const { orders, refused } = readOrdersCsv(text);
  return {
    orders: orders.map(({ order }) => order),
    refused: refused.map(({ row, reference, field, error }) =>
      [`${name}:${row}`, ...(reference === undefined ? [] : [reference]), field, error].join(': '),
    ),
    severalOrders: true,
  };
}
