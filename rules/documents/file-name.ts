/** Names of files that others chose: made fit for any disk before they are written or offered anywhere. */

/** Of a name that only shows where it came from; with a number before it, it stays below the 255 bytes of most disks. */
const MOST_CHARACTERS = 60;
/** Never more UTF-16 units, in which messages and records count. */
const MOST_UNITS = 120;
/** What a path, Windows or a shell reads as something else than a letter of a name. */
const UNFIT = /[\\/:*?"<>|`$;&]/gu;
/** Control and direction characters (a name shown right to left hides what it ends in), halves of characters, private ones. */
const INVISIBLE = /\p{C}/gu;
const EXTENSION = /\.[A-Za-z0-9]{1,10}$/;
/** Reserved by Windows, whose users unpack the archive. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A name that any disk takes and that means nothing but itself: no folder, no `..`, nothing invisible, short with its ending kept,
 * Chinese and other letters as they are. Not unique: number it.
 * @param name whatever an uploader sent, a whole path too
 * @param otherwise what it is called when nothing of it is left
 * @param most letters, up to 120: files of an archive have few, since their folders count too
 * @example '..\\..\\合同 1.pdf' //=> '合同 1.pdf'
 */
export function safeFileName(name: string, otherwise = 'document', most = MOST_CHARACTERS): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = trimmed(last.normalize('NFC').replace(INVISIBLE, '').replace(/\s+/gu, ' ').replace(UNFIT, '_'));
  const extension = EXTENSION.exec(clean)?.[0] ?? '';
  const stem = trimmed(clean.slice(0, clean.length - extension.length)).replace(/\.{2,}/g, '.');
  const named = RESERVED.test(stem) ? `_${stem}` : stem;
  return `${trimmed(cut(named, most - extension.length, MOST_UNITS - extension.length)) || otherwise}${extension}`;
}

/** What a name claims the file to be: its ending in small letters, without the dot; empty where it has none. */
export function endingOf(name: string): string {
  return (EXTENSION.exec(safeFileName(name))?.[0] ?? '').slice(1).toLowerCase();
}

/** Cut between characters, never inside one of two units. */
function cut(text: string, letters: number, units: number): string {
  let kept = '';
  for (const letter of [...text].slice(0, letters)) {
    if (kept.length + letter.length > units) break;
    kept += letter;
  }
  return kept;
}

/** Without dots and spaces at either end: the first hides a file, the last is dropped by Windows. */
function trimmed(text: string): string {
  return text.replace(/^[.\s]+|[.\s]+$/gu, '');
}
