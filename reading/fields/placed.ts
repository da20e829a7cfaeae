/** A file as the reader's rules see it: pieces of text with their places, whether they come from a PDF or a workbook. */

/** A piece of text that stands by itself: a cell of a workbook, or words that stand close together on a page. */
export interface PlacedCell {
  text: string;
  /** From the left: points on a page, columns in a workbook. Only compared with others of the same sheet. */
  left: number;
  right: number;
  /** As a person finds it: `page 2, line 14`, `Sheet1!C7`. */
  place: string;
  /** The words it was made of, where it was made of several. */
  parts?: readonly { text: string; left: number; right: number }[];
}

/** Cells at one height, from left to right; never empty. */
export interface PlacedRow {
  cells: PlacedCell[];
  /** From the top: points on a page, rows in a workbook. */
  top: number;
  /** Height of the letters: points; 1 in a workbook. */
  height: number;
}

/** A page or a sheet, its rows from top to bottom. */
export interface Sheet {
  /** As people named it: `装箱单`. Pages have none. */
  name?: string;
  rows: PlacedRow[];
  /** On pages words of one cell may stand under one another without belonging to one row. */
  isPage: boolean;
}

/** A file's text. */
export interface PlacedText {
  sheets: Sheet[];
  /** What was left out, and why. */
  notes: string[];
}
