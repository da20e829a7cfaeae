/** A line of goods while it is being read. */
import type { ColumnName } from './column-words.ts';
import type { NumberReading } from './numbers.ts';

/** A value with how sure it is, and where it stood. */
export interface Figure {
  value: string;
  confidence: number;
  place: string;
}

/** What a line states once; its names come in several pieces. */
export type FigureName = Exclude<ColumnName, 'name' | 'marks' | 'supplierPlace' | 'currency' | 'ignored'>;

/** One line of a cell. */
export interface Piece {
  text: string;
  place: string;
}

/** A cell whose figures were not taken; a note tells of it. */
export interface LeftOut extends Piece {
  name: FigureName;
}

/** What a line says of its quantity: a declaration gives up to three, and only one of them was agreed. */
export interface StatedQuantities {
  stated: { number: NumberReading; place: string }[];
  /** Everything that stood in its cells. */
  pieces: Piece[];
  /** What stands in a column of units. */
  units: Piece[];
  /** `数量(套)`: the unit that the heading names. */
  headingUnit?: string;
  /** Something stands beside the quantity that is none: `(含备品10)`. */
  hasRemark: boolean;
}

/** A line of goods as it is being read. */
export interface DraftLine {
  /** Its name as it stands, piece by piece: continued lines and both languages. */
  names: string[];
  namePlace: string;
  /** Quantity and unit come to these last, when prices and amount are known. */
  figures: Partial<Record<FigureName, Figure>>;
  quantities: StatedQuantities;
  /** Currency written in its cells. */
  currency?: string;
  /** Where its goods come from (境内货源地); a declaration states it line by line. */
  supplierPlace?: Figure;
  leftOut: LeftOut[];
}

/** What a row of totals states. */
export type DraftTotals = Partial<Record<'total' | 'packages' | 'netWeightKg' | 'grossWeightKg', Figure>>;

/** A line of which nothing is known yet. @param place where it begins */
export function emptyLine(place: string): DraftLine {
  const quantities = { stated: [], pieces: [], units: [], hasRemark: false };
  return { names: [], namePlace: place, figures: {}, quantities, leftOut: [] };
}

/** The lines of cells, without empty ones, in plain letters. */
export function piecesOf(cells: readonly Piece[]): Piece[] {
  return cells
    .flatMap(({ text, place }) => text.split('\n').map((piece) => ({ text: piece.normalize('NFKC').trim(), place })))
    .filter(({ text }) => text !== '');
}

/** What a note shows of a cell that was left out. */
export function leftOutOf(name: FigureName, pieces: readonly Piece[]): LeftOut[] {
  const [first] = pieces;
  const text = pieces.map((piece) => piece.text).join(' ');
  return first ? [{ name, text: text.length > 40 ? `${text.slice(0, 39)}…` : text, place: first.place }] : [];
}
