/** A worker as a release had it: its workflows, by the build id in QUAYSIDE_TEST_RELEASE. */
import { readEnvironment } from '../../config/environment.ts';
import { serveAsChild } from '../../stack/child-process.ts';
import { startWorker } from '../../worker/worker.ts';
import { RELEASES_FOLDER, readBundle } from '../../worker/workflow-bundle.ts';

const release = process.env.QUAYSIDE_TEST_RELEASE ?? '';
serveAsChild({ start: () => startWorker(readEnvironment(), [], async () => readBundle(RELEASES_FOLDER, release)) });
