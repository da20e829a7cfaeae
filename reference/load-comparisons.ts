/** Reads what must agree between papers: reference/document-comparisons. */
import {
  comparedKindSchema,
  comparisonRemedySchema,
  comparisonRowSchema,
  countryNamesSchema,
  namedPlaceSchema,
  nameWordSchema,
  sameWordSchema,
} from './comparison-schema.ts';
import { placeOfItem, readItems, readLists } from './dated-items.ts';

/** @throws Error naming file and line: a field that is wrong, or a row about papers that no kind or family is named after */
export function readComparisons(directory: string) {
  const folder = 'document-comparisons';
  const kinds = readItems(directory, `${folder}/kinds.yaml`, 'kinds', comparedKindSchema, ({ kind }) => kind);
  const rows = readItems(directory, `${folder}/rows.yaml`, 'rows', comparisonRowSchema, ({ id }) => id);
  const known = new Set(kinds.flatMap(({ kind, family }) => [kind, family]));
  const rowIds = new Set(rows.map((row) => row.id));
  for (const [index, { id, one, other, followsFrom }] of rows.entries()) {
    const wrong = (what: string) =>
      new Error(
        `The reference data is wrong:\n${placeOfItem(directory, `${folder}/rows.yaml`, ['rows', index])}: ${id} ${what}`,
      );
    const stray = [...one, ...other].find((side) => !known.has(side));
    if (stray !== undefined) throw wrong(`names ${stray}, which is neither a kind nor a family of kinds.yaml`);
    const unknown = followsFrom.find((row) => !rowIds.has(row));
    if (unknown !== undefined) throw wrong(`follows from ${unknown}, which is no row`);
  }
  const remedies = readItems(
    directory,
    `${folder}/remedies.yaml`,
    'remedies',
    comparisonRemedySchema,
    ({ issuer, stage }) => `${issuer}/${stage}`,
  );
  const places = readItems(
    directory,
    `${folder}/places.yaml`,
    'places',
    namedPlaceSchema,
    ({ names }) => names[0] ?? '',
  );
  return {
    comparedKinds: kinds,
    comparisonRows: rows,
    comparisonRemedies: remedies,
    namedPlaces: places,
    spellings: readLists(directory, `${folder}/spellings.yaml`, {
      words: { schema: sameWordSchema, key: ({ word }) => word },
      countries: { schema: countryNamesSchema, key: ({ alpha2 }) => alpha2 },
      sets: { schema: nameWordSchema, key: ({ word }) => word },
      totals: { schema: nameWordSchema, key: ({ word }) => word },
      discounts: { schema: nameWordSchema, key: ({ word }) => word },
      labels: { schema: nameWordSchema, key: ({ word }) => word },
    }),
  };
}
