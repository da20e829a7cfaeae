/** Reads of a TrueType font which characters it has glyphs for (OpenType specification, table `cmap`, formats 4 and 12). */

/** First and last character of a range that has glyphs. */
export type Range = readonly [first: number, last: number];

/**
 * Ranges of characters with a glyph, sorted.
 * @throws Error for a font without a map that we read: another font was put in the place of ours
 */
export function rangesOfFont(font: Buffer): Range[] {
  const map = tableAt(font, 'cmap');
  const maps = Array.from(
    { length: font.readUInt16BE(map + 2) },
    (_, index) => map + font.readUInt32BE(map + 8 + 8 * index),
  );
  // Format 12 knows all planes, format 4 the first one only.
  const whole = maps.find((at) => font.readUInt16BE(at) === 12);
  if (whole !== undefined) return rangesOfGroups(font, whole);
  const first = maps.find((at) => font.readUInt16BE(at) === 4);
  if (first !== undefined) return rangesOfSegments(font, first);
  throw new Error(
    'the font has no character map of format 4 or 12: take the fonts back, or read the map that the new one has',
  );
}

function tableAt(font: Buffer, name: string): number {
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const entry = 12 + 16 * index;
    if (font.toString('latin1', entry, entry + 4) === name) return font.readUInt32BE(entry + 8);
  }
  throw new Error(`the font has no table ${name}`);
}

function rangesOfGroups(font: Buffer, at: number): Range[] {
  const groups = Array.from({ length: font.readUInt32BE(at + 12) }, (_, group) => at + 16 + 12 * group);
  return groups.map((group) => [font.readUInt32BE(group), font.readUInt32BE(group + 4)]);
}

function rangesOfSegments(font: Buffer, at: number): Range[] {
  const size = font.readUInt16BE(at + 6);
  return Array.from({ length: size / 2 }, (_, index) => {
    const end = at + 14 + 2 * index;
    const [start, delta, offset] = [end + 2 + size, end + 2 + 2 * size, end + 2 + 3 * size];
    const first = font.readUInt16BE(start);
    const codes = Array.from({ length: font.readUInt16BE(end) - first + 1 }, (_, more) => first + more);
    const indirect = font.readUInt16BE(offset);
    const glyphOf = (code: number) =>
      indirect === 0 ? code : font.readUInt16BE(offset + indirect + 2 * (code - first));
    const has = (code: number) => glyphOf(code) !== 0 && ((glyphOf(code) + font.readUInt16BE(delta)) & 0xffff) !== 0;
    // The last segment of every map is the one character that is none.
    return codes.filter((code) => code !== 0xffff && has(code)).map((code): Range => [code, code]);
  }).flat();
}
