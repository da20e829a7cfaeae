/** Finds a tariff row by the code of the goods. A code too short to tell between rows is not known, and never padded. */
import type { Reference } from '../../reference/load.ts';
import type { CivilDate } from '../civil-date.ts';
import { isInForce } from '../classification/codes.ts';
import type { OrderLine } from '../order/order.ts';

/** The digits of a line that mean something in the destination's tariff: its own code there, else the six that all tariffs share. */
export function codeAbroad(line: Pick<OrderLine, 'hsCode' | 'importCode'>): string {
  return line.importCode ?? line.hsCode.slice(0, 6);
}

interface TariffRow {
  hsPrefix: string;
  effectiveFrom: string;
  effectiveTo: string | null;
}

/**
 * The row of the longest prefix in force on that day. `too-short`: finer rows begin with the code, so that it cannot decide;
 * null: the table says nothing on it.
 */
export function tariffRow<Row extends TariffRow>(
  rows: readonly Row[],
  code: string,
  on: CivilDate,
): Row | 'too-short' | null {
  const inForce = rows.filter((row) => isInForce(row, on));
  if (inForce.some(({ hsPrefix }) => hsPrefix.length > code.length && hsPrefix.startsWith(code))) return 'too-short';
  const fitting = inForce.filter(({ hsPrefix }) => code.startsWith(hsPrefix));
  return fitting.sort((a, b) => b.hsPrefix.length - a.hsPrefix.length)[0] ?? null;
}

/** The row that says a market takes no duty on goods of that code from anywhere; undefined: none says so. */
export function dutyFreeRow(
  market: string,
  code: string,
  on: CivilDate,
  reference: Reference,
): Reference['dutyFree'][number] | undefined {
  const chapter = Number(code.slice(0, 2));
  return reference.dutyFree.find(
    (row) =>
      row.market === market &&
      isInForce(row, on) &&
      row.fromChapter <= chapter &&
      chapter <= row.toChapter &&
      !row.except.some((prefix) => code.startsWith(prefix) || prefix.startsWith(code)),
  );
}
