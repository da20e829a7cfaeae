import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the sample data lies: beside the repository, or where QUAYSIDE_SAMPLE_DATA says. */
const folder = process.env.QUAYSIDE_SAMPLE_DATA ?? join(__dirname, '../../shared/data');

/** Where a sample file is, or would be. */
export const samplePath = (path: string) => join(folder, path);

/** Sample files as an import gets them; undefined, and a line that says so, where one is not here. */
export function samples(...paths: string[]): { name: string; content: Buffer }[] | undefined {
  const absent = paths.find((path) => !existsSync(join(folder, path)));
  if (absent === undefined) return paths.map((path) => ({ name: path, content: readFileSync(join(folder, path)) }));
  process.stdout.write(`Left out: what needs ${absent}, which is not in ${folder}.\n`);
  return undefined;
}
