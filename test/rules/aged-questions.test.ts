import { describe, expect, it } from '@jest/globals';
import type { CivilDate } from '../../rules/civil-date.ts';
import { type AgedList, agedQuestions } from '../../rules/compliance/aged-questions.ts';
import type { AgedRule } from '../../rules/compliance/aged-rules.ts';

const rule = (id: string, kind: string, verifiedOn: string): AgedRule => ({
  kind,
  table: 'rules',
  id,
  verifiedOn: verifiedOn as CivilDate,
  dueOn: '2027-05-01' as CivilDate,
  needsHumanConfirmation: true,
});
const list: AgedList = { list: 'sdn', version: 'ab12', importedOn: '2026-11-24', dueOn: '2026-12-01' };

describe('questions about what has grown old', () => {
  it('nothing old, nothing asked', () => expect(agedQuestions([], [])).toEqual([]));

  it('one a kind, by its oldest day, and one a list', () => {
    const aged = [
      rule('b', 'tariffs', '2026-11-24'),
      rule('a', 'safety', '2026-10-01'),
      rule('c', 'safety', '2026-09-01'),
    ];
    const asked = agedQuestions(aged, [list]);
    expect(asked.map(({ key }) => key)).toEqual([
      'reference-aged/safety/2026-09-01',
      'reference-aged/tariffs/2026-11-24',
      'reference-aged/list-sdn/ab12',
    ]);
    expect(asked[0]).toMatchObject({ ownerRole: 'operator', choices: [{ id: 'verified' }, { id: 'later' }] });
    expect(asked[0]?.evidence).toHaveLength(2);
    expect(asked[2]?.question).toContain('quayside reference import sdn FILE');
  });

  it('is the same question for the same data, and another once the oldest of it was verified', () => {
    const [before] = agedQuestions([rule('a', 'safety', '2026-09-01'), rule('b', 'safety', '2026-10-01')], []);
    const [again] = agedQuestions([rule('b', 'safety', '2026-10-01'), rule('a', 'safety', '2026-09-01')], []);
    const [after] = agedQuestions([rule('b', 'safety', '2026-10-01')], []);
    expect(again?.key).toBe(before?.key);
    expect(after?.key).not.toBe(before?.key);
  });

  it('counts what a person does not read in one task', () => {
    const [question] = agedQuestions(
      Array.from({ length: 33 }, (_, n) => rule(`rule-${n}`, 'safety', '2026-09-01')),
      [],
    );
    expect(question?.evidence).toHaveLength(21);
    expect(question?.evidence.at(-1)).toEqual({ label: 'and', value: '13 more' });
  });
});
