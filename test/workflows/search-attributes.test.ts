import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CivilDate } from '../../rules/civil-date.ts';
import type { Closing, OpenWait, ShipmentState } from '../../workflows/carried.ts';
import { newShipment } from '../../workflows/carry-over.ts';
import { changedAttributes, searchAttributeTypes, shownAttributes } from '../../workflows/search-attributes.ts';

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
    lines: 1,
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

/** What of a shipment its attributes show, by their names in the engine. */
interface Known {
  Stage: string;
  MoneyStage: string | null;
  Destination: string | null;
  WaitingOn: string[] | null;
  OpenHolds: string[] | null;
  NextDeadline: Date | null;
  DeclarationNumber: string | null;
}

const listed = <T extends string>(...all: T[]) =>
  fc.subarray(all).map((some) => (some.length === 0 ? null : [...some].sort()));
const known: fc.Arbitrary<Known> = fc.record({
  Stage: fc.constantFrom('departure', 'arrival', 'delivery'),
  MoneyStage: fc.constantFrom(null, 'three-way-check', 'refund-claim'),
  Destination: fc.constantFrom(null, 'US', 'DE'),
  WaitingOn: listed('broker', 'buyer', 'carrier', 'tax-bureau'),
  OpenHolds: listed('CBP', 'CBP exam', 'FDA'),
  NextDeadline: fc
    .constantFrom(null, '2026-12-10T15:59:59.000Z', '2027-04-30T15:59:59.000Z')
    .map((at) => at && new Date(at)),
  DeclarationNumber: fc.constantFrom(null, '310120260000123456'),
});

/** A shipment of which just that is known; without a wait no deadline runs. */
function shownOf({ Stage, MoneyStage, Destination, WaitingOn, OpenHolds, NextDeadline, DeclarationNumber }: Known) {
  const state = busyState();
  state.stages = { trunk: null, logistics: Stage, money: MoneyStage } as ShipmentState['stages'];
  state.order = Destination && state.order ? { ...state.order, destination: Destination } : null;
  const dueAt = NextDeadline?.toISOString();
  state.waits = (WaitingOn ?? []).map((party) => wait(party as OpenWait['fromWhom'], dueAt));
  state.destination.holds = OpenHolds ?? [];
  state.declaration.number = DeclarationNumber;
  return shownAttributes(state);
}

/** As in {@link known}, and consistent: a deadline is that of a wait. */
const consistent = known.map((one) => (one.WaitingOn ? one : { ...one, NextDeadline: null }));
const names = Object.keys(searchAttributeTypes).filter((name) => name !== 'Organisation' && name !== 'Simulated');

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
      fc.property(consistent, (one) => {
        expect(changedAttributes(shownOf(one), shownOf(one))).toEqual([]);
      }),
    );
  });
  it('are changed where a value changed and only there, each once, and emptied where nothing is left', () => {
    fc.assert(
      fc.property(consistent, consistent, (before, after) => {
        const pairs = changedAttributes(shownOf(before), shownOf(after));
        const changed = (Object.entries(after) as [keyof Known, unknown][]).filter(
          ([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value),
        );
        expect(pairs).toHaveLength(changed.length);
        expect(byName(pairs)).toEqual(Object.fromEntries(changed));
      }),
    );
  });
  it('are of the type that the engine registers', () => {
    const types = {
      Keyword: expect.any(String),
      KeywordList: expect.any(Array),
      Datetime: expect.any(Date),
      Bool: true,
    };
    const told = byName(changedAttributes(null, shownAttributes(busyState())));
    expect(Object.keys(told).sort()).toEqual([...names].sort());
    for (const [name, value] of Object.entries(told))
      expect(value).toEqual(types[searchAttributeTypes[name as keyof typeof searchAttributeTypes]]);
  });
  it('name ten holds at most and say that there are more: the engine ends a workflow whose attribute is too long', () => {
    const state = busyState();
    state.destination.holds = Array.from({ length: 20 }, (_, n) => `${n}${'验'.repeat(55)}`);
    const { OpenHolds } = byName(changedAttributes(null, shownAttributes(state)));
    expect(OpenHolds).toHaveLength(11);
    expect(OpenHolds).toContain('…');
    expect(Buffer.byteLength(JSON.stringify(OpenHolds))).toBeLessThan(2048);
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
