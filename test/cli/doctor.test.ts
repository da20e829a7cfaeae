import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checksText, lasting, troublesText } from '../../cli/doctor-report.ts';
import { ask, findQuayside, NotReached } from '../../cli/quayside.ts';

const readAt = '2026-11-24T12:00:00.000Z';
const trouble = {
  id: '0123456789ab',
  kind: 'task-unowned' as const,
  reference: 'A-1',
  workflowId: null,
  since: '2026-11-24T11:48:00.000Z',
  what: 'Nobody has answered task t',
  remedy: 'Answer it.',
  actions: ['override' as const],
  detail: {},
};

describe('what the doctor says', () => {
  it('each trouble with what to do and the command that does it', () => {
    const text = troublesText({ readAt, workers: 2, troubles: [trouble], actions: [] }).join('\n');
    expect(text).toContain('1 trouble:');
    expect(text).toContain('task-unowned 0123456789ab, shipment A-1, for 12 minutes');
    expect(text).toContain('What to do: Answer it.');
    expect(text).toContain('npm run doctor -- override 0123456789ab --reason "<why>" --to <role>');
  });
  it('nothing is stuck', () =>
    expect(troublesText({ readAt, workers: 1, troubles: [], actions: [] })).toContain('Nothing is stuck.'));
  it('which process to look at when a check is not ok', () => {
    const text = checksText({ checks: { database: 'not reached', engine: 'ok' } }, '.quayside/start/logs').join('\n');
    expect(text).toContain('look at PostgreSQL (.quayside/start/logs/postgres.log)');
    expect(text).not.toContain('temporal.log');
  });
  it.each([
    ['2026-11-24T11:59:50.000Z', 'less than a minute'],
    ['2026-11-24T11:59:00.000Z', '1 minute'],
    ['2026-11-24T09:00:00.000Z', '3 hours'],
    ['2026-11-20T12:00:00.000Z', '4 days'],
    ['2026-11-25T12:00:00.000Z', 'less than a minute'],
  ])('since %s: %s', (since, words) => expect(lasting(since, readAt)).toBe(words));
});

describe('where the doctor looks', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('at the address that it is told', () =>
    expect(findQuayside({ QUAYSIDE_URL: 'https://quayside.example/', QUAYSIDE_KEY: 'k' })).toEqual({
      url: 'https://quayside.example',
      key: 'k',
    }));
  it('or in the data folder', () => {
    writeFileSync(join(folder, 'running.json'), JSON.stringify({ api: 'http://127.0.0.1:8080', key: 'k' }));
    expect(findQuayside({ QUAYSIDE_DATA_DIR: folder })).toEqual({
      url: 'http://127.0.0.1:8080',
      key: 'k',
      logs: join(folder, 'logs'),
    });
  });
  it('says how to go on where there is nothing, half an address, or nobody', async () => {
    mkdirSync(join(folder, 'empty'));
    expect(() => findQuayside({ QUAYSIDE_DATA_DIR: join(folder, 'empty') })).toThrow(/npm start/);
    expect(() => findQuayside({ QUAYSIDE_URL: 'http://x' })).toThrow(/go together/);
    const nobody = ask({ url: 'http://127.0.0.1:1', key: 'k', logs: 'logs' }, '/readyz');
    await expect(nobody).rejects.toThrow(NotReached);
    await expect(nobody).rejects.toThrow(/logs\/api\.log/);
  });
});
