import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPassing } from '../../activities/errors.ts';
import { problemFromError } from '../../api/problem-from-error.ts';
import { filesOnDisk } from '../../store/files/disk.ts';
import {
  FileDamaged,
  type FileStore,
  FilesAway,
  FilesMissing,
  FilesRefused,
  MARK,
} from '../../store/files/file-store.ts';
import { openFileStore } from '../../store/files/open-file-store.ts';
import { filesInS3, type S3Settings } from '../../store/files/s3.ts';
import { sha256Of } from '../../store/sha256.ts';
import { type DeadEnd, refusing, silent } from '../api/dead-ends.ts';
import { startS3 } from './s3-for-tests.ts';

const folder = mkdtempSync(join(tmpdir(), 'quayside-files-'));
const onDisk = join(folder, 'files');
const s3: S3Settings & { prefix: string } = {
  bucket: 'papers',
  prefix: 'quayside/',
  region: 'us-east-1',
  pathStyle: true,
  accessKey: { id: 'S3RVER', secret: 'S3RVER' },
};
let server: { address: AddressInfo; close(): Promise<void> };

beforeAll(async () => {
  server = await startS3(join(folder, 's3'), s3.bucket);
  s3.endpoint = `http://127.0.0.1:${server.address.port}`;
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The path of the bytes as that home lays them down, to change them behind its back. */
const homes: [string, () => Promise<FileStore>, (organisation: string, sha256: string) => string][] = [
  [
    'on disk',
    () => openFileStore({ kind: 'disk', directory: onDisk }),
    (organisation, sha256) => join(onDisk, organisation, sha256.slice(0, 2), sha256),
  ],
  [
    'in S3',
    () => openFileStore({ kind: 's3', ...s3 }),
    (organisation, sha256) =>
      join(folder, 's3', s3.bucket, `${s3.prefix}${organisation}/${sha256.slice(0, 2)}/${sha256}._S3rver_object`),
  ],
];

describe.each(homes)('files %s', (_name, open, pathOf) => {
  let files: FileStore;
  beforeAll(async () => {
    files = await open();
    await files.mark();
  });

  it('gives back what was put, and says how much it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 0, maxLength: 3000 }), async (bytes) => {
        const kept = await files.put('acme', bytes);
        expect(kept).toEqual({ sha256: sha256Of(bytes), size: bytes.length });
        expect(await files.has('acme', kept.sha256)).toBe(true);
        expect((await files.get('acme', kept.sha256))?.equals(bytes)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps a file of 8 MB', async () => {
    const bytes = Buffer.alloc(8 * 1024 * 1024, 'paper');
    const { sha256, size } = await files.put('acme', bytes);
    expect(size).toBe(bytes.length);
    expect((await files.get('acme', sha256))?.equals(bytes)).toBe(true);
  });

  it('has no file that was not put', async () => {
    const nothing = sha256Of('never put');
    expect(await files.get('acme', nothing)).toBeUndefined();
    expect(await files.has('acme', nothing)).toBe(false);
  });

  it('shows no organisation the files of another, and keeps the same bytes once for each', async () => {
    const { sha256 } = await files.put('acme', Buffer.from('a contract of acme'));
    expect(await files.has('other', sha256)).toBe(false);
    expect(await files.get('other', sha256)).toBeUndefined();
    await files.put('other', Buffer.from('a contract of acme'));
    writeFileSync(pathOf('other', sha256), 'changed', { flag: 'r+' });
    expect((await files.get('acme', sha256))?.toString()).toBe('a contract of acme');
  });

  it('takes the same file twice, and many times at once', async () => {
    const bytes = Buffer.from('the same paper');
    const kept = await Promise.all(Array.from({ length: 12 }, () => files.put('acme', bytes)));
    expect(new Set(kept.map(({ sha256 }) => sha256))).toEqual(new Set([sha256Of(bytes)]));
    expect(await files.get('acme', sha256Of(bytes))).toEqual(bytes);
  });

  it('says that a file was changed behind its back, and takes it whole again', async () => {
    const bytes = Buffer.from('gross weight 1,200 kg');
    const { sha256 } = await files.put('acme', bytes);
    const path = pathOf('acme', sha256);
    chmodSync(path, 0o640);
    writeFileSync(path, 'gross weight 1,100 kg and more');
    const damaged = files.get('acme', sha256);
    await expect(damaged).rejects.toThrow(FileDamaged);
    await expect(damaged).rejects.toThrow(/changed or damaged.*Restore it from a backup/);
    await files.put('acme', bytes);
    expect(await files.get('acme', sha256)).toEqual(bytes);
  });

  it.each(['..', 'ACME', 'a/b', '../acme', ''])('takes %j for no organisation', async (organisation) => {
    await expect(files.put(organisation, Buffer.from('x'))).rejects.toThrow(/organisation/);
    await expect(files.get(organisation, sha256Of('x'))).rejects.toThrow(/organisation/);
  });

  it.each(['../../../etc/passwd', sha256Of('x').toUpperCase(), `${sha256Of('x')}0`, ''])(
    'takes %j for no hash',
    async (sha256) => {
      await expect(files.get('acme', sha256)).rejects.toThrow(/no SHA-256/);
      await expect(files.has('acme', sha256)).rejects.toThrow(/no SHA-256/);
    },
  );
});

describe('a folder of files', () => {
  const place = (name: string) => join(folder, name);
  const marked = async (name: string) => {
    const files = filesOnDisk(place(name));
    await files.mark();
    return files;
  };

  it('holds nothing but whole files under their hashes, read-only', async () => {
    const files = await marked('tidy');
    const { sha256 } = await files.put('acme', Buffer.from('paper'));
    const inside = readdirSync(place('tidy'), { recursive: true }).sort();
    expect(inside).toEqual([MARK, 'acme', `acme/${sha256.slice(0, 2)}`, `acme/${sha256.slice(0, 2)}/${sha256}`]);
    expect(statSync(join(place('tidy'), `acme/${sha256.slice(0, 2)}/${sha256}`)).mode & 0o222).toBe(0);
  });

  it('shows a file whole or not at all while it is written', async () => {
    const files = await marked('watched');
    const bytes = Buffer.alloc(8 * 1024 * 1024, 'whole');
    const sha256 = sha256Of(bytes);
    let written = false;
    const writing = files.put('acme', bytes).then(() => {
      written = true;
    });
    const seen = new Set<number | undefined>();
    while (!written) seen.add((await files.get('acme', sha256))?.length);
    await writing;
    seen.delete(bytes.length);
    expect([...seen]).toEqual([undefined]);
  });

  it('never takes what a killed process left half written for the file', async () => {
    const files = await marked('killed');
    const sha256 = sha256Of('whole');
    const beside = join(place('killed'), 'acme', sha256.slice(0, 2));
    mkdirSync(beside, { recursive: true });
    writeFileSync(join(beside, '.0000.part'), 'who');
    expect(await files.has('acme', sha256)).toBe(false);
    await files.put('acme', Buffer.from('whole'));
    expect(readFileSync(join(beside, sha256), 'utf8')).toBe('whole');
  });
});

describe('a folder that is away', () => {
  const kept = Buffer.from('kept before');
  const place = (name: string) => join(folder, name);

  /** A store that has a file, of which then something else becomes. */
  async function awayBy(name: string, becomes: (home: string) => void): Promise<FileStore> {
    const files = filesOnDisk(place(name));
    await files.mark();
    await files.put('acme', kept);
    renameSync(place(name), `${place(name)}-kept`);
    becomes(place(name));
    return files;
  }

  it.each<[string, (home: string) => void]>([
    ['gone', () => undefined],
    ['the empty place below a volume', (home) => mkdirSync(home)],
    [
      'the place below a volume, on which somebody has written',
      (home) => mkdirSync(join(home, 'acme/00'), { recursive: true }),
    ],
    ['a file', (home) => writeFileSync(home, 'a file stands here')],
    ['a link to itself', (home) => symlinkSync(home, home)],
  ])('since it is %s: nothing is kept, and nothing is said not to be there', async (what, becomes) => {
    const files = await awayBy(what.replace(/\W/g, '-'), becomes);
    const asked = [
      files.put('acme', Buffer.from('new')),
      files.put('acme', kept),
      files.get('acme', sha256Of(kept)),
      files.has('acme', sha256Of(kept)),
      files.check(),
    ];
    for (const answer of await Promise.allSettled(asked)) {
      const { reason } = answer as PromiseRejectedResult;
      expect(reason).toBeInstanceOf(FilesAway);
      expect(isPassing(reason)).toBe(true);
      expect(problemFromError(reason, 'r-1')).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    }
    const home = place(what.replace(/\W/g, '-'));
    rmSync(home, { recursive: true, force: true });
    renameSync(`${home}-kept`, home);
    await files.check();
    expect(await files.get('acme', sha256Of(kept))).toEqual(kept);
    expect(await files.has('acme', sha256Of('new'))).toBe(false);
  });

  it('is away where a folder stands under the hash of a file', async () => {
    const files = filesOnDisk(place('folder-for-file'));
    await files.mark();
    mkdirSync(join(place('folder-for-file'), 'acme', sha256Of('x').slice(0, 2), sha256Of('x')), { recursive: true });
    await expect(files.put('acme', Buffer.from('x'))).rejects.toThrow(FilesAway);
  });

  it('is looked at without leaving anything there', async () => {
    const files = filesOnDisk(place('looked-at'));
    await files.mark();
    await Promise.all([files.check(), files.check().catch(() => undefined)]);
    await files.check();
    expect(readdirSync(place('looked-at'))).toEqual([MARK]);
  });
});

describe('what a person has to mend', () => {
  it.each<[string, Error, RegExp]>([
    ['file-missing', new FilesMissing(['合同.pdf of A-1']), /合同\.pdf of A-1.*hand the papers in again/],
    ['file-damaged', new FileDamaged('the file at /srv/files/acme/aa/aa was changed'), /another hash/],
  ])('%s has a problem of its own, which shows no path of ours', (name, error, words) => {
    const problem = problemFromError(error, 'r-1');
    expect(problem.body('/x')).toMatchObject({ type: `/problems/${name}`, status: 500 });
    expect(problem.detail).toMatch(words);
    expect(problem.detail).not.toContain('/srv');
  });
});

describe('an S3 store that is not as it should be', () => {
  it('with a prefix of nobody is away: a wrong place is never taken for an empty store', async () => {
    const files = filesInS3({ ...s3, prefix: 'nobody/' });
    await expect(files.put('acme', Buffer.from('x'))).rejects.toThrow(FilesAway);
    await expect(files.get('acme', sha256Of('x'))).rejects.toThrow(/no mark .quayside-files/);
    await expect(files.has('acme', sha256Of('x'))).rejects.toThrow(FilesAway);
    await expect(files.check()).rejects.toThrow(FilesAway);
  });

  let deadEnds: DeadEnd[];
  beforeAll(async () => {
    deadEnds = [await refusing(), await silent()];
  });
  afterAll(() => Promise.all(deadEnds.map((each) => each.close())));

  it.each([
    ['refuses connections', 0],
    ['takes them and never answers', 1],
  ])('that %s is away, and says so in its time', async (_how, at) => {
    const files = filesInS3({ ...s3, endpoint: `http://${deadEnds[at]?.address}`, timeoutMs: 1500 });
    await expect(files.put('acme', Buffer.from('x'))).rejects.toThrow(FilesAway);
    await expect(files.get('acme', sha256Of('x'))).rejects.toThrow(FilesAway);
    await expect(files.has('acme', sha256Of('x'))).rejects.toThrow(FilesAway);
  });

  it.each([
    [500, FilesAway],
    [503, FilesAway],
    [429, FilesAway],
    [301, FilesRefused],
    [400, FilesRefused],
    [403, FilesRefused],
  ])('that answers %i is told apart: what passes by itself, and what a person has to mend', async (status, kind) => {
    const answering = createServer((_request, answer) => answer.writeHead(status).end()).listen(0, '127.0.0.1');
    await once(answering, 'listening');
    const files = filesInS3({ ...s3, endpoint: `http://127.0.0.1:${(answering.address() as AddressInfo).port}` });
    const error = await files.put('acme', Buffer.from('x')).catch((told: unknown) => told);
    answering.closeAllConnections();
    answering.close();
    expect(error).toBeInstanceOf(kind);
    expect(isPassing(error)).toBe(kind === FilesAway);
    // Whoever mends it, the file is to be sent again: none of them is the sender's mistake.
    expect(problemFromError(error, 'r-1').status).toBe(503);
  });

  it('without the bucket it refuses, and never says that the file is not there', async () => {
    const files = filesInS3({ ...s3, bucket: 'nobodys' });
    await expect(files.put('acme', Buffer.from('x'))).rejects.toThrow(FilesRefused);
    await expect(files.get('acme', sha256Of('x'))).rejects.toThrow(/NoSuchBucket.*Check bucket/);
    await expect(files.has('acme', sha256Of('x'))).rejects.toThrow(FilesRefused);
    await expect(files.check()).rejects.toThrow(FilesRefused);
  });

  it('with a wrong key it refuses', async () => {
    const files = filesInS3({ ...s3, accessKey: { id: 'nobody', secret: 'wrong' } });
    await expect(files.put('acme', Buffer.from('x'))).rejects.toThrow(FilesRefused);
  });
});
