/** What passes between the workflow and our own records: small values that stand in the history. Documents stay in the store. */
import type { CivilDate, Instant } from '../../rules/civil-date.ts';
import type { Deadline, DeadlineBasis } from '../../rules/deadline.ts';
import type { ChannelMeaning } from '../../rules/declaration/channels.ts';
import type { Finding } from '../../rules/finding.ts';
import type { Money } from '../../rules/money.ts';
import type { LineCorrection } from '../../rules/order/amend.ts';
import type { Instalment } from '../../rules/order/figures.ts';
import type { Question, WaitedOn } from '../../rules/task.ts';

/** Names a shipment. */
export interface ShipmentName {
  organisation: string;
  reference: string;
}

/** What the process needs to know of the order, decided at intake. */
export interface OrderFacts {
  orderedOn: CivilDate;
  plannedExportOn?: CivilDate;
  lastContractualDate?: CivilDate;
  destination: string;
  /** As the order names them, UN/LOCODE or a name: ports in another country that count all the same. */
  portOfLoading?: string;
  destinationPort?: string;
  transportMode: 'sea' | 'air' | 'rail' | 'road' | 'post' | 'express';
  total: Money;
  /** Lines of goods, counted from 1. */
  lines: number;
  instalments: Instalment[];
  /** What the goods are, for headings. */
  goods: string;
  claimBeforeReceipt: boolean;
  /** Meaning of each customs channel code on the day of intake. */
  channels: Record<string, ChannelMeaning>;
  /** Papers that the archive asks for, each satisfied by any of its document kinds. */
  archivePapers: { paper: string; satisfiedBy: string[] }[];
}

/** The papers of one revision, locked by their content's hash. */
export interface Papers {
  revision: number;
  contentHash: string;
  documents: { id: string; kind: string }[];
  total: Money;
  instalments: Instalment[];
}

/** Corrections of one amendment, as the message carries them. */
export type LineCorrections = LineCorrection[];

export interface Review {
  /** Of blocking findings: the questions that a person must answer before the shipment goes on. */
  questions: Question[];
  /** Of warnings that no person has seen: one question, which holds nothing up. Older reviews bring none. */
  warnings?: Question | null;
  /** Papers that are wanted to compare, asked for beside the process. Older reviews bring none. */
  wanted?: Question[];
  findings: Pick<Finding, 'rule' | 'severity' | 'title' | 'where' | 'of'>[];
  /** The lists that parties were held against; null or absent, nobody looked. Held against again at export where there are any. */
  screenedBy?: { list: string; version: string }[] | null;
}

export interface InvoiceCheck {
  status: 'complete' | 'missing' | 'differs';
  questions: Question[];
}

export interface ThreeWayCheck {
  treatment: 'REFUND' | 'EXEMPT' | 'TAXED';
  /** What the claim will ask for, in CNY; null where there is nothing to claim. */
  refund: Money | null;
  questions: Question[];
}

/** Something that happened, on its way to the append-only event log. */
export interface RecordEntry {
  /** Counts from 1 in each shipment; writing one twice writes it once. */
  seq: number;
  at: Instant;
  kind:
    | 'stage-entered'
    | 'stage-left'
    | 'wait-opened'
    | 'wait-ended'
    | 'warned'
    | 'message'
    | 'message-applied'
    | 'finding'
    | 'approved'
    | 'papers-locked'
    | 'declaration-filed'
    | 'claim-submitted'
    | 'task-asked'
    | 'task-answered'
    | 'task-moot'
    | 'task-escalated'
    | 'closed';
  data: Record<string, unknown>;
}

/** The projection of a shipment beside its event log: lists and worklists read it, nothing decides on it. */
export interface Progress {
  stage: string;
  moneyStage: string | null;
  waitingOn: { what: string; key: string; lane: string; fromWhom: WaitedOn; since: Instant; until: Instant | null }[];
  openHolds: string[];
  nextDeadline: Instant | null;
  declarationNumber: string | null;
  exportedOn: CivilDate | null;
  papersRevision: number | null;
  total: Money | null;
  instalments: Instalment[];
  refundClaimed: Money | null;
  refund: Money | null;
  outcome: string | null;
}

export interface RecordProgressInput extends ShipmentName {
  asOf: Instant;
  entries: RecordEntry[];
  /** Of the last entry that the engine has kept: what stands behind it in the log is replaced. */
  keptSeq: number;
  /** Of all entries ever noted. */
  lastSeq: number;
  /** The workflow task that writes: one that was overtaken by a later attempt changes nothing. */
  attempt: { runId: string; historyLength: number };
  /** Waits that have no deadline yet. */
  awaited: { id: string; basis: DeadlineBasis }[];
  progress: Progress;
}

export interface RecordProgressResult {
  deadlines: Record<string, Deadline>;
  /** Another shipment that has this one's declaration number, too; looked for when customs told the number. */
  sharesNumberWith?: string;
}
