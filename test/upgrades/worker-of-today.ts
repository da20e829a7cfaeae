/** Today's worker; on the day of a release its workflows are that release's, and are made a version of their own here. */
import { readEnvironment } from '../../config/environment.ts';
import { serveAsChild } from '../../stack/child-process.ts';
import { startWorker } from '../../worker/worker.ts';
import { bundleWorkflows } from '../../worker/workflow-bundle.ts';
import { TODAY } from './versions.ts';

serveAsChild({
  start: () => startWorker(readEnvironment(), [], async () => ({ ...(await bundleWorkflows()), buildId: TODAY })),
});
