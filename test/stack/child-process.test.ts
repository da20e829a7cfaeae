import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'child-process-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const contract = JSON.stringify(join(process.cwd(), 'stack/child-process.ts'));

/** A process that serves nothing, but says when it stops. */
function child(start: string, stdio: 'ipc' | 'ignore' = 'ipc'): ChildProcess & { said: () => string } {
  const file = join(folder, 'child.ts');
  writeFileSync(file, `import { serveAsChild } from ${contract};\nserveAsChild({ start: ${start} });\n`);
  const started = spawn(process.execPath, ['--import', 'tsx', file], {
    stdio: ['ignore', 'pipe', 'pipe', stdio],
  });
  let said = '';
  started.stdout?.on('data', (text) => {
    said += text;
  });
  started.stderr?.on('data', (text) => {
    said += text;
  });
  return Object.assign(started, { said: () => said });
}

const serves = `async () => {
  const timer = setInterval(() => {}, 1000);
  console.log('serving');
  return { info: { url: 'http://here' }, stop: async () => { clearInterval(timer); console.log('stopped in order'); } };
}`;

describe('a process of the stack', () => {
  it('says when it is ready, and stops when told to', async () => {
    const process = child(serves);
    expect((await once(process, 'message'))[0]).toEqual({ kind: 'ready', url: 'http://here' });
    process.send('stop');
    expect((await once(process, 'close'))[0]).toBe(0);
    expect(process.said()).toContain('stopped in order');
  });

  it('stops when its parent is gone', async () => {
    const process = child(serves);
    await once(process, 'message');
    process.disconnect();
    // Not 'close', which Node does not emit once the channel was cut from this side.
    const [[status]] = await Promise.all([once(process, 'exit'), once(process.stdout ?? process, 'end')]);
    expect(status).toBe(0);
    expect(process.said()).toContain('stopped in order');
  });

  it('stops on SIGTERM when nobody is its parent', async () => {
    const process = child(serves, 'ignore');
    await once(process.stdout ?? process, 'data');
    process.kill('SIGTERM');
    expect((await once(process, 'close'))[0]).toBe(0);
    expect(process.said()).toContain('stopped in order');
  });

  it('says why it does not start', async () => {
    const process = child("async () => { throw new Error('no database there'); }");
    expect((await once(process, 'message'))[0]).toEqual({ kind: 'failed', message: 'no database there' });
    expect((await once(process, 'close'))[0]).toBe(1);
  });

  it('ends with status 1 when its work ends by itself', async () => {
    const process = child('async () => ({ stop: async () => {}, ended: Promise.resolve() })');
    expect((await once(process, 'close'))[0]).toBe(1);
  });
});
