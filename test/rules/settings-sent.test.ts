import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { settingsExample } from '../../api/examples.ts';
import { contentHashOf } from '../../rules/documents/content-hash.ts';
import { fieldErrors } from '../../rules/field-errors.ts';
import { type Settings, settingsSchema } from '../../rules/settings.ts';
import {
  type SettingsSent,
  settingsSentSchema,
  settingsShownSchema,
  settingsToKeep,
  shownSettings,
} from '../../rules/settings-sent.ts';
import { solidPng } from '../printing/pictures.ts';

const standing = settingsSchema.parse({});
const example = settingsSentSchema.parse(settingsExample);
const logoOf = (side: number) => ({ mediaType: 'image/png' as const, base64: solidPng(side, side).toString('base64') });
const withLogo = (logo: object): SettingsSent =>
  settingsSentSchema.parse({
    ...settingsExample,
    exporter: { ...settingsExample.exporter, letterhead: { ...settingsExample.exporter.letterhead, logo } },
  });
const logosIn = ({ exporter }: Settings) => (exporter.letterhead?.logo ? [exporter.letterhead.logo] : []);
const keptOf = (sent: SettingsSent, before = standing) => {
  const kept = settingsToKeep(sent, logosIn(before));
  if ('errors' in kept) throw new Error(kept.errors[0]?.message);
  return kept.settings;
};

describe('settings as they are handed in', () => {
  it('the example of the documentation is such', () =>
    expect(example.numbering['packing-list']).toBe('PL-{reference}'));

  it('what is left out takes the default that it has where nothing was ever decided', () => {
    const { exporter } = standing;
    expect(settingsSentSchema.parse({ exporter })).toEqual(standing);
  });

  const { exporter } = settingsExample;
  it.each<[string, object, string, RegExp]>([
    ['no exporter', { exporter: undefined }, 'exporter', /./],
    ['an exporter without a name', { exporter: { ...exporter, nameZh: undefined } }, 'exporter.nameZh', /missing/],
    ['a blank name', { exporter: { ...exporter, nameEn: '  ' } }, 'exporter.nameEn', /empty/],
    ['a name of two lines', { exporter: { ...exporter, nameEn: 'A\nB' } }, 'exporter.nameEn', /one line/],
    ['a tax id of 17', { exporter: { ...exporter, taxId: '91330200MA0000000' } }, 'exporter.taxId', /18/],
    ['a customs code of 9', { exporter: { ...exporter, customsCode: '330296000' } }, 'exporter.customsCode', /10/],
    [
      'a short SWIFT code',
      { exporter: { ...exporter, bank: { ...exporter.bank, swift: 'EXAM' } } },
      'exporter.bank.swift',
      /8 or 11/,
    ],
    ['an unknown field', { letterHead: {} }, 'letterHead', /not a field/],
    ['an unknown field within', { chargesBand: { amuont: '1' } }, 'chargesBand.amuont', /not a field/],
    ['an unknown threshold', { screening: { review: '0.9' } }, 'screening.review', /not a field/],
    ['thresholds the wrong way round', { screening: { reviewFrom: '0.7' } }, 'screening', /at most reviewFrom/],
    ['a pattern without reference', { numbering: { 'packing-list': 'PL' } }, 'numbering.packing-list', /\{reference\}/],
    ['a negative charge', { chargesBand: { amount: '-1' } }, 'chargesBand.amount', /negative/],
    ['a share above 1', { chargesBand: { share: '3' } }, 'chargesBand.share', /at most 1/],
    ['a band the wrong way round', { exchangeCostBand: { least: '9' } }, 'exchangeCostBand', /least/],
    ['a category of 5', { category: 5 }, 'category', /./],
  ])('refuses %s', (_what, changes, field, message) => {
    const { error } = settingsSentSchema.safeParse({ ...settingsExample, ...changes });
    expect(fieldErrors(error?.issues ?? [])).toContainEqual({ field, message: expect.stringMatching(message) });
  });

  it.each<[string, object, RegExp]>([
    ['neither picture nor hash', { mediaType: 'image/png' }, /base64: is missing/],
    ['a picture of another type', { mediaType: 'image/jpeg', base64: logoOf(2).base64 }, /another type/],
    ['a hash of another picture', { ...logoOf(2), sha256: 'a'.repeat(64) }, /another picture/],
    ['no base64', { mediaType: 'image/png', base64: '§' }, /not base64/],
    ['a hash that is none', { mediaType: 'image/png', sha256: 'ABC' }, /64 small/],
  ])('refuses a logo with %s', (_what, logo, message) => {
    expect(() => withLogo(logo)).toThrow();
    const letterhead = { ...settingsExample.exporter.letterhead, logo };
    const sent = { ...settingsExample, exporter: { ...settingsExample.exporter, letterhead } };
    const errors = fieldErrors(settingsSentSchema.safeParse(sent).error?.issues ?? []);
    expect(errors.map(({ field, message: words }) => `${field}: ${words}`).join('\n')).toMatch(message);
    expect(errors.every(({ field }) => field.startsWith('exporter.letterhead.logo'))).toBe(true);
  });
});

describe('the logo', () => {
  it('is shown by type, size and hash, and whole where that was asked for', () => {
    const kept = keptOf(withLogo(logoOf(3)));
    const shown = shownSettings(kept, false);
    expect(shown.exporter.letterhead?.logo).toEqual({
      mediaType: 'image/png',
      sizeBytes: solidPng(3, 3).length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(JSON.stringify(shown)).not.toContain(logoOf(3).base64);
    expect(shownSettings(kept, true).exporter.letterhead?.logo?.base64).toBe(logoOf(3).base64);
  });

  it('that is named by its hash is one that was saved before, and no other', () => {
    const kept = keptOf(withLogo(logoOf(3)));
    const named = settingsSentSchema.parse(shownSettings(kept, false));
    expect(keptOf(named, kept)).toEqual(kept);
    for (const before of [standing, keptOf(withLogo(logoOf(4)))])
      expect(settingsToKeep(named, logosIn(before))).toEqual({
        errors: [
          { field: 'settings.exporter.letterhead.logo.sha256', message: expect.stringMatching(/give the picture/) },
        ],
      });
  });

  it('that is left out is gone', () => {
    const kept = keptOf(withLogo(logoOf(3)));
    expect(keptOf(example, kept).exporter.letterhead).not.toHaveProperty('logo');
  });
});

it('whatever is shown can be sent back and changes nothing', () => {
  const text = fc.string({ minLength: 1, maxLength: 40 }).filter((value) => /^[^\p{Cc}]*\S[^\p{Cc}]*$/u.test(value));
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const settings = fc.record({
    exporter: fc.record({
      ...{ nameZh: text, nameEn: text, address: text },
      ...{ taxId: fc.constant('91330200MA0000000X'), customsCode: fc.constant('3302960000') },
      letterhead: optional(
        fc.record({
          lines: fc.array(text, { maxLength: 4 }),
          phone: optional(text),
          logo: optional(fc.integer({ min: 1, max: 9 }).map(logoOf)),
        }),
      ),
      signatory: optional(fc.record({ name: optional(text) })),
    }),
    category: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(settings, fc.boolean(), (handedIn, whole) => {
      const kept = keptOf(settingsSentSchema.parse(JSON.parse(JSON.stringify(handedIn))));
      const shown = JSON.parse(JSON.stringify(settingsShownSchema.parse(shownSettings(kept, whole))));
      expect(contentHashOf(keptOf(settingsSentSchema.parse(shown), kept))).toBe(contentHashOf(kept));
      expect(settingsSchema.parse(kept)).toEqual(kept);
    }),
    { numRuns: 60 },
  );
});
