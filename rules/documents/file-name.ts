/** Names of files that others chose: made fit for any disk before they are written or offered anywhere. */

const MOST_CHARACTERS = 60;
/** What a path, Windows or a shell reads as something else than a letter of a name. */
const UNFIT = /[\\/:*?"<>|`$;&]/gu;
/** Control and direction characters (a name shown right to left hides what it ends in), halves of characters, private ones. */
const INVISIBLE = /\p{C}/gu;
const EXTENSION = /\.[A-Za-z0-9]{1,10}$/;

/**
 * A name that any disk takes and that means nothing but itself: no folder, no `..`, nothing invisible, at most 60 characters with
 * its ending kept, Chinese and other letters as they are. Not unique: number it.
 * @param name whatever an uploader sent, a whole path too
 * @param otherwise what it is called when nothing of it is left
 */
export function safeFileName(name: string, otherwise = 'document'): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = trimmed(last.normalize('NFC').replace(INVISIBLE, '').replace(/\s+/gu, ' ').replace(UNFIT, '_'));
  const extension = EXTENSION.exec(clean)?.[0] ?? '';
  const stem = trimmed(clean.slice(0, clean.length - extension.length)).replace(/\.{2,}/g, '.');
  const room = MOST_CHARACTERS - extension.length;
  return `${trimmed([...stem].slice(0, room).join('')) || otherwise}${extension}`;
}

/** Without dots and spaces at either end: the first hides a file, the last is dropped by Windows. */
function trimmed(text: string): string {
  return text.replace(/^[.\s]+|[.\s]+$/gu, '');
}
