import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closedFolder } from '../../stack/reachable.ts';

/** Somebody whom nothing here belongs to. */
const stranger = { uid: 54_321, gid: 54_321 };

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'reachable-')));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'home/project'), { recursive: true });
  writeFileSync(join(folder, 'home/project/program'), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("whether PostgreSQL's user can reach a file of ours", () => {
  it('passes open folders, also those that it may not list', () => {
    chmodSync(join(folder, 'home'), 0o711);
    expect(closedFolder(join(folder, 'home/project/program'), stranger)).toBeUndefined();
  });

  it('names the first folder that is closed', () => {
    chmodSync(join(folder, 'home'), 0o700);
    chmodSync(join(folder, 'home/project'), 0o700);
    expect(closedFolder(join(folder, 'home/project/program'), stranger)).toBe(join(folder, 'home'));
  });

  it('takes what does not exist yet as open', () => {
    expect(closedFolder(join(folder, 'home/project/later/data'), stranger)).toBeUndefined();
  });

  it('lets the owner and the group in by their own permissions', () => {
    chmodSync(join(folder, 'home'), 0o700);
    const owner = { uid: process.getuid?.() ?? 0, gid: 54_321 };
    expect(closedFolder(join(folder, 'home/project'), owner)).toBeUndefined();
    chmodSync(join(folder, 'home'), 0o705);
    expect(closedFolder(join(folder, 'home'), { uid: 54_321, gid: process.getgid?.() ?? 0 })).toBe(
      join(folder, 'home'),
    );
  });

  it('looks at the folders behind a link', () => {
    symlinkSync(join(folder, 'home/project'), join(folder, 'link'));
    chmodSync(join(folder, 'home'), 0o700);
    expect(closedFolder(join(folder, 'link/program'), stranger)).toBe(join(folder, 'home'));
  });
});
