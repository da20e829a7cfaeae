/** Jest's global set-up: one stack for all integration tests. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export default async function startStack() {
  const child = fork(fileURLToPath(new URL('./stack-for-tests.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  const ready = await new Promise((resolve, reject) => {
    child.on('message', (message) =>
      message.kind === 'ready' ? resolve(message) : reject(new Error(`the stack for the tests: ${message.message}`)),
    );
    child.on('exit', (code) => reject(new Error(`the stack for the tests ended with ${code} before it was ready`)));
  });
  globalThis.quaysideTestStack = child;
  process.env.QUAYSIDE_TEST_STACK = `${ready.dataDir}/running.json`;
  process.env.QUAYSIDE_TEST_DATABASE_URL = ready.databaseUrl;
}
