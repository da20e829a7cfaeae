/** Whether words name a brand only to say what the goods fit: that is allowed to who makes parts, a mark on the goods is not. */

/** A stretch of a text. */
interface Stretch {
  start: number;
  end: number;
}

/** What stands before a brand that the goods fit. */
const claims =
  /(?:(?<![a-z])(?:compatible(?: with| for)?|suitable for|fits?(?: for)?|for|replacement of|works with)|适用于|适用|适配|兼容|通用于|可用于|用于)\s*$/;
/** What may stand between the claim and the brand: other brands (blanked out), joining words, models. One is taken off at a time. */
const between =
  /(?:[\s,，/&、和及与或()（）:：]+|(?<![a-z])(?:and|or|the|with|series|pro|max|plus|mini|galaxy)|系列|[a-z]*\d[a-z\d]*)$/;
const follows = /^\s*(?:compatible|兼容)/;

/**
 * @param words as plainMark writes them
 * @param others places of brands in the words, this one among them
 * @example 'case for iphone' at iphone //=> true
 * @example 'iphone case' at iphone //=> false
 */
export function compatibleAt(words: string, start: number, end: number, others: readonly Stretch[]): boolean {
  if (follows.test(words.slice(end))) return true;
  let before = words.slice(0, start);
  for (const other of others)
    if (other.end <= start)
      before = before.slice(0, other.start) + ' '.repeat(other.end - other.start) + before.slice(other.end);
  while (!claims.test(before)) {
    const shorter = before.replace(between, '');
    if (shorter === before) return false;
    before = shorter;
  }
  return true;
}
