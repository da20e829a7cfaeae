import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { settingsExample } from '../../api/examples.ts';
import type { Api } from '../../api/services.ts';
import { keyRoles } from '../../store/organisations.ts';
import { withoutWords } from './described.ts';
import { appWithoutEngines, keys } from './stand-ins.ts';

const url = '/v1/organisation/settings';
let app: Api;
beforeAll(async () => {
  app = appWithoutEngines();
  await app.ready();
});
afterAll(() => app.close());

const put = (body: unknown, headers: Record<string, string> = { 'if-match': '"1"' }, key = keys.manager) =>
  app.inject({
    method: 'PUT',
    url,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    payload: JSON.stringify(body),
  });
const good = { source: 'Li Wei', settings: settingsExample };

describe('who may', () => {
  it.each(keyRoles)('%s', async (role) => {
    const looked = await app.inject({ url, headers: { authorization: `Bearer ${keys[role]}` } });
    const saved = await put(good, undefined, keys[role]);
    // 503: the door was open, and the database behind it is away.
    expect({ look: looked.statusCode, save: saved.statusCode }).toEqual({
      look: role === 'counterparty' ? 403 : 503,
      save: role === 'manager' ? 503 : 403,
    });
  });
});

describe('what is refused at the door', () => {
  it.each([
    ['no revision', {}, /if-match.*is missing/],
    ['a star, which would overwrite whatever stands', { 'if-match': '*' }, /give the revision that you have seen/],
    ['a hash', { 'if-match': '"abc"' }, /for example/],
  ])('%s', async (_what, headers, words) => {
    const response = await put(good, headers as Record<string, string>);
    expect(response.statusCode).toBe(400);
    expect(response.body).toMatch(words);
  });

  it.each(['"1"', 'W/"1"', '1'])('and %s is a revision', async (seen) =>
    expect((await put(good, { 'if-match': seen })).statusCode).toBe(503),
  );

  it.each<[string, unknown, string]>([
    ['nobody who saves', { settings: settingsExample }, 'source'],
    ['no settings', { source: 'Li Wei' }, 'settings'],
    ['a field beside', { ...good, revision: 1 }, 'revision'],
    [
      'a field that is none, within',
      { ...good, settings: { ...settingsExample, exporter: { ...settingsExample.exporter, logo: 'x' } } },
      'settings.exporter.logo',
    ],
    [
      'a character that cannot be stored',
      { ...good, settings: { ...settingsExample, exporter: { ...settingsExample.exporter, nameEn: 'A\u0000' } } },
      'settings.exporter.nameEn',
    ],
  ])('%s', async (_what, body, field) => {
    const response = await put(body);
    expect(response.statusCode).toBe(422);
    expect(response.json().errors.map((error: { field: string }) => error.field)).toContain(field);
  });
});

it('every field has words in the documentation, and the example is shown', async () => {
  const document = (await app.inject('/openapi.json')).json();
  const { get, put: save } = document.paths['/v1/organisation/settings'];
  const {
    OrganisationSettings,
    SettingsToSaveInput,
    SettingsToSave = SettingsToSaveInput,
  } = document.components.schemas;
  for (const shown of [
    get.responses['200'],
    save.requestBody,
    save.responses['200'],
    OrganisationSettings,
    SettingsToSave,
  ]) {
    expect(shown).toBeDefined();
    expect(withoutWords(shown)).toEqual([]);
  }
  expect(JSON.stringify(SettingsToSave)).toContain(settingsExample.exporter.nameEn);
});
