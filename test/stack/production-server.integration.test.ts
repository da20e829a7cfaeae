import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readCompose } from '../../ops/compose-file.ts';

const compose = readCompose({ POSTGRES_PASSWORD: '-', QUAYSIDE_KEY: '-', QUAYSIDE_COUNTERPARTY_KEY: '-' });
const release = compose.services.temporal?.image.split(':')[1] ?? '';
/** Building it takes minutes and Go: whoever has built it once has this test too. */
const isBuilt = existsSync(`.quayside/temporal-server-${release}/server`);

describe('the Temporal server of docker-compose.yml, built of its module', () => {
  (isBuilt ? it : it.skip)(
    `makes its schema twice by the file’s commands, starts in the file’s environment, and takes a shipment through release${isBuilt ? '' : ' (skipped: not built here, npm run production-server -- --build)'}`,
    () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'ops/production-server.ts'], {
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      });
      expect({ status, stderr }).toMatchObject({ status: 0 });
      expect(stdout).toContain('The schema commands ran once more.');
      expect(stdout).toMatch(/A shipment: declaration \d{18} released\./);
    },
    240_000,
  );
});
