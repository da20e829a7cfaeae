import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { columnsOf, labelled, padded, table, WIDTH, wrapped } from '../../cli/layout.ts';

const words = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '灯', '具', '-', '，', 'ß'), maxLength: 300 });

describe('layout in columns', () => {
  it.each([
    ['lamp', 4],
    ['台灯', 4],
    ['LED台灯', 7],
    ['（新）', 6],
    ['e\u0301', 1],
    ['', 0],
  ])('%s takes %i', (text, columns) => expect(columnsOf(text)).toBe(columns));

  it('pads by columns, so that what follows is aligned', () =>
    expect([padded('台灯', 6), padded('lamp', 6)].map((cell) => columnsOf(cell))).toEqual([6, 6]));

  it('breaks lines within the width and loses no letter', () =>
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 60 }), (text, columns) => {
        const lines = wrapped(text, columns);
        expect(lines.every((line) => columnsOf(line) <= columns)).toBe(true);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    ));

  it('a table is aligned and fits, whatever stands in it', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(words, words, words), { maxLength: 5 }), (rows) => {
        const lines = table([{ heading: 'name' }, { heading: 'state', most: 12 }, { heading: 'days', most: 20 }], rows);
        expect(lines.every((line) => columnsOf(line) <= WIDTH)).toBe(true);
      }),
    ));

  it('puts further lines under the first', () => {
    const lines = labelled('found', 'word '.repeat(60));
    expect(lines.length).toBeGreaterThan(2);
    expect(lines[0]).toMatch(/^ {5}found {5}word/);
    expect(lines[1]).toMatch(/^ {15}word/);
  });
});
