import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

const program = (...options: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'ops/production-server.ts', ...options], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
/** As ops/production-server.ts ends where it has nothing to build the server with, or from. */
const CANNOT_BE_BUILT = 69;

const build = program('--build');
const skipped = build.status === CANNOT_BE_BUILT ? build.stdout.trim() : null;

describe('the Temporal server of docker-compose.yml, built of its module', () => {
  it(`can be built here, or says why not${skipped === null ? '' : `. ${skipped}`}`, () => {
    expect({ status: build.status, err: build.stderr }).toMatchObject({
      status: skipped === null ? 0 : CANNOT_BE_BUILT,
    });
  });

  (skipped === null ? it : it.skip)(
    'makes its schema twice by the file’s commands, starts in the file’s environment, and takes a shipment through release',
    () => {
      const { status, stdout, stderr } = program();
      expect({ status, stderr }).toMatchObject({ status: 0 });
      expect(stdout).toContain('The schema commands ran once more.');
      expect(stdout).toMatch(/A shipment: declaration \d{18} released\./);
    },
    240_000,
  );
});
