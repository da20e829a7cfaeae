/** The head of a paper: its labels, and the value that belongs to each, wherever it stands. */

import type { LabelName } from './label-words.ts';
import { beginsWithLabel, type LabelledText, labelsIn } from './labels.ts';
import type { PlacedCell, PlacedRow, Sheet } from './placed.ts';

/** A label with its value, before either is understood. */
export interface LabelledValue {
  name: LabelName;
  label: string;
  /** The value's lines: the first beside or under the label, the rest under that. */
  lines: string[];
  place: string;
  /** How sure it is that this value belongs to the label: beside it after a colon 0.95, under it 0.7. */
  confidence: number;
  /** Where the label stands, so that an address is given to the party above it. */
  left: number;
  top: number;
  sheet: number;
}

/** A value under a label may have so many lines: a company with its address. */
const MOST_LINES = 6;
/** Rows further apart than that many letters' heights do not belong together. */
const TOGETHER_WITHIN = 2.2;
/** So many rows further down the value of a label is looked for, where they lie close. */
const MOST_ROWS_BETWEEN = 3;
/** Lines that begin so near each other (points) begin at one edge. */
const SAME_EDGE = 4;
/** Lines of one value are closer than a value and its label: another box begins beyond that. */
const LINES_WITHIN = 1.75;
const parties: ReadonlySet<LabelName> = new Set(['seller', 'buyer', 'consignee', 'notify']);

/** @param used rows of tables, which have no labels */
export function labelledValues(sheets: readonly Sheet[], used: ReadonlySet<PlacedRow>): LabelledValue[] {
  return sheets.flatMap((sheet, sheetNumber) =>
    sheet.rows.flatMap((row, index) =>
      used.has(row)
        ? []
        : row.cells.flatMap((cell, position) =>
            labelsIn(cell.text).flatMap((label): LabelledValue[] => {
              const found = valueOfLabel({ sheet, used, index, row, cell, position }, label);
              return found
                ? [
                    {
                      name: label.name,
                      label: label.label,
                      ...found,
                      left: cell.left,
                      top: row.top,
                      sheet: sheetNumber,
                    },
                  ]
                : [];
            }),
          ),
    ),
  );
}

interface Site {
  sheet: Sheet;
  used: ReadonlySet<PlacedRow>;
  index: number;
  row: PlacedRow;
  cell: PlacedCell;
  position: number;
}

type Value = Pick<LabelledValue, 'lines' | 'place' | 'confidence'>;

function valueOfLabel(site: Site, label: LabelledText): Value | undefined {
  const { row, cell, position } = site;
  const takesLines = parties.has(label.name) || label.name === 'address' || label.name === 'marks';
  if (label.value !== '') {
    const lines = label.value
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const more = takesLines && lines.length === 1 ? linesUnder(site, cell, site.index) : [];
    return { lines: [...lines, ...more], place: cell.place, confidence: label.hasColon ? 0.95 : 0.8 };
  }
  const inForm = label.hasColon || !site.sheet.isPage ? undefined : valueInBox(site, label);
  if (inForm) return inForm;
  const right = row.cells[position + 1];
  if (right && !beginsWithLabel(right.text)) {
    const lines = right.text.split('\n');
    const more = takesLines && lines.length === 1 ? linesUnder(site, right, site.index) : [];
    return { lines: [...lines, ...more], place: right.place, confidence: label.hasColon ? 0.92 : 0.8 };
  }
  return valueUnder(site, label);
}

/** In a form of boxes the value stands right under its label, at the same left edge, whatever stands in the box beside it. */
function valueInBox(site: Site, label: LabelledText): Value | undefined {
  const below = cellUnder(site, site.cell, site.index);
  if (!below || Math.abs(below.cell.left - site.cell.left) > SAME_EDGE) return undefined;
  const value = valueUnder(site, label);
  return value && { ...value, confidence: 0.85 };
}

/** Forms have the label above and the value below it. */
function valueUnder(site: Site, label: LabelledText): Value | undefined {
  const below = cellUnder(site, site.cell, site.index);
  if (!below || beginsWithLabel(below.cell.text)) return undefined;
  const lines = below.cell.text.split('\n');
  const takesLines = parties.has(label.name) || label.name === 'marks';
  const more = takesLines && lines.length === 1 ? linesUnder(site, below.cell, below.index) : [];
  return { lines: [...lines, ...more], place: below.cell.place, confidence: 0.7 };
}

function linesUnder(site: Site, cell: PlacedCell, index: number): string[] {
  const lines: string[] = [];
  let [at, above] = [index, cell];
  while (lines.length < MOST_LINES) {
    const below = cellUnder(site, above, at, LINES_WITHIN);
    if (!below || labelsIn(below.cell.text).length > 0) break;
    // In a workbook a cell further down is another cell of the form, unless it begins in the same column.
    if (Math.abs(below.cell.left - cell.left) > (site.sheet.isPage ? 12 : 0) && lines.length > 0) break;
    lines.push(...below.cell.text.split('\n'));
    at = below.index;
    above = below.cell;
  }
  return lines;
}

/** The cell under another, close enough to belong to it. Rows of the column beside it may stand between them. */
function cellUnder(
  { sheet, used }: Site,
  cell: PlacedCell,
  index: number,
  heights = TOGETHER_WITHIN,
): { cell: PlacedCell; index: number } | undefined {
  const row = sheet.rows[index];
  if (!row) return undefined;
  const within = sheet.isPage ? heights * Math.max(row.height, 6) : 1;
  for (let at = index + 1; at <= index + MOST_ROWS_BETWEEN; at++) {
    const next = sheet.rows[at];
    if (!next || used.has(next) || next.top - row.top > within) return undefined;
    const position = next.cells.findIndex((one) => Math.min(one.right, cell.right) - Math.max(one.left, cell.left) > 0);
    const under = next.cells[position];
    if (under) return isTaken(next, position) ? undefined : { cell: under, index: at };
  }
  return undefined;
}

/** Beside a label without a value of its own stands the value of that one. */
function isTaken(row: PlacedRow, position: number): boolean {
  const before = row.cells[position - 1];
  return before !== undefined && labelsIn(before.text).at(-1)?.value === '';
}
