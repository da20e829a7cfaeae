import type { CivilDate } from '../../rules/civil-date.ts';

/**
 * Date and rights of an entry. ZIP writes a wall clock without a zone: noon of that day wherever this runs, so that neither
 * the zone of the machine nor a summer time changes a byte.
 */
export function bearing(date: CivilDate) {
  const [year = 1990, month = 1, day = 1] = date.split('-').map(Number);
  return { mtime: new Date(year, month - 1, day, 12), mode: 0o100444, forceDosTimestamp: true };
}
