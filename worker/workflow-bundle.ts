import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { bundleWorkflowCode } from '@temporalio/worker';

/** The workflows as one script, and the build id of the worker version that it makes: scripts that are alike are one version. */
export interface VersionedBundle {
  code: string;
  buildId: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));
/** Bundles of the releases that shipments may still run on: each release adds its own. docs/upgrades.md. */
export const RELEASES_FOLDER = join(root, 'releases');
/** Of the worker and its bundle alike. */
export const PAYLOAD_CONVERTER = join(root, 'workflows/payload-converter.ts');
const CACHE_FOLDER = join(root, '.quayside', 'workflow-bundles');
const SUFFIX = '.js.gz';

/** Today's workflows: built once for each state of the sources, run by every worker and test. */
export async function bundleWorkflows(): Promise<VersionedBundle> {
  const cached = join(CACHE_FOLDER, `${digestOfSources()}${SUFFIX}`);
  const code = readPacked(cached) ?? (await build(cached));
  return { code, buildId: sha256(withoutMap(code)).slice(0, 16) };
}

/** Keeps a bundle in a folder, for as long as shipments may run on it; without its source map, which is ten times its size. */
export function keepBundle(folder: string, { buildId, code }: VersionedBundle): void {
  if (keptBundles(folder).includes(buildId)) return;
  writePacked(join(folder, `${buildId}${SUFFIX}`), withoutMap(code) + emptyMapOf(buildId));
}

/** Build ids of the bundles that a folder keeps; none when there is no such folder. */
export function keptBundles(folder: string): string[] {
  try {
    return readdirSync(folder).flatMap((name) => (name.endsWith(SUFFIX) ? [name.slice(0, -SUFFIX.length)] : []));
  } catch {
    return [];
  }
}

/** A kept bundle. @throws Error when the folder has none of that build id, or it cannot be read. */
export function readBundle(folder: string, buildId: string): VersionedBundle {
  const file = join(folder, `${buildId}${SUFFIX}`);
  const code = readPacked(file);
  if (code === undefined) throw new Error(`${file} is not there or cannot be read: bring it back from its release`);
  return { buildId, code };
}

async function build(cached: string): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows/index.ts'),
    payloadConverterPath: PAYLOAD_CONVERTER,
    workflowInterceptorModules: [join(root, 'workflows/reserved-signals.ts')],
  });
  try {
    writePacked(cached, code);
  } catch {
    // A folder that is read-only: the next start builds again.
  }
  return code;
}

/** Of all that the script is made of; building takes seconds in which a worker that was killed is not back. */
function digestOfSources(): string {
  const files = ['workflows', 'rules'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(room, name)),
  );
  // This file too: how it builds is part of what comes out.
  const contents = [
    ...files,
    'worker/workflow-bundle.ts',
    'package.json',
    'node_modules/@temporalio/workflow/package.json',
  ]
    .sort()
    .map((file) => `${file}\n${readFileSync(join(root, file), 'utf8')}`);
  return sha256(contents.join('\n')).slice(0, 32);
}

/** The map names folders of the machine that built it, and would make a version of its own of each. */
function withoutMap(code: string): string {
  const map = code.lastIndexOf('//# sourceMappingURL=data:');
  return map < 0 ? code : code.slice(0, map);
}

/** A worker wants a map, if only to know the script's name. */
function emptyMapOf(buildId: string): string {
  const map = { version: 3, file: `workflows-${buildId}.js`, sources: [], names: [], mappings: '' };
  return `//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`;
}

function readPacked(file: string): string | undefined {
  try {
    return gunzipSync(readFileSync(file)).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Whole or not at all, whoever else writes it at this moment. */
function writePacked(file: string, code: string): void {
  mkdirSync(dirname(file), { recursive: true });
  // Containers that share a volume have the same process numbers.
  const unfinished = `${file}.${randomUUID()}`;
  writeFileSync(unfinished, gzipSync(code, { level: 6 }));
  renameSync(unfinished, file);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
