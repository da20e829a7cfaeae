import { readFileSync } from 'node:fs';
import { Connection, type ConnectionOptions } from '@temporalio/client';
import type { NativeConnectionOptions } from '@temporalio/worker';
import type { Environment } from '../config/environment.ts';

/** How to reach the engine, as the client and the worker take it alike. An API key implies TLS. @throws Error when a certificate file cannot be read. */
export function temporalOptions(
  environment: Environment,
): Pick<ConnectionOptions & NativeConnectionOptions, 'address' | 'tls' | 'apiKey'> {
  const { TEMPORAL_ADDRESS, TEMPORAL_API_KEY, TEMPORAL_TLS, TEMPORAL_TLS_CERT, TEMPORAL_TLS_KEY } = environment;
  if ((TEMPORAL_TLS_CERT === undefined) !== (TEMPORAL_TLS_KEY === undefined))
    throw new Error('TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY go together: give both paths or none');
  const clientCertPair =
    TEMPORAL_TLS_CERT && TEMPORAL_TLS_KEY
      ? { crt: readFileSync(TEMPORAL_TLS_CERT), key: readFileSync(TEMPORAL_TLS_KEY) }
      : undefined;
  const encrypted = TEMPORAL_TLS === 'true' || TEMPORAL_API_KEY !== undefined;
  return {
    address: TEMPORAL_ADDRESS,
    tls: clientCertPair ? { clientCertPair } : encrypted,
    ...(TEMPORAL_API_KEY === undefined ? {} : { apiKey: TEMPORAL_API_KEY }),
  };
}

/** A client's connection that is known to work. @throws Error when the engine is not reached within ten seconds. */
export function connectTemporal(environment: Environment): Promise<Connection> {
  return Connection.connect(temporalOptions(environment));
}

/** A client's connection that connects when it is first used: a door must open, and say 503, while the engine is away. */
export function lazyTemporal(environment: Environment): Connection {
  return Connection.lazy(temporalOptions(environment));
}
