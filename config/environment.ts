import { z } from 'zod';

const url = z.url();
/** Compose hands a variable that nobody set as an empty text. */
const unsetIfEmpty = (value: unknown) => (value === '' ? undefined : value);
const optionalText = z.preprocess(unsetIfEmpty, z.string().optional());

/** What the environment may say; each process reads it once, at its start. */
export const environmentSchema = z.object({
  /** PostgreSQL, for example postgres://user:password@host:5432/quayside. */
  DATABASE_URL: url,
  /** host:port of the Temporal frontend, or of a cloud namespace. */
  TEMPORAL_ADDRESS: z.string().min(1),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  /** How long a namespace that set-up creates keeps the histories of closed shipments; the records stay in PostgreSQL for good. */
  TEMPORAL_RETENTION_DAYS: z.coerce.number().int().min(1).default(90),
  /** Of a cloud namespace; implies TLS. */
  TEMPORAL_API_KEY: z.string().optional(),
  /** `true` for TLS with the system's authorities; client certificate by the two paths below. */
  TEMPORAL_TLS: z.enum(['true', 'false']).default('false'),
  TEMPORAL_TLS_CERT: z.string().optional(),
  TEMPORAL_TLS_KEY: z.string().optional(),
  QUAYSIDE_API_HOST: z.string().default('127.0.0.1'),
  QUAYSIDE_API_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /**
   * Whether this worker makes its version current: `true` unless workers of a newer one are there, `always` where no other
   * can be, `false` where a person does it, as in a gradual roll-out.
   */
  QUAYSIDE_MAKE_CURRENT: z.enum(['true', 'false', 'always']).default('true'),
  /** Folder in which this worker keeps the workflows that it runs, so that a later version can serve what began on them. */
  WORKFLOW_BUNDLES_DIR: z.string().optional(),
  /** host:port at which the worker's engine client tells its own metrics; absent, nowhere. */
  QUAYSIDE_WORKER_METRICS: z
    .string()
    .regex(/^[^\s/]+:\d{1,5}$/, 'has to be host:port')
    .optional(),
  /** Folder of the papers' files, shared by API and workers. A bucket, where one is named, goes before it. */
  QUAYSIDE_FILES_DIR: optionalText,
  /** An S3-compatible store for the papers' files: the bucket, which exists already, and what stands before its keys. */
  QUAYSIDE_FILES_S3_BUCKET: optionalText,
  QUAYSIDE_FILES_S3_PREFIX: optionalText,
  /** Of a store that is not Amazon's, for example https://minio.example:9000. */
  QUAYSIDE_FILES_S3_ENDPOINT: z.preprocess(unsetIfEmpty, url.optional()),
  QUAYSIDE_FILES_S3_REGION: z.preprocess(unsetIfEmpty, z.string().default('us-east-1')),
  /** `true` where the bucket stands in the path and not in the host name, as most stores of one's own need it. */
  QUAYSIDE_FILES_S3_PATH_STYLE: z.preprocess(unsetIfEmpty, z.enum(['true', 'false']).default('false')),
  /** Absent, the machine's own: the variables, profile or role that Amazon's tools look for. */
  QUAYSIDE_FILES_S3_ACCESS_KEY_ID: optionalText,
  QUAYSIDE_FILES_S3_SECRET_ACCESS_KEY: optionalText,
  /** The counterparties: real ones or their sandboxes. */
  CUSTOMS_URL: url.optional(),
  CARRIER_URL: url.optional(),
  BROKER_URL: url.optional(),
  TAX_BUREAU_URL: url.optional(),
  /** Of the Temporal web UI, only to print it. */
  TEMPORAL_UI_URL: url.optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});
export type Environment = z.infer<typeof environmentSchema>;

/** Reads and checks the environment. @throws Error naming every variable that is wrong and what it should be. */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const read = environmentSchema.safeParse(source);
  if (read.success) return read.data;
  throw new Error(
    `The environment is not complete:\n${read.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`).join('\n')}`,
  );
}
