import { describe, expect, it } from '@jest/globals';
import { addDays, type CivilDate } from '../../rules/civil-date.ts';
import { agedRules, type DatedReference, daysUntilOld } from '../../rules/compliance/aged-rules.ts';
import { reference } from './orders.ts';

const day = (text: string) => text as CivilDate;
const verifiedOn = day('2026-11-24');
const dated = {
  source: 's',
  verifiedOn,
  effectiveFrom: day('2020-01-01'),
  effectiveTo: null as CivilDate | null,
  needsHumanConfirmation: true,
};
const tables: DatedReference = {
  ruleAges: [
    { ...dated, kind: 'certificate-rules', days: 365, tables: ['rules'], ruleKinds: ['certificate'] },
    { ...dated, kind: 'export-control', days: 90, tables: ['rules'], ruleKinds: ['export-control'] },
    { ...dated, kind: 'duty-rates', days: 30, tables: ['layerRates'] },
    { ...dated, kind: 'other', days: 10_000, tables: [] },
  ],
  customsChannels: { '7': 'inspection' },
};
const idsOn = (today: string, more: Record<string, unknown>) =>
  agedRules({ ...tables, ...more }, day(today)).map(({ id }) => id);

describe('rules that nobody looked at for long', () => {
  it('are told from the day on which they are old', () => {
    const layerRates = [{ ...dated, layer: 'section-301', hsPrefix: '7326' }];
    expect(idsOn('2026-12-23', { layerRates })).toEqual([]);
    expect(agedRules({ ...tables, layerRates }, day('2026-12-24'))).toEqual([
      {
        kind: 'duty-rates',
        table: 'layerRates',
        id: 'section-301 7326',
        verifiedOn,
        dueOn: day('2026-12-24'),
        needsHumanConfirmation: true,
      },
    ]);
  });

  it('grow old by their kind, within one table too', () => {
    const rules = [
      { ...dated, id: 'eu-toys', kind: 'certificate' },
      { ...dated, id: 'cn-dual-use', kind: 'export-control' },
    ];
    expect(idsOn('2027-02-22', { rules })).toEqual(['cn-dual-use']);
    expect(idsOn('2027-11-24', { rules })).toEqual(['cn-dual-use', 'eu-toys']);
  });

  it('are not told when they have ended, and are when they are still to come', () => {
    const rules = [
      { ...dated, id: 'ended', kind: 'certificate', effectiveTo: day('2027-11-23') },
      { ...dated, id: 'ends-today', kind: 'certificate', effectiveTo: day('2027-11-24') },
      { ...dated, id: 'to-come', kind: 'certificate', effectiveFrom: day('2030-08-01') },
    ];
    expect(idsOn('2027-11-24', { rules })).toEqual(['ends-today', 'to-come']);
  });

  it('are one entry for the stretches that were verified together', () => {
    const rules = [
      { ...dated, id: 'eu-toys', kind: 'certificate', effectiveTo: day('2030-07-31') },
      { ...dated, id: 'eu-toys', kind: 'certificate', effectiveFrom: day('2030-08-01') },
    ];
    expect(idsOn('2027-11-24', { rules })).toEqual(['eu-toys']);
  });

  it('have the age of other where their table is not named', () => {
    const unheardOf = [{ ...dated, code: '110' }];
    expect(agedRules({ ...tables, unheardOf }, day('2060-01-01')).find(({ id }) => id === '110')?.kind).toBe('other');
    const ruleAges = tables.ruleAges.filter(({ kind }) => kind !== 'other');
    expect(() => agedRules({ ruleAges, unheardOf }, day('2060-01-01'))).toThrow(/says nothing of/);
  });
});

describe('the ages in the reference data', () => {
  it('let nothing be old on the day that it was verified, and everything a few years later', () => {
    expect(agedRules(reference, verifiedOn)).toEqual([]);
    const later = addDays(verifiedOn, 1_000);
    const tablesThen = new Set(agedRules(reference, later).map(({ table }) => table));
    for (const [table, items] of Object.entries(reference))
      if (Array.isArray(items) && items.length > 0 && table !== 'laboratories')
        expect([...tablesThen]).toContain(table);
  });

  it('name every table, so that `other` is only for those to come', () => {
    const later = addDays(verifiedOn, 1_000);
    expect(agedRules(reference, later).filter(({ kind }) => kind === 'other')).toEqual([]);
  });

  it.each([
    ['screening-lists', 2],
    ['duty-rates', 30],
    ['trade-remedies', 60],
    ['low-value-relief', 60],
    ['rebate-rates', 90],
    ['export-control', 90],
    ['certificate-rules', 365],
  ])('%s are old after %i days', (kind, days) => {
    expect(daysUntilOld(reference, kind, verifiedOn)).toBe(days);
  });

  it('say what is missing where a kind is not known', () => {
    expect(() => daysUntilOld(reference, 'tea-leaves', verifiedOn)).toThrow(/no kind tea-leaves on 2026-11-24: add it/);
  });
});
