/** The stack that the integration tests share, as a process of its own: what Jest cannot load (ES modules only) runs here as in production. */
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveAsChild } from '../stack/child-process.ts';
import { removeStackData, startStack } from '../stack/stack.ts';
import { FAULTS_VARIABLE } from './failures/faults.ts';

serveAsChild({
  start: async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'quayside-test-'));
    chmodSync(dataDir, 0o711);
    process.env[FAULTS_VARIABLE] = join(dataDir, 'faults');
    const stack = await startStack({
      dataDir,
      sandboxAnswers: 'on-demand',
      organisation: 'tests',
      log: (line) => console.log(line),
      synchronous: 'NORMAL',
      // The product's own, but for the shipments on which a test lays faults.
      workerProgram: 'test/failures/worker-with-faults.ts',
    });
    return {
      info: { dataDir, databaseUrl: stack.databaseUrl },
      stop: async () => {
        await stack.stop();
        removeStackData(dataDir);
      },
    };
  },
});
