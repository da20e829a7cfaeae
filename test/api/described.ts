/** What the documentation says of a field. */
export interface Described {
  description?: string;
  $ref?: string;
  properties?: Record<string, Described>;
}

/** Fields, however deep, that neither say what they are nor lead to a schema that does. */
export function withoutWords(node: unknown, at = ''): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { properties } = node as Described;
  const own = Object.entries(typeof properties === 'object' ? properties : {})
    .filter(([, field]) => field.description === undefined && field.$ref === undefined)
    .map(([name]) => `${at}.${name}`);
  return [
    ...own,
    ...Object.entries(node).flatMap(([key, child]) => withoutWords(child, key === 'properties' ? at : `${at}.${key}`)),
  ];
}
