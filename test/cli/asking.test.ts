import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { orderTemplate } from '../../cli/order-template.ts';
import { folderWith, quayside } from './terminals.ts';

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** An API that says one thing, and what it was asked. */
async function apiThatSays(status: number, body: object) {
  const asked: string[] = [];
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    request.resume().on('end', () => response.writeHead(status).end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, environment: { QUAYSIDE_URL: url, QUAYSIDE_KEY: 'k' } };
}

const standardInput = orderTemplate().join('\n');
const problem = (status: number, more: object = {}) => ({
  type: '/problems/x',
  title: 'The content is not valid',
  status,
  detail: 'something is wrong',
  instance: '/v1',
  ...more,
});

describe('what the API answers to the command line', () => {
  it('is asked with the day and the rates', async () => {
    const { asked, environment } = await apiThatSays(401, problem(401));
    const ended = await quayside(['check', '-', '--as-of', '2026-11-24', '--rate', 'EUR/USD=1.08'], {
      standardInput,
      environment,
    });
    expect(asked).toEqual(['POST /v1/compliance/checks?rate=EUR%2FUSD%3D1.08&asOf=2026-11-24 Bearer k']);
    expect(ended).toMatchObject({ status: 1, err: 'The content is not valid: something is wrong.' });
  });

  it('fields that it refuses end with 64', async () => {
    const errors = [{ field: 'lines[0].unit', message: 'must not be empty' }];
    const { environment } = await apiThatSays(422, problem(422, { errors }));
    expect(await quayside(['check', '-'], { standardInput, environment })).toMatchObject({
      status: 64,
      out: '',
      err: expect.stringContaining('lines[0].unit: must not be empty'),
    });
  });

  it('a name that no list was there for is not clear, and ends with 2', async () => {
    const { environment } = await apiThatSays(200, {
      name: 'Ivan Petrov',
      country: null,
      outcome: 'not-screened',
      unreadable: null,
      matches: [],
      more: 0,
      lists: [],
    });
    expect(await quayside(['screen', 'Ivan Petrov'], { environment })).toMatchObject({
      status: 2,
      out: expect.stringMatching(/NOT SCREENED[\s\S]*No list is imported/),
    });
  });

  it('an answer of another version is told as one', async () => {
    const { environment } = await apiThatSays(200, { reference: 'A' });
    expect(await quayside(['check', '-'], { standardInput, environment })).toMatchObject({
      status: 1,
      err: expect.stringContaining('in a form that this version does not know'),
    });
  });

  it('what npm start left behind and does not answer is passed over, and said', async () => {
    const folder = folderWith({ 'running.json': JSON.stringify({ api: 'http://127.0.0.1:9', key: 'k' }) });
    const { status, err } = await quayside(['check', '-'], { standardInput, folder });
    expect([0, 2]).toContain(status);
    expect(err).toContain('No Quayside answers here');
    expect(await quayside(['screen', 'A'], { folder })).toMatchObject({
      status: 1,
      err: expect.stringContaining('does not answer'),
    });
  });
});
