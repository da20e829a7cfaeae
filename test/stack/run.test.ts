import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Asks ops/run.mjs, which is an ES module that Jest cannot load. */
function ask(expression: string): unknown {
  const module = JSON.stringify(join(process.cwd(), 'ops/run.mjs'));
  const program = `import(${module}).then((run) => console.log(JSON.stringify({ answer: ${expression} })))`;
  return JSON.parse(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' })).answer;
}
const reason = (options = '{}') => ask(`run.reasonToInstall(${JSON.stringify(folder)}, ${options})`);

const packages = {
  '': { name: 'project' },
  'node_modules/needed': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/tool': { version: '2.0.0', integrity: 'sha512-b', dev: true },
  'node_modules/other-platform': { version: '1.0.0', integrity: 'sha512-c', optional: true },
};
const { 'node_modules/other-platform': _, ...installedHere } = packages;

function lock(content: object) {
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: content }));
}
function installed(content: object) {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: content }));
}

describe('whether npm ci has to run', () => {
  it('runs on a fresh clone', () => {
    lock(packages);
    expect(reason()).toBe('nothing is installed yet');
  });

  it('does not run when everything for this platform is installed, however old the files are', () => {
    installed(installedHere);
    lock(packages);
    expect(reason()).toBeUndefined();
  });

  it('runs when a version has changed', () => {
    lock(packages);
    installed({ ...installedHere, 'node_modules/needed': { version: '0.9.0', integrity: 'sha512-z' } });
    expect(reason()).toBe('needed has changed');
  });

  it('runs when a package is missing; a tool of developers only where it is needed', () => {
    lock(packages);
    installed({ 'node_modules/needed': packages['node_modules/needed'] });
    expect(reason()).toBe('tool is missing');
    expect(reason('{ withDevelopment: false }')).toBeUndefined();
  });
});

describe('what the runner says', () => {
  it('names the Node version that it needs', () => {
    expect(
      ask("['v18.20.0', 'v20.18.3', 'v20.19.0', 'v24.1.0'].map((v) => run.nodeComplaint(v) === undefined)"),
    ).toEqual([false, false, true, true]);
    expect(ask("run.nodeComplaint('v18.20.0')")).toContain('needs Node 20.19 or newer');
  });

  it('passes on how a child ended', () => {
    expect(ask("[run.statusOf(0, null), run.statusOf(3, null), run.statusOf(null, 'SIGINT')]")).toEqual([0, 3, 130]);
  });
});
