/** A list that lost much of what it had: publishers strike a few entries at a time, and a download that broke off loses the rest. */
import type { ReferenceListName } from '../../store/reference-lists.ts';
import { Problem } from '../problem.ts';

/** What a version holds. */
export interface ListSize {
  entries: number;
  /** Names and aliases of a screening list; null for lists that have none. */
  names: number | null;
}

/** Of what the version in force has, in percent, an import has at least this much, or somebody has said that it has less. */
const LEAST_LEFT_PERCENT = 80;
/** Lists that only grow but for a few lines. Past declarations are whatever period the exporter gives. */
const growing: readonly ReferenceListName[] = ['sdn', 'csl', 'hs', 'tariff'];

/**
 * Refuses files that hold much less than the version in force. A file cut at the end of a line reads without a complaint, and
 * everybody who stood in the rest would be clear.
 * @throws Problem `invalid-content` naming both counts and how to go on
 */
export function refuseFewer(list: ReferenceListName, files: ListSize, before: ListSize & { version: string }): void {
  if (!growing.includes(list)) return;
  const counts = [
    { what: 'entries', read: files.entries, inForce: before.entries },
    { what: 'names', read: files.names, inForce: before.names },
  ];
  const errors = counts.flatMap(({ what, read, inForce }) =>
    read === null || inForce === null || read * 100 >= inForce * LEAST_LEFT_PERCENT
      ? []
      : [{ field: 'file', message: `${what}: ${read}, and ${inForce} in version ${before.version} in force` }],
  );
  if (errors.length === 0) return;
  throw new Problem(
    'invalid-content',
    `these files hold less than ${LEAST_LEFT_PERCENT} % of ${list} in force, as a download that broke off does, so nothing was imported: fetch them again, or, where the list has become as short, send them with the part confirm=fewer (quayside reference import --fewer)`,
    { errors },
  );
}
