import { isStorable } from '../rules/storable-text.ts';

/** More than a line needs; a megabyte typed by hand must not stay in the state. */
const LINE_LENGTH = 300;

/** Text for a journal line or a title. */
export function clipped(text: string, most = LINE_LENGTH): string {
  // By characters, so that none is cut in half; and what PostgreSQL cannot keep is a question mark.
  const characters = [...text.slice(0, 2 * most + 2)].map((character) => (isStorable(character) ? character : '?'));
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most).join('')}…`;
}

/** Length in UTF-8. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
