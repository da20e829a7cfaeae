/** What is done with papers of a kind: a word that no table knows is kept, and compared with nothing. */
import type { Reference } from '../../reference/load.ts';
import { authorisation } from '../intellectual-property/brand-findings.ts';
import { designLicence } from '../intellectual-property/design-findings.ts';
import { lettersApart } from '../letters-apart.ts';

/** How Quayside stands to papers of a kind. */
export interface KindStanding {
  /** Whether they are held against the order and the other papers. */
  compared: boolean;
  /** Whether any table names the kind: papers compared, papers of the archive, certificates that rules ask for. */
  known: boolean;
  /** Of an unknown kind, the kinds that are written nearly so, the nearest first. */
  near: string[];
}

type Tables = Pick<Reference, 'comparedKinds' | 'comparisonRows' | 'archivePapers' | 'rules' | 'tradeAgreements'>;

/** So many near names are told. */
const NEAR_AT_MOST = 3;

/** @example standingOf('purchase_contract', reference) //=> { compared: false, known: false, near: ['purchase-contract'] } */
export function standingOf(kind: string, tables: Tables): KindStanding {
  const compared = comparedIn(tables);
  const known = new Set([...compared, ...othersIn(tables)]);
  const isKnown = known.has(kind);
  return { compared: compared.includes(kind), known: isKnown, near: isKnown ? [] : nearest(kind, [...known]) };
}

/** The order stands among the kinds, and is no paper that rows hold against another. */
function comparedIn({ comparedKinds, comparisonRows }: Tables): string[] {
  const held = new Set(comparisonRows.flatMap(({ other }) => other));
  return comparedKinds.filter(({ kind, family }) => held.has(kind) || held.has(family)).map(({ kind }) => kind);
}

function othersIn({ archivePapers, rules, tradeAgreements }: Tables): string[] {
  return [
    ...archivePapers.flatMap(({ satisfiedBy, substitutes }) => [...satisfiedBy, ...substitutes]),
    ...rules.flatMap(({ evidence }) => evidence?.kinds ?? []),
    ...tradeAgreements.map(({ certificate }) => certificate.kind),
    ...authorisation.kinds,
    ...designLicence.kinds,
  ];
}

/** A third of the letters may be others: `PurchaseContracts`, and not another word of that length. */
function nearest(kind: string, known: readonly string[]): string[] {
  const wanted = spelled(kind);
  return known
    .map((name) => ({ name, apart: lettersApart(wanted, spelled(name)) }))
    .filter(({ apart }) => apart <= Math.floor(wanted.length / 3))
    .sort((one, other) => one.apart - other.apart || (one.name < other.name ? -1 : 1))
    .slice(0, NEAR_AT_MOST)
    .map(({ name }) => name);
}

/** Letters and digits alone: hyphens, blanks and capitals tell no two kinds apart. */
const spelled = (kind: string) =>
  kind
    .slice(0, 60)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * What to say of a paper of that kind, in one sentence or two.
 * @param kind as it was said
 */
export function standingInWords(kind: string, { compared, known, near }: KindStanding): string {
  if (compared) return `Papers of the kind ${kind} are compared with the order and the other papers.`;
  if (known) return `Papers of the kind ${kind} are kept, and not compared with the other papers.`;
  const instead = near.length > 0 ? ` Is it ${near.join(' or ')}?` : '';
  return `The kind ${kind} is unknown: the paper is kept, and compared with nothing.${instead}`;
}
