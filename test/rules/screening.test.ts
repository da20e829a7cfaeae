import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { screeningEntryOf } from '../../reference/importing/screening-entry.ts';
import { noRecords, type ReviewContext, type Screening } from '../../rules/compliance/review-context.ts';
import { findingId } from '../../rules/finding.ts';
import type { Order } from '../../rules/order/order.ts';
import type { ScreeningDecision, ScreeningEntry } from '../../rules/screening/entry.ts';
import { buildNameIndex } from '../../rules/screening/name-index.ts';
import { partyKey } from '../../rules/screening/normalise-name.ts';
import { screeningOf, screenName, screenOrder, wantsReview } from '../../rules/screening/screen.ts';
import { screenedName } from '../../rules/screening/screened-name.ts';
import { screeningFindings } from '../../rules/screening/screening-findings.ts';
import { settingsSchema } from '../../rules/settings.ts';
import { orderOf, reference } from './orders.ts';

const { screening: thresholds } = settingsSchema.parse({});

function entryOf(entryId: string, name: string, more: Partial<ScreeningEntry> = {}): ScreeningEntry {
  const plain = { source: null, type: 'other' as const, countries: ['CN'], programs: ['TEST'], remarks: null };
  return screeningEntryOf({ entryId, list: 'sdn', names: [name], ...plain, ...more });
}

const listed = [
  entryOf('1', 'NINGBO KARAT OPTICS CO., LTD.', { names: ['NINGBO KARAT OPTICS CO., LTD.', 'KARATOPTIK'] }),
  entryOf('2', 'KARAT OPTIK NINGBO'),
  entryOf('3', 'DALIAN VESPER SHIPPING'),
  entryOf('4', 'OCEAN VESPER', { type: 'vessel', countries: ['KP'] }),
];
const sdn = { list: 'sdn', version: 'abc123', entries: listed.length, importedAt: '2026-11-23T00:00:00Z' };
const index = buildNameIndex(listed, sdn);
const karat = { name: 'Ningbo Karat Optics', country: 'CN' };

const screened = (order: Order, decisions: ScreeningDecision[] = []) =>
  screenOrder(order, [index], decisions, thresholds);

function decisionOf(entry: ScreeningEntry, changes: Partial<ScreeningDecision> = {}): ScreeningDecision {
  return {
    party: partyKey(karat.name, karat.country),
    list: entry.list,
    entryId: entry.entryId,
    fingerprint: entry.fingerprint,
    decision: 'another-party',
    reason: 'another address and another business',
    decidedBy: 'operator',
    decidedAt: '2026-11-24T08:00:00Z',
    ...changes,
  };
}

describe('the parties of an order against the lists', () => {
  it('all of them, each once however often it is named', () => {
    const party = { name: 'Karatoptik', country: 'CN' };
    const order = orderOf({
      buyer: party,
      consignee: { ...party, name: 'KARATOPTIK' },
      notify: { name: 'Notify & Sons', country: 'US' },
      endUser: { name: 'End User Inc.', country: 'US' },
      payer: { name: 'Dalian Vesper Shipping', country: 'CN' },
      bank: { name: 'Bank of Nowhere', country: 'US' },
      transport: { mode: 'sea', vessel: 'M/V Ocean Vesper' },
    });
    const found = screened(order).map(({ where, alsoAt, outcome }) => [where, ...alsoAt, outcome]);
    expect(found).toEqual([
      ['buyer', 'consignee', 'review'],
      ['notify', 'clear'],
      ['endUser', 'clear'],
      ['payer', 'review'],
      ['bank', 'clear'],
      ['transport.vessel', 'review'],
    ]);
  });

  it('an entry is found by any of its names, with list, version, score and country', () => {
    const [party] = screened(orderOf({ buyer: { name: 'Karatoptik GmbH', country: 'DE' } }));
    expect(party?.candidates[0]).toMatchObject({
      entryId: '1',
      list: 'sdn',
      listVersion: 'abc123',
      name: 'KARATOPTIK',
      score: 1,
      countryAgrees: false,
      programs: ['TEST'],
    });
  });

  it('two candidates mean review, and neither is chosen', () => {
    const [party] = screened(orderOf({ buyer: karat }));
    expect(party).toMatchObject({ outcome: 'review' });
    expect(party?.candidates.map(({ entryId }) => entryId).sort()).toEqual(['1', '2']);
  });

  it('vessels are held against vessels only, and parties against no vessel', () => {
    expect(screened(orderOf({ buyer: { name: 'Ocean Vesper', country: 'KP' } }))[0]?.outcome).toBe('clear');
    const order = orderOf({ transport: { mode: 'sea', vessel: 'DALIAN VESPER SHIPPING' } });
    expect(screened(order)[1]).toMatchObject({ where: 'transport.vessel', outcome: 'clear' });
  });

  it('between the thresholds a country that differs lets a party pass, one that is not known does not', () => {
    const cases = [0.79, 0.8, 0.84, 0.85].map((score) =>
      [true, null, false].map((countryAgrees) => wantsReview({ score, countryAgrees }, thresholds)),
    );
    expect(cases).toEqual([
      [false, false, false],
      [true, true, false],
      [true, true, false],
      [true, true, true],
    ]);
  });

  it('a name that no list can be searched for says so', () => {
    const [party] = screened(orderOf({ buyer: { name: '山田太郎', country: 'JP' } }));
    expect(party).toMatchObject({ outcome: 'clear', unreadable: expect.stringContaining('Japanese') });
  });
});

describe('what a person decided', () => {
  it('silences exactly its party, list, entry and content', () => {
    const entries = fc.constantFrom(...listed);
    const change = fc.constantFrom<keyof ScreeningDecision | undefined>(
      undefined,
      'party',
      'list',
      'entryId',
      'fingerprint',
    );
    fc.assert(
      fc.property(entries, change, (entry, changed) => {
        const decision = decisionOf(entry, changed === undefined ? {} : { [changed]: 'changed' });
        const candidates = screened(orderOf({ buyer: karat }), [decision])[0]?.candidates ?? [];
        const silenced = listed.slice(0, 2).filter((one) => one === entry && changed === undefined);
        return (
          candidates.length === 2 - silenced.length &&
          candidates.every(({ entryId }) => entryId !== silenced[0]?.entryId)
        );
      }),
    );
  });

  it('about all candidates makes the party clear, and is counted', () => {
    const decisions = listed.slice(0, 2).map((entry) => decisionOf(entry));
    expect(screened(orderOf({ buyer: karat }), decisions)[0]).toMatchObject({ outcome: 'clear', decidedBefore: 2 });
  });

  it('that it is the listed party keeps it in review', () => {
    const decisions = listed.slice(0, 2).map((entry) => decisionOf(entry, { decision: 'this-party' }));
    expect(screened(orderOf({ buyer: karat }), decisions)[0]).toMatchObject({ outcome: 'review', decidedBefore: 0 });
  });

  it('does not hold for an entry that says something else', () => {
    const changed = entryOf('1', 'NINGBO KARAT OPTICS CO., LTD.', { remarks: 'new address' });
    expect(changed.fingerprint).not.toBe(entryOf('1', 'NINGBO KARAT OPTICS CO., LTD.').fingerprint);
  });
});

describe('a name alone', () => {
  it('is looked up without an order', () => {
    const found = screenName({ name: 'vesper shipping dalian', country: null, vessel: false }, [index], thresholds);
    expect(found).toMatchObject([{ entryId: '3', score: 1, countryAgrees: null }]);
  });

  it('is clear only when it was looked up', () => {
    const outcomeOf = (name: string, country: string | null, indexes = [index]) =>
      screenedName({ name, country, vessel: false }, indexes, thresholds).outcome;
    expect(outcomeOf('Notify & Sons', 'US')).toBe('clear');
    expect(outcomeOf('vesper shipping dalian', null)).toBe('review');
    expect(outcomeOf('山田太郎', 'JP')).toBe('review');
    expect(outcomeOf('Notify & Sons', 'US', [])).toBe('not-screened');
    expect(outcomeOf('山田太郎', 'JP', [])).toBe('not-screened');
  });
});

describe('findings', () => {
  const findings = (order: Order, screening: Screening | null, today = '2026-11-24') =>
    screeningFindings({
      order,
      documents: [],
      today: today as ReviewContext['today'],
      exportOn: today as ReviewContext['today'],
      entryOn: today as ReviewContext['today'],
      reference,
      exporter: null,
      records: { ...noRecords, screening },
    });
  const both = [index, buildNameIndex([], { ...sdn, list: 'csl' })];

  it('without records say that nobody looked', () => {
    expect(findings(orderOf(), null)).toMatchObject([{ rule: 'party-screening', kind: 'coverage', severity: 'info' }]);
  });

  it('block for a party that a person has to compare, and name score, list, version and the conflict of laws', () => {
    const order = orderOf({ buyer: karat });
    const [finding] = findings(order, screeningOf(order, both, [], thresholds));
    expect(finding).toMatchObject({
      rule: 'party-screening',
      kind: 'screening',
      severity: 'block',
      where: 'buyer',
      found: expect.stringMatching(/NINGBO KARAT OPTICS.*sdn 1, version abc123, score 1\.000, country agrees, TEST/),
      remedy: expect.stringContaining('foreign sanctions'),
    });
  });

  it('are others when the party resembles other entries, and the same when nothing changed', () => {
    const order = orderOf({ buyer: karat });
    const idWith = (decisions: ScreeningDecision[]) => {
      const [finding] = findings(order, screeningOf(order, both, decisions, thresholds));
      return finding && findingId(finding);
    };
    expect(idWith([])).toBe(idWith([]));
    const [first] = listed;
    expect(first && idWith([decisionOf(first)])).not.toBe(idWith([]));
  });

  it('for clear parties only say which lists were not looked at', () => {
    const order = orderOf();
    expect(findings(order, screeningOf(order, both, [], thresholds)).map(({ title }) => title)).toEqual([
      'China’s own lists were not looked at',
    ]);
    const titles = findings(order, screeningOf(order, [index], [], thresholds)).map(({ title }) => title);
    expect(titles).toContain('The parties were not held against the Consolidated Screening List (trade.gov)');
  });

  it('tell of a list that is older than the data lets it grow', () => {
    const order = orderOf();
    const screening = screeningOf(order, both, [], thresholds);
    const old = (today: string) =>
      findings(order, screening, today).filter(({ title }) => title.includes('days ago')).length;
    expect([old('2026-11-25'), old('2026-11-26')]).toEqual([0, 2]);
  });

  it('warn of a name that could not be looked up', () => {
    const order = orderOf({ buyer: { name: '山田太郎', country: 'JP' } });
    expect(findings(order, screeningOf(order, both, [], thresholds))[0]).toMatchObject({
      kind: 'coverage',
      severity: 'warn',
    });
  });
});

describe('thresholds', () => {
  it('lie between 0 and 1, the lower below the upper', () => {
    const read = (screening: object) => settingsSchema.safeParse({ screening }).success;
    expect(read({ reviewFrom: '0.9' })).toBe(true);
    expect(read({ reviewFrom: '1.1' })).toBe(false);
    expect(read({ reviewFrom: '0.7' })).toBe(false);
    expect(read({ reviewFrom: '0.7', reviewWithCountryFrom: '0.6' })).toBe(true);
  });
});

describe('the key under which a decision is remembered', () => {
  it('is one for L.L.C. and LLC, and two for Ltd and GmbH', () => {
    expect(partyKey('Harbor Home L.L.C.', 'US')).toBe(partyKey('Harbor Home LLC', 'US'));
    expect(partyKey('Sunrise Ltd', 'DE')).not.toBe(partyKey('Sunrise GmbH', 'DE'));
  });
});
