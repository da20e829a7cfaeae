import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The keys of a data folder's organisation. The database keeps only their hashes: this file is the one place to read them. */
export interface Credentials {
  organisation: string;
  /** Of its manager. */
  key: string;
  /** With which the sandboxes report events. */
  counterpartyKey: string;
}

export const credentialsFile = (dataDir: string) => join(dataDir, 'credentials.json');

/** Of a data folder that has been used; undefined for a new one. */
export function readCredentials(dataDir: string): Credentials | undefined {
  const file = credentialsFile(dataDir);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** The keys of the data folder, made on its first use. @throws Error when the folder is another organisation's. */
export function ensureCredentials(dataDir: string, organisation: string): Credentials {
  const existing = readCredentials(dataDir);
  if (existing && existing.organisation !== organisation)
    throw new Error(`${dataDir} holds the records of ${existing.organisation}, not of ${organisation}.`);
  if (existing) return existing;
  const newKey = () => `qk_${randomBytes(32).toString('base64url')}`;
  const credentials = { organisation, key: newKey(), counterpartyKey: newKey() };
  writePrivately(credentialsFile(dataDir), credentials);
  return credentials;
}

/** Writes a file that only its owner reads, whole or not at all. */
export function writePrivately(file: string, content: object): void {
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(partial, file);
}
