import { createServer, type Server } from 'node:net';

/** Everything of the stack listens here and nowhere else: the engines have no passwords of their own. */
export const LOOPBACK = '127.0.0.1';

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => resolve(server));
  });
}

const close = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));

/**
 * Below the range from which systems take the ports of outgoing connections and of servers that ask for any port: one
 * from that range that is free now is often taken a moment later, before the server that it is for has started.
 */
const LOWEST = 10_240;
const HIGHEST = 32_000;
const ATTEMPTS = 200;

async function listenAnywhere(): Promise<Server> {
  for (let attempt = 1; ; attempt++)
    try {
      return await listen(LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST)));
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
}

/** So many ports that nobody listens on. All are held at the same time, so that no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listenAnywhere));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map(close));
  return ports;
}

/** Whether a server could listen on this port now. @throws Error when it may not be used at all, as below 1024. */
export async function isFree(port: number): Promise<boolean> {
  try {
    await close(await listen(port));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
}
