import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadReference } from '../../reference/load.ts';
import {
  alpha3Of,
  isSameUnit,
  marketOf,
  supervisionCodeOf,
  unitOf,
  wrapCodeOf,
} from '../../rules/classification/codes.ts';
import { channelMeanings } from '../../rules/declaration/channels.ts';
import { reference } from './orders.ts';

const directory = join(__dirname, '../../reference');

/** Loads a copy of the reference data in which one file was changed. */
function loadChanged(file: string, change: (text: string) => string) {
  const copy = mkdtempSync(join(tmpdir(), 'reference-'));
  cpSync(directory, copy, { recursive: true });
  writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
  return () => loadReference(copy);
}

describe('the reference data', () => {
  it('gives every item its source and its days in force', () => {
    const lists = Object.values(reference).filter((list): list is never => Array.isArray(list));
    for (const item of lists.flat() as {
      source: string;
      effectiveFrom: string;
      effectiveTo: string | null;
      needsHumanConfirmation: boolean;
    }[]) {
      expect(item.source.length).toBeGreaterThan(0);
      expect(item.effectiveFrom).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(typeof item.needsHumanConfirmation).toBe('boolean');
    }
  });

  it('cannot be changed by anyone who is handed it', () => {
    expect(() => reference.rebateRates.push({} as never)).toThrow(TypeError);
    expect(Object.isFrozen(reference.units[0]?.names)).toBe(true);
  });

  it('refuses two values in force on one day', () => {
    const load = loadChanged('rates/rebate-rates.yaml', (text) =>
      text.replace('effectiveTo: 2026-03-31', 'effectiveTo: 2026-04-01'),
    );
    expect(load).toThrow(/rebate-rates\.yaml:\d+: two values of .* are in force on 2026-04-01/);
  });

  it('refuses a name that stands for two units', () => {
    const load = loadChanged('codes/units.yaml', (text) => text.replace('names: [unit, units]', 'names: [unit, kg]'));
    expect(load).toThrow(/units\.yaml:\d+: kg stands for/);
  });

  it.each([
    [
      'other: [packing, origin], field: packages',
      'other: [paking, origin], field: packages',
      'neither a kind nor a family',
    ],
    ['followsFrom: [line-total]', 'followsFrom: [line-totals]', 'follows from line-totals, which is no row'],
  ])('refuses a comparison of what is not there: %s', (from, to, reason) => {
    const load = loadChanged('document-comparisons/rows.yaml', (text) => text.replace(from, to));
    expect(load).toThrow(new RegExp(`rows\\.yaml:\\d+: .*${reason}`));
  });

  it('names file and place of what is wrong', () => {
    const load = loadChanged('codes/customs-channels.yaml', (text) =>
      text.replace('meaning: received', 'meaning: arrived'),
    );
    expect(load).toThrow(/codes\/customs-channels\.yaml:\d+: channels\.\d+\.meaning: /);
  });

  it.each(['codes/units.yaml', 'rates/rebate-rates.yaml', 'rules/checks.yaml', 'rules/generic-names.yaml'])(
    'names file and line where %s is no YAML, or says what is no field',
    (file) => {
      expect(loadChanged(file, (text) => `${text}\n  - { id: [`)).toThrow(new RegExp(`${file}:\\d+: `));
      expect(loadChanged(file, (text) => `colour: red\n${text}`)).toThrow(`${file}:1: colour is no field of it`);
    },
  );

  it('names file and line of a name that two entries of common goods claim', () => {
    const load = loadChanged('codes/common-goods/electrical.yaml', (text) =>
      text.replace('goods:\n', 'goods:\n  - { hs: "851821", zh: [某物], en: [sofa, sofas] }\n'),
    );
    expect(load).toThrow(/codes\/common-goods\/[a-z-]+\.yaml:\d+: /);
  });

  it.each(['ZZ', 'UK'])('refuses a rule of the market %s, which is none', (market) => {
    const load = loadChanged('rules/us/us-gcc-clothing-storage.yaml', (text) =>
      text.replace('markets: [US]', `markets: [US, ${market}]`),
    );
    expect(load).toThrow(
      `us-gcc-clothing-storage.yaml:3: markets.1: ${market} is no country of codes/countries.yaml, nor EU or NI`,
    );
  });

  it.each(['EU', 'NI', 'HK'])('takes a rule of the market %s', (market) => {
    const load = loadChanged('rules/us/us-gcc-clothing-storage.yaml', (text) =>
      text.replace('markets: [US]', `markets: [${market}]`),
    );
    expect(load().rules.find(({ id }) => id === 'us-gcc-clothing-storage')?.markets).toEqual([market]);
  });

  it('refuses a rate of zero called a refund: zero does not say exempt or taxed', () => {
    const load = loadChanged('rates/rebate-rates.yaml', (text) =>
      text.replace(/rebateRatePercent: .6./, "rebateRatePercent: '0'"),
    );
    expect(load).toThrow(/a rate above zero goes with REFUND/);
  });
});

describe('code tables', () => {
  it.each([
    ['千克', '035'],
    ['KG', '035'],
    ['ｋｇ', '035'],
    ['035', '035'],
    ['公斤', '035'],
    ['个', '007'],
    ['pcs', '007'],
    ['件', '011'],
    ['台', '001'],
    ['双', '025'],
  ])('the unit %s is %s', (name, code) => expect(unitOf(name, reference)?.code).toBe(code));

  it('does not guess at a unit that it does not know', () => expect(unitOf('handful', reference)).toBeUndefined());

  it('takes two unknown units for one only when they are written alike', () => {
    expect(isSameUnit('Handful', 'handful ', reference)).toBe(true);
    expect(isSameUnit('handful', 'kg', reference)).toBe(false);
    expect(isSameUnit('千克', 'kg', reference)).toBe(true);
    expect(isSameUnit('千克', '个', reference)).toBe(false);
  });

  it('leaves a bare pallet without a code: natural wood needs a treatment mark', () => {
    expect(wrapCodeOf('pallet', reference)).toBeUndefined();
    expect(wrapCodeOf('天然木托', reference)).toBe('93');
    expect(wrapCodeOf('Carton', reference)).toBe('22');
  });

  it('knows the market of a country', () => {
    const on = '2026-11-24' as Parameters<typeof marketOf>[1];
    expect(marketOf('DE', on, reference)).toBe('EU');
    expect(marketOf('GB', on, reference)).toBe('GB');
    expect(alpha3Of('DE', reference)).toBe('DEU');
  });

  it.each([
    ['general-trade', '0110'],
    ['direct-mail', '9610'],
    ['bonded', '1210'],
    ['overseas-warehouse', '9810'],
  ] as const)('chooses for %s the mode %s', (model, code) =>
    expect(supervisionCodeOf({ model }, reference)).toBe(code),
  );

  it.each([
    ['L', 'received'],
    ['E', 'returned'],
    ['9', 'failed'],
    ['C', 'inspection-ordered'],
    ['#', 'released-for-port'],
    ['R', 'closed'],
    ['D', 'withdrawn'],
  ])('channel %s means %s', (code, meaning) => expect(reference.customsChannels[code]).toBe(meaning));

  it('uses every meaning, and leaves an unknown channel unknown', () => {
    expect(new Set(Object.values(reference.customsChannels))).toEqual(new Set(channelMeanings));
    expect(reference.customsChannels.Q).toBeUndefined();
  });
});
