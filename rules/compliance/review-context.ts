/** What every finder of a review looks at. A finder is a pure function from this to findings; it has no clock and asks nobody. */
import type { ComparisonStage } from '../../reference/comparison-schema.ts';
import type { Reference } from '../../reference/load.ts';
import type { CivilDate } from '../civil-date.ts';
import type { StatedDocument } from '../documents/facts.ts';
import type { Finding } from '../finding.ts';
import type { Order } from '../order/order.ts';
import type { ScreeningList } from '../screening/entry.ts';
import type { SubmittedPaper } from './submitted-paper.ts';

/** A party of the order as it was held against the lists. */
export interface ScreenedParty {
  /** Path into the order: `buyer`, `endUser`, `transport.vessel`. */
  where: string;
  /** Other places of the order that name the same party. */
  alsoAt: string[];
  name: string;
  country: string | null;
  outcome: 'clear' | 'review';
  /** Best first; those that a person has to compare: at or above the threshold of a review, and not found to be another party before. */
  candidates: ScreeningCandidate[];
  /** Candidates beyond those listed. */
  more: number;
  /** Candidates that a person found to be another party before. */
  decidedBefore: number;
  /** Why the name could not be held against lists in Latin letters; null when it could. Then `clear` says little. */
  unreadable: string | null;
}

/** A list entry that a party's name resembles. */
export interface ScreeningCandidate {
  list: string;
  listVersion: string;
  /** The list that a merged list took the entry from; null for a list of its own. */
  source: string | null;
  entryId: string;
  /** Of the entry's content: a changed entry is another one. */
  fingerprint: string;
  /** The name or alias of the entry that matched. */
  name: string;
  programs: string[];
  countries: string[];
  /** 0 to 1. */
  score: number;
  /** Null where one of the two countries is not known. */
  countryAgrees: boolean | null;
}

/** How an order's parties stood against the lists at one time. */
export interface Screening {
  lists: ScreeningList[];
  parties: ScreenedParty[];
}

/** A line that was declared before, here or as brought along from elsewhere. Prices per unit. */
export interface DeclaredLine {
  productCode: string | null;
  nameZh: string;
  nameEn: string | null;
  hsCode: string;
  quantity: string;
  unit: string;
  unitPrice: string;
  currency: string;
  netWeightKg: string | null;
  declaredOn: CivilDate;
  declarationNumber: string;
  buyer: string | null;
  destination: string | null;
}

/** A code of the ten-digit table that an organisation keeps. */
export interface TariffCode {
  code: string;
  nameZh: string;
  /** Customs units, statutory first and second. */
  units: string[];
  /** 申报要素, in declared order. */
  elements: string[];
  vatRatePercent: string | null;
  rebateRatePercent: string | null;
  /** The rate that follows on a day that is known already; absent, none is announced. */
  next?: { rebateRatePercent: string; from: CivilDate };
  /** 监管条件: letters of the papers that customs asks for. */
  supervision: string | null;
}

/** What our records hold about an order's parties and goods. Null: nobody looked, which is not the same as nothing found. */
export interface ReviewRecords {
  screening: Screening | null;
  declaredLines: readonly DeclaredLine[] | null;
  /** The codes of the order's lines that the imported table knows; null: no table was imported. */
  tariffCodes: readonly TariffCode[] | null;
  /** What persons confirmed that the papers of the shipment say; null: there is no shipment yet. */
  papers: { documents: readonly StatedDocument[]; stage: ComparisonStage } | null;
}

/** Nothing from any records: the answer without a server. */
export const noRecords: ReviewRecords = {
  screening: null,
  declaredLines: null,
  tariffCodes: null,
  papers: null,
};

export interface ReviewContext {
  /** With the corrections so far. */
  order: Order;
  documents: readonly SubmittedPaper[];
  today: CivilDate;
  /** The day by which rates and licences at export are looked up: planned export, or today where that is past or not said. */
  exportOn: CivilDate;
  /** About when the goods meet customs abroad; an estimate by means of transport. */
  entryOn: CivilDate;
  reference: Reference;
  /** Null where nobody is known to export: a check without a server. */
  exporter: { nameZh: string; nameEn: string } | null;
  records: ReviewRecords;
  /** Characters of a text that our papers cannot show. Absent: nobody looked, because the fonts are not at hand. */
  unprintable?: (text: string) => readonly string[];
}

export type Finder = (context: ReviewContext) => Finding[];
