/** Whether the packing of an order will be let through and carried: wood, weight and size, batteries. */
import type { Finder } from '../compliance/review-context.ts';
import { batteryFindings } from './batteries.ts';
import { cartonFindings } from './cartons.ts';
import { woodFindings } from './wood.ts';

/** Findings about the packing of every line. Only solid wood without its mark blocks; what a carrier takes is its own decision. */
export const packagingFindings: Finder = (context) =>
  context.order.lines.flatMap((line, index) => [
    ...woodFindings(context, line, index),
    ...cartonFindings(context, line, index),
    ...batteryFindings(context, line, index),
  ]);
