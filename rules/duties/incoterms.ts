/** Incoterms 2020: what the seller pays, by rule. Whatever is not the seller's is the buyer's. General knowledge of the rules' text. */
import type { Order } from '../order/order.ts';

export type IncotermRule = Order['incoterm']['rule'];
/** What a price may contain, from the factory to the buyer's door. */
export const costsOnTheWay = [
  'carriage-to-the-port',
  'export-clearance',
  'main-carriage',
  'insurance',
  'unloading',
  'import-clearance',
  'import-duties',
] as const;
export type CostOnTheWay = (typeof costsOnTheWay)[number];

interface Term {
  /** Written for ships alone; by other means of transport its place of delivery does not exist. */
  seaOnly: boolean;
  sellerPays: readonly CostOnTheWay[];
  /** What to say instead where no ship sails. */
  elsewhere?: IncotermRule;
}

const toThePort = ['carriage-to-the-port', 'export-clearance'] as const;
const carried = [...toThePort, 'main-carriage'] as const;
// Under DAP, DPU and DDP the seller need not insure, and bears the risk to the place: who is prudent insures.
const terms: Readonly<Record<IncotermRule, Term>> = {
  EXW: { seaOnly: false, sellerPays: [] },
  FCA: { seaOnly: false, sellerPays: toThePort },
  FAS: { seaOnly: true, sellerPays: toThePort, elsewhere: 'FCA' },
  FOB: { seaOnly: true, sellerPays: toThePort, elsewhere: 'FCA' },
  CFR: { seaOnly: true, sellerPays: carried, elsewhere: 'CPT' },
  CIF: { seaOnly: true, sellerPays: [...carried, 'insurance'], elsewhere: 'CIP' },
  CPT: { seaOnly: false, sellerPays: carried },
  CIP: { seaOnly: false, sellerPays: [...carried, 'insurance'] },
  DAP: { seaOnly: false, sellerPays: [...carried, 'insurance'] },
  DPU: { seaOnly: false, sellerPays: [...carried, 'insurance', 'unloading'] },
  DDP: { seaOnly: false, sellerPays: [...carried, 'insurance', 'import-clearance', 'import-duties'] },
};

/** Who pays what under a rule. */
export function payersUnder(rule: IncotermRule): { sellerPays: CostOnTheWay[]; buyerPays: CostOnTheWay[] } {
  const { sellerPays } = terms[rule];
  return { sellerPays: [...sellerPays], buyerPays: costsOnTheWay.filter((cost) => !sellerPays.includes(cost)) };
}

/** The rule for any means of transport that stands for a sea-only one used without a ship; null where the rule fits. */
export function fittingRule(rule: IncotermRule, transport: Order['transport']['mode']): IncotermRule | null {
  return terms[rule].seaOnly && transport !== 'sea' ? (terms[rule].elsewhere ?? null) : null;
}
