/** Number of a shipment's commercial invoice; the buyer pays under it. */
export function invoiceNumberOf(reference: string): string {
  return `INV-${reference}`;
}

/** Number of a shipment's sales contract; the buyer may pay under it as well. */
export function contractNumberOf(reference: string): string {
  return `SC-${reference}`;
}
