import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { composeText, interpolate, ownServices, readCompose, readDockerfile } from '../../ops/compose-file.ts';
import { STOP_WITHIN_MS } from '../../stack/child-process.ts';
import { importsOf, root, textOf } from '../house/source-files.ts';

const wanted = { POSTGRES_PASSWORD: 'p', QUAYSIDE_KEY: 'k', QUAYSIDE_COUNTERPARTY_KEY: 'c' };
const compose = readCompose(wanted);
const services = Object.entries(compose.services);
const image = readDockerfile();

/** The files that a program loads, itself first: static imports, and those that it loads later by a plain path. */
function closureOf(program: string, seen = new Set<string>()): Set<string> {
  if (seen.has(program)) return seen;
  seen.add(program);
  if (!program.endsWith('.ts')) return seen;
  const later = [...textOf(program).matchAll(/import\('(\.[^']+)'\)/g)].map(([, path = '']) =>
    join(program, '..', path),
  );
  for (const { own, typeOnly, target } of importsOf(program)) if (own && !typeOnly) closureOf(target, seen);
  for (const target of later) closureOf(target, seen);
  return seen;
}

describe('docker-compose.yml', () => {
  it.each(Object.keys(wanted))('does not start without %s', (name) => {
    expect(() => readCompose({ ...wanted, [name]: '' })).toThrow(`${name}: set it`);
  });

  it('every variable has a default or must be set: an empty password would be taken as one', () => {
    const bare = [...composeText().matchAll(/(?<!\$)\$(\{\w+\}|\w+)/g)].map(([text]) => text);
    expect(bare).toEqual([]);
    expect(interpolate('$$a $'.concat('{B:-two}'), {})).toBe('$a two');
  });

  it('every image is pinned to a release, or built here', () => {
    const loose = services.filter(([, { image: name, build }]) => !build && !/:\d+\.\d+(\.\d+)?$/.test(name));
    expect(loose.map(([name]) => name)).toEqual([]);
  });

  it('server and schema tools are of one release: an older tool would leave the schema behind', () => {
    const tagOf = (name: string) => compose.services[name]?.image.split(':')[1];
    expect(tagOf('temporal-schema')).toBe(tagOf('temporal'));
  });

  it('each service waits for a state that the other one can reach', () => {
    const wrong = services.flatMap(([name, { depends_on }]) =>
      Object.entries(depends_on).flatMap(([other, { condition }]) => {
        const awaited = compose.services[other];
        if (!awaited) return [`${name} waits for ${other}, which is no service`];
        if (condition === 'service_healthy' && !awaited.healthcheck)
          return [`${name} waits until ${other} is healthy, which has no healthcheck`];
        // A program that ends is started again and again unless its policy is of failures only.
        if (condition === 'service_completed_successfully' && !/^(no|on-failure)/.test(awaited.restart))
          return [`${name} waits until ${other} has ended, whose restart is ${awaited.restart}`];
        return [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('no two services wait for each other', () => {
    const circles = (name: string, path: string[] = []): string[] =>
      path.includes(name)
        ? [[...path, name].join(' → ')]
        : Object.keys(compose.services[name]?.depends_on ?? {}).flatMap((other) => circles(other, [...path, name]));
    expect(services.flatMap(([name]) => circles(name))).toEqual([]);
  });

  it('opens ports on this machine only: neither the engine nor its web interface asks who is there', () => {
    const open = services
      .flatMap(([, { ports }]) => ports)
      .filter((port) => !/^127\.0\.0\.1:\d+(-\d+)?:\d+$/.test(port));
    expect(open).toEqual([]);
  });

  it('what may run several times has a port for each: a second one on the same port would not start', () => {
    const range = /^127\.0\.0\.1:(\d+)-(\d+):8080$/.exec(compose.services.api?.ports[0] ?? '');
    expect(Number(range?.[2]) - Number(range?.[1])).toBeGreaterThan(0);
    // The first stays where everybody looks for it.
    expect(range?.[1]).toBe('8080');
    expect(compose.services.worker?.ports).toEqual([]);
  });

  it('who marks, keeps or gives files has the volume of them', () => {
    const withFiles = ownServices(compose).filter(([, { environment }]) => environment.QUAYSIDE_FILES_DIR);
    expect(withFiles.map(([name]) => name)).toEqual(['set-up', 'worker', 'api']);
    for (const [, { volumes, environment }] of withFiles)
      expect(volumes).toContain(`files:${environment.QUAYSIDE_FILES_DIR}`);
  });

  it('every host named in an address is a service', () => {
    const hosts = services.flatMap(([, { environment }]) =>
      Object.values(environment).flatMap((value) =>
        [...value.matchAll(/(?:\/\/|@|^)([a-z][a-z-]*):\d+/g)].map(([, host]) => host ?? ''),
      ),
    );
    expect(hosts.length).toBeGreaterThan(5);
    expect(hosts.filter((host) => host !== 'localhost' && !compose.services[host])).toEqual([]);
  });

  it('every mounted file is in the repository', () => {
    const files = services.flatMap(([, { volumes }]) => volumes).filter((volume) => volume.startsWith('./'));
    expect(files.filter((volume) => !existsSync(join(root, volume.split(':')[0] ?? '')))).toEqual([]);
  });
});

describe('the image', () => {
  const programs = ownServices(compose).map(([, { command }]) => command?.[0] ?? '');

  it('holds every program that the file starts, and every file that one loads', () => {
    expect(programs).toEqual(['stack/set-up.ts', 'worker/main.ts', 'api/main.ts', 'sandbox/main.ts']);
    const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').trim().split('\n');
    const outside = programs
      .flatMap((program) => [...closureOf(program)])
      .filter((file) => !image.copied.includes(file.split('/')[0] ?? '') || ignored.includes(file.split('/')[0] ?? ''));
    expect([...new Set(outside)]).toEqual([]);
  });

  it('is installed without development packages, and needs none of them', () => {
    const { dependencies } = JSON.parse(textOf('package.json')) as { dependencies: Record<string, string> };
    const packages = programs
      .flatMap((program) => [...closureOf(program)])
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => importsOf(file))
      .filter(({ own, typeOnly, target }) => !own && !typeOnly && !target.startsWith('node:'))
      .map(({ target }) => /^(@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target);
    expect([...new Set(packages)].filter((name) => !(name in dependencies))).toEqual([]);
  });

  it('a process that is told to stop ends by itself before it is killed', () => {
    const graces = ownServices(compose).map(([, service]) => Number.parseInt(service.stop_grace_period ?? '10s', 10));
    expect(Math.min(...graces) * 1000).toBeGreaterThan(STOP_WITHIN_MS);
  });
});
