/** Lays text out for a terminal of {@link WIDTH} columns, in which a Chinese character takes two. */

/** Columns that everything printed fits into. */
export const WIDTH = 100;

const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;
const without = /\p{Mark}|\p{Format}/u;

/** Columns that a text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const letter of text) columns += wide.test(letter) ? 2 : without.test(letter) ? 0 : 1;
  return columns;
}

/** The text with blanks behind it up to so many columns. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

/** Where a line may end: behind a blank, and beside every wide character, as Chinese is set. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const letter of text) {
    if (wide.test(letter)) {
      if (piece !== '') pieces.push(piece);
      pieces.push(letter);
      piece = '';
    } else if (letter === ' ') {
      pieces.push(`${piece} `);
      piece = '';
    } else piece += letter;
  }
  return piece === '' ? pieces : [...pieces, piece];
}

/** The text in lines of at most so many columns; a word that is longer by itself is cut. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(/\s*\n\s*/).flatMap((part) => piecesOf(`${part} `))) {
    if (line !== '' && columnsOf(line) + columnsOf(piece.trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
    while (columnsOf(line.trimEnd()) > columns) {
      const [head, tail] = cut(line, columns);
      lines.push(head);
      line = tail;
    }
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}

function cut(text: string, columns: number): [string, string] {
  let head = '';
  for (const letter of text) {
    if (columnsOf(head + letter) > columns) break;
    head += letter;
  }
  return [head, text.slice(head.length)];
}

/** A label and what it says, its further lines under the first. */
export function labelled(label: string, text: string, { indent = 5, label: labelColumns = 10 } = {}): string[] {
  const margin = indent + labelColumns;
  return wrapped(text, WIDTH - margin).map(
    (line, index) => `${padded(' '.repeat(indent) + (index === 0 ? label : ''), margin)}${line}`,
  );
}

/** A column of a table. `most`: its width at most. */
export interface TableColumn {
  heading: string;
  most?: number;
}

/** A table with headings, each column as wide as its widest cell or its `most`, long cells in several lines. */
export function table(columns: readonly TableColumn[], rows: readonly (readonly string[])[], indent = 2): string[] {
  const widths = fitted(
    columns.map(({ heading, most }, index) =>
      Math.min(most ?? WIDTH, Math.max(columnsOf(heading), ...rows.map((row) => columnsOf(row[index] ?? '')))),
    ),
    WIDTH - indent - 2 * (columns.length - 1),
  );
  return [columns.map(({ heading }) => heading), ...rows].flatMap((row) => {
    const cells = widths.map((width, index) => wrapped(row[index] ?? '', width));
    const height = Math.max(1, ...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      `${' '.repeat(indent)}${widths.map((width, index) => padded(cells[index]?.[line] ?? '', width)).join('  ')}`.trimEnd(),
    );
  });
}

/** The widest columns give way, until all fit. */
function fitted(widths: readonly number[], columns: number): number[] {
  const fit = [...widths];
  let over = fit.reduce((sum, width) => sum + width, 0) - columns;
  for (; over > 0; over--) {
    const widest = fit.indexOf(Math.max(...fit));
    fit[widest] = (fit[widest] ?? 1) - 1;
  }
  return fit;
}

/** A section's title, told from text without colours. */
export function underlined(title: string): string[] {
  return [title, '-'.repeat(columnsOf(title))];
}
