import { z } from 'zod';

/** Marks a shipment that a simulation plays; it is shown and counted apart. */
export const simulatedHeader = z
  .enum(['true', 'false'])
  .optional()
  .describe(
    '`true`: a simulation plays this shipment; it is marked so everywhere and counts in no report of the real ones.',
  );
