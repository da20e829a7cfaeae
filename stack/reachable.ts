import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Another user, as whom a program is to run. */
export interface User {
  uid: number;
  gid: number;
}

/**
 * The first folder on the way to `path`, seen from the root, that the user may not pass; undefined when all are open.
 * What does not exist yet is taken as open: it will be made so. Only the plain permissions are read, no access lists.
 */
export function closedFolder(path: string, { uid, gid }: User): string | undefined {
  const way: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    way.unshift(at);
    if (at === dirname(at)) break;
  }
  for (const folder of way) {
    let real: string;
    try {
      real = realpathSync(folder);
    } catch {
      return undefined;
    }
    // A link leads elsewhere, where other parents count.
    if (real !== folder) {
      const closed = closedFolder(real, { uid, gid });
      if (closed) return closed;
    }
    const about = statSync(real);
    if (!about.isDirectory()) return undefined;
    const passes = about.uid === uid ? 0o100 : about.gid === gid ? 0o010 : 0o001;
    if ((about.mode & passes) === 0) return real;
  }
  return undefined;
}
