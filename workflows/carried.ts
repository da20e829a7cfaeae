import type { OrderFacts, Papers, RecordEntry, ThreeWayCheck } from '../activities/records/contract.ts';
import type { CivilDate, Instant } from '../rules/civil-date.ts';
import type { SubmittedPaper } from '../rules/compliance/submitted-paper.ts';
import type { Deadline, WaitKind } from '../rules/deadline.ts';
import type { ChannelMeaning } from '../rules/declaration/channels.ts';
import type { Money } from '../rules/money.ts';
import type { OwnerRole, Question, TaskKind, WaitedOn } from '../rules/task.ts';
import type { CarriedCorrection } from './corrections.ts';
import type {
  CustomsResponse,
  InspectionResult,
  MessageName,
  Notice,
  ReviewChange,
  TaxResponse,
  Verdict,
} from './messages.ts';

/** How a shipment is started; the order itself stands in the database. */
export interface ShipmentStart {
  organisation: string;
  reference: string;
  /** True for a shipment that a simulation plays. */
  simulated: boolean;
}

/** Until release there is the trunk; then logistics and money run side by side. */
export type Lane = 'trunk' | 'logistics' | 'money';

export const stageNames = [
  'intake',
  'compliance-review',
  'document-preparation',
  'export-declaration',
  'export-inspection',
  'departure',
  'arrival',
  'destination-clearance',
  'delivery',
  'receipts-and-invoices',
  'three-way-check',
  'refund-claim',
  'tax-bureau-review',
  'fx-clock',
] as const;
export type StageName = (typeof stageNames)[number];

/** A task as the process remembers it; question and evidence stand in the database. */
export interface AskedTask {
  id: string;
  kind: TaskKind;
  lane: Lane;
  title: string;
  ownerRole: OwnerRole;
  choices: string[];
  askedAt: Instant;
  wantsDocument?: string;
  /** The paper that it asks about, where it is about one. */
  documentId?: string;
  answer: TaskAnswer | null;
  /** True once the answer is not needed any more: what was asked about came by itself. */
  moot: boolean;
}

export interface TaskAnswer {
  choice: string;
  reason: string;
  evidence: string[];
  at: Instant;
}

/** Something the shipment waits for, with the clock that runs on it. */
export interface OpenWait {
  /** `<what>/<key>`; one wait of an id is open at a time. */
  id: string;
  what: WaitKind | TaskKind;
  key: string;
  lane: Lane;
  fromWhom: WaitedOn;
  since: Instant;
  /** Date the deadline hangs on. */
  on?: CivilDate;
  lastContractualDate?: CivilDate;
  /** When this deadline's clock began: later than `since` after a person said to go on waiting. */
  startedAt: Instant;
  /** Which deadline of this id it is, counted over the shipment's life. */
  round: number;
  /** Null until the recorder brought it. */
  deadline: Deadline | null;
  /** How many of its warnings were given. */
  warned: number;
  /** The party was asked and has the time of one more deadline to answer. */
  asked?: boolean;
  /** A person is asked about the silence. */
  questioned?: boolean;
}

export type CustomsReceipt = Extract<CustomsResponse, { side: 'export' }> & { meaning: ChannelMeaning | 'unknown' };
export type DestinationNews = Extract<CustomsResponse, { side: 'destination' }>;

/** A list that its stage reads in order; `read` counts what it has dealt with, so that it resumes there. */
export interface Inbox<T> {
  items: T[];
  read: number;
}

export interface Receipt {
  receiptId: string;
  instalment: number;
  amount: string;
  charges: string;
  currency: Money['currency'];
  valueDate: CivilDate;
}

export interface RegisteredInvoice {
  number: string;
  replaces?: string;
}

/** How the declaration ended; only `released` goes on. */
export type DeclarationEnd =
  | { kind: 'released'; at: Instant; declarationNumber: string }
  | { kind: 'seized'; because: string }
  | { kind: 'refused'; because: string }
  | { kind: 'withdrawn'; because: string };

export type LogisticsEnd =
  | { kind: 'delivered'; at: Instant }
  | { kind: 'returned' | 'seized' | 'lost' | 'withdrawn'; because: string };

export type MoneyEnd =
  | { kind: 'refunded'; amount: Money; on: CivilDate }
  | { kind: 'exempt' | 'taxed' | 'unclaimed'; because: string };

export const outcomes = [
  'refunded',
  'taxed',
  'exempt',
  'unclaimed',
  'cancelled',
  'returned',
  'refused',
  'seized',
  'lost',
] as const;
export type Outcome = (typeof outcomes)[number];

/** The closing record: one outcome, and how each part ended. */
export interface Closing {
  outcome: Outcome;
  reasons: string[];
  refund: Money | null;
  closedAt: Instant;
  ends: { declaration: DeclarationEnd | null; logistics: LogisticsEnd | null; money: MoneyEnd | null };
}

/** A message that fits nowhere. */
export interface Misfit {
  name: string;
  messageId?: string;
  reason: string;
}

export interface JournalEntry {
  name: string;
  messageId?: string;
  at: Instant;
  status: Verdict['status'];
  reason?: string;
}

/**
 * Everything a shipment is, as plain values: carried whole across continue-as-new and read by every stage.
 * A stage returns at once when its fact stands here, and resumes inside from revisions, inboxes and waits.
 */
export interface ShipmentState extends ShipmentStart {
  openedAt: Instant;
  stages: Record<Lane, StageName | null>;
  order: OrderFacts | null;
  /** `noted`: rounds whose findings stand in the event log. */
  review: {
    round: number;
    noted: number;
    /** Ids of findings that a person waived, and of warnings that one accepted. */
    waived: string[];
    /** Ids of undecided rules of which a person said that they apply. */
    confirmed: string[];
    approvedAt: Instant | null;
    /** Questions that hold nothing up, each put beside the process and beside the others. */
    asides: { question: Question; settled: boolean; moot?: boolean }[];
    /** Ids of findings that a person was asked about, or that were told as warnings: a later review tells only what is new. */
    told: string[];
    /** What changed outside, after which the review is made again. */
    changes: Inbox<ReviewChange>;
    /** The parties are held against the lists once more, right before the declaration. */
    rescreen: boolean;
    /** Whether what comes before the filing is reviewed at once: from the first time on that it was. Set by `reviewsWhatComes` alone. */
    asItComes: boolean;
  };
  documents: SubmittedPaper[];
  /** The latest file of each paper that came in as one, by its hash. */
  files: { documentId: string; file: string }[];
  /** Each time that somebody opened the locked papers; read once they are locked again. */
  unlocks: Inbox<{ reason: string; source: string }>;
  amendments: CarriedCorrection[][];
  papers: Papers | null;
  declaration: {
    revision: number;
    /** How many amendments the current papers contain. */
    amendmentsPrepared: number;
    /** Revisions that are with customs, or on their way: from here on the order cannot just be cancelled. */
    filed: number;
    /** The revision that customs' client has taken or refused: its filing is not repeated. */
    answered: number;
    number: string | null;
    /** The revision that the number belongs to. */
    numberOf: number | null;
    /** The number that another shipment has, too, once people were told so. */
    sharedNumber: string | null;
    exportedOn: CivilDate | null;
    /** Why the client would not take the present revision. */
    refusedBecause: string | null;
    releasedAt: Instant | null;
    closedAt: Instant | null;
    withdrawnAt: Instant | null;
    end: DeclarationEnd | null;
  };
  customs: Inbox<CustomsReceipt>;
  exportInspections: Inbox<InspectionResult>;
  destination: {
    news: Inbox<DestinationNews>;
    inspections: Inbox<InspectionResult>;
    /** Names of the holds that stand, by the authority's own times. */
    holds: string[];
    holdNews: { hold: string; placed: boolean; at: Instant }[];
    cases: { notice: Notice; answered: boolean }[];
    dossierSent: boolean;
    releasedAt: Instant | null;
  };
  transport: {
    followed: boolean;
    plannedDeparture: CivilDate | null;
    plannedArrival: CivilDate | null;
    /** When the carrier made each forecast: an older one does not replace a newer. */
    forecastAt: { departure: Instant | null; arrival: Instant | null };
    departedAt: Instant | null;
    arrivedAt: Instant | null;
    deliveredAt: Instant | null;
    /** How it will end, while an authority still waits for an answer of ours. */
    coming: LogisticsEnd | null;
    end: LogisticsEnd | null;
  };
  money: {
    receipts: Receipt[];
    /** Set by a person: the rest will not come. */
    writtenOff: string | null;
    /** Set by a person with proof: the law takes the rest as collected. */
    deemedCollected: string | null;
    /** Instalments whose rest a person took as bank charges. */
    shortfallsAccepted: { instalment: number; amount: string }[];
    /** The term of the law for collecting has passed. */
    termPassed: boolean;
    rightToClaimEnded: boolean;
    invoices: RegisteredInvoice[];
    /** How many of `invoices` a check has seen. */
    invoicesChecked: number;
    invoicesComplete: boolean;
    invoiceCheckRound: number;
    /** Keys of questions about differences that a person explained. */
    differencesExplained: string[];
    invoicesGivenUp: string | null;
    consistencyRound: number;
    /** The three-way check that the claim rests on; null again when the bureau wants it corrected. */
    check: ThreeWayCheck | null;
    /** Reasons to repay the refund that people were asked about, and the one for which it was repaid. */
    repayAsked: string[];
    repaid: string | null;
    end: MoneyEnd | null;
  };
  claim: {
    revision: number;
    /** Of the current revision; null while it is prepared or corrected. */
    submittedAt: Instant | null;
    /** The bureau refused or returned it: until it is claimed again its invoices may be corrected. */
    correcting: boolean;
    /** The archive's fifteen days count from here. */
    firstSubmittedAt: Instant | null;
    refundClaimed: Money | null;
    steps: Inbox<TaxResponse>;
    paid: { amount: Money; on: CivilDate } | null;
    archiveComplete: boolean;
    /** How the claim ended; the FX clock may run on. */
    end: MoneyEnd | null;
  };
  tasks: Record<string, AskedTask>;
  waits: OpenWait[];
  /** How many deadlines each wait has had, by its id: numbers the questions about its silence. */
  waitRounds: Record<string, number>;
  messages: {
    /** Of every message that was taken: a short digest of its id, and one of what it said. */
    seen: Record<string, string>;
    held: { name: MessageName; message: unknown }[];
    /** Bytes of the file as JSON: what was carried over and what came since. */
    bytes: number;
  };
  /** Messages that make no sense, from senders who do not hear the verdict: a person is asked. */
  misfits: { waiting: Misfit[]; inQuestion: number; asked: number };
  /** How often each step failed by a defect: numbers the questions to the engineer. */
  defects: Record<string, number>;
  journal: JournalEntry[];
  cancelled: { reason: string; at: Instant } | null;
  records: { nextSeq: number; pending: RecordEntry[] };
  closing: Closing | null;
}

/** A record's own entry: names that come from outside may be `constructor`. */
export function entryOf<T>(record: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** The next item that its stage has not dealt with. */
export function unread<T>(inbox: Inbox<T>): T | undefined {
  return inbox.items[inbox.read];
}

/**
 * Deals with the next item and only then marks it as read: a stage that is interrupted by continue-as-new deals with it
 * again, and finds its questions asked already. `n` counts the item from 1.
 */
export async function dealWithNext<T, R>(
  inbox: Inbox<T>,
  deal: (item: T, n: number) => Promise<R>,
): Promise<R | undefined> {
  const item = unread(inbox);
  if (item === undefined) return undefined;
  const result = await deal(item, inbox.read + 1);
  inbox.read += 1;
  return result;
}
