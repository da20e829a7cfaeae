import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { standingOf } from '../../rules/documents/known-kinds.ts';
import { reference } from '../rules/orders.ts';
import { folderWith, quayside } from './terminals.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** What a command prints where the API answers that. */
async function printed(words: readonly string[], answer: object): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200).end(JSON.stringify(answer)));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const environment = { QUAYSIDE_URL: url, QUAYSIDE_KEY: 'k' };
  return (await quayside(words, { folder: folderWith({ 'other.pdf': 'x' }), environment })).out;
}

const confirmed = (kind: string, lines: number, status = 'applied') =>
  printed(['document', 'confirm', 'LAMPS-1', 'P-1'], {
    ...{ status, factsSha256: 'a', kind, ofKind: standingOf(kind, reference) },
    facts: { lines: Array.from({ length: lines }, () => ({})) },
  });

describe('quayside document confirm', () => {
  it('says with how many lines', async () => {
    expect(await confirmed('purchase-contract', 1)).toContain('confirmed with 1 line.');
    expect(await confirmed('purchase-contract', 2)).toContain('confirmed with 2 lines.');
    expect(await confirmed('purchase-contract', 0)).toContain('confirmed with 0 lines.');
  });

  it('says that it is compared only where papers of that kind are', async () => {
    expect(await confirmed('purchase-contract', 1)).toContain('are compared with');
    expect(await confirmed('customs-agency-agreement', 1)).toContain('not compared');
    const unknown = await confirmed('purchase_contract', 1, 'held');
    expect(unknown).toContain('compared with nothing. Is it purchase-contract');
    expect(unknown).not.toContain('are compared');
  });
});

it('quayside document add says so before anything is confirmed', async () => {
  const added = {
    ...{ documentId: 'foo-1', isNew: true, kind: 'foo', ofKind: standingOf('foo', reference), alsoIn: [], notes: [] },
    file: { sha256: 'a', name: 'other.pdf', mediaType: 'application/pdf', sizeBytes: 1 },
    reading: { outcome: 'no-text', facts: { lines: [] }, fields: [], notes: [] },
    verdict: { status: 'applied' },
  };
  const words = ['document', 'add', 'LAMPS-1', 'other.pdf', '--kind', 'foo'];
  expect(await printed(words, added)).toContain('The kind foo is unknown');
  expect(await printed(words, { ...added, kind: null, ofKind: null })).not.toContain('The kind');
});
