import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { settingsExample } from '../../api/examples.ts';
import { settingsText } from '../../cli/settings-text.ts';
import { settingsSchema } from '../../rules/settings.ts';
import { settingsSentSchema, settingsToKeep, shownSettings } from '../../rules/settings-sent.ts';
import { solidPng } from '../printing/pictures.ts';
import { folderWith, quayside } from './terminals.ts';

const logo = { mediaType: 'image/png' as const, base64: solidPng(4, 4).toString('base64') };
const letterhead = { ...settingsExample.exporter.letterhead, logo };
const kept = settingsToKeep(
  settingsSentSchema.parse({ ...settingsExample, exporter: { ...settingsExample.exporter, letterhead } }),
  [],
);
const settings = 'settings' in kept ? kept.settings : settingsSchema.parse({});
const saved = { savedAt: '2026-11-27T08:00:00.000Z', savedBy: 'manager', keyId: '7', savedFrom: 'Li\nWei' };

const nobody = { savedAt: null, savedBy: null, keyId: null, savedFrom: null };

interface Asked {
  method: string;
  url: string;
  seen: string | undefined;
  body: unknown;
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** An API with the settings above as revision 3, and what it was asked. */
async function api({
  status = 200,
  problem = {},
  unchanged = false,
}: {
  status?: number;
  problem?: object;
  unchanged?: boolean;
} = {}) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { method = '', url = '', headers } = request;
    asked.push({ method, url, seen: headers['if-match'], body: body === '' ? undefined : JSON.parse(body) });
    const isOld = url.endsWith('revision=1');
    const one = { revision: isOld ? 1 : 3, ...saved, settings: shownSettings(settings, false) };
    const answer =
      method === 'GET' ? { ...one, history: [{ revision: 3, ...saved }] } : { ...one, revision: 4, unchanged };
    response.writeHead(status).end(JSON.stringify(status === 200 ? answer : problem));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { asked, environment: { QUAYSIDE_URL: url, QUAYSIDE_KEY: 'k' } };
}

/** What show prints. */
async function shown(words: string[] = []): Promise<string> {
  const { environment } = await api();
  return (await quayside(['settings', 'show', ...words], { environment })).out;
}

describe('quayside settings show', () => {
  it('prints a file: who saved it, the revision, and the settings without the picture', async () => {
    const out = await shown();
    expect(out).toMatch(/^# Settings, revision 3, saved by Li Wei \(manager\) at 2026-11-27/);
    expect(parse(out)).toEqual({ revision: 3, ...shownSettings(settings, false) });
    expect(out).not.toContain(logo.base64);
  });

  it('says what is not decided yet, and nothing where all is', async () => {
    expect(await shown()).not.toContain('Not decided');
    const { exporter } = settingsSchema.parse({});
    const lines = settingsText(
      { revision: 0, ...nobody, settings: settingsSchema.parse({ exporter }), history: [] },
      0,
    );
    expect(lines.at(-1)).toMatch(/^# Not decided: letterhead, bank, signatory\./);
    expect(lines[0]).toContain('as it was set up');
  });

  it('an old revision is shown to be put over the one in force', async () => {
    const out = await shown(['--revision', '1']);
    expect(out).toContain('# Revision 3 is in force');
    expect(parse(out).revision).toBe(3);
  });

  it('prints the answer of the API with --json', async () => {
    expect(JSON.parse(await shown(['--json']))).toMatchObject({ revision: 3, savedBy: 'manager' });
  });

  it('refuses a revision that is none', async () => {
    const { environment } = await api();
    expect(await quayside(['settings', 'show', '--revision', 'x'], { environment })).toMatchObject({ status: 64 });
  });
});

describe('quayside settings set', () => {
  const set = async (files: Record<string, string | Buffer>, words: string[], answers = {}) => {
    const { asked, environment } = await api(answers);
    const ended = await quayside(['settings', 'set', ...words], { folder: folderWith(files), environment });
    return { ...ended, asked };
  };

  it('takes what show prints, as it is, over the revision that it was made from', async () => {
    const { status, out, asked } = await set({ 's.yaml': await shown() }, ['s.yaml', '--from', 'Li Wei']);
    expect(status).toBe(0);
    expect(out).toMatch(/Saved as revision 4/);
    const body = { source: 'Li Wei', settings: JSON.parse(JSON.stringify(shownSettings(settings, false))) };
    expect(asked).toEqual([{ method: 'PUT', url: '/v1/organisation/settings', seen: '"3"', body }]);
  });

  it('takes JSON too, and texts that were written without quotation marks', async () => {
    const json = JSON.stringify({ revision: 3, ...settingsExample });
    expect((await set({ 's.json': json }, ['s.json'])).status).toBe(0);
    const { asked } = await set({ 's.yaml': (await shown()).replace('"3302960000"', '0302960000') }, ['s.yaml']);
    expect(asked[0]?.body).toMatchObject({ settings: { exporter: { customsCode: '0302960000' } } });
  });

  it('sends another logo whole, in the place of the one in the file', async () => {
    const png = solidPng(6, 6);
    const { asked } = await set({ 's.yaml': await shown(), 'l.png': png }, ['s.yaml', '--logo', 'l.png']);
    expect(asked[0]?.body).toMatchObject({
      settings: { exporter: { letterhead: { logo: { mediaType: 'image/png', base64: png.toString('base64') } } } },
    });
  });

  it('says that nothing was written where these settings stand', async () => {
    const { out } = await set({ 's.yaml': await shown() }, ['s.yaml'], { unchanged: true });
    expect(out).toMatch(/nothing was written/);
  });

  it.each<[string, (file: string) => string, RegExp]>([
    ['a field that is none', (file) => `${file}\nletterHead: x`, /s\.yaml:\d+: letterHead: is not a field/],
    [
      'a wrong SWIFT code',
      (file) => file.replace('EXAMCN2AXXX', 'EXAM'),
      /s\.yaml:\d+: exporter\.bank\.swift: a SWIFT/,
    ],
    ['no revision', (file) => file.replace(/^revision:.*$/m, ''), /revision: is missing: quayside settings show/],
    ['no YAML', () => 'a: [', /s\.yaml:1/],
    ['nothing', () => '', /is empty: quayside settings show/],
  ])('refuses a file with %s, by its line, and asks nobody', async (_what, change, words) => {
    const { status, err, asked } = await set({ 's.yaml': change(await shown()) }, ['s.yaml']);
    expect({ status, asked }).toEqual({ status: 64, asked: [] });
    expect(err).toMatch(words);
  });

  it('refuses a logo that is not there', async () => {
    const { status, err } = await set({ 's.yaml': await shown() }, ['s.yaml', '--logo', 'none.png']);
    expect(status).toBe(64);
    expect(err).toContain('none.png: there is no such file');
  });

  it('tells who was quicker, with status 1', async () => {
    const problem = {
      ...{ type: '/problems/changed-meanwhile', title: 'Somebody else has changed it meanwhile', status: 412 },
      ...{ detail: 'you have seen revision 3, and revision 4 is in force', instance: '/v1' },
    };
    const ended = await set({ 's.yaml': await shown() }, ['s.yaml'], { status: 412, problem });
    expect(ended).toMatchObject({ status: 1, err: expect.stringContaining('revision 4 is in force') });
  });
});
