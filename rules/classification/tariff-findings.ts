/** Lines held against the ten-digit table that the organisation imported: is the code in it, with its units and elements? */
import type { ReviewContext, TariffCode } from '../compliance/review-context.ts';
import { elementsOf } from '../declaration/elements.ts';
import type { Finding } from '../finding.ts';
import type { OrderLine } from '../order/order.ts';
import { isSameUnit, plain } from './codes.ts';

const imported = 'The ten-digit table that the organisation imported';

type Reference = ReviewContext['reference'];
type Said = Pick<Finding, 'rule' | 'kind' | 'title' | 'where' | 'expected' | 'found' | 'remedy'>;
const warning = (said: Said): Finding => ({ ...said, severity: 'warn', due: 'before-export', source: imported });

/**
 * Warns where the table lacks a line's code, names other statutory units, or asks for elements that are not stated. Nothing
 * where no table was imported, and nothing about the code of a line with fewer than ten digits: which of the table's codes
 * is meant is not known.
 */
export function tariffFindings({ order, reference, records: { tariffCodes } }: ReviewContext): Finding[] {
  if (tariffCodes === null) return [];
  const byCode = new Map(tariffCodes.map((entry) => [entry.code, entry]));
  return order.lines.flatMap((line, index) => {
    if (line.hsCode.length !== 10) return [];
    const at = `lines[${index}]`;
    const entry = byCode.get(line.hsCode);
    if (!entry) return [unknownCode(line, at)];
    return [...unitFindings(line, at, entry, reference), ...elementFindings(line, at, entry, reference)];
  });
}

function unknownCode({ hsCode }: OrderLine, at: string): Finding {
  return warning({
    rule: 'tariff-code-unknown',
    kind: 'classification',
    title: 'The code is not in the imported ten-digit table',
    where: `${at}.hsCode`,
    expected: 'a code of the table in force',
    found: hsCode,
    remedy:
      'Look the code up again, or import the table of the year: customs returns a declaration with a code that ended.',
  });
}

function unitFindings(line: OrderLine, at: string, entry: TariffCode, reference: Reference): Finding[] {
  const known = [...line.statutory.map(({ unit }) => unit), line.unit, '千克'];
  const lacking = entry.units.filter((unit) => !known.some((one) => isSameUnit(one, unit, reference)));
  const alien = line.statutory.filter(({ unit }) => !entry.units.some((one) => isSameUnit(one, unit, reference)));
  if (lacking.length === 0 && alien.length === 0) return [];
  return [
    warning({
      rule: 'tariff-unit',
      kind: 'field',
      title: 'Quantities do not come in the statutory units of the code',
      where: `${at}.statutory`,
      expected: entry.units.join(' and '),
      found:
        line.statutory.map(({ quantity, unit }) => `${quantity} ${unit}`).join(' and ') ||
        `${line.quantity} ${line.unit}`,
      remedy:
        'State the quantity in each statutory unit of the table: duty, rebate and statistics are reckoned in them.',
    }),
  ];
}

function elementFindings(line: OrderLine, at: string, entry: TariffCode, reference: Reference): Finding[] {
  const stated = statedNames(line, reference);
  const missing = entry.elements.filter((element) => !isOptional(element) && !isStated(element, stated, reference));
  if (missing.length === 0) return [];
  return [
    warning({
      rule: 'tariff-elements',
      kind: 'field',
      title: `Declaration elements of ${entry.code} are missing`,
      where: `${at}.elements`,
      expected: missing.map(bare).join(', '),
      found: 'not stated',
      remedy: 'State them under these names: customs returns a declaration whose elements have gaps.',
    }),
  ];
}

/** Names of one element, by each of them. Made once of a table: a check of fifty lines asks hundreds of times. */
const alikeNames = new WeakMap<Reference['declarationElements'], ReadonlyMap<string, ReadonlySet<string>>>();

function namesAlike({ declarationElements }: Reference): ReadonlyMap<string, ReadonlySet<string>> {
  const known = alikeNames.get(declarationElements);
  if (known) return known;
  const alike = new Map<string, Set<string>>();
  for (const { elements } of declarationElements)
    for (const names of elements.map((one) => one.map(plain)))
      for (const name of names) alike.set(name, new Set([...(alike.get(name) ?? []), ...names]));
  alikeNames.set(declarationElements, alike);
  return alike;
}

/** What the catalogue lets a declarant leave out. */
function isOptional(element: string): boolean {
  return /非必报|选填/.test(element) || ['其他', 'gtin', 'cas', 'cas号'].includes(plain(bare(element)));
}

/** An element without its explanation: 材质（塑料、木制等） is 材质. */
const bare = (element: string) => element.replace(/[(（[【].*$/, '').trim() || element;

/** Names, as {@link plain} writes them, under which a line states anything. */
function statedNames(line: OrderLine, reference: Reference): ReadonlySet<string> {
  const stated = [
    ...elementsOf(line, reference),
    ...Object.entries(line.elements).map(([name, value]) => ({ name, value })),
    { name: '品牌', value: line.brand ?? '' },
  ];
  return new Set(stated.filter(({ value }) => value.trim() !== '').map(({ name }) => plain(name)));
}

/** An order may give an element by its Chinese name, or by any name that the built-in headings know for it. */
function isStated(element: string, stated: ReadonlySet<string>, reference: Reference): boolean {
  const wanted = plain(bare(element));
  return stated.has(wanted) || [...(namesAlike(reference).get(wanted) ?? [])].some((name) => stated.has(name));
}
