/** The document archive (备案单证): which papers it asks for, and what is still missing. A gap lets the bureau recover the refund. */
import type { Reference } from '../reference/load.ts';

/** A paper of the archive and the kinds of documents of which any one serves as it. */
export interface WantedPaper {
  paper: string;
  satisfiedBy: string[];
}

/** The papers that the archive asks for, as values to carry. */
export function archivePapersOf(reference: Pick<Reference, 'archivePapers'>): WantedPaper[] {
  return reference.archivePapers.map(({ id, satisfiedBy }) => ({ paper: id, satisfiedBy: [...satisfiedBy] }));
}

/** Names of the papers that none of these documents serves as; empty when the archive is complete. */
export function archiveGaps({
  papers,
  documentKinds,
}: {
  papers: readonly WantedPaper[];
  documentKinds: readonly string[];
}): string[] {
  return papers
    .filter(({ satisfiedBy }) => !satisfiedBy.some((kind) => documentKinds.includes(kind)))
    .map(({ paper }) => paper);
}
