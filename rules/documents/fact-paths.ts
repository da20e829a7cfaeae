/** The fields of a paper as a flat list of paths, for showing and for comparing two readings of one paper. */
import type { DocumentFacts, FactPath } from './facts.ts';

/** Every stated field with its path and text, in the order of the shape: `number`, `seller.name`, `lines[0].quantity`. */
export function fieldsIn(facts: DocumentFacts): { path: FactPath; value: string }[] {
  return leavesOf(facts, '');
}

/** Fields that two statements of one paper give differently; null where one does not say. */
export function differencesBetween(
  before: DocumentFacts,
  after: DocumentFacts,
): { path: FactPath; before: string | null; after: string | null }[] {
  const [one, other] = [before, after].map((facts) => new Map(fieldsIn(facts).map(({ path, value }) => [path, value])));
  const paths = new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])]);
  return [...paths].flatMap((path) => {
    const [was, is] = [one?.get(path) ?? null, other?.get(path) ?? null];
    return was === is ? [] : [{ path, before: was, after: is }];
  });
}

function leavesOf(value: unknown, path: string): { path: FactPath; value: string }[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, `${path}[${index}]`));
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([name, item]) => leavesOf(item, path === '' ? name : `${path}.${name}`));
  return [{ path, value: String(value) }];
}
