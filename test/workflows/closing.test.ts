import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CivilDate } from '../../rules/civil-date.ts';
import {
  type DeclarationEnd,
  type LogisticsEnd,
  type MoneyEnd,
  type Outcome,
  outcomes,
  type ShipmentState,
} from '../../workflows/carried.ts';
import { newShipment } from '../../workflows/carry-over.ts';
import { closingOf } from '../../workflows/closing.ts';

const at = '2027-02-01T08:00:00Z';
const refund = { amount: '8580.00', currency: 'CNY' } as const;

const released: DeclarationEnd = { kind: 'released', at, declarationNumber: '310120260000123456' };
const declarationEnds: (DeclarationEnd | null)[] = [
  null,
  released,
  { kind: 'seized', because: 'counterfeit at the export inspection' },
  { kind: 'refused', because: 'returned and given up' },
  { kind: 'withdrawn', because: 'deleted by customs' },
];
const [, , seizedAtExport, refused, withdrawn] = declarationEnds;

const delivered: LogisticsEnd = { kind: 'delivered', at };
const returned: LogisticsEnd = { kind: 'returned', because: 'the buyer sent them back' };
const seizedAbroad: LogisticsEnd = { kind: 'seized', because: 'seized at the destination' };
const lost: LogisticsEnd = { kind: 'lost', because: 'lost at sea' };
const withdrawnAfterRelease: LogisticsEnd = { kind: 'withdrawn', because: 'deleted after release' };
const logisticsEnds = [null, delivered, returned, seizedAbroad, lost, withdrawnAfterRelease];

const refunded: MoneyEnd = { kind: 'refunded', amount: refund, on: '2027-01-20' as CivilDate };
const exempt: MoneyEnd = { kind: 'exempt', because: 'exempt without refund' };
const taxed: MoneyEnd = { kind: 'taxed', because: 'the right to claim ended' };
const unclaimed: MoneyEnd = { kind: 'unclaimed', because: 'written off' };
const moneyEnds: (MoneyEnd | null)[] = [null, refunded, exempt, taxed, unclaimed];

type Ends = {
  declaration?: DeclarationEnd | null;
  logistics?: LogisticsEnd | null;
  money?: MoneyEnd | null;
  calledOff?: string;
};

function endedAs({ declaration = null, logistics = null, money = null, calledOff }: Ends): ShipmentState {
  const state = newShipment({ organisation: 'acme', reference: 'LAMPS-1', simulated: false }, '2026-11-24T08:00:00Z');
  state.declaration.end = declaration;
  state.transport.end = logistics;
  state.money.end = money;
  state.cancelled = calledOff === undefined ? null : { reason: calledOff, at };
  return state;
}

describe('the one outcome of a shipment', () => {
  it.each<[Outcome, string, Ends]>([
    ['refunded', 'released, delivered, refunded', { declaration: released, logistics: delivered, money: refunded }],
    [
      'refunded',
      'the goods came back, and the bureau agreed that the refund stands',
      { declaration: released, logistics: returned, money: refunded },
    ],
    ['refunded', 'seized abroad after the refund', { declaration: released, logistics: seizedAbroad, money: refunded }],
    ['refunded', 'lost at sea after the refund', { declaration: released, logistics: lost, money: refunded }],
    ['seized', 'seized at the export inspection', { declaration: seizedAtExport }],
    [
      'seized',
      'seized at the destination, nothing claimed',
      { declaration: released, logistics: seizedAbroad, money: unclaimed },
    ],
    [
      'seized',
      'seized at the destination, and taxed at home',
      { declaration: released, logistics: seizedAbroad, money: taxed },
    ],
    ['lost', 'lost at sea, nothing claimed', { declaration: released, logistics: lost, money: unclaimed }],
    ['lost', 'lost at sea, exempt goods', { declaration: released, logistics: lost, money: exempt }],
    [
      'returned',
      'the goods came back before a claim',
      { declaration: released, logistics: returned, money: unclaimed },
    ],
    ['returned', 'the goods came back, and are taxed', { declaration: released, logistics: returned, money: taxed }],
    ['refused', 'customs returned the declaration, and it was given up', { declaration: refused }],
    ['refused', 'refused, and called off as well', { declaration: refused, calledOff: 'sold out' }],
    ['cancelled', 'called off before filing', { calledOff: 'sold out' }],
    ['cancelled', 'customs deleted the declaration', { declaration: withdrawn }],
    [
      'cancelled',
      'customs deleted the declaration after the release',
      { declaration: released, logistics: withdrawnAfterRelease, money: unclaimed },
    ],
    ['taxed', 'delivered, treated as a domestic sale', { declaration: released, logistics: delivered, money: taxed }],
    ['exempt', 'delivered, exempt without refund', { declaration: released, logistics: delivered, money: exempt }],
    ['unclaimed', 'delivered, written off', { declaration: released, logistics: delivered, money: unclaimed }],
  ])('%s: %s', (outcome, _, ends) => {
    expect(closingOf(endedAs(ends), at).outcome).toBe(outcome);
  });

  /** What must be true of the ends for an outcome to be said; in the order in which the first true one is taken. */
  const inOrder: [Outcome, (state: ShipmentState) => boolean][] = [
    ['refunded', ({ money }) => money.end?.kind === 'refunded'],
    ['seized', ({ declaration, transport }) => [declaration.end?.kind, transport.end?.kind].includes('seized')],
    ['lost', ({ transport }) => transport.end?.kind === 'lost'],
    ['returned', ({ transport }) => transport.end?.kind === 'returned'],
    ['refused', ({ declaration }) => declaration.end?.kind === 'refused'],
    [
      'cancelled',
      ({ cancelled, declaration, transport }) =>
        cancelled !== null || [declaration.end?.kind, transport.end?.kind].includes('withdrawn'),
    ],
    ['taxed', ({ money }) => money.end?.kind === 'taxed'],
    ['exempt', ({ money }) => money.end?.kind === 'exempt'],
    ['unclaimed', () => true],
  ];

  it('is always in the union, true of the ends, and the first that is true', () => {
    expect(inOrder.map(([outcome]) => outcome).sort()).toEqual([...outcomes].sort());
    for (const declaration of declarationEnds)
      for (const logistics of logisticsEnds)
        for (const money of moneyEnds)
          for (const calledOff of [undefined, 'sold out']) {
            const state = endedAs({ declaration, logistics, money, calledOff });
            const first = inOrder.find(([, isTrue]) => isTrue(state))?.[0];
            expect(closingOf(state, at).outcome).toBe(first);
          }
  });
});

describe('the closing record', () => {
  const anyEnd = fc
    .record({
      declaration: fc.constantFrom(...declarationEnds),
      logistics: fc.constantFrom(...logisticsEnds),
      money: fc.constantFrom(...moneyEnds),
      calledOff: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
    })
    .map(({ calledOff, ...ends }) => ({ ends, calledOff, state: endedAs({ ...ends, calledOff }) }));

  it('carries the ends of all parts, its moment, and a refund only where the outcome is refunded', () => {
    fc.assert(
      fc.property(anyEnd, ({ state, ends }) => {
        const closing = closingOf(state, at);
        expect(closing.ends).toEqual(ends);
        expect(closing.closedAt).toBe(at);
        expect(closing.refund).toEqual(closing.outcome === 'refunded' ? refund : null);
      }),
    );
  });
  it('gives every reason that a part has, the reason of calling off first', () => {
    fc.assert(
      fc.property(anyEnd, ({ state, ends, calledOff }) => {
        const given = [ends.declaration, ends.logistics, ends.money].flatMap((end) =>
          end && 'because' in end ? [end.because] : [],
        );
        expect(closingOf(state, at).reasons).toEqual([...(calledOff === undefined ? [] : [calledOff]), ...given]);
      }),
    );
  });
  it('changes nothing in the shipment', () => {
    const state = endedAs({ declaration: released, logistics: returned, money: refunded });
    const before = structuredClone(state);
    closingOf(state, at);
    expect(state).toEqual(before);
  });
});
