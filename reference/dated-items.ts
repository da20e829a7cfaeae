/** Reads lists of dated items from YAML; what is wrong is told with file and line. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { complaintsOf, readYaml, type YamlFile } from './yaml-file.ts';

interface Dated {
  effectiveFrom: string;
  effectiveTo: string | null;
}

/** A list in a file: its schema, and what names an item so that only one of that name is in force on a day. */
export interface ListOfItems<Item extends Dated> {
  schema: z.ZodType<Item>;
  key: (item: Item) => string;
}

/**
 * The lists of one file. What an item leaves out, the file's `defaults` say.
 * @throws Error naming file and line: an unknown list or field, a missing one, two values on one day
 */
export function readLists<Lists extends Record<string, Dated>>(
  directory: string,
  name: string,
  lists: { [Name in keyof Lists]: ListOfItems<Lists[Name]> },
): { [Name in keyof Lists]: Lists[Name][] } {
  const file = readYaml(join(directory, name), name);
  const items = z.array(z.looseObject({})).min(1);
  const envelope = z
    .strictObject({
      defaults: z.looseObject({}).default({}),
      ...Object.fromEntries(Object.keys(lists).map((list) => [list, items])),
    })
    .safeParse(file.value);
  if (!envelope.success) throw wrong(complaintsOf(file, envelope.error));
  const { defaults, ...raw } = envelope.data as { defaults: object } & Record<string, object[]>;
  const read = <Name extends keyof Lists & string>(list: Name) =>
    readList(
      file,
      list,
      (raw[list] ?? []).map((item) => ({ ...defaults, ...item })),
      lists[list],
    );
  return Object.fromEntries(Object.keys(lists).map((list) => [list, read(list)])) as {
    [Name in keyof Lists]: Lists[Name][];
  };
}

/**
 * One item a file, in a folder; the file's name is the item's id.
 * @throws Error naming file and line
 */
export function readFolder<Item extends Dated & { id: string }>(
  directory: string,
  folder: string,
  schema: z.ZodType<Item>,
): Item[] {
  return readdirSync(join(directory, folder))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => {
      const file = readYaml(join(directory, folder, name), `${folder}/${name}`);
      const read = schema.safeParse(file.value);
      if (!read.success) throw wrong(complaintsOf(file, read.error));
      const id = basename(name, '.yaml');
      if (read.data.id !== id)
        throw wrong(`${file.name}:${file.lineOf(['id'])}: id is ${read.data.id}, the file's name ${id}`);
      return read.data;
    });
}

function readList<Item extends Dated>(
  file: YamlFile,
  list: string,
  raw: object[],
  { schema, key }: ListOfItems<Item>,
): Item[] {
  const read = z.array(schema).safeParse(raw);
  if (!read.success) throw wrong(complaintsOf(file, read.error, [list]));
  const stretches = read.data
    .map((item, index) => ({ item, name: key(item), line: file.lineOf([list, index]) }))
    .sort((a, b) => a.name.localeCompare(b.name) || a.item.effectiveFrom.localeCompare(b.item.effectiveFrom));
  for (const [place, { item, name, line }] of stretches.entries()) {
    if (item.effectiveTo !== null && item.effectiveTo < item.effectiveFrom)
      throw wrong(`${file.name}:${line}: ${name} ends before it begins`);
    const next = stretches[place + 1];
    if (next?.name === name && (item.effectiveTo === null || next.item.effectiveFrom <= item.effectiveTo))
      throw wrong(`${file.name}:${next.line}: two values of ${name} are in force on ${next.item.effectiveFrom}`);
  }
  return read.data;
}

const wrong = (complaint: string) => new Error(`The reference data is wrong:\n${complaint}`);
