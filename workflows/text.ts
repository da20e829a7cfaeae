import { isStorable } from '../rules/storable-text.ts';

/** More than a line needs; a megabyte typed by hand must not stay in the state. */
const LINE_LENGTH = 300;

/** Text for a journal line or a title. */
export function clipped(text: string, most = LINE_LENGTH): string {
  // By characters, so that none is cut in half; and what PostgreSQL cannot keep is a question mark.
  const characters = [...text.slice(0, 2 * most + 2)].map((character) => (isStorable(character) ? character : '?'));
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most).join('')}…`;
}

/** Length in UTF-8. Unit by unit: the file of a shipment has a million of them, and is weighed while the engine waits. */
export function bytesOf(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // Of a pair each half stands for two of its four bytes.
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return bytes;
}
