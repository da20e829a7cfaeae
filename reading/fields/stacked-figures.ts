/** Figures that stand one above the other in a cell, in the order that its heading names: price over total over currency. */
import type { StackedName } from './column-words.ts';
import { type DraftLine, leftOutOf, type Piece } from './draft-line.ts';
import { currencyOf, readNumber } from './numbers.ts';

/** As many figures as the heading names, in its order; any other number of them, and none is taken. */
export function takeStacked(line: DraftLine, names: readonly StackedName[], pieces: readonly Piece[]): void {
  const numbers = pieces.flatMap(({ text, place }) => {
    const number = readNumber(text);
    return number ? [{ number, place }] : [];
  });
  line.currency ??= pieces.map(({ text }) => currencyOf(text)).find((one) => one !== undefined);
  const [first] = names;
  const isForeign = numbers.some(({ number }) => first?.endsWith('Kg') && isForeignWeight(number.unit));
  if (numbers.length !== names.length || isForeign) {
    if (pieces.some(({ text }) => /\d/.test(text)))
      line.leftOut.push(...names.flatMap((name) => leftOutOf(name, pieces)));
    return;
  }
  for (const [index, name] of names.entries()) {
    const { number, place } = numbers[index] ?? {};
    if (number && place !== undefined && !line.figures[name])
      line.figures[name] = { value: number.value, confidence: number.confidence * 0.9, place };
  }
}

/** Whether a weight is in another unit than kg, and so not taken. */
export function isForeignWeight(unit: string | undefined): boolean {
  return unit !== undefined && !/^(kgs?|kilograms?|千克|公斤)\.?$/i.test(unit);
}
