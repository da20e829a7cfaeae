/** What the screening of an order's parties means for the review. */
import { addDays, chinaDate } from '../civil-date.ts';
import { daysUntilOld } from '../compliance/aged-rules.ts';
import type {
  Finder,
  ReviewContext,
  ScreenedParty,
  Screening,
  ScreeningCandidate,
} from '../compliance/review-context.ts';
import { contentHashOf } from '../documents/content-hash.ts';
import type { Finding } from '../finding.ts';
import { pairsOf } from './screen.ts';

/** The rule whose page tells how screening works and how a person decides. */
export const screeningRule = 'party-screening';

const lists = ['sdn', 'csl'];
const nameOfList: Readonly<Record<string, string>> = {
  sdn: 'the list of Specially Designated Nationals (OFAC)',
  csl: 'the Consolidated Screening List (trade.gov)',
};
const source = 'Lists of restricted parties as imported; a person decides';

/**
 * A finding that blocks for every party that resembles a listed one, another one when it resembles other entries; and findings that inform where nobody looked, where a
 * list is absent or old, and where a name could not be looked up. China's own lists are published in no file that is read
 * here, which is said each time.
 */
export const screeningFindings: Finder = (context) => {
  const { screening } = context.records;
  if (screening === null) return [notScreened()];
  return [
    ...screening.parties.flatMap((party) => [...reviewOf(party), ...unreadableOf(party)]),
    ...listFindings(screening, context),
  ];
};

function reviewOf(party: ScreenedParty): Finding[] {
  if (party.outcome === 'clear') return [];
  const several = party.candidates.length + party.more > 1;
  const what = party.where === 'transport.vessel' ? 'The vessel' : 'The party';
  return [
    {
      rule: screeningRule,
      kind: 'screening',
      severity: 'block',
      title: `${what} ${party.name} resembles ${several ? 'listed parties' : 'a listed party'}`,
      where: party.where,
      expected: 'a person has compared the party with each entry and decided whether it is the one listed',
      found: `${party.candidates.map(told).join('; ')}${party.more > 0 ? `; and ${party.more} more` : ''}`,
      remedy:
        'Compare name, address, nationality and business with the entry, decide for each entry whether it is this party, and say why. ' +
        'The machine refuses nobody: China’s rules against foreign sanctions may forbid to turn a customer away only because a foreign list names it. ' +
        'Where it is the listed party, ask a lawyer before answering the customer.',
      due: 'before-order',
      source,
      of: contentHashOf(pairsOf(party)).slice(0, 16),
    },
  ];
}

/** @example `HUAGUANG CO. (sdn 1234, version ab12, score 0.91, country agrees, NPWMD)` */
function told(candidate: ScreeningCandidate): string {
  const country =
    candidate.countryAgrees === null
      ? 'country not known'
      : candidate.countryAgrees
        ? 'country agrees'
        : 'country differs';
  const from = candidate.source === null ? [] : [candidate.source];
  const parts = [
    `${candidate.list} ${candidate.entryId}`,
    `version ${candidate.listVersion}`,
    `score ${candidate.score.toFixed(3)}`,
    country,
    ...from,
    ...candidate.programs,
  ];
  return `${candidate.name} (${parts.join(', ')})`;
}

function unreadableOf(party: ScreenedParty): Finding[] {
  if (party.unreadable === null) return [];
  return [
    coverage('warn', {
      title: `${party.name} could not be looked up in the lists`,
      where: party.where,
      expected: 'a name that can be compared with lists in Latin letters',
      found: party.unreadable,
      remedy: 'Give the name in Latin letters, as the company registers or the passport states it.',
    }),
  ];
}

function notScreened(): Finding {
  return coverage('info', {
    title: 'The parties were not screened',
    where: 'buyer',
    expected:
      'buyer, consignee, notify party, end user, payer, bank and vessel held against lists of restricted parties',
    found: 'no lists were looked at',
    remedy: 'Run the check against a server that has lists: quayside reference import sdn|csl FILE…',
  });
}

function listFindings(screening: Screening, context: ReviewContext): Finding[] {
  const absent = lists.filter((list) => !screening.lists.some((one) => one.list === list));
  const days = daysUntilOld(context.reference, 'screening-lists', context.today);
  const old = screening.lists.filter(({ importedAt }) => addDays(chinaDate(importedAt), days) < context.today);
  return [
    ...absent.map((list) =>
      coverage('info', {
        title: `The parties were not held against ${nameOfList[list]}`,
        where: 'buyer',
        expected: `${list} imported`,
        found: 'no version in force',
        remedy: `Import it: quayside reference import ${list} FILE…`,
      }),
    ),
    // Information here: the age of a list is one task of the organisation, not one of each of its shipments.
    ...old.map(({ list, version, importedAt }) =>
      coverage('info', {
        title: `${nameOfList[list] ?? list} was imported more than ${days} days ago`,
        where: 'buyer',
        expected: `imported within ${days} days`,
        found: `version ${version}, imported ${chinaDate(importedAt)}`,
        remedy: `Import the list of today: quayside reference import ${list} FILE…`,
      }),
    ),
    coverage('info', {
      title: 'China’s own lists were not looked at',
      where: 'buyer',
      expected: 'parties held against the export control list, the watch list and the unreliable entity list',
      found: 'these lists are published as notices and are not imported',
      remedy:
        'Look the parties up in the notices of the Ministry of Commerce and the Ministry of Foreign Affairs: they bind an exporter in China first.',
    }),
  ];
}

function coverage(
  severity: Finding['severity'],
  said: Pick<Finding, 'title' | 'where' | 'expected' | 'found' | 'remedy'>,
): Finding {
  return { rule: screeningRule, kind: 'coverage', severity, due: 'before-order', source, ...said };
}
