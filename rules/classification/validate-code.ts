/** Whether a text is a code that can be declared. A code is taken as it stands or refused; digits are never added or dropped. */
import type { HsChapter } from '../../reference/common-goods.ts';
import { type CodePath, type Nomenclature, pathOf } from './nomenclature.ts';

/** What is at hand to look a code up in. */
export interface CodeTables {
  chapters: readonly HsChapter[];
  /** Null: no nomenclature was imported, so that only the chapter can be told. */
  nomenclature: Nomenclature | null;
}

export type CodeVerdict =
  | {
      kind: 'valid';
      /** The digits that were written, without dots and blanks. */
      code: string;
      digits: 6 | 8 | 10;
      path: CodePath;
      /** What could not be looked up: the caller says so, since a well-formed code may still be nobody's. */
      unchecked: 'heading and subheading' | 'digits after the sixth' | null;
    }
  | { kind: 'refused'; why: string };

const refused = (why: string): CodeVerdict => ({ kind: 'refused', why });

/**
 * Reads a code of 6, 8 or 10 digits, in which dots and blanks may stand between groups (`8518.21.00`).
 * A shorter or odd one is refused, because a code filled up with zeros is well-formed and another code.
 * @example validateCode('851821', tables) //=> {kind: 'valid', code: '851821', digits: 6, …}
 * @example validateCode('8518', tables) //=> {kind: 'refused', why: '4 digits are a heading …'}
 */
export function validateCode(text: string, tables: CodeTables): CodeVerdict {
  const written = text.normalize('NFKC').trim();
  if (!/^\d+(?:[. ]\d+)*$/.test(written))
    return refused(`${JSON.stringify(text)} is no code: write its 6, 8 or 10 digits, with dots or without`);
  const code = written.replace(/[. ]/g, '');
  if (code.length !== 6 && code.length !== 8 && code.length !== 10) return refused(wrongLength(code));
  const trouble = missingIn(code, tables);
  if (trouble) return refused(trouble);
  const { nomenclature, chapters } = tables;
  const unchecked = !nomenclature ? 'heading and subheading' : code.length > 6 ? 'digits after the sixth' : null;
  return { kind: 'valid', code, digits: code.length, path: pathOf(code, nomenclature, chapters), unchecked };
}

function wrongLength(code: string): string {
  const count = `${code} has ${code.length} ${code.length === 1 ? 'digit' : 'digits'}`;
  if (code.length === 2) return `${count}: that is a chapter; go on to the subheading, 6 digits at least`;
  if (code.length === 4) return `${count}: that is a heading; go on to the subheading, 6 digits at least`;
  if (code.length > 10) return `${count}: a Chinese code has 10, and what stands after them is no part of it`;
  return `${count}: a code has 6, 8 or 10; a spreadsheet may have dropped a leading zero, and none is added here`;
}

function missingIn(code: string, { chapters, nomenclature }: CodeTables): string | undefined {
  const chapter = code.slice(0, 2);
  if (!chapters.some((one) => one.chapter === chapter))
    return `there is no chapter ${chapter} in the Harmonized System: look ${code} up again`;
  if (!nomenclature) return undefined;
  const heading = code.slice(0, 4);
  if (!nomenclature.has(heading))
    return `there is no heading ${heading} in the imported nomenclature: look ${code} up again`;
  const subheading = code.slice(0, 6);
  if (!nomenclature.has(subheading))
    return `heading ${heading} has no subheading ${subheading} in the imported nomenclature: it may be of an older edition`;
  return undefined;
}
