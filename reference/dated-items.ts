/** Reads lists of dated items from YAML; what is wrong is told with file and line. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { complaintsOf, readYaml, type YamlFile } from './yaml-file.ts';

/** What is in force from a day to a day, both included; null: to no day that is known. */
export interface Dated {
  effectiveFrom: string;
  effectiveTo: string | null;
}

/** A list in a file: its schema, and what names an item so that only one of that name is in force on a day. */
export interface ListOfItems<Item extends Dated> {
  schema: z.ZodType<Item>;
  /** Several where an item must be alone under each. */
  key: (item: Item) => string | readonly string[];
  /** Whether two of one name may be in force together after all. */
  mayStandTogether?: (one: Item, other: Item) => boolean;
  /** A list that is kept though nothing stands in it yet. */
  mayBeEmpty?: true;
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
  const items = (list: string) => z.array(z.looseObject({})).min(lists[list]?.mayBeEmpty ? 0 : 1);
  const envelope = z
    .strictObject({
      defaults: z.looseObject({}).default({}),
      ...Object.fromEntries(Object.keys(lists).map((list) => [list, items(list)])),
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

/** The one list of a file. @throws Error as {@link readLists} */
export function readItems<Item extends Dated>(
  directory: string,
  name: string,
  list: string,
  schema: z.ZodType<Item>,
  key: (item: Item) => string,
  more: Pick<ListOfItems<Item>, 'mayBeEmpty'> = {},
): Item[] {
  const { [list]: items = [] } = readLists(directory, name, { [list]: { schema, key, ...more } });
  return items;
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
  { schema, key, mayStandTogether = () => false }: ListOfItems<Item>,
): Item[] {
  const read = z.array(schema).safeParse(raw);
  if (!read.success) throw wrong(complaintsOf(file, read.error, [list]));
  const stretches = read.data.flatMap((item, index) =>
    [key(item)].flat().map((name) => ({ item, name, line: file.lineOf([list, index]) })),
  );
  for (const { item, name, line } of stretches)
    if (item.effectiveTo !== null && item.effectiveTo < item.effectiveFrom)
      throw wrong(`${file.name}:${line}: ${name} ends before it begins`);
  const byName = new Map<string, typeof stretches>();
  for (const stretch of stretches) byName.set(stretch.name, [...(byName.get(stretch.name) ?? []), stretch]);
  for (const ofOneName of byName.values()) refuseOverlaps(file, ofOneName, mayStandTogether);
  return read.data;
}

/** Two values in force on one day would leave the choice to the order of lines in a file. */
function refuseOverlaps<Item extends Dated>(
  file: YamlFile,
  stretches: readonly { item: Item; name: string; line: number }[],
  mayStandTogether: (one: Item, other: Item) => boolean,
): void {
  const byDay = [...stretches].sort((a, b) => a.item.effectiveFrom.localeCompare(b.item.effectiveFrom));
  for (const [place, { item: earlier }] of byDay.entries()) {
    const clash = byDay
      .slice(place + 1)
      .find(
        ({ item }) =>
          (earlier.effectiveTo === null || item.effectiveFrom <= earlier.effectiveTo) &&
          !mayStandTogether(earlier, item),
      );
    if (clash)
      throw wrong(
        `${file.name}:${clash.line}: two values of ${clash.name} are in force on ${clash.item.effectiveFrom}`,
      );
  }
}

/** Where an item of a list stands, `codes/units.yaml:12`, for what is wrong with it beside others. */
export function placeOfItem(directory: string, name: string, path: readonly PropertyKey[]): string {
  return `${name}:${readYaml(join(directory, name), name).lineOf(path)}`;
}

const wrong = (complaint: string) => new Error(`The reference data is wrong:\n${complaint}`);
