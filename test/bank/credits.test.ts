import { describe, expect, it } from '@jest/globals';
import { creditsOf } from '../../activities/bank/credits.ts';
import type { Camt053Entry } from '../../activities/bank/wire.ts';
import { civilDateSchema } from '../../rules/civil-date.ts';

const on = civilDateSchema.parse('2026-11-24');
const entry = (changes: Partial<Camt053Entry>): Camt053Entry => ({
  entryReference: 'B-1',
  credit: true,
  bookedAmount: '100.00',
  currency: 'USD',
  charges: [],
  bookedOn: on,
  valueDate: on,
  remittance: [],
  references: [],
  reversal: false,
  status: 'booked',
  ...changes,
});
const idsOf = (...entries: Camt053Entry[]) =>
  creditsOf([{ account: 'A', currency: 'USD', statementId: 'S', entries }]).map(({ row }) => row.id);

describe('credits that a statement books', () => {
  it('leaves out what is pending or only told: the booked entry of the same reference will come', () =>
    expect(idsOf(entry({ status: 'pending' }), entry({ status: 'information' }), entry({}))).toEqual(['A/B-1']));

  it('leaves out debits, but keeps what the bank took back, under an id of its own', () =>
    expect(
      idsOf(
        entry({}),
        entry({ credit: false, bookedAmount: '-30.00', entryReference: 'B-2' }),
        entry({ credit: false, bookedAmount: '-100.00', reversal: true }),
        entry({ credit: true, reversal: true, entryReference: 'B-3' }),
        entry({ credit: false, bookedAmount: '-100.00', reversal: true, status: 'pending' }),
      ),
    ).toEqual(['A/B-1', 'A/B-1/reversal', 'A/B-3/reversal']));

  it('counts two alike', () => expect(idsOf(entry({}), entry({}))).toEqual(['A/B-1', 'A/B-1/2']));

  it('without a reference of the bank, the same entry has the same id in another file', () => {
    const nameless = entry({ entryReference: undefined, remittance: ['invoice 7'] });
    expect(idsOf(nameless)).toEqual(idsOf(nameless));
    expect(idsOf(nameless)).not.toEqual(idsOf({ ...nameless, bookedAmount: '100.01' }));
  });

  it('an id stays short enough to be answered about, however long the reference', () => {
    const [long, other] = idsOf(
      entry({ entryReference: 'x'.repeat(400) }),
      entry({ entryReference: 'x'.repeat(401), reversal: true }),
    );
    expect(long?.length).toBeLessThan(150);
    expect(other?.length).toBeLessThan(150);
    expect(other).not.toBe(long);
  });

  it('counts as charges those included and in the currency of the credit', () => {
    const charges = [
      { amount: '25.00', currency: 'USD', included: true },
      { amount: '9.00', currency: 'EUR', included: true },
      { amount: '7.00', currency: 'USD', included: false },
    ];
    const [credit] = creditsOf([{ account: 'A', currency: 'USD', statementId: 'S', entries: [entry({ charges })] }]);
    expect(credit?.row.charges).toBe('25');
  });
});
