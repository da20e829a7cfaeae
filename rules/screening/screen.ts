/** The parties of an order held against the lists. It finds and never refuses: whether a party is the one listed is a person's answer. */
import type { ScreenedParty, Screening, ScreeningCandidate } from '../compliance/review-context.ts';
import type { Order } from '../order/order.ts';
import type { ScreeningThresholds } from '../settings.ts';
import type { ScreeningDecision } from './entry.ts';
import { whyUnreadable } from './latin-forms.ts';
import type { NameIndex } from './name-index.ts';
import { partyKey } from './normalise-name.ts';

/** A name to look up, and what it is the name of. */
export interface NamedParty {
  name: string;
  country: string | null;
  vessel: boolean;
}

/** Candidates told of one party; a person who needs more than this needs a better name. */
const mostCandidates = 20;

/**
 * Every party of an order with what it resembles, each party once however often it is named. One candidate or several mean
 * `review`; a candidate that a person found to be another party is left out while its entry says the same.
 */
export function screenOrder(
  order: Order,
  indexes: readonly NameIndex[],
  decisions: readonly ScreeningDecision[],
  thresholds: ScreeningThresholds,
): ScreenedParty[] {
  const others = new Set(decisions.filter(({ decision }) => decision === 'another-party').map(decisionKey));
  return partiesOf(order).map(({ where: [where = '', ...alsoAt], ...party }) => {
    const found = screenName(party, indexes, thresholds);
    const key = partyKey(party.name, party.country);
    const open = found.filter((candidate) => !others.has(decisionKey({ party: key, ...candidate })));
    return {
      where,
      alsoAt,
      name: party.name,
      country: party.country,
      outcome: open.length > 0 ? 'review' : 'clear',
      candidates: open.slice(0, mostCandidates),
      more: Math.max(0, open.length - mostCandidates),
      decidedBefore: found.length - open.length,
      unreadable: whyUnreadable(party.name, party.country),
    };
  });
}

/** An order's screening with the lists that it was held against. */
export function screeningOf(
  order: Order,
  indexes: readonly NameIndex[],
  decisions: readonly ScreeningDecision[],
  thresholds: ScreeningThresholds,
): Screening {
  return {
    lists: indexes.map(({ list }) => list),
    parties: screenOrder(order, indexes, decisions, thresholds),
  };
}

/** Motor vessel, motor tanker, steamship: no part of the name. */
const shipPrefix = /^\s*(?:m\/?[vt]|s\/?s)\.?\s+/i;

/** The list entries that a name resembles enough for a person to compare, best first; what was decided before does not count. */
export function screenName(
  { name, country, vessel }: NamedParty,
  indexes: readonly NameIndex[],
  thresholds: ScreeningThresholds,
): ScreeningCandidate[] {
  const from = Number(thresholds.reviewWithCountryFrom);
  return indexes
    .flatMap((index) =>
      index.find(vessel ? name.replace(shipPrefix, '') : name, from, { vessel }).map((match) => ({
        list: index.list.list,
        listVersion: index.list.version,
        source: match.entry.source,
        entryId: match.entry.entryId,
        fingerprint: match.entry.fingerprint,
        name: match.name,
        programs: match.entry.programs,
        countries: match.entry.countries,
        score: match.score,
        countryAgrees: countryAgrees(country, match.entry.countries),
      })),
    )
    .filter((candidate) => wantsReview(candidate, thresholds))
    .sort((a, b) => b.score - a.score);
}

/**
 * Whether a likeness is enough for a person to compare. The country supports and never saves: at `reviewFrom` and above it
 * makes no difference, below it a country that differs lets the party pass.
 */
export function wantsReview(
  { score, countryAgrees }: Pick<ScreeningCandidate, 'score' | 'countryAgrees'>,
  thresholds: ScreeningThresholds,
): boolean {
  if (score >= Number(thresholds.reviewFrom)) return true;
  return score >= Number(thresholds.reviewWithCountryFrom) && countryAgrees !== false;
}

/** The names of an order under which decisions may have been remembered. */
export function partyKeysOf(order: Order): string[] {
  return partiesOf(order).map(({ name, country }) => partyKey(name, country));
}

/** Addresses in Hong Kong, Macao and on the mainland stand for one another: most traders have both. */
const oneCountry = ['CN', 'HK', 'MO'];

/** Whether a party's country is among an entry's; null where one is not known. An order does not say a vessel's flag. */
export function countryAgrees(country: string | null, countries: readonly string[]): boolean | null {
  if (country === null || countries.length === 0) return null;
  return (
    countries.includes(country) || (oneCountry.includes(country) && countries.some((one) => oneCountry.includes(one)))
  );
}

/** What an answer about a party decides upon: the party and each entry that it resembles, as it stands. */
export function pairsOf(
  party: Pick<ScreenedParty, 'name' | 'country' | 'candidates'>,
): Pick<ScreeningDecision, 'party' | 'list' | 'entryId' | 'fingerprint'>[] {
  const key = partyKey(party.name, party.country);
  return party.candidates.map(({ list, entryId, fingerprint }) => ({ party: key, list, entryId, fingerprint }));
}

/** A decision holds for one party and one entry as it stood. */
function decisionKey({
  party,
  list,
  entryId,
  fingerprint,
}: Pick<ScreeningDecision, 'party' | 'list' | 'entryId' | 'fingerprint'>): string {
  return JSON.stringify([party, list, entryId, fingerprint]);
}

const roles = ['buyer', 'consignee', 'notify', 'endUser', 'payer', 'bank'] as const;

function partiesOf(order: Order): (NamedParty & { where: string[] })[] {
  const parties = new Map<string, NamedParty & { where: string[] }>();
  for (const role of roles) {
    const party = order[role];
    if (!party) continue;
    const key = partyKey(party.name, party.country);
    const known = parties.get(key);
    if (known) known.where.push(role);
    else parties.set(key, { name: party.name, country: party.country, vessel: false, where: [role] });
  }
  const vessel = order.transport.vessel;
  return [
    ...parties.values(),
    ...(vessel === undefined ? [] : [{ name: vessel, country: null, vessel: true, where: ['transport.vessel'] }]),
  ];
}
