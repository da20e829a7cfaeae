/** What the worker runs: one export per workflow type. */

export { recheck } from './recheck.ts';
export { referenceAge } from './reference-age.ts';
export { shipment } from './shipment.ts';
export { statement } from './statement.ts';
