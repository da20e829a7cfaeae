/** What the worker runs: one export per workflow type. */
export { shipment } from './shipment.ts';
export { statement } from './statement.ts';
