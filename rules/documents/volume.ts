import { roundTo, sum, times } from '../money.ts';
import type { Order, OrderLine } from '../order/order.ts';

/** Volume of all packages of a line, cubic metres, half-up at three decimals; undefined where their size is not stated. */
export function volumeOf({ packages: { count, sizeCm } }: Pick<OrderLine, 'packages'>): string | undefined {
  if (sizeCm === undefined) return undefined;
  const cubicCentimetres = sizeCm.split('x').reduce((all, side) => times(all, side), String(count));
  return roundTo(times(cubicCentimetres, '0.000001'), 3);
}

/** Sum of the lines as they are shown, so that the paper adds up; undefined where one line does not state its size. */
export function totalVolumeOf({ lines }: Pick<Order, 'lines'>): string | undefined {
  const volumes = lines.map(volumeOf).filter((volume) => volume !== undefined);
  return volumes.length === lines.length ? roundTo(sum(volumes), 3) : undefined;
}
