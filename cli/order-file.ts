/** Reads orders that a person wrote: JSON, YAML or the CSV of the import. */
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { core } from 'zod';
import { parseYaml, type YamlFile } from '../reference/yaml-file.ts';
import { type FieldError, fieldErrors, unstorableText } from '../rules/field-errors.ts';
import { type Order, orderSchema } from '../rules/order/order.ts';
import { readOrdersCsv } from '../rules/order/orders-csv.ts';
import { whyNot } from './files.ts';
import { lineOfJsonError } from './json-place.ts';
import { NotUnderstood, type Terminal } from './terminal.ts';

/** The orders of a file. */
export interface OrderFile {
  orders: Order[];
  /** Lines that say which rows of a CSV file were refused and why; their orders are not among {@link orders}. */
  refused: string[];
  /** A CSV file holds any number of orders, the other forms one. */
  severalOrders: boolean;
}

const AT_MOST_BYTES = 5_000_000;
const STANDARD_INPUT = '-';

/**
 * Reads a file, or standard input for `-`. What form it has is told by its name, else by what it holds.
 * @throws NotUnderstood naming file, line and field of all that is wrong
 */
export async function readOrderFile(file: string, terminal: Terminal): Promise<OrderFile> {
  const name = file === STANDARD_INPUT ? 'standard input' : file;
  const text = textOf(name, await bytesOf(file, terminal));
  if (text.trim() === '')
    throw new NotUnderstood(`${name} is empty: quayside check --template prints an order to fill in.`);
  const form = formOf(file, text);
  if (form === 'csv') return fromCsv(name, text);
  return { orders: [form === 'json' ? fromJson(name, text) : fromYaml(name, text)], refused: [], severalOrders: false };
}

async function bytesOf(file: string, terminal: Terminal): Promise<Buffer> {
  if (file === STANDARD_INPUT) return terminal.readStandardInput();
  try {
    return await readFile(resolve(terminal.folder, file));
  } catch (error) {
    throw new NotUnderstood(`${file}: ${whyNot(error)}`);
  }
}

function textOf(name: string, bytes: Buffer): string {
  if (bytes.length > AT_MOST_BYTES) throw new NotUnderstood(`${name} is larger than 5 MB: split it.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new NotUnderstood(`${name} is not UTF-8: save it as UTF-8 (spreadsheet programs: "CSV UTF-8").`);
  }
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

function fromJson(name: string, text: string): Order {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const line = lineOfJsonError(text);
    throw new NotUnderstood(`${line === undefined ? name : `${name}:${line}`}: no JSON: ${engineWords(error)}`);
  }
  return orderIn(value, (path) => placeIn(name, readableYaml(name, text), path));
}

/** Without the place, which the line tells, and the file's own text. */
const engineWords = (error: unknown) =>
  (error as Error).message.replace(/ in JSON at position .*$/s, '').replace(/, (\.\.\.)?".*is not valid JSON$/s, '');

/** JSON is YAML but for a few oddities, and then only the lines are not known. */
function readableYaml(name: string, text: string): YamlFile | undefined {
  try {
    return parseYaml(text, name);
  } catch {
    return undefined;
  }
}

/** Numbers that a person did not put in quotation marks are taken as they were written: `12.50` and `0110` are texts here. */
function fromYaml(name: string, text: string): Order {
  let file: YamlFile;
  try {
    file = parseYaml(text, name);
  } catch (error) {
    throw new NotUnderstood((error as Error).message);
  }
  const asTexts = structuredClone(file.value);
  for (const issue of readOrder(file.value).issues) {
    if (issue.code !== 'invalid_type' || issue.expected !== 'string') continue;
    const written = file.writtenAt(issue.path);
    if (written !== undefined && written !== '') put(asTexts, issue.path, written);
  }
  return orderIn(asTexts, (path) => placeIn(name, file, path));
}

function put(value: unknown, path: readonly PropertyKey[], text: string): void {
  const parent = path.slice(0, -1).reduce<unknown>((node, step) => (node as Record<PropertyKey, unknown>)[step], value);
  const last = path.at(-1);
  if (last === undefined) return;
  const read = (parent as Record<PropertyKey, unknown>)[last];
  if (typeof read === 'number' || typeof read === 'boolean') (parent as Record<PropertyKey, unknown>)[last] = text;
}

type PlaceOf = (path: readonly PropertyKey[]) => string;

function orderIn(value: unknown, placeOf: PlaceOf): Order {
  const { data, issues } = readOrder(value);
  if (data === undefined) throw new NotUnderstood(...issues.flatMap((issue) => complaintsOf(issue, placeOf)));
  const unstorable = unstorableText(value);
  if (unstorable.length > 0) throw new NotUnderstood(...unstorable.map((error) => told(error, placeOf([]))));
  return data;
}

type Issues = readonly core.$ZodIssue[];

function readOrder(value: unknown): { data?: Order; issues: Issues } {
  try {
    const { data, error } = orderSchema.safeParse(value);
    return { data, issues: error?.issues ?? [] };
  } catch (error) {
    // A check that met a value which an earlier check has refused already.
    return { issues: [{ code: 'custom', path: [], message: (error as Error).message, input: undefined }] };
  }
}

/** An unknown field stands where its name stands. */
function complaintsOf(issue: Issues[number], placeOf: PlaceOf): string[] {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
  return fieldErrors([issue]).map((error, index) => {
    const key = keys[index];
    return told(error, placeOf(key === undefined ? issue.path : [...issue.path, key]));
  });
}

const told = ({ field, message }: FieldError, place: string) =>
  `${place}: ${field === '' ? 'the order' : field}: ${message}`;

function placeIn(name: string, file: YamlFile | undefined, path: readonly PropertyKey[]): string {
  return file === undefined ? name : `${name}:${file.lineOf(path)}`;
}
