import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadReference } from '../../reference/load.ts';
import { reference } from './orders.ts';

const directory = join(__dirname, '../../reference');

/** Loads a copy of the reference data in which one file was changed. */
function loadChanged(file: string, change: (text: string) => string) {
  const copy = mkdtempSync(join(tmpdir(), 'duties-'));
  cpSync(directory, copy, { recursive: true });
  const text = readFileSync(join(copy, file), 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(join(copy, file), changed);
  return () => loadReference(copy);
}

describe('files on duties', () => {
  it.each([
    [
      'an unknown field',
      'trade-remedies/cases.yaml',
      (text: string) => text.replace('    product: Mattresses', '    goods: Mattresses'),
      /trade-remedies\/cases\.yaml:\d+: cases\.2\.(goods is no field|product)/,
    ],
    [
      'two rates on one day',
      'rates/duties/us.yaml',
      (text: string) => text.replace('effectiveTo: 2026-12-31', 'effectiveTo: 2027-01-01'),
      /rates\/duties\/us\.yaml:\d+: two values of section-232-wood 9401614011 are in force on 2027-01-01/,
    ],
    [
      'a rate of a layer that is not there',
      'rates/duties/us.yaml',
      (text: string) => text.replace('layer: section-301-china', 'layer: section-301'),
      /rates\/duties\/us\.yaml:\d+: there is no layer section-301/,
    ],
    [
      'a flat duty without its amount',
      'rates/low-value-relief.yaml',
      (text: string) => text.replace(/ {4}perTariffLine: .*\n/, ''),
      /low-value-relief\.yaml:\d+: rules\.4: perTariffLine goes with duty/,
    ],
    [
      'an agreement under another name',
      'trade-agreements/rcep.yaml',
      (text: string) => text.replace('id: rcep', 'id: rcep-2'),
      /trade-agreements\/rcep\.yaml:1: id is rcep-2, the file's name rcep/,
    ],
    [
      'two rules of one market under two ids',
      'rates/low-value-relief.yaml',
      (text: string) => text.replace('effectiveTo: 2026-06-30', 'effectiveTo: 2026-07-01'),
      /low-value-relief\.yaml:\d+: two values of EU are in force on 2026-07-01/,
    ],
    [
      'a rule that ends before it begins',
      'rates/low-value-relief.yaml',
      (text: string) => text.replace('effectiveTo: 2029-03-31', 'effectiveTo: 2019-03-31'),
      /low-value-relief\.yaml:\d+: gb-135-gbp ends before it begins/,
    ],
  ])('%s fails at load, with file and line', (_name, file, change, message) =>
    expect(loadChanged(file, change)).toThrow(message),
  );

  it('every member of the EU has its tax', () => {
    const taxed = reference.importTaxes.map(({ country }) => country);
    expect(reference.euMembers.map(({ country }) => country).filter((country) => !taxed.includes(country))).toEqual([]);
  });

  it('no case stands twice, and no question of a case', () => {
    const keys = reference.tradeRemedyCases.flatMap((one) => one.questions.map(({ id }) => `${one.id}/${id}`));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.every((key) => key.length <= 80)).toBe(true);
  });

  it('every item that nobody read in the law asks for confirmation', () =>
    expect(
      [
        reference.tradeRemedyCases,
        reference.dutyLayers,
        reference.layerRates,
        reference.importTaxes,
        reference.tradeAgreements,
      ]
        .flat()
        .every(({ needsHumanConfirmation }) => needsHumanConfirmation),
    ).toBe(true));
});
