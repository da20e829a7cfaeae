import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseSync } from 'oxc-parser';

export const root = resolve(__dirname, '../..');

/** The project's own TypeScript files, tracked or new, by path from the root. */
export function sourceFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed.trim().split('\n');
}

export interface ImportLine {
  file: string;
  /** Path from the root for our own files; the package's name for others. */
  target: string;
  own: boolean;
  typeOnly: boolean;
}

/** Every static import and re-export of a file. */
export function importsOf(file: string): ImportLine[] {
  const { module } = parseSync(file, readFileSync(join(root, file), 'utf8'));
  const lines = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      to: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap((entry) =>
        entry.moduleRequest ? [{ to: entry.moduleRequest.value, typeOnly: entry.isType }] : [],
      ),
    ),
  ];
  return lines.map(({ to, typeOnly }) => {
    const own = to.startsWith('.');
    return { file, own, typeOnly, target: own ? relative(root, resolve(root, dirname(file), to)) : to };
  });
}

export function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
