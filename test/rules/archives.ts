/** A shipment's archive to try things on: ordered, filed, released, departed and claimed in November 2026. */
import { type Archive, type ArchiveDocument, type ArchiveInput, archiveOf } from '../../rules/archive-papers.ts';
import type { CivilDate } from '../../rules/civil-date.ts';
import { sha256Of } from '../../store/sha256.ts';
import { reference } from './orders.ts';

export const moments = {
  orderedOn: '2026-11-02' as CivilDate,
  filedAt: '2026-11-05T08:00:00Z',
  releasedAt: '2026-11-06T02:00:00Z',
  // After midnight in China.
  departedAt: '2026-11-08T17:00:00Z',
  claimSubmittedAt: '2026-11-20T03:00:00Z',
};

/** What a file of that name holds in these tests. */
export const bytesOf = (name: string) => Buffer.from(`bytes of ${name}`);

/** A document of that kind with a file. */
export function document(kind: string, more: Partial<ArchiveDocument> & { fileName?: string } = {}): ArchiveDocument {
  const { fileName = `${kind}.pdf`, ...rest } = more;
  return {
    id: `L-1/${kind}`,
    kind,
    revision: 1,
    number: `${kind}-77`,
    date: '2026-11-03' as CivilDate,
    file: { sha256: sha256Of(bytesOf(fileName)), name: fileName },
    asOf: '2026-11-04T01:00:00Z',
    ...rest,
  };
}

/** One document for each paper that is always wanted. */
export const enough = [
  'purchase-contract',
  'sales-contract',
  'bill-of-lading',
  'forwarder-invoice',
  'customs-agency-agreement',
].map((kind) => document(kind));

/** The archive of these documents, on 25 November unless said otherwise. */
export function archive(documents: readonly ArchiveDocument[], more: Partial<ArchiveInput> = {}): Archive {
  return archiveOf({ papers: reference.archivePapers, documents, moments, asOf: '2026-11-25T00:00:00Z', ...more });
}
