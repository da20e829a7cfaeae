/** docker-compose.yml as Compose reads it: YAML 1.2 with merge keys, its variables filled in, and no key that it does not know. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));

const duration = z.string().regex(/^\d+s$/, 'a duration in seconds, such as 20s');
const environment = z.record(z.string(), z.string('quote numbers: Compose passes texts'));

const serviceSchema = z.strictObject({
  image: z.string(),
  build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
  restart: z.string().regex(/^(no|always|unless-stopped|on-failure(:\d+)?)$/),
  environment: environment.default({}),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  depends_on: z
    .record(
      z.string(),
      z.strictObject({ condition: z.enum(['service_started', 'service_healthy', 'service_completed_successfully']) }),
    )
    .default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  tmpfs: z.array(z.string()).default([]),
  stop_grace_period: duration.optional(),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()).min(2),
      interval: duration,
      timeout: duration,
      start_period: duration.optional(),
      retries: z.number().int(),
    })
    .optional(),
});

const composeSchema = z
  .looseObject({
    name: z.string(),
    services: z.record(z.string(), serviceSchema),
    volumes: z.record(z.string(), z.null()),
  })
  .refine(
    (file) => Object.keys(file).every((key) => ['name', 'services', 'volumes'].includes(key) || key.startsWith('x-')),
    'an unknown key at the top level',
  );

/** A service of the file, its variables filled in. */
export type Service = z.infer<typeof serviceSchema>;
/** The file as far as Compose reads it; what its x- keys hold has been merged in. */
export type Compose = z.infer<typeof composeSchema>;

/** The file as it is written. */
export const composeText = () => readFileSync(join(root, 'docker-compose.yml'), 'utf8');

/** One text with its `${NAME}`, `${NAME:-default}`, `${NAME:?message}` and `$$` replaced. @throws Error with the message of a variable that must be set */
export function interpolate(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$(?:(\$)|\{(\w+)(?::([-?])([^}]*))?\})/g,
    (_, dollar: string | undefined, name = '', operator?: string, rest = '') => {
      if (dollar) return '$';
      const value = variables[name] || undefined;
      if (value === undefined && operator === '?') throw new Error(`${name}: ${rest}`);
      return value ?? rest;
    },
  );
}

function filled(value: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return interpolate(value, variables);
  if (Array.isArray(value)) return value.map((each) => filled(each, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, variables)]));
}

/** The file with these variables. @throws Error when it is no YAML, uses a key or a form not known here, or a variable is missing */
export function readCompose(variables: Readonly<Record<string, string>>): Compose {
  return composeSchema.parse(filled(parse(composeText(), { version: '1.2', merge: true, strict: true }), variables));
}

/** The services that run our own image. */
export function ownServices({ services }: Compose): [string, Service][] {
  return Object.entries(services).filter(([, { build }]) => build !== undefined);
}

/** What ops/Dockerfile puts into the image, and what it starts every command with. */
export function readDockerfile(): { copied: string[]; entrypoint: string[]; environment: Record<string, string> } {
  const text = readFileSync(join(root, 'ops/Dockerfile'), 'utf8');
  // The last stage is the image.
  const lines = text.slice(text.lastIndexOf('\nFROM ')).split('\n');
  const copied = lines.flatMap((line) => /^COPY (?!--from)(.+) \S+$/.exec(line)?.[1]?.split(' ') ?? []);
  const entrypoint = lines.flatMap((line) => {
    const found = /^ENTRYPOINT (\[.*\])$/.exec(line)?.[1];
    return found ? z.array(z.string()).parse(JSON.parse(found)) : [];
  });
  const environmentOfImage = lines.flatMap((line) => {
    const [, name, value] = /^ENV (\w+)=(\S+)$/.exec(line) ?? [];
    return name && value ? [[name, value]] : [];
  });
  return { copied, entrypoint, environment: Object.fromEntries(environmentOfImage) };
}
