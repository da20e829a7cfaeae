/** Where the reader's thread begins. JavaScript, since a thread starts without the loader that its parent reads TypeScript by. */
import { parentPort } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { readFile, warmUp } = await import('./read-file.ts');

// What a library left undone of the last file is no matter of the next one's.
process.on('unhandledRejection', () => {});

parentPort.on('message', async ({ id, bytes, kind, hints }) => {
  parentPort.postMessage({ id, reading: await readFile(bytes, { kind }, hints) });
});
await warmUp();
parentPort.postMessage({ ready: true });
