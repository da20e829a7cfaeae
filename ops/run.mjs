/**
 * Runs the project's own programs, and sets up what they need first:
 *
 *   node ops/run.mjs demo/main.ts [arguments]   a TypeScript program, in this process
 *   node ops/run.mjs test [Jest's arguments]    types, style, then Jest
 *   node ops/run.mjs check                      types and style
 *
 * A program runs in this very process, so that Ctrl-C reaches it once, and its exit status is the command's.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What is wrong with this Node version, or undefined. */
export function nodeComplaint(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return undefined;
  return `Quayside needs Node 20.19 or newer (24 is recommended); this is ${version}. See https://nodejs.org/en/download`;
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Why `npm ci` has to run, or undefined when what is installed is what package-lock.json says. Contents are compared,
 * not times: a checkout touches files that have not changed, and `npm ci` deletes what other processes are using.
 */
export function reasonToInstall(folder, { withDevelopment = true } = {}) {
  const wanted = readJson(join(folder, 'package-lock.json'))?.packages;
  if (!wanted) return undefined;
  const installed = readJson(join(folder, 'node_modules', '.package-lock.json'))?.packages;
  if (!installed) return 'nothing is installed yet';
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '' || entry.link) continue;
    const has = installed[path];
    // Optional packages of other platforms are left out, development ones in production.
    if (!has && (entry.optional || entry.devOptional || entry.peer || (entry.dev && !withDevelopment))) continue;
    if (!has) return `${path.replace('node_modules/', '')} is missing`;
    if (has.version !== entry.version || (entry.integrity && has.integrity && has.integrity !== entry.integrity))
      return `${path.replace('node_modules/', '')} has changed`;
  }
  return undefined;
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Two commands on a fresh clone must not install into one folder at the same time. */
function whileLocked(work) {
  const lock = join(root, '.quayside', 'install.lock');
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(readJson(lock));
    if (holder && !alive(holder)) rmSync(lock, { force: true });
    else if (!told) console.log('Another command is installing the dependencies: waiting for it …');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function install(options) {
  if (!reasonToInstall(root, options)) return;
  whileLocked(() => {
    const reason = reasonToInstall(root, options);
    if (!reason) return;
    console.log(`Installing the dependencies with npm ci (${reason}) …`);
    const began = Date.now();
    const npm = process.env.npm_execpath?.endsWith('.js')
      ? [process.execPath, process.env.npm_execpath]
      : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
    const [command, ...first] = npm;
    // The progress of npm is of no interest unless it fails; --include=dev because NODE_ENV=production would drop them.
    const done = spawnSync(command, [...first, 'ci', '--no-audit', '--no-fund', '--include=dev'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    if (done.status !== 0) {
      process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`);
      const why = done.error?.message ?? (done.signal ? `ended by ${done.signal}` : `status ${done.status}`);
      throw new Error(`npm ci did not succeed (${why}). Its output is above; run it by hand in ${root} to see more.`);
    }
    console.log(`Dependencies installed in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
  });
}

/** The status by which a shell would know how a child ended. */
export function statusOf(code, signal) {
  return signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1);
}

/** Runs a tool of node_modules to its end. Ctrl-C reaches the tool by itself; this process waits for it. */
function tool(script, args, stdio) {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio });
    let output = '';
    child.stdout?.on('data', (text) => {
      output += text;
    });
    child.stderr?.on('data', (text) => {
      output += text;
    });
    const ignore = () => {};
    const forward = (name) => child.kill(name);
    process.on('SIGINT', ignore);
    process.on('SIGTERM', forward);
    process.on('SIGHUP', forward);
    child.on('error', failed);
    child.on('close', (code, signal) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', forward);
      process.off('SIGHUP', forward);
      done({ status: statusOf(code, signal), output });
    });
  });
}

/** Types and style, at the same time. @returns the exit status. */
async function check() {
  const [types, style] = await Promise.all([
    tool('typescript/bin/tsc', ['--noEmit', '--pretty', 'false'], ['ignore', 'pipe', 'pipe']),
    tool('@biomejs/biome/bin/biome', ['check', '.'], ['ignore', 'pipe', 'pipe']),
  ]);
  if (types.status !== 0) process.stderr.write(`Types (tsc --noEmit):\n${types.output}\n`);
  if (style.status !== 0) process.stderr.write(`Style (biome check; npm run format mends most):\n${style.output}\n`);
  const status = types.status || style.status;
  if (status === 0) console.log('Types and style: in order.');
  return status;
}

async function main([target, ...args]) {
  const complaint = nodeComplaint(process.version);
  if (complaint) throw new Error(complaint);
  if (!target) throw new Error('Say what to run: node ops/run.mjs <program.ts> | test | check');
  const forDevelopers = target === 'test' || target === 'check';
  install({ withDevelopment: forDevelopers });

  if (forDevelopers) {
    process.exitCode = await check();
    if (target === 'check' || process.exitCode !== 0) return;
    process.exitCode = (await tool('jest/bin/jest.js', args, 'inherit')).status;
    return;
  }
  const program = resolve(root, target);
  // What reads process.argv sees itself as the program.
  process.argv = [process.argv[0], program, ...args];
  const { register } = await import(
    pathToFileURL(join(root, 'node_modules', 'tsx', 'dist', 'esm', 'api', 'index.mjs')).href
  );
  register();
  await import(pathToFileURL(program).href);
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    // An error of set-up is a message to a person; one of a program keeps its stack.
    const own = error instanceof Error && error.constructor === Error && !String(error.stack).includes('.ts:');
    console.error(own ? error.message : error);
    process.exitCode = 1;
  }
}
