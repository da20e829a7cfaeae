/** The document archive (备案单证): which papers it asks for, and what is still missing. A gap lets the bureau recover the refund. */
import type { Reference } from '../reference/load.ts';

/** A paper of the archive and the kinds of documents of which any one serves as it. */
export interface WantedPaper {
  paper: string;
  satisfiedBy: string[];
}

/**
 * The papers without which the archive is not complete, as values to carry. What is wanted only where it exists is left out:
 * nobody could answer for a paper that was never written. A substitute of like content serves.
 */
export function archivePapersOf(reference: Pick<Reference, 'archivePapers'>): WantedPaper[] {
  return reference.archivePapers
    .filter(({ wanted }) => wanted === 'always')
    .map(({ id, satisfiedBy, substitutes }) => ({ paper: id, satisfiedBy: [...satisfiedBy, ...substitutes] }));
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
