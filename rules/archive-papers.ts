/** The document archive (备案单证) of one shipment from its first day: which papers are here, which are missing, who owes them. */
import type { ArchivePaper } from '../reference/schema.ts';
import { addDays, addMonths, type CivilDate, chinaDate, type Instant } from './civil-date.ts';

/** Natural days after the claim within which the archive is complete. Source: STA Announcement 2026 No. 5 Art. 44–46, needs confirmation. */
export const ARCHIVE_DUE_IN_DAYS = 15;
/** Years for which it is kept. Same source; that they count from the claim is our reading, needs confirmation. */
export const ARCHIVE_KEPT_YEARS = 10;

/** A revision of a document as the archive sees it: its bytes, where it has any, stand in the file store under their hash. */
export interface ArchiveDocument {
  id: string;
  kind: string;
  /** From 1; the highest of an id is the one that counts. */
  revision: number;
  /** As printed on it. */
  number?: string;
  /** As printed on it, in the zone of who wrote it. */
  date?: CivilDate;
  /** `name` is the uploader's: a text to show, never a path. */
  file?: { sha256: string; name: string };
  /** Where an original on paper is kept: `Ningbo office, binder 2026-11`. */
  keptAt?: string;
  /** When it was made or taken in. */
  asOf: Instant;
}

/** A document of the archive; a revision that a later one replaced stays, and says which. */
export interface ArchivedDocument extends ArchiveDocument {
  supersededBy?: number;
}

/** What has happened to the shipment; absent, it has not yet. */
export interface ArchiveMoments {
  orderedOn: CivilDate;
  filedAt?: Instant;
  releasedAt?: Instant;
  departedAt?: Instant;
  claimSubmittedAt?: Instant;
}

/** What some papers depend on; absent, it is not known, and the paper is asked for as if it may exist. */
export interface ArchiveCircumstances {
  /** A broker declared for us (代理报关), and not we ourselves. */
  declaredByBroker?: boolean;
  /** Freight, forwarding or agency was bought under a contract of its own. */
  servicesContracted?: boolean;
}

/**
 * `here`: a document serves as it. `kept-elsewhere`: a person said where it is kept. `missing`: owed, and not here.
 * `not-yet-owed`: what it comes from has not happened. `not-owed`: this shipment has no such paper.
 */
export type ArchiveState = 'here' | 'kept-elsewhere' | 'missing' | 'not-yet-owed' | 'not-owed';

/** A paper that the archive asks for, and how it stands. */
export interface ArchivedPaper extends Pick<ArchivePaper, 'order' | 'nameZh' | 'name' | 'owedBy' | 'source'> {
  /** Its id in the reference. */
  paper: string;
  state: ArchiveState;
  /** Whether the archive is incomplete without it. */
  needed: boolean;
  /** It is here by a paper of like content only. */
  substitute: boolean;
  /** Those that count first, by date and number; then those that they replaced. */
  documents: ArchivedDocument[];
  /** The day in China from which it is owed; absent, it is not yet. */
  since?: CivilDate;
  /** Where it is kept, by the word of a person. */
  keptElsewhere?: string;
}

/** The archive of a shipment, its papers in the order of the catalogue. */
export interface Archive {
  papers: ArchivedPaper[];
  /** Documents that serve as none of them: invoice, packing list, declaration. */
  others: ArchivedDocument[];
  complete: boolean;
  /** The day of the claim in China; absent before it. */
  claimedOn?: CivilDate;
  /** Last day to complete it, in China; absent before the claim. */
  dueOn?: CivilDate;
  /** To be kept until then at least; absent before the claim. */
  keptUntil?: CivilDate;
  asOf: Instant;
}

/** What an archive is made of. */
export interface ArchiveInput {
  papers: readonly ArchivePaper[];
  documents: readonly ArchiveDocument[];
  moments: ArchiveMoments;
  circumstances?: ArchiveCircumstances;
  /** Papers of which a person said where they are kept. */
  keptElsewhere?: readonly { paper: string; where: string }[];
  asOf: Instant;
}

/**
 * How the archive stands at a moment. A paper is owed from its own moment on, or from a later one that is known: what was
 * released had been filed. Neither the order of the documents nor of the papers handed in matters.
 */
export function archiveOf(input: ArchiveInput): Archive {
  const { moments, asOf } = input;
  const documents = withReplaced(input.documents);
  const papers = [...input.papers]
    .sort((one, other) => one.order - other.order)
    .map((paper) => paperOf(paper, documents, input));
  const claimedOn = moments.claimSubmittedAt && reached(moments.claimSubmittedAt, asOf);
  return {
    papers,
    others: documents
      .filter(({ kind }) => !input.papers.some((paper) => serves(paper, kind)))
      .map(({ shown }) => shown),
    complete: papers.every(({ needed, state }) => !needed || state === 'here' || state === 'kept-elsewhere'),
    ...(claimedOn && {
      claimedOn,
      dueOn: addDays(claimedOn, ARCHIVE_DUE_IN_DAYS),
      keptUntil: addMonths(claimedOn, 12 * ARCHIVE_KEPT_YEARS),
    }),
    asOf,
  };
}

/** A document with the kind that its latest revision has: a kind that was mended holds for the older ones too. */
interface Sorted {
  kind: string;
  shown: ArchivedDocument;
}

function withReplaced(documents: readonly ArchiveDocument[]): Sorted[] {
  const latest = new Map<string, ArchiveDocument>();
  for (const document of documents)
    if (document.revision >= (latest.get(document.id)?.revision ?? 0)) latest.set(document.id, document);
  return documents
    .map((document): Sorted => {
      const { kind, revision } = latest.get(document.id) ?? document;
      return {
        kind,
        shown: revision === document.revision ? { ...document } : { ...document, supersededBy: revision },
      };
    })
    .map((one) => ({ one, place: placeOf(one.shown) }))
    .sort((one, other) => byText(one.place, other.place))
    .map(({ one }) => one);
}

/** The date of a document: its own, or the day in China on which it came. */
export function dateOf({ date, asOf }: Pick<ArchiveDocument, 'date' | 'asOf'>): CivilDate {
  return date ?? chinaDate(asOf);
}

/** By date, then by number as people count: 2 before 10. */
function placeOf(document: ArchivedDocument): string {
  const { supersededBy, number = '', id, revision } = document;
  const replaced = supersededBy === undefined ? '0' : '1';
  return [replaced, dateOf(document), counted(number), counted(id), id, counted(String(revision))].join('\n');
}

/** Figures filled up with zeros to the length of the longest number that a paper may have. */
const counted = (text: string) => text.replace(/\d+/g, (figures) => figures.padStart(80, '0'));

/** By code units: a locale's own order would differ from machine to machine. */
function byText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function serves({ satisfiedBy, substitutes }: ArchivePaper, kind: string): boolean {
  return satisfiedBy.includes(kind) || substitutes.includes(kind);
}

function paperOf(paper: ArchivePaper, documents: readonly Sorted[], input: ArchiveInput): ArchivedPaper {
  const { order, nameZh, name, owedBy, source } = paper;
  const serving = documents.filter(({ kind }) => serves(paper, kind));
  const exists = conditionOf(paper, input.circumstances);
  const since = exists === false ? undefined : owedSince(paper, input);
  const where = input.keptElsewhere?.find((one) => one.paper === paper.id)?.where;
  const state = (): ArchiveState => {
    if (serving.length > 0) return 'here';
    if (where !== undefined) return 'kept-elsewhere';
    if (exists === false) return 'not-owed';
    return since === undefined ? 'not-yet-owed' : 'missing';
  };
  return {
    paper: paper.id,
    order,
    nameZh,
    name,
    state: state(),
    needed: exists ?? paper.wanted === 'always',
    substitute: serving.length > 0 && !serving.some(({ kind }) => paper.satisfiedBy.includes(kind)),
    documents: serving.map(({ shown }) => shown),
    owedBy,
    ...(since && { since }),
    ...(where !== undefined && { keptElsewhere: where }),
    source,
  };
}

/** Whether the shipment has such a paper; `undefined`: it is not known, or depends on nothing. */
function conditionOf({ condition }: ArchivePaper, circumstances: ArchiveCircumstances = {}): boolean | undefined {
  if (condition === 'declared-by-broker') return circumstances.declaredByBroker;
  if (condition === 'services-contracted') return circumstances.servicesContracted;
  return undefined;
}

function owedSince({ owedFrom }: ArchivePaper, { moments, asOf }: ArchiveInput): CivilDate | undefined {
  const { orderedOn, filedAt, releasedAt, departedAt, claimSubmittedAt } = moments;
  const today = chinaDate(asOf);
  const steps = [
    ['order', orderedOn <= today ? orderedOn : undefined],
    ['filing', filedAt && reached(filedAt, asOf)],
    ['release', releasedAt && reached(releasedAt, asOf)],
    ['departure', departedAt && reached(departedAt, asOf)],
    ['claim', claimSubmittedAt && reached(claimSubmittedAt, asOf)],
  ] as const;
  const known = steps
    .slice(steps.findIndex(([step]) => step === owedFrom))
    .flatMap(([, day]) => (day ? [day] : []))
    .sort();
  return known[0];
}

function reached(moment: Instant, asOf: Instant): CivilDate | undefined {
  return Date.parse(moment) <= Date.parse(asOf) ? chinaDate(moment) : undefined;
}
