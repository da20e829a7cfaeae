import type { CivilDate } from '../civil-date.ts';

/** A paper that was handed in, as far as a review looks at it: what it is and what it says, never its bytes. */
export interface SubmittedPaper {
  documentId: string;
  kind: string;
  number?: string;
  holder?: string;
  issuedOn?: CivilDate;
  expiresOn?: CivilDate;
  /** Lines of the order that it covers, from 1; absent, all. */
  lines?: number[];
  /** What else it states, for example `model`. */
  fields?: Record<string, string>;
  /** Hash of what a person confirmed that it says in full, kept in the records; absent, only the fields above are known. */
  facts?: string;
}
