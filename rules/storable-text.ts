/** PostgreSQL keeps neither NUL nor half a character (a lone surrogate): a text that holds one can be stored nowhere. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** Whether PostgreSQL, and so our records, can keep the text as it is. */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}
