import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { seedOfToday } from '../seeded.ts';

const run = promisify(execFile);

/** On a stack of its own, as a process of its own: what is killed there serves nobody else. */
it('worker, API, PostgreSQL and engine, each killed once while cases run: everything goes on and ends as written', async () => {
  const program = ['--import', 'tsx', 'test/failures/kills/main.ts'];
  const options = ['--rounds', '1', '--side-by-side', '2', '--seed', seedOfToday()];
  const { stdout } = await run(process.execPath, [...program, ...options], { maxBuffer: 16 * 1024 * 1024 }).catch(
    (failed: { stdout?: string; stderr?: string }) => ({ stdout: `${failed.stdout ?? ''}${failed.stderr ?? ''}` }),
  );
  const figures = stdout.split('\n').slice(-7).join('\n');
  process.stdout.write(`${figures}\n`);
  expect(stdout).toContain('4 kills, ');
  expect(stdout).toMatch(/ 0 complaints, /);
}, 300_000);
