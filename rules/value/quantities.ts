/** Quantities of a line against one another: transaction unit, statutory units of its code, net weight, weight of one piece. */

import type { Reference } from '../../reference/load.ts';
import type { CivilDate } from '../civil-date.ts';
import { isInForce, isSameUnit, unitOf } from '../classification/codes.ts';
import type { TariffCode } from '../compliance/review-context.ts';
import type { Finding } from '../finding.ts';
import { compare, divide, minus, times } from '../money.ts';
import type { OrderLine } from '../order/order.ts';
import type { Comparable } from './comparable-lines.ts';
import { sourceText, weightText } from './figures.ts';
import { leastFigures, unusualAmong } from './statistics.ts';
import { converted, inBaseUnit } from './units.ts';

/** Two statements of one quantity may differ by so much: scales and rounding, no more. */
const tolerance = '0.01';

const said = { kind: 'value', severity: 'warn', due: 'before-export' } as const;
const message = 'GACC Announcement 67/2018, declaration message: first and second statutory quantity';

/** Findings about the quantities of a line. @param at path of the line in the order */
export function quantityFindings(
  line: OrderLine,
  at: string,
  on: CivilDate,
  own: readonly Comparable[],
  tariffCodes: readonly TariffCode[] | null,
  reference: Reference,
): Finding[] {
  return [
    ...statutoryMissing(line, at, tariffCodes, reference),
    ...line.statutory.flatMap((_, index) => statutoryDiffers(line, index, at, reference)),
    ...weightAsQuantity(line, at, reference),
    ...(pieceAgainstOwn(line, at, own) ?? pieceAgainstBand(line, at, on, reference)),
  ];
}

/** The units that the imported table has for the code. A code that it does not know, or a table that is not there, finds nothing. */
function statutoryMissing(
  line: OrderLine,
  at: string,
  tariffCodes: readonly TariffCode[] | null,
  reference: Reference,
): Finding[] {
  const wanted = tariffCodes?.find(({ code }) => code === line.hsCode)?.units ?? [];
  const stated = line.statutory.map(({ unit }) => unit);
  const missing = wanted.filter((unit) => ![...stated, line.unit].some((one) => isSameUnit(one, unit, reference)));
  if (missing.length === 0) return [];
  const known = missing.map((unit) => {
    const quantity = quantityIn(line, unit, reference);
    return quantity === undefined ? `the quantity in ${unit}` : `${quantity} ${unit}`;
  });
  return [
    {
      ...said,
      rule: 'statutory-unit-missing',
      title: 'A statutory unit of this HS code is missing',
      where: `${at}.statutory`,
      expected: `quantities in ${wanted.join(' and ')}`,
      found: [line.unit, ...stated].join(', '),
      remedy: `State ${known.join(' and ')}.`,
      source: message,
    },
  ];
}

/** What the line itself says of its quantity in that unit: its net weight, or its quantity converted. */
function quantityIn(line: OrderLine, unit: string, reference: Reference): string | undefined {
  return isMass(unit, reference)
    ? converted(line.netWeightKg, 'kg', unit, reference)
    : converted(line.quantity, line.unit, unit, reference);
}

function statutoryDiffers(line: OrderLine, index: number, at: string, reference: Reference): Finding[] {
  const { quantity, unit } = line.statutory[index] ?? { quantity: '0', unit: '' };
  const expected = quantityIn(line, unit, reference);
  if (expected === undefined || isNear(quantity, expected)) return [];
  const against = isMass(unit, reference) ? `net weight ${line.netWeightKg} kg` : `${line.quantity} ${line.unit}`;
  return [
    {
      ...said,
      rule: 'statutory-quantity',
      title: 'The statutory quantity is not what the line says elsewhere',
      where: `${at}.statutory[${index}].quantity`,
      expected: `${expected} ${unit} (${against})`,
      found: `${quantity} ${unit}`,
      remedy: 'Correct the one that is wrong: customs and the refund compare them.',
      source: message,
    },
  ];
}

/** Goods sold by weight: the quantity is their net weight. */
function weightAsQuantity(line: OrderLine, at: string, reference: Reference): Finding[] {
  const sold = inBaseUnit(line.quantity, line.unit, reference);
  if (sold?.base !== 'kg' || isNear(sold.quantity, line.netWeightKg)) return [];
  return [
    {
      ...said,
      rule: 'quantity-weight-implausible',
      title: 'The goods are sold by weight, and the quantity is not their net weight',
      where: `${at}.quantity`,
      expected: `net weight ${line.netWeightKg} kg`,
      found: `${line.quantity} ${line.unit}`,
      remedy: 'Correct quantity or net weight.',
      source: message,
    },
  ];
}

/** Undefined where the exporter's own declarations do not say what one of these weighs. */
function pieceAgainstOwn(line: OrderLine, at: string, own: readonly Comparable[]): Finding[] | undefined {
  const weights = own.flatMap(({ unitWeightKg }) => (unitWeightKg === null ? [] : [unitWeightKg]));
  if (weights.length < leastFigures) return undefined;
  const weight = divide(line.netWeightKg, line.quantity);
  const unusual = unusualAmong(weight, weights);
  if (!unusual) return [];
  const { usual } = unusual;
  return [
    implausible(line, at, weight, {
      expected: `${weightText(usual.low)} to ${weightText(usual.high)} per ${line.unit}: median ${weightText(usual.median)} of ${weights.length} lines declared before`,
      source: 'Own declarations',
    }),
  ];
}

function pieceAgainstBand(line: OrderLine, at: string, on: CivilDate, reference: Reference): Finding[] {
  const counted = inBaseUnit(line.quantity, line.unit, reference);
  const band = reference.pieceWeights
    .filter((one) => one.per === counted?.base && line.hsCode.startsWith(one.hsPrefix) && isInForce(one, on))
    .sort((a, b) => b.hsPrefix.length - a.hsPrefix.length)[0];
  if (!counted || !band) return [];
  const weight = divide(line.netWeightKg, counted.quantity);
  if (compare(weight, band.least) >= 0 && compare(weight, band.most) <= 0) return [];
  return [
    implausible(line, at, weight, {
      expected: `${weightText(band.least)} to ${weightText(band.most)} per ${band.per}, as ${band.goods} weigh`,
      source: sourceText(band),
    }),
  ];
}

function implausible(
  line: OrderLine,
  at: string,
  weight: string,
  against: Pick<Finding, 'expected' | 'source'>,
): Finding {
  return {
    ...said,
    ...against,
    rule: 'quantity-weight-implausible',
    title: 'Quantity and net weight do not go together',
    where: `${at}.netWeightKg`,
    found: `${weightText(weight)} each: ${line.netWeightKg} kg for ${line.quantity} ${line.unit}`,
    remedy:
      'Check that the quantity counts pieces and not cartons, and that the weight is in kilograms for the whole line.',
  };
}

const isMass = (unit: string, reference: Reference) => unitOf(unit, reference)?.kind === 'mass';

const isNear = (a: string, b: string) => compare(minus(a, b).replace('-', ''), times(b, tolerance)) <= 0;
