/** Which characters our fonts can print: names of buyers come in every script, and a missing glyph is printed as an empty box. */
import type { PreparedDocument } from '../rules/documents/prepared.ts';
import { type Range, rangesOfFont } from './character-map.ts';
import { type Face, fontOf, MAIN_FACE, SECOND_FACE } from './faces.ts';
import { clean } from './figures.ts';

/** What every Latin face has: most texts are no more than this, and a review looks at hundreds. */
const plain = /^[\n -~]*$/;

/** As {@link unprintableCharacters}, of all that a paper says. */
export function unprintableIn({ content }: PreparedDocument): string[] {
  return unprintableCharacters(textsOf(content).join('\n'));
}

/**
 * Characters of a text that would be printed as empty boxes, once each, as they come: Korean, Arabic, Thai and the like. For
 * the caller to ask for the name in Latin letters before it stands on a paper.
 */
export function unprintableCharacters(text: string): string[] {
  if (plain.test(text)) return [];
  const characters = new Set(clean(text));
  return [...characters].filter(
    (character) => !/\s/.test(character) && !isIn(MAIN_FACE, character) && !isIn(SECOND_FACE, character),
  );
}

/** Whether the face has a glyph for every character of the text. */
export function isIn(face: Face, text: string): boolean {
  const ranges = rangesOf(face);
  return [...text].every((character) => hasGlyph(ranges, character.codePointAt(0) ?? 0));
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

function hasGlyph(ranges: readonly Range[], code: number): boolean {
  let [low, high] = [0, ranges.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = ranges[middle] ?? [0, 0];
    if (code < first) high = middle - 1;
    else if (code > last) low = middle + 1;
    else return true;
  }
  return false;
}

const known = new Map<Face, readonly Range[]>();

function rangesOf(face: Face): readonly Range[] {
  const ranges = known.get(face) ?? rangesOfFont(fontOf(face));
  known.set(face, ranges);
  return ranges;
}
