import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockDataFolder } from '../../stack/lock.ts';
import { isAlive, markOf, notedProcesses, noteProcess } from '../../stack/processes.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lockFile = () => join(folder, 'stack.lock');
/** The number of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;

describe('a data folder is served by one stack', () => {
  it('refuses a second one and names the first', () => {
    const release = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(`is in use by process ${process.pid}`);
    release();
    expect(existsSync(lockFile())).toBe(false);
    lockDataFolder(folder)();
  });

  it('takes over the lock of a process that is dead', () => {
    writeFileSync(lockFile(), JSON.stringify({ pid: deadPid(), began: '1' }));
    const release = lockDataFolder(folder);
    expect(JSON.parse(readFileSync(lockFile(), 'utf8')).pid).toBe(process.pid);
    release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes over the lock of a process whose number another process has now', () => {
    writeFileSync(lockFile(), JSON.stringify({ pid: process.pid, began: 'another time' }));
    lockDataFolder(folder)();
  });

  it('takes over a lock that was cut off while it was written', () => {
    writeFileSync(lockFile(), '');
    lockDataFolder(folder)();
  });

  it('does not release a lock that is not its own any more', () => {
    const release = lockDataFolder(folder);
    const others = JSON.stringify({ pid: 1, began: 'x' });
    writeFileSync(lockFile(), others);
    release();
    expect(readFileSync(lockFile(), 'utf8')).toBe(others);
  });
});

describe('processes of a data folder', () => {
  it('tells a living process from one that has ended', () => {
    expect(isAlive(markOf(process.pid))).toBe(true);
    expect(isAlive({ pid: process.pid, began: 'another time' })).toBe(false);
    expect(isAlive(markOf(deadPid()))).toBe(false);
  });

  it('lists those that are alive', () => {
    expect(notedProcesses(folder)).toEqual([]);
    noteProcess(folder, 'worker', process.pid);
    noteProcess(folder, 'api', deadPid());
    expect(notedProcesses(folder).map(({ name, pid }) => [name, pid])).toEqual([['worker', process.pid]]);
  });
});
