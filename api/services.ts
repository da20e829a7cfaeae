import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Client } from '@temporalio/client';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Reference } from '../reference/load.ts';
import type { Database } from '../store/database.ts';
import type { FileStore } from '../store/files/file-store.ts';

/** What the routes are given; they reach for nothing by themselves. */
export interface Services {
  database: Database;
  temporal: Client;
}

/** What routes are given that apply rules themselves. */
export interface ServicesWithReference extends Services {
  /** Rules, rates and codes, read once at the start. */
  reference: Reference;
}

/** What routes are given that keep and print papers. */
export interface ServicesWithFiles extends ServicesWithReference {
  files: FileStore;
}

/** The server, typed by the schemas of its routes. */
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;
