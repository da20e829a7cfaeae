/** The codes of the Harmonized System with their descriptions, as an organisation imported them, and a code's place among them. */
import { z } from 'zod';
import type { HsChapter } from '../../reference/common-goods.ts';

/** A chapter (2 digits), heading (4) or subheading (6) of the international nomenclature. */
export const nomenclatureEntrySchema = z.strictObject({
  code: z.string().regex(/^(\d{2}|\d{4}|\d{6})$/, 'a code of the nomenclature has 2, 4 or 6 digits'),
  description: z.string().min(1).max(4000),
  /** Roman number. */
  section: z.string().regex(/^[IVX]{1,5}$/, 'a section is a Roman number'),
  sectionTitle: z.string().min(1).max(1000).nullable(),
});
export type NomenclatureEntry = z.infer<typeof nomenclatureEntrySchema>;

/** All codes of one version, by code. */
export type Nomenclature = ReadonlyMap<string, NomenclatureEntry>;

/** One step of a code's place: `{code: '8518', title: 'Microphones …'}`. */
export interface PathStep {
  code: string;
  title: string;
}

/** Where a code stands. What no table at hand tells is null; it is never made up from a neighbour. */
export interface CodePath {
  section: PathStep | null;
  chapter: PathStep | null;
  heading: PathStep | null;
  subheading: PathStep | null;
}

/** Puts the entries of an import in order by code. */
export function nomenclatureOf(entries: readonly NomenclatureEntry[]): Nomenclature {
  return new Map(entries.map((entry) => [entry.code, entry]));
}

/**
 * The section, chapter, heading and subheading of a code of 2 to 10 digits. Without an imported nomenclature the built-in
 * table still tells section and chapter.
 */
export function pathOf(code: string, nomenclature: Nomenclature | null, chapters: readonly HsChapter[]): CodePath {
  const step = (digits: number): PathStep | null => {
    if (code.length < digits) return null;
    const entry = nomenclature?.get(code.slice(0, digits));
    return entry ? { code: entry.code, title: entry.description } : null;
  };
  const own = nomenclature?.get(code.slice(0, 2));
  const built = chapters.find(({ chapter }) => chapter === code.slice(0, 2));
  const section = own?.section ?? built?.section;
  return {
    section: section === undefined ? null : { code: section, title: own?.sectionTitle ?? '' },
    chapter: step(2) ?? (built ? { code: built.chapter, title: built.title } : null),
    heading: step(4),
    subheading: step(6),
  };
}
