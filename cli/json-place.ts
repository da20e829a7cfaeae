/** Tells where a text stops being JSON: what the JavaScript engine says of it names no line, and often no place at all. */

const white = /[ \t\r\n]*/y;
/** Control characters below the space are escaped in JSON; all else may stand as it is. */
const quoted = String.raw`"(?:[ !#-\[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"`;
const key = new RegExp(quoted, 'y');
const scalar = new RegExp(String.raw`${quoted}|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null`, 'y');
const colon = /[ \t\r\n]*:/y;

class Stopped extends Error {
  readonly at: number;

  constructor(at: number) {
    super();
    this.at = at;
  }
}

/**
 * Line, from 1, of the first character that JSON does not allow there; of the last one where the text only ends too early.
 * Undefined where the text is nested too deeply to be followed.
 */
export function lineOfJsonError(text: string): number | undefined {
  try {
    const end = past(white, text, valueFrom(text, 0));
    return lineAt(text, end);
  } catch (error) {
    if (error instanceof Stopped) return lineAt(text, Math.min(error.at, text.trimEnd().length));
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length;

/** Where a value that begins here ends. */
function valueFrom(text: string, from: number): number {
  const at = past(white, text, from);
  if (text[at] === '{')
    return listFrom(text, at, '}', (member) => valueFrom(text, past(colon, text, past(key, text, member))));
  if (text[at] === '[') return listFrom(text, at, ']', (item) => valueFrom(text, item));
  return past(scalar, text, at);
}

function listFrom(text: string, from: number, close: string, itemFrom: (at: number) => number): number {
  let at = past(white, text, from + 1);
  if (text[at] === close) return at + 1;
  for (;;) {
    at = past(white, text, itemFrom(at));
    if (text[at] === close) return at + 1;
    if (text[at] !== ',') throw new Stopped(at);
    at = past(white, text, at + 1);
  }
}

function past(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  if (!pattern.test(text)) throw new Stopped(at);
  return pattern.lastIndex;
}
