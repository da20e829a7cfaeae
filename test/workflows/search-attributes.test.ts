import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CivilDate } from '../../rules/civil-date.ts';
import { type Closing, newShipment, type OpenWait, type ShipmentState } from '../../workflows/carried.ts';
import { changedAttributes, searchAttributeTypes, shownAttributes } from '../../workflows/search-attributes.ts';

type Shown = ReturnType<typeof shownAttributes>;
type Pairs = ReturnType<typeof changedAttributes>;

const asOf = '2026-11-24T08:00:00.000Z';
const newState = () => newShipment({ organisation: 'acme', reference: 'LAMPS-1', simulated: false }, asOf);
const byName = (pairs: Pairs) => Object.fromEntries(pairs.map(({ key, value }) => [key.name, value]));

const wait = (fromWhom: OpenWait['fromWhom'], dueAt?: string): OpenWait => ({
  id: `departure/${fromWhom}`,
  what: 'departure',
  key: fromWhom,
  lane: 'logistics',
  fromWhom,
  since: asOf,
  startedAt: asOf,
  round: 1,
  warned: 0,
  deadline: dueAt ? ({ dueAt, warnAt: [] } as unknown as OpenWait['deadline']) : null,
});

/** A shipment about which every attribute has something to say. */
function busyState(): ShipmentState {
  const state = newState();
  state.stages = { trunk: null, logistics: 'destination-clearance', money: 'receipts-and-invoices' };
  state.order = {
    orderedOn: '2026-11-02' as CivilDate,
    destination: 'US',
    transportMode: 'sea',
    total: { amount: '12345.67', currency: 'USD' },
    instalments: [],
    goods: 'lamps for Hearth & Lantern',
    claimBeforeReceipt: false,
    channels: {},
    archivePapers: [],
  };
  state.waits = [
    wait('carrier', '2026-12-20T15:59:59.000Z'),
    wait('buyer', '2026-12-10T15:59:59.000Z'),
    wait('broker'),
  ];
  state.destination.holds = ['CBP', 'FDA'];
  state.declaration.number = '310120260000999999';
  return state;
}

const values: { [Name in keyof Shown]: fc.Arbitrary<string> } = {
  stage: fc.constantFrom('intake', 'arrival', 'closed'),
  moneyStage: fc.constantFrom('', 'three-way-check', 'refund-claim'),
  destination: fc.constantFrom('', 'US', 'DE'),
  waitingOn: fc.constantFrom('', 'buyer', 'broker carrier', 'buyer carrier customs'),
  openHolds: fc.constantFrom('', 'CBP', 'CBP FDA'),
  nextDeadline: fc.constantFrom('', '2026-12-10T15:59:59.000Z', '2027-04-30T15:59:59.000Z'),
  declarationNumber: fc.constantFrom('', '310120260000999999'),
};
const shown = fc.record(values) as fc.Arbitrary<Shown>;

/** What an attribute holds in the engine, as text. */
const asText = (value: unknown) =>
  value === null || value === undefined
    ? ''
    : value instanceof Date
      ? value.toISOString()
      : Array.isArray(value)
        ? value.join(' ')
        : String(value);

const nameInEngine = (name: keyof Shown) => `${name[0]?.toUpperCase()}${name.slice(1)}`;

describe('the search attributes of a shipment', () => {
  it('show everything that is known the first time, and nothing that is not', () => {
    expect(byName(changedAttributes(null, shownAttributes(newState())))).toEqual({ Stage: 'intake' });
    expect(byName(changedAttributes(null, shownAttributes(busyState())))).toEqual({
      Stage: 'destination-clearance',
      MoneyStage: 'receipts-and-invoices',
      Destination: 'US',
      WaitingOn: ['broker', 'buyer', 'carrier'],
      OpenHolds: ['CBP', 'FDA'],
      NextDeadline: new Date('2026-12-10T15:59:59.000Z'),
      DeclarationNumber: '310120260000999999',
    });
  });
  it('need no call while nothing changes', () => {
    fc.assert(
      fc.property(shown, (one) => {
        expect(changedAttributes(one, { ...one })).toEqual([]);
      }),
    );
  });
  it('are changed where a value changed and only there, each once, and emptied where it is empty', () => {
    fc.assert(
      fc.property(shown, shown, (before, after) => {
        const pairs = changedAttributes(before, after);
        const names = pairs.map(({ key }) => key.name);
        const changed = (Object.keys(after) as (keyof Shown)[]).filter((name) => before[name] !== after[name]);
        expect([...names].sort()).toEqual(changed.map(nameInEngine).sort());
        const told = byName(pairs);
        for (const name of changed) {
          expect(asText(told[nameInEngine(name)])).toBe(after[name]);
          if (after[name] === '') expect(told[nameInEngine(name)]).toBeNull();
        }
      }),
    );
  });
  it('are of the type that the engine registers', () => {
    fc.assert(
      fc.property(shown, shown, (before, after) => {
        for (const { key, value } of changedAttributes(before, after)) {
          const type = searchAttributeTypes[key.name as keyof typeof searchAttributeTypes];
          if (value === null) continue;
          if (type === 'KeywordList') expect(value).toEqual(expect.arrayContaining([expect.any(String)]));
          else if (type === 'Datetime') expect(value).toBeInstanceOf(Date);
          else expect({ type, value }).toEqual({ type: 'Keyword', value: expect.any(String) });
        }
      }),
    );
  });
  it('forget what is over when the shipment closes', () => {
    const open = shownAttributes(busyState());
    const state = busyState();
    state.waits = [];
    state.destination.holds = [];
    state.closing = { outcome: 'refunded' } as Closing;
    expect(byName(changedAttributes(open, shownAttributes(state)))).toEqual({
      Stage: 'closed',
      MoneyStage: null,
      WaitingOn: null,
      OpenHolds: null,
      NextDeadline: null,
    });
  });
  it('carry no names and no amounts: they are not encrypted', () => {
    const state = busyState();
    state.money.receipts = [
      {
        receiptId: 'Hearth & Lantern Inc.',
        instalment: 1,
        amount: '12345.67',
        charges: '12.34',
        currency: 'USD',
        valueDate: '2026-12-01' as CivilDate,
      },
    ];
    state.claim.refundClaimed = { amount: '8580.00', currency: 'CNY' };
    state.claim.paid = { amount: { amount: '8580.00', currency: 'CNY' }, on: '2027-01-20' as CivilDate };
    state.documents = [{ documentId: 'doc-1', kind: 'certificate-cpc', holder: 'Hearth & Lantern Inc.' }];
    state.tasks.one = {
      id: 'one',
      kind: 'instalment-overdue',
      lane: 'money',
      title: 'Hearth & Lantern owes 12345.67 USD',
      ownerRole: 'finance',
      choices: ['keep-waiting'],
      askedAt: asOf,
      answer: { choice: 'keep-waiting', reason: 'Li Wei telephoned', evidence: [], at: asOf },
      moot: false,
    };
    state.cancelled = { reason: 'Li Wei said so', at: asOf };
    const told = JSON.stringify(byName(changedAttributes(null, shownAttributes(state))));
    expect(told).not.toMatch(/Hearth|Lantern|Li Wei|12345|12\.34|8580|USD|CNY/);
  });
});
