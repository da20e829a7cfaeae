/** Which sheet of a workbook is the paper: exporters keep invoice, packing list and contract in one file. */
import { kindWords } from './kind-words.ts';
import { kindOf } from './paper-kind.ts';
import type { Sheet } from './placed.ts';
import { readTables } from './table.ts';

/** The sheets that are read, and the kind that the sheet's name alone says of it. */
export interface SheetsMeant {
  sheets: Sheet[];
  kind?: string;
}

const ROWS_OF_TITLE = 4;
/** Abbreviations up to that many letters are also parts of names: they count only as the whole name of a sheet. */
const SHORT = 3;

/**
 * One sheet of a workbook: the one whose title, or else its name, says the kind asked for; else the first with goods, else the
 * first. Pages are read all.
 * @param notes filled with which sheet was read, where several say something
 */
export function sheetsMeant(all: readonly Sheet[], kind: string | undefined, notes: string[]): SheetsMeant {
  const sheets = all.filter(({ rows }) => rows.length > 0);
  const [first, second] = sheets;
  if (!first || !second || first.isPage) return { sheets: [...all] };
  const withGoods = sheets.filter((sheet) => readTables([sheet]).lines.length > 0);
  const inOrder = [...withGoods, ...sheets.filter((sheet) => !withGoods.includes(sheet))];
  const titles = [kind, ...kindWords.flatMap((row) => (row.kind === kind ? (row.titledAs ?? []) : []))];
  const titled = kind && inOrder.find((sheet) => titles.includes(titleOf(sheet) ?? ''));
  const named = kind && !titled && inOrder.find((sheet) => titleOf(sheet) === undefined && isCalled(sheet, kind));
  const meant = titled || named || inOrder[0] || first;
  const why = titled ? ', by its title' : named ? ', by its name' : kind ? `; none says ${kind}` : '';
  const name = (meant.name ?? '').slice(0, 40);
  notes.push(
    withGoods.length > 1
      ? `${withGoods.length} sheets list goods; ${name} was read${why}. Save each other as a workbook of its own and hand it in.`
      : `Of ${sheets.length} sheets ${name} was read${why}.`,
  );
  return named ? { sheets: [meant], kind } : { sheets: [meant] };
}

const titleOf = (sheet: Sheet) => kindOf({ sheets: [sheet], notes: [] });

/** Whether the sheet's name says that kind, or a row at its head that says nothing else. */
function isCalled({ name = '', rows }: Sheet, kind: string): boolean {
  if (kindsSaidBy(name).has(kind)) return true;
  return rows.slice(0, ROWS_OF_TITLE).some(({ cells: [only, other] }) => !other && only && isOnly(only.text, kind));
}

/** `合同 CONTRACT`: nothing is left of the text without the words of that kind. */
function isOnly(text: string, kind: string): boolean {
  const plain = plainOf(text);
  const own = kindWords
    .filter((row) => row.kind === kind)
    .flatMap(({ sheet }) => sheet.filter((word) => word.length > SHORT || HAN.test(word)));
  const left = own.reduce((rest, word) => rest.replace(patternOf(word), ' '), plain);
  return left !== plain && !/[\p{L}:]/u.test(left);
}

interface Said {
  kind: string;
  from: number;
  to: number;
}

/**
 * The kinds that a sheet's name says: `发票` an invoice of any sort, `形式发票` the pro-forma one alone, `发票箱单` two papers on one sheet.
 */
export function kindsSaidBy(name: string): ReadonlySet<string> {
  const plain = plainOf(name);
  const letters = plain.replace(/[^a-z/]/g, '');
  const said = kindWords.flatMap(({ kind, title, sheet }): Said[] => [
    ...spans(kind, title?.exec(plain)),
    ...sheet.flatMap((word) =>
      HAN.test(word) || word.length > SHORT || word === letters ? spans(kind, patternOf(word).exec(plain)) : [],
    ),
  ]);
  const isPart = (one: Said) =>
    said.some(({ from, to }) => from <= one.from && to >= one.to && to - from > one.to - one.from);
  return new Set(said.filter((one) => !isPart(one)).map(({ kind }) => kind));
}

const HAN = /\p{Script=Han}/u;

const spans = (kind: string, match: RegExpExecArray | null | undefined): Said[] =>
  match ? [{ kind, from: match.index, to: match.index + match[0].length }] : [];

/** Full-width letters, capitals and spaces between Chinese letters make no other name; people number their sheets. */
function plainOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
    .replace(/[\d_.#()[\]-]+/g, ' ')
    .trim();
}

function patternOf(word: string): RegExp {
  if (HAN.test(word)) return new RegExp(word);
  return new RegExp(`(?<![a-z])${word.replaceAll(' ', '\\s*')}(?![a-z])`);
}
