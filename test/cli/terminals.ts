import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runQuayside } from '../../cli/program.ts';

/** What a command printed and how it ended. */
export interface Ended {
  status: number;
  out: string;
  err: string;
}

/** A folder of its own, where no Quayside runs. */
export function folderWith(files: Record<string, string | Buffer> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** Runs the command line in this process. */
export async function quayside(
  words: readonly string[],
  {
    folder = folderWith(),
    standardInput = '',
    environment = {},
  }: { folder?: string; standardInput?: string; environment?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const status = await runQuayside(words, {
    say: (...lines) => out.push(...lines),
    warn: (...lines) => err.push(...lines),
    readStandardInput: async () => Buffer.from(standardInput),
    folder,
    environment: { QUAYSIDE_DATA_DIR: folder, ...environment },
  });
  return { status, out: out.join('\n'), err: err.join('\n') };
}
