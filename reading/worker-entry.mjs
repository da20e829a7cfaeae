/** Where the reader's thread begins. JavaScript, since a thread starts without the loader that its parent reads TypeScript by. */
import { parentPort } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { readFile } = await import('./read-file.ts');

parentPort.on('message', async ({ id, bytes, kind, hints }) => {
  parentPort.postMessage({ id, reading: await readFile(bytes, { kind }, hints) });
});
parentPort.postMessage({ ready: true });
