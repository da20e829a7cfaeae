/** The worker as a process: `docker compose` and the embedded stack start it. */
import { readEnvironment } from '../config/environment.ts';
import { serveAsChild } from '../stack/child-process.ts';
import { startWorker } from './worker.ts';

serveAsChild({ start: () => startWorker(readEnvironment()) });
