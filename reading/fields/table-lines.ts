/** One row of a table into a line of goods, or into totals. */

import { compare, minus, times } from '../../rules/money.ts';
import { type ColumnName, numericColumns } from './column-words.ts';
import type { CellInColumn, Column } from './columns.ts';
import { currencyOf, readNumber } from './numbers.ts';

/** A value with how sure it is, and where it stood. */
export interface Figure {
  value: string;
  confidence: number;
  place: string;
}

/** What a line states once; its names come in several pieces. */
export type FigureName = Exclude<ColumnName, 'name' | 'marks' | 'supplierPlace' | 'currency' | 'ignored'>;

/** A line of goods as it is being read. */
export interface DraftLine {
  /** Its name as it stands, piece by piece: continued lines and both languages. */
  names: string[];
  namePlace: string;
  figures: Partial<Record<FigureName, Figure>>;
  /** Currency written in its cells. */
  currency?: string;
  /** Where its goods come from (境内货源地); a declaration states it line by line. */
  supplierPlace?: Figure;
}

/** What a row of totals states. */
export type DraftTotals = Partial<Record<'total' | 'packages' | 'netWeightKg' | 'grossWeightKg', Figure>>;

/** Columns that say nothing of the line itself. */
const apart: ReadonlySet<ColumnName> = new Set(['ignored', 'marks', 'supplierPlace', 'currency']);

/** The line that the cells state; undefined for a row without figures, or without anything that they could be of. */
export function lineOf(cells: readonly CellInColumn[], columns: readonly Column[]): DraftLine | undefined {
  const line: DraftLine = { names: [], namePlace: cells[0]?.place ?? '', figures: {} };
  const currencies = cells.filter(({ column }) => column?.heading.name === 'currency');
  line.currency = currencyOf(currencies[0]?.text ?? '');
  for (const column of columns) {
    const own = cells.filter((cell) => cell.column === column);
    if (own.length === 0 || apart.has(column.heading.name)) continue;
    const place = own[0]?.place ?? column.place;
    if (column.heading.name === 'name') {
      if (line.names.length === 0) line.namePlace = place;
      line.names.push(...own.flatMap(({ text }) => text.split('\n')));
    } else if (numericColumns.has(column.heading.name))
      takeNumber(
        line,
        column,
        own.map(({ text }) => text),
        place,
      );
    else
      takeText(
        line,
        column.heading.name as FigureName,
        own
          .map(({ text }) => text)
          .join(' ')
          .trim(),
        place,
      );
  }
  const { figures, names } = line;
  const hasFigures =
    figures.quantity ?? figures.total ?? figures.packages ?? figures.netWeightKg ?? figures.grossWeightKg;
  const isOfGoods = names.length > 0 || figures.productCode || figures.hsCode || figures.no;
  return hasFigures && isOfGoods ? line : undefined;
}

/** Whether quantity times price is the amount, as papers round it. */
export function isProduct(quantity: string, unitPrice: string, total: string): boolean {
  const apart = minus(times(quantity, unitPrice), total).replace('-', '');
  return compare(apart, '1') <= 0 || compare(apart, times(total.replace('-', ''), '0.001')) <= 0;
}

/** What the cells of a row of totals say under their columns. */
export function totalsOf(cells: readonly CellInColumn[]): DraftTotals {
  const totals: DraftTotals = {};
  for (const { column, text, place } of cells) {
    const name = column?.heading.name;
    const number = readNumber(text);
    if (!number || !(name === 'total' || name === 'packages' || name === 'netWeightKg' || name === 'grossWeightKg'))
      continue;
    if (column?.heading.foreignWeight) continue;
    totals[name] = { value: number.value, confidence: 0.95 * number.confidence, place };
  }
  return totals;
}

function takeNumber(line: DraftLine, { heading }: Column, texts: readonly string[], place: string): void {
  const name = heading.name as FigureName;
  const read = readNumber(texts.join(' ')) ?? readNumber(texts.find((text) => readNumber(text)) ?? '');
  if (!read) return;
  const isForeign = heading.foreignWeight !== undefined || (name.endsWith('Kg') && isForeignWeight(read.unit));
  if (isForeign || line.figures[name]) return;
  // A second price or amount in another currency would have its own heading; below zero nothing is sold.
  // Two numbers under one heading: which of them is meant, nobody knows.
  const isDoubtful = read.value.startsWith('-') || texts.filter((text) => readNumber(text)).length > 1;
  line.figures[name] = { value: read.value, confidence: isDoubtful ? 0.4 : read.confidence, place };
  line.currency ??= read.currency;
  const unit = read.unit?.replace(/^per\s+/i, '') ?? (name === 'quantity' ? heading.unit : undefined);
  if (name === 'quantity' && unit) line.figures.unit ??= { value: unit.slice(0, 20), confidence: 0.95, place };
}

function isForeignWeight(unit: string | undefined): boolean {
  return unit !== undefined && !/^(kgs?|kilograms?|千克|公斤)\.?$/i.test(unit);
}

/** Takes a cell of words as what its column holds; what cannot be that is left out. */
export function takeText(line: DraftLine, name: FigureName, text: string, place: string): void {
  if (text === '') return;
  if (name === 'hsCode') {
    const digits = text.normalize('NFKC').replace(/[\s.]/g, '');
    if (/^\d{4,13}$/.test(digits))
      line.figures.hsCode = { value: digits, confidence: digits.length < 6 ? 0.5 : 1, place };
    return;
  }
  if (name === 'no') {
    const number = /^\s*(\d{1,4})[.、)]?\s*$/.exec(text.normalize('NFKC'))?.[1];
    if (number && Number(number) > 0) line.figures.no = { value: String(Number(number)), confidence: 1, place };
    return;
  }
  if (name === 'unit') {
    // A unit beside the quantity wins over one in the heading; a currency is no unit.
    if (currencyOf(text) === undefined && text.length <= 20) line.figures.unit = { value: text, confidence: 1, place };
    return;
  }
  line.figures[name] ??= { value: text.replace(/\s+/g, ' '), confidence: 1, place };
}
