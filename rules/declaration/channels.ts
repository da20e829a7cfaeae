/**
 * What a receipt of the customs (回执) means to a shipment: a closed union, so that the process must say what it does on each.
 * Which code means what is data (reference/codes/customs-channels.yaml); a code that is not there is kept, shown and escalated.
 */
export const channelMeanings = [
  'received',
  'returned',
  'failed',
  'manual-review',
  'duty-due',
  'released-on-security',
  'reviewed',
  'inspection-ordered',
  'released',
  'released-for-port',
  'closed',
  'withdrawn',
] as const;
export type ChannelMeaning = (typeof channelMeanings)[number];
