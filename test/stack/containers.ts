/** Containers of our image without a container engine: the same files, command, environment and signals, as plain processes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, openSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readDockerfile, type Service } from '../../ops/compose-file.ts';
import { exitOf } from '../../stack/child.ts';
import { LOOPBACK } from '../../stack/free-ports.ts';
import { root } from '../house/source-files.ts';

/** A process that stands for a container. */
export interface Container {
  name: string;
  pid: number;
  /** Sends SIGTERM and waits, at most for its grace period. @returns its exit status, or how it was ended */
  stop: () => Promise<number | string>;
  /** Waits for the end of one that ends by itself. @returns its exit status, or how it was ended */
  ended: () => Promise<number | string>;
  words: () => string;
}

/** Lays out what ops/Dockerfile copies, so that a file that the image lacks is missing here too. */
export function layOutImage(folder: string): void {
  for (const each of readDockerfile().copied) {
    mkdirSync(dirname(join(folder, each)), { recursive: true });
    cpSync(join(root, each), join(folder, each), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
}

/**
 * A service's environment on this machine: `ports` says where `service:port` is here, for whoever asks it and for the
 * service itself (in its variables that end in _PORT).
 */
export function mapped(
  service: string,
  environment: Readonly<Record<string, string>>,
  ports: ReadonlyMap<string, number>,
): Record<string, string> {
  const here = ([name, value]: [string, string]): [string, string] => {
    if (value === '0.0.0.0') return [name, LOOPBACK];
    const own = name.endsWith('_PORT') ? ports.get(`${service}:${value}`) : undefined;
    if (own !== undefined) return [name, String(own)];
    return [name, [...ports].reduce((text, [address, port]) => text.replace(address, `${LOOPBACK}:${port}`), value)];
  };
  return Object.fromEntries(Object.entries(environment).map(here));
}

/** Starts a service's command as the image does; nothing of our own environment reaches it but what runs Node. */
export function startContainer(
  name: string,
  service: Service,
  environment: Readonly<Record<string, string>>,
  { image, logs }: { image: string; logs: string },
): Container {
  const { entrypoint, environment: ofImage } = readDockerfile();
  const [program = '', ...first] = entrypoint;
  const log = join(logs, `${name}.log`);
  const output = openSync(log, 'a');
  const child = spawn(program === 'node' ? process.execPath : program, [...first, ...(service.command ?? [])], {
    cwd: image,
    env: { PATH: process.env.PATH, HOME: logs, ...ofImage, ...environment },
    stdio: ['ignore', output, output],
  });
  const graceMs = Number.parseInt(service.stop_grace_period ?? '10s', 10) * 1000;
  return {
    name,
    pid: child.pid ?? 0,
    words: () => readFileSync(log, 'utf8'),
    ended: () => statusOf(child, 60_000),
    stop: () => {
      child.kill('SIGTERM');
      return statusOf(child, graceMs);
    },
  };
}

async function statusOf(child: ChildProcess, withinMs: number): Promise<number | string> {
  if (await exitOf(child, withinMs)) return child.exitCode ?? child.signalCode ?? 'ended';
  child.kill('SIGKILL');
  await exitOf(child);
  return `not within ${withinMs / 1000} s`;
}
