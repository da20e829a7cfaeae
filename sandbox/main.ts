/**
 * Starts the sandbox's parties, all or those named: `tsx sandbox/main.ts customs carrier`.
 * The environment says where and how; docs/sandbox.md lists it.
 */
import { z } from 'zod';
import { serveAsChild } from '../stack/child-process.ts';
import { partyIds, partyNamed, startSandboxes } from './sandboxes.ts';

const port = z.coerce.number().int().min(0).max(65_535).default(0);

const environmentSchema = z.object({
  SANDBOX_DATA_DIR: z.string().min(1),
  SANDBOX_ANSWERS: z.enum(['live', 'on-demand']).default('live'),
  QUAYSIDE_URL: z.url().transform((url) => url.replace(/\/+$/, '')),
  QUAYSIDE_KEY: z.string().min(1),
  QUAYSIDE_ORGANISATION: z.string().min(1),
  CUSTOMS_PORT: port,
  CARRIER_PORT: port,
  BROKER_PORT: port,
  BANK_PORT: port,
  TAX_BUREAU_PORT: port,
  LOG_LEVEL: z.string().default('warn'),
});

async function start() {
  const environment = environmentSchema.parse(process.env);
  const names = process.argv.slice(2);
  const { sandboxes, stop } = await startSandboxes(names.length === 0 ? partyIds : names.map(partyNamed), {
    dataDirectory: environment.SANDBOX_DATA_DIR,
    answers: environment.SANDBOX_ANSWERS,
    quayside: {
      url: environment.QUAYSIDE_URL,
      key: environment.QUAYSIDE_KEY,
      organisation: environment.QUAYSIDE_ORGANISATION,
    },
    ports: {
      customs: environment.CUSTOMS_PORT,
      carrier: environment.CARRIER_PORT,
      broker: environment.BROKER_PORT,
      bank: environment.BANK_PORT,
      taxBureau: environment.TAX_BUREAU_PORT,
    },
    logLevel: environment.LOG_LEVEL,
  });
  return { info: { sandboxes }, stop };
}

serveAsChild({ start });
