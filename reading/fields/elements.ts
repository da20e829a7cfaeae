/** Declaration elements (申报要素), told by their strokes: `4|3|家用照明|铝合金`. They stand in cells of names and models, and are neither. */

/** What stands before them: brand type and preference come first, each a digit. */
const BEFORE = /^([^|]*?)\s*\|?\s*\d\s*\|\s*\d\s*(?:\||$)/;

/**
 * Names and models of a cell without its elements, and without what stands below those: a list too long for its cell goes on.
 * @param pieces lines of the cell, from top to bottom
 */
export function withoutElements(pieces: readonly string[]): string[] {
  const plain = pieces.map((text) => text.normalize('NFKC'));
  const first = plain.findIndex(isElements);
  if (first < 0) return [...pieces];
  const before = BEFORE.exec(plain[first] ?? '')?.[1]?.trim() ?? '';
  // `品牌:无|…` is an element with its own label.
  return [...pieces.slice(0, first), ...(before === '' || before.includes(':') ? [] : [before])];
}

/** An English name may have strokes of its own; only Chinese papers have elements. */
function isElements(plain: string): boolean {
  return BEFORE.test(plain) || (/\|.*\|/.test(plain) && /\p{Script=Han}/u.test(plain));
}
