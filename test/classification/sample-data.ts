import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the sample data lies: beside the repository, or where QUAYSIDE_SAMPLE_DATA says. */
const folder = process.env.QUAYSIDE_SAMPLE_DATA ?? join(__dirname, '../../../shared/data');

/** A sample file's content; undefined, and a line that says so, where it is not here. */
export function sample(path: string): Buffer | undefined {
  const file = join(folder, path);
  if (existsSync(file)) return readFileSync(file);
  process.stdout.write(`Left out: what needs ${path}, which is not in ${folder}.\n`);
  return undefined;
}
