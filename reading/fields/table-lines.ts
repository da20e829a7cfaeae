/** One row of a table into a line of goods, or into totals. */

import { type ColumnName, numericColumns } from './column-words.ts';
import type { CellInColumn, Column } from './columns.ts';
import { type DraftLine, type DraftTotals, emptyLine, type FigureName, leftOutOf, piecesOf } from './draft-line.ts';
import { withoutElements } from './elements.ts';
import { currencyOf, readNumber } from './numbers.ts';
import { addQuantities } from './quantities.ts';
import { isForeignWeight, takeStacked } from './stacked-figures.ts';

/** Columns that say nothing of the line itself. */
const apart: ReadonlySet<ColumnName> = new Set(['ignored', 'marks', 'supplierPlace', 'currency']);

/** What the cells of a row state; whether that is a line of goods, `isLine` says. */
export function draftOf(cells: readonly CellInColumn[], columns: readonly Column[]): DraftLine {
  const line = emptyLine(cells[0]?.place ?? '');
  const currencies = cells.filter(({ column }) => column?.heading.name === 'currency');
  line.currency = currencyOf(currencies[0]?.text ?? '');
  for (const column of columns) {
    const own = cells.filter((cell) => cell.column === column);
    if (own.length > 0) takeCells(line, column, own);
  }
  return line;
}

/** Whether a row has figures, and something that they could be of. */
export function isLine({ figures, names, quantities }: DraftLine): boolean {
  const { total, unitPrice, packages, netWeightKg, grossWeightKg } = figures;
  const hasFigures = quantities.stated.length > 0 || (total ?? packages ?? netWeightKg ?? grossWeightKg);
  // Declaration elements alone go on with the line above them, unless they have a price of their own.
  const isNamed = names.length > 0 && (withoutElements(names).length > 0 || (total ?? unitPrice));
  return Boolean(hasFigures && (isNamed || isIdentified(figures)));
}

/** Whether a row has a number, a code or an HS code: words of a footer have none. */
export function isIdentified({ no, productCode, hsCode }: DraftLine['figures']): boolean {
  return Boolean(no ?? productCode ?? hsCode);
}

function takeCells(line: DraftLine, column: Column, own: readonly CellInColumn[]): void {
  const { name, stacked, unit } = column.heading;
  const place = own[0]?.place ?? column.place;
  const texts = own.map(({ text }) => text);
  if (stacked) takeStacked(line, stacked, piecesOf(own));
  else if (apart.has(name)) return;
  else if (name === 'name') {
    if (line.names.length === 0) line.namePlace = place;
    line.names.push(...texts.flatMap((text) => text.split('\n')));
  } else if (name === 'quantity') {
    line.quantities.headingUnit ??= unit;
    addQuantities(line.quantities, piecesOf(own));
    line.currency ??= line.quantities.stated[0]?.number.currency;
  } else if (numericColumns.has(name)) takeNumber(line, column, texts, place);
  else takeText(line, name as FigureName, texts.join('\n').trim(), place);
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
  const isForeign = heading.foreignWeight !== undefined || (name.endsWith('Kg') && isForeignWeight(read?.unit));
  if (!read || isForeign) {
    const pieces = texts.map((text) => ({ text, place }));
    if (/\d/.test(texts.join(' '))) line.leftOut.push(...leftOutOf(name, piecesOf(pieces)));
    return;
  }
  if (line.figures[name]) return;
  // A second price or amount in another currency would have its own heading; below zero nothing is sold.
  // Two numbers under one heading: which of them is meant, nobody knows.
  const isDoubtful = read.value.startsWith('-') || texts.filter((text) => readNumber(text)).length > 1;
  line.figures[name] = { value: read.value, confidence: isDoubtful ? 0.4 : read.confidence, place };
  line.currency ??= read.currency;
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
    // A currency is no unit.
    if (currencyOf(text) === undefined && text.length <= 20) line.quantities.units.push(...piecesOf([{ text, place }]));
    return;
  }
  const value = withoutElements(text.split('\n')).join(' ').replace(/\s+/g, ' ').trim();
  if (value !== '') line.figures[name] ??= { value, confidence: 1, place };
}
