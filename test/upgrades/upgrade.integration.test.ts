import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { keptBundles, RELEASES_FOLDER } from '../../worker/workflow-bundle.ts';
import { casesAtRest, overpaid } from './cases.ts';
import type { Upgraded } from './main.ts';
import { TODAY } from './versions.ts';

const run = promisify(execFile);
const releases = keptBundles(RELEASES_FOLDER);

/** On stacks of their own, as a process of its own. */
describe.each(releases)('an installation of release %s, upgraded to today', (release) => {
  let upgraded: Upgraded;
  beforeAll(async () => {
    const { stdout } = await run(process.execPath, ['--import', 'tsx', 'test/upgrades/main.ts', release], {
      maxBuffer: 16 * 1024 * 1024,
    });
    upgraded = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Upgraded;
  }, 420_000);

  it('has shipments that stand somewhere in their lives on the workflows of the release', () => {
    expect(upgraded.moved.length).toBeGreaterThan(5);
    expect(upgraded.moved.map(({ name }) => name)).toEqual(expect.arrayContaining(['LOCKS-2614', 'the statement']));
    expect(new Set(upgraded.moved.map(({ before }) => before))).toEqual(new Set([release]));
  });

  it('moves each of them to today’s, those that sleep included, with its waits as they were', () => {
    expect(upgraded.moved.filter(({ after, waitsAreTheSame }) => after !== TODAY || !waitsAreTheSame)).toEqual([]);
  });

  it('ends each as written', () => {
    expect(upgraded.played.map(({ reference, outcome }) => [reference, outcome])).toEqual(
      [...casesAtRest(release).map(({ scenario }) => scenario), overpaid].map(({ reference, expected }) => [
        reference,
        expected,
      ]),
    );
  });

  it('looks at all open shipments after a list that came right before', () =>
    expect(upgraded.looked).toBeGreaterThan(5));

  it('has nothing left on the release', () => expect(upgraded.isDrained).toBe(true));
});
