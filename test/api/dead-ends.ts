/** Places where nobody answers: an address that refuses, and one that takes every connection and says nothing. */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { Client, Connection } from '@temporalio/client';

export interface DeadEnd {
  /** host:port */
  address: string;
  close(): Promise<void>;
}

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? `127.0.0.1:${address.port}` : '';
}

/** Nothing listens there. */
export async function refusing(): Promise<DeadEnd> {
  const server = createServer();
  const address = await listening(server);
  server.close();
  await once(server, 'close');
  return { address, close: async () => undefined };
}

/** Takes every connection and never says a word. */
export async function silent(): Promise<DeadEnd> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  return {
    address: await listening(server),
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

/** A client of the engine there, as the API opens it. */
export function clientOf({ address }: DeadEnd): Client {
  return new Client({ connection: Connection.lazy({ address }) });
}
