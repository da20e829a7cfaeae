/** Names of uploads: kept for people to recognise a file by, never used to find or store it. */

const MOST_CHARACTERS = 120;
/** Reserved by Windows, whose users will unpack our zip. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
/** Controls, marks that turn the direction of writing (`fdp.exe` shown as `exe.pdf`), and what file systems refuse. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd<>:"|?*\p{Surrogate}]/gu;

/**
 * The name of an upload without path, controls and what no file system takes; at most 120 characters, its ending kept.
 * Never empty: `file` where nothing is left.
 * @example '..\\..\\合同 1.pdf' //=> '合同 1.pdf'
 */
export function safeFileName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replace(UNSAFE, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const { stem, ending } = parts(clean);
  if (stem === '') return 'file';
  const kept = cut(RESERVED.test(stem) ? `_${stem}` : stem, MOST_CHARACTERS - ending.length);
  return `${kept}${ending}`;
}

/** What a name claims the file to be: its ending in small letters, without the dot; empty where it has none. */
export function endingOf(name: string): string {
  return parts(safeFileName(name)).ending.slice(1).toLowerCase();
}

function parts(name: string): { stem: string; ending: string } {
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - ending.length), ending };
}

/** Cut between characters, never inside a pair. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : [...text.slice(0, most + 1)].slice(0, -1).join('').slice(0, most).trimEnd();
}
