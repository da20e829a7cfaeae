import { describe, expect, it } from '@jest/globals';
import { screeningEntryOf } from '../../reference/importing/screening-entry.ts';
import type { ScreeningEntry } from '../../rules/screening/entry.ts';
import { buildNameIndex } from '../../rules/screening/name-index.ts';
import { normaliseName } from '../../rules/screening/normalise-name.ts';
import { familyOf, personalLikeness } from '../../rules/screening/personal-name.ts';

const likeness = (asked: string, listed: string) =>
  personalLikeness(normaliseName(asked), normaliseName(listed), familyOf(listed));

function indexOf(type: ScreeningEntry['type'], name: string) {
  const entry = screeningEntryOf({
    entryId: '1',
    list: 'sdn',
    source: null,
    type,
    names: [name],
    countries: ['RU'],
    programs: ['TEST'],
    remarks: null,
  });
  return buildNameIndex([entry], { list: 'sdn', version: 'a', entries: 1, importedAt: '2026-11-23T00:00:00Z' });
}

describe('a name that leaves out names of a listed person, or has more of them', () => {
  it('is compared by a person, whatever the order', () => {
    const asked = ['Oleg Morozovsky', 'Morozovsky Oleg', 'MOROZOVSKY, O. Vladimirovich', 'Oleg V. Morozovsky'];
    for (const name of asked)
      expect([name, likeness(name, 'MOROZOVSKY, Oleg Vladimirovich') >= 0.86]).toEqual([name, true]);
    expect(likeness('Igor Ivanovich Setchkin', 'SETCHKIN, Igor')).toBeGreaterThanOrEqual(0.86);
  });

  it('scores more, the more of the longer name it has, and never as much as the whole', () => {
    const [two, three] = ['Hassan Barakat', 'Hassan Yusuf Barakat'].map((name) =>
      likeness(name, 'BARAKAT, Hassan Mahmoud Yusuf'),
    );
    expect(two).toBeLessThan(three ?? 0);
    expect(three).toBeLessThan(0.9);
  });

  it('needs two words that tell something, the surname and another', () => {
    for (const name of ['Morozovsky', 'O. Morozovsky', 'Oleg Vladimirovich', 'Sergei Morozovsky', 'Oleg Petrenko'])
      expect([name, likeness(name, 'MOROZOVSKY, Oleg Vladimirovich')]).toEqual([name, 0]);
  });

  it('is a Chinese or Korean name only when it is whole', () => {
    expect(likeness('Kim Yong', 'KIM, Yong Chol')).toBe(0);
    expect(likeness('Wang Jian', 'WANG, Jian Guo')).toBe(0);
    expect(likeness('Wang Jianguo', 'WANG, Jianguo Michael')).toBeGreaterThan(0.86);
  });

  it('counts for people and not for firms, in the list and in the order', () => {
    expect(indexOf('person', 'MOROZOVSKY, Oleg Vladimirovich').find('Oleg Morozovsky', 0.85)).toHaveLength(1);
    expect(indexOf('other', 'MOROZOVSKY OLEG VLADIMIROVICH').find('Oleg Morozovsky', 0.85)).toEqual([]);
    expect(likeness('Igor Setchkin Trading', 'SETCHKIN, Igor')).toBe(0);
  });
});
