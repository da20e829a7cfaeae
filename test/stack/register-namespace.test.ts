/** Cloud namespaces cannot be had in a test: a server that refuses as they do stands in; creating one is tested in the production shape, on a real server. */
import { createServer, type Http2Server, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { registerNamespace } from '../../stack/register-namespace.ts';

const OK = 0;
const NOT_FOUND = 5;
const PERMISSION_DENIED = 7;
const UNAVAILABLE = 14;
/** A gRPC message of no fields: not compressed, no bytes. */
const EMPTY = Buffer.alloc(5);

let server: Http2Server | undefined;
const sessions = new Set<ServerHttp2Session>();
afterEach(() => {
  for (const session of sessions) session.destroy();
  sessions.clear();
  server?.close();
});

/** A frontend whose calls answer these statuses, in turn and then the last one for ever; what is not named answers that it went well. */
async function frontend(statuses: Record<string, number[]>): Promise<{ address: string; called: string[] }> {
  const called: string[] = [];
  server = createServer();
  server.on('session', (session) => sessions.add(session));
  server.on('stream', (stream, headers) => {
    const call = headers[':path']?.split('/').at(-1) ?? '';
    called.push(call);
    const left = statuses[call] ?? [OK];
    const status = (left.length > 1 ? left.shift() : left[0]) ?? OK;
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(status), 'grpc-message': 'as told' }));
    stream.end(status === OK ? EMPTY : undefined);
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return { address: `127.0.0.1:${(listening.address() as AddressInfo).port}`, called };
}

const register = (address: string) => registerNamespace({ address, namespace: 'ours.a1b2c' }, 90);

describe('a namespace that somebody else keeps', () => {
  it('exists: nothing is done, whatever this account may do', async () => {
    const { address, called } = await frontend({ RegisterNamespace: [PERMISSION_DENIED] });
    await register(address);
    expect(called).not.toContain('RegisterNamespace');
  });

  it('does not exist, and this account may not create it: says so, and how to', async () => {
    const { address } = await frontend({ DescribeNamespace: [NOT_FOUND], RegisterNamespace: [PERMISSION_DENIED] });
    await expect(register(address)).rejects.toThrow(
      /namespace ours\.a1b2c does not exist, and this account may not create it\. Create it there with a retention of 90 days/,
    );
  });

  it('is another account’s: names the settings that are wrong', async () => {
    const { address } = await frontend({ DescribeNamespace: [PERMISSION_DENIED] });
    await expect(register(address)).rejects.toThrow(/may not look into the namespace ours\.a1b2c.*TEMPORAL_API_KEY/);
  });

  it('is waited for while the server comes up, and until it knows it', async () => {
    const { address, called } = await frontend({
      DescribeNamespace: [UNAVAILABLE, NOT_FOUND],
      ListWorkflowExecutions: [NOT_FOUND, UNAVAILABLE, OK],
    });
    await register(address);
    expect(called.filter((call) => call === 'RegisterNamespace')).toHaveLength(1);
    expect(called.filter((call) => call === 'ListWorkflowExecutions')).toHaveLength(3);
  });
});
