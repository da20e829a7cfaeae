/** Reads what a person wrote as JSON or YAML, by a schema: all that is wrong is told with file, line and field. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { core, z } from 'zod';
import { parseYaml, type YamlFile } from '../reference/yaml-file.ts';
import { type FieldError, fieldErrors, unstorableText } from '../rules/field-errors.ts';
import { whyNot } from './files.ts';
import { lineOfJsonError } from './json-place.ts';
import { NotUnderstood, type Terminal } from './terminal.ts';

const AT_MOST_BYTES = 5_000_000;
const STANDARD_INPUT = '-';

/** A text that somebody wrote, and what to call it. */
export interface WrittenText {
  name: string;
  text: string;
}

/** What a text is to be: its schema, and in words what the whole of it is. */
export interface Wanted<Schema extends z.ZodType> {
  schema: Schema;
  /** For example `the order`. */
  whole: string;
}

/** Reads a file, or standard input for `-`. @throws NotUnderstood where it is not there, too large or no UTF-8 */
export async function readText(file: string, terminal: Terminal): Promise<WrittenText> {
  const name = file === STANDARD_INPUT ? 'standard input' : file;
  return { name, text: textOf(name, await bytesOf(file, terminal)) };
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

/** What a JSON text says. @throws NotUnderstood with every line that is wrong */
export function fromJson<Schema extends z.ZodType>(
  { name, text }: WrittenText,
  wanted: Wanted<Schema>,
): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const line = lineOfJsonError(text);
    throw new NotUnderstood(`${line === undefined ? name : `${name}:${line}`}: no JSON: ${engineWords(error)}`);
  }
  return valueIn(value, wanted, (path) => placeIn(name, readableYaml(name, text), path));
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

/**
 * What a YAML text says. Numbers that a person did not put in quotation marks are taken as they were written: `12.50` and
 * `0110` are texts where a text is wanted. @throws NotUnderstood with every line that is wrong
 */
export function fromYaml<Schema extends z.ZodType>(
  { name, text }: WrittenText,
  wanted: Wanted<Schema>,
): z.infer<Schema> {
  let file: YamlFile;
  try {
    file = parseYaml(text, name);
  } catch (error) {
    throw new NotUnderstood((error as Error).message);
  }
  const asTexts = structuredClone(file.value);
  for (const issue of read(file.value, wanted.schema).issues) {
    if (issue.code !== 'invalid_type' || issue.expected !== 'string') continue;
    const written = file.writtenAt(issue.path);
    if (written !== undefined && written !== '') put(asTexts, issue.path, written);
  }
  return valueIn(asTexts, wanted, (path) => placeIn(name, file, path));
}

function put(value: unknown, path: readonly PropertyKey[], text: string): void {
  const parent = path.slice(0, -1).reduce<unknown>((node, step) => (node as Record<PropertyKey, unknown>)[step], value);
  const last = path.at(-1);
  if (last === undefined) return;
  const found = (parent as Record<PropertyKey, unknown>)[last];
  if (typeof found === 'number' || typeof found === 'boolean') (parent as Record<PropertyKey, unknown>)[last] = text;
}

type PlaceOf = (path: readonly PropertyKey[]) => string;

function valueIn<Schema extends z.ZodType>(
  value: unknown,
  { schema, whole }: Wanted<Schema>,
  placeOf: PlaceOf,
): z.infer<Schema> {
  const { data, issues } = read(value, schema);
  if (data === undefined) throw new NotUnderstood(...issues.flatMap((issue) => complaintsOf(issue, whole, placeOf)));
  const unstorable = unstorableText(value);
  if (unstorable.length > 0) throw new NotUnderstood(...unstorable.map((error) => told(error, whole, placeOf([]))));
  return data;
}

type Issues = readonly core.$ZodIssue[];

function read<Schema extends z.ZodType>(value: unknown, schema: Schema): { data?: z.infer<Schema>; issues: Issues } {
  try {
    const { data, error } = schema.safeParse(value);
    return { data, issues: error?.issues ?? [] };
  } catch (error) {
    // A check that met a value which an earlier check has refused already.
    return { issues: [{ code: 'custom', path: [], message: (error as Error).message, input: undefined }] };
  }
}

/** An unknown field stands where its name stands. */
function complaintsOf(issue: Issues[number], whole: string, placeOf: PlaceOf): string[] {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
  return fieldErrors([issue]).map((error, index) => {
    const key = keys[index];
    return told(error, whole, placeOf(key === undefined ? issue.path : [...issue.path, key]));
  });
}

const told = ({ field, message }: FieldError, whole: string, place: string) =>
  `${place}: ${field === '' ? whole : field}: ${message}`;

function placeIn(name: string, file: YamlFile | undefined, path: readonly PropertyKey[]): string {
  return file === undefined ? name : `${name}:${file.lineOf(path)}`;
}
