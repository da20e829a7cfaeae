/** Weight and size of one package against what the order's channel takes. */
import type { ChannelLimit } from '../../reference/goods-schema.ts';
import { isInForce } from '../classification/codes.ts';
import type { ReviewContext } from '../compliance/review-context.ts';
import type { Finding } from '../finding.ts';
import { compare, divide, roundTo } from '../money.ts';
import type { OrderLine } from '../order/order.ts';

/** Findings about the packages of one line; their weight is the mean of the line's. */
export function cartonFindings(
  { order, exportOn, reference }: ReviewContext,
  line: OrderLine,
  index: number,
): Finding[] {
  const weight = divide(line.grossWeightKg, String(line.packages.count));
  const sides = sidesOf(line.packages.sizeCm);
  const limits = reference.channelLimits.filter(
    (limit) =>
      limit.transport.includes(order.transport.mode) &&
      (limit.models?.includes(order.model) ?? true) &&
      isInForce(limit, exportOn),
  );
  return [
    ...oneOf(limits.filter(({ mostKg }) => mostKg !== undefined && compare(weight, mostKg) > 0)).map((limit) => ({
      ...said(limit),
      rule: 'carton-weight',
      title: `Heavier than ${limit.title} may be`,
      where: `lines[${index}].grossWeightKg`,
      expected: `at most ${limit.mostKg} kg gross a piece`,
      found: `${roundTo(weight, 2)} kg: ${line.grossWeightKg} kg in ${line.packages.count} ${line.packages.kind}`,
    })),
    ...(sides ? oneOf(limits.filter((limit) => isTooLarge(sides, limit))) : []).map((limit) => ({
      ...said(limit),
      rule: 'carton-size',
      title: `Larger than ${limit.title} may be`,
      where: `lines[${index}].packages.sizeCm`,
      expected: sizeText(limit),
      found: `${line.packages.sizeCm} cm`,
    })),
  ];
}

type Sides = readonly [longest: number, middle: number, shortest: number];

/** Longest first; undefined where no size is stated. */
export function sidesOf(sizeCm: string | undefined): Sides | undefined {
  if (sizeCm === undefined) return undefined;
  const [longest = 0, middle = 0, shortest = 0] = sizeCm
    .split('x')
    .map(Number)
    .sort((a, b) => b - a);
  return [longest, middle, shortest];
}

/** Whether a piece passes any measure of a limit. */
export function isTooLarge([longest, middle, shortest]: Sides, limit: ChannelLimit): boolean {
  const { mostLengthCm, mostLengthAndGirthCm, mostSidesCm } = limit;
  return (
    (mostLengthCm !== undefined && longest > mostLengthCm) ||
    (mostLengthAndGirthCm !== undefined && longest + 2 * (middle + shortest) > mostLengthAndGirthCm) ||
    (mostSidesCm !== undefined && (longest > mostSidesCm[0] || middle > mostSidesCm[1] || shortest > mostSidesCm[2]))
  );
}

/** Of several limits that are passed, the one that weighs most is told; of equals, the later in the table, which is the wider. */
function oneOf(limits: readonly ChannelLimit[]): ChannelLimit[] {
  const told = limits.findLast(({ severity }) => severity === 'warn') ?? limits.at(-1);
  return told ? [told] : [];
}

function sizeText({ mostLengthCm, mostLengthAndGirthCm, mostSidesCm }: ChannelLimit): string {
  return [
    ...(mostLengthCm === undefined ? [] : [`longest side at most ${mostLengthCm} cm`]),
    ...(mostLengthAndGirthCm === undefined ? [] : [`length and girth together at most ${mostLengthAndGirthCm} cm`]),
    ...(mostSidesCm === undefined ? [] : [`at most ${mostSidesCm.join(' x ')} cm`]),
  ].join(', ');
}

const said = ({ severity, remedy, source, needsHumanConfirmation }: ChannelLimit) =>
  ({
    kind: 'packaging',
    severity,
    remedy,
    due: 'before-export',
    source: needsHumanConfirmation ? `${source}; needs confirmation` : source,
  }) as const;
