import { Gauge, Registry } from 'prom-client';
import { type FileStore, FilesRefused, FilesUnmarked } from '../store/files/file-store.ts';

/** How the file store is: `ok`, or why not, in words that hold no path, address or key. */
export interface FileStoreHealth {
  now(): Promise<string>;
  /** Its figure for Prometheus. */
  metrics(): Promise<string>;
}

const ANSWER_WITHIN_MS = 2500;
/** Probes and scrapes of several come at once; a bucket is billed by the question. */
const GOOD_FOR_MS = 2000;

/**
 * Looks at the file store when asked, one look at a time: a mount that hangs would take a thread a look. It takes the
 * service out of use for nobody, since most doors need no file.
 */
export function fileStoreHealth(files: Pick<FileStore, 'check'>, clock: () => number = Date.now): FileStoreHealth {
  let looking: Promise<string> | undefined;
  let last: { at: number; is: string } | undefined;
  const look = () => {
    looking ??= files
      .check()
      .then(() => 'ok', wordsOf)
      .then((is) => {
        last = { at: clock(), is };
        looking = undefined;
        return is;
      });
    return looking;
  };
  const now = async () => (last && clock() - last.at < GOOD_FOR_MS ? last.is : inTime(look()));
  const registry = new Registry();
  const usable = new Gauge({
    name: 'quayside_file_store_usable',
    help: '0: files of papers can neither be handed in nor fetched; /readyz says why.',
    registers: [registry],
  });
  return {
    now,
    async metrics() {
      usable.set((await now()) === 'ok' ? 1 : 0);
      return registry.metrics();
    },
  };
}

function wordsOf(error: unknown): string {
  if (error instanceof FilesUnmarked)
    return 'without its mark: the volume or bucket is not the one of before, or set-up has not made it ready; see docs/production.md';
  if (error instanceof FilesRefused) return 'it refuses us: check key and rights';
  return 'not reached, or without room';
}

async function inTime(look: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('no answer in time'), ANSWER_WITHIN_MS);
  });
  return Promise.race([look, late]).finally(() => clearTimeout(timer));
}
