import { describe, expect, it } from '@jest/globals';
import type { ScreenedParty, Screening } from '../../rules/compliance/review-context.ts';
import { questionsOf, warningsQuestion } from '../../rules/compliance/review-questions.ts';
import { type Finding, findingKey } from '../../rules/finding.ts';
import { reference } from './orders.ts';

const rule = 'us-fcc-certification';
const finding = (changes: Partial<Finding> = {}): Finding => ({
  rule,
  kind: 'certificate',
  severity: 'block',
  title: 'Radio equipment without a grant',
  where: 'lines[0].certificates',
  expected: 'a grant',
  found: 'none',
  remedy: 'Hand it in.',
  due: 'before-export',
  source: 'test',
  ...changes,
});
const at = (line: number, changes: Partial<Finding> = {}) =>
  finding({ where: `lines[${line}].certificates`, ...changes });
const ask = (...findings: Finding[]) => questionsOf(findings, reference, null);
const choices = (question: ReturnType<typeof ask>[number] | undefined) => question?.choices.map(({ id }) => id);

describe('questions of what blocks', () => {
  it('one finding is one question, and its own answer', () => {
    const [question] = ask(at(0));
    expect(question).toMatchObject({ key: `review/${rule}/lines[0].certificates`, wantsDocument: 'certificate-fcc' });
    expect(question).not.toHaveProperty('covers');
    expect(choices(question)).toEqual(['supplied', 'not-required', 'cancel']);
  });

  it('one rule in several lines is one question that names them all', () => {
    const [question, ...others] = ask(at(0), at(3), at(4));
    expect(others).toEqual([]);
    expect(question).toMatchObject({
      key: `review/${rule}/lines[0,3,4].certificates`,
      covers: [0, 3, 4].map((line) => `${rule}@lines[${line}].certificates`),
    });
    expect(question?.evidence.filter(({ label }) => label === 'where')).toHaveLength(3);
  });

  it('fifty lines keep a key that can be read, and evidence that a person reads', () => {
    const [question] = ask(...Array.from({ length: 50 }, (_, line) => at(line)));
    expect(question?.covers).toHaveLength(50);
    expect(question?.key.length).toBeLessThanOrEqual(`review/${rule}/`.length + 120);
    expect(question?.evidence).toContainEqual({ label: 'and', value: '30 more' });
  });

  it('another title is another question: a paper that is missing, and one that says something else', () => {
    expect(ask(at(0), at(1, { title: 'The grant says something else: model' }))).toHaveLength(2);
  });

  it('whether an undecided rule applies is asked apart, and wants no paper yet', () => {
    const [open, missing] = ask(at(0, { undecided: true, where: 'lines[0].attributes' }), at(1));
    expect(choices(open)).toEqual(['applies', 'does-not-apply', 'supplied', 'cancel']);
    expect(open).not.toHaveProperty('wantsDocument');
    expect(missing?.wantsDocument).toBe('certificate-fcc');
  });

  it('a check that is no rule of the book wants no paper', () => {
    expect(ask(finding({ rule: 'line-total', kind: 'total' }))[0]).not.toHaveProperty('wantsDocument');
  });
});

describe('questions of screening', () => {
  const party = (where: string, name: string): ScreenedParty => ({
    where,
    alsoAt: [],
    name,
    country: 'US',
    outcome: 'review',
    candidates: [
      {
        list: 'sdn',
        listVersion: '1',
        source: null,
        entryId: '7',
        fingerprint: 'f-7',
        name: 'LISTED',
        programs: [],
        countries: [],
        score: 0.9,
        countryAgrees: null,
      },
    ],
    more: 0,
    decidedBefore: 0,
    unreadable: null,
  });
  const screening: Screening = { lists: [], parties: [party('buyer', 'Listed LLC'), party('payer', 'Lister Ltd')] };
  const found = (where: string) =>
    finding({
      rule: 'party-screening',
      kind: 'screening',
      title: 'resembles a listed party',
      where,
      of: `of-${where}`,
    });

  it('each party is asked about alone, with the pairs that an answer decides upon', () => {
    const asked = questionsOf([found('buyer'), found('payer')], reference, screening);
    expect(asked).toMatchObject([
      {
        covers: ['party-screening@buyer#of-buyer'],
        screened: [{ party: 'listed llc|US', list: 'sdn', entryId: '7', fingerprint: 'f-7' }],
      },
      { screened: [{ party: 'lister ltd|US' }] },
    ]);
    expect(choices(asked[0])).toEqual(['another-party', 'proceed', 'cancel']);
  });
});

describe('the question of warnings', () => {
  const warning = (line: number) => at(line, { severity: 'warn' });

  it('there is none where nothing warns', () => expect(warningsQuestion([])).toBeNull());

  it('is one for all, each title once', () => {
    const question = warningsQuestion([warning(0), warning(1), finding({ severity: 'warn', title: 'Ex works' })]);
    expect(question?.question).toBe(
      '3 warnings: Radio equipment without a grant; Ex works. Mend them, or accept them with the reason.',
    );
    expect(question?.choices.map(({ id }) => id)).toEqual(['accepted', 'mended', 'cancel']);
    expect(question?.covers).toEqual(
      [warning(0), warning(1), finding()].map((one) => findingKey({ ...one, severity: 'warn' })),
    );
  });

  it('more than a person reads in one task are counted, and still answered together', () => {
    const question = warningsQuestion(Array.from({ length: 25 }, (_, line) => warning(line)));
    expect(question?.evidence).toHaveLength(21);
    expect(question?.evidence.at(-1)).toMatchObject({ label: 'and', value: expect.stringContaining('5 more') });
    expect(question?.covers).toHaveLength(25);
  });
});

describe('what a person has answered for', () => {
  it('is the finding as it stood: who accepted a warning has not waived what blocks later', () => {
    const of = { rule: 'us-covered-list', where: 'lines[0].certificates' };
    expect(findingKey({ ...of, severity: 'warn' })).not.toBe(findingKey({ ...of, severity: 'block' }));
    expect(findingKey({ ...of, severity: 'block' })).toBe('us-covered-list@lines[0].certificates');
  });
});
