/** Under which names the engine knows our workflows. */

/** The workflow id of a shipment: `shipment/<organisation>/<reference>`. */
export function shipmentWorkflowId(organisation: string, reference: string): string {
  return `shipment/${organisation}/${reference}`;
}

/** The workflow id of a bank statement: its content's sha256, so that the same file is read once. */
export function statementWorkflowId(organisation: string, sha256: string): string {
  return `statement/${organisation}/${sha256}`;
}

/** The workflow id of a re-check: one a change, however often it is told. */
export function recheckWorkflowId(organisation: string, id: string): string {
  return `recheck/${organisation}/${id}`;
}

/** The name of the daily look at what has grown old: of its schedule, and the beginning of its workflows' ids. */
export const REFERENCE_AGE_SCHEDULE = 'reference-age';

export const SHIPMENTS_TASK_QUEUE = 'shipments';
