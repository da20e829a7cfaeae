/**
 * How far the papers of a shipment are out of our hands. It decides what mends a difference at least cost: before filing ours
 * is amended in a minute, once claimed only an explanation is left.
 */
export const remedyStages = ['before-filing', 'filed', 'released', 'claimed'] as const;
export type RemedyStage = (typeof remedyStages)[number];
