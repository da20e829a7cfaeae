/** Words on a page into rows and cells: what stands at one height is a row, what stands close together is a cell. */
import type { PlacedCell, PlacedRow } from './placed.ts';

/** A word or run of words as a PDF places it; points, from the top left. */
export interface PageWord {
  text: string;
  left: number;
  right: number;
  /** Of the baseline, from the top of the page. */
  baseline: number;
  height: number;
}

/** Baselines differ by less than this share of a letter's height within one row: Chinese and Latin fonts sit differently. */
const SAME_ROW = 0.45;
/** Words further apart than this share of a letter's height are two cells. */
const CELL_GAP = 0.9;
/** And closer than this, one word. */
const WORD_GAP = 0.12;

/** @param page counted from 1 */
export function rowsOfPage(words: readonly PageWord[], page: number): PlacedRow[] {
  const inOrder = words.filter(({ text }) => text.trim() !== '').toSorted((a, b) => a.baseline - b.baseline);
  const rows: PageWord[][] = [];
  let first: PageWord | undefined;
  for (const word of inOrder) {
    if (first && word.baseline - first.baseline <= SAME_ROW * Math.max(4, Math.min(first.height, word.height)))
      rows.at(-1)?.push(word);
    else {
      rows.push([word]);
      first = word;
    }
  }
  return rows.map((row, index) => ({
    cells: cellsOf(row, `page ${page}, line ${index + 1}`),
    top: row[0]?.baseline ?? 0,
    height: Math.max(...row.slice(0, 200).map(({ height }) => height)),
  }));
}

function cellsOf(row: readonly PageWord[], place: string): PlacedCell[] {
  const cells: { words: PageWord[] }[] = [];
  let last: PageWord | undefined;
  for (const word of row.toSorted((a, b) => a.left - b.left)) {
    const isClose = last !== undefined && word.left - last.right <= CELL_GAP * Math.min(last.height, word.height);
    if (isClose) cells.at(-1)?.words.push(word);
    else cells.push({ words: [word] });
    last = word;
  }
  return cells.map(({ words }) => ({
    text: joined(words),
    left: words[0]?.left ?? 0,
    right: Math.max(...words.map(({ right }) => right)),
    place,
    parts: words.length > 1 ? words.map(({ text, left, right }) => ({ text: text.trim(), left, right })) : undefined,
  }));
}

function joined(words: readonly PageWord[]): string {
  let text = '';
  let last: PageWord | undefined;
  for (const word of words) {
    const isApart = last !== undefined && word.left - last.right > WORD_GAP * word.height;
    text += isApart && !text.endsWith(' ') ? ` ${word.text}` : word.text;
    last = word;
  }
  return text.replace(/\s+/g, ' ').trim();
}
