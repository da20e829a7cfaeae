import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compare, minus, sum } from '../../rules/money.ts';
import { matchReceipts, type Receipt, type Receivable } from '../../rules/receipts/match.ts';

const band = { amount: '50', share: '0.003' };

function receipt(more: Partial<Receipt>): Receipt {
  return {
    receiptId: 'R1',
    bookedAmount: '100.00',
    currency: 'USD',
    charges: [],
    remittance: [],
    references: [],
    status: 'booked',
    reversal: false,
    ...more,
  };
}

function receivable(more: Partial<Receivable>): Receivable {
  return {
    reference: 'QS-1001',
    paymentReference: ['HT-2026-88'],
    buyerName: 'Acme Inc.',
    instalment: 1,
    currency: 'USD',
    open: '6000.00',
    ...more,
  };
}

const deposit = receivable({});
const balance = receivable({ instalment: 2, open: '14000.00' });
const charge = (amount: string, included = true, currency = 'USD') => ({ amount, currency, included });

describe('the demo order of 20,000.00 USD', () => {
  it('is settled by 6,000.00 and by 13,975.00 with 25.00 charges', () => {
    const { allocations, unmatched } = matchReceipts(
      [
        receipt({ bookedAmount: '6000.00', remittance: ['DEPOSIT QS-1001'] }),
        receipt({
          receiptId: 'R2',
          bookedAmount: '13975.00',
          charges: [charge('25.00')],
          remittance: ['BALANCE QS-1001'],
        }),
      ],
      [balance, deposit],
      band,
    );
    expect(unmatched).toEqual([]);
    expect(allocations).toMatchObject([
      { receiptId: 'R1', reference: 'QS-1001', instalment: 1, amount: '6000.00', charges: '0.00', remainder: '0.00' },
      { receiptId: 'R2', reference: 'QS-1001', instalment: 2, amount: '13975.00', charges: '25.00', remainder: '0.00' },
    ]);
    expect(sum(allocations.flatMap(({ amount, charges }) => [amount, charges]))).toBe('20000');
    expect(sum(allocations.map(({ charges }) => charges))).toBe('25');
    expect(allocations[1]?.because).toContain('the bank states charges of 25.00 USD');
  });
});

describe('what counts', () => {
  it.each([
    ['the shipment’s reference', 'pmt qs-1001 thanks'],
    ['the contract’s number', 'CONTRACT HT-2026-88'],
    ['a number between slashes', '/INV/QS-1001/ROC/X'],
    ['a number in Chinese text', '货款QS-1001尾款'],
    ['a number at a sentence’s end', 'Payment for QS-1001.'],
  ])('takes %s', (_, text) => {
    expect(matchReceipts([receipt({ remittance: [text] })], [deposit], band).allocations).toHaveLength(1);
    expect(matchReceipts([receipt({ references: [text] })], [deposit], band).allocations).toHaveLength(1);
  });
  it.each(['QS-10012', 'QS-1001-2', 'AQS-1001', '2026-QS-1001', 'QS-1001.5', 'QS 1001', 'ACME INC', 'QS-100', ''])(
    'takes no part of a longer word and nothing alike: %j',
    (text) => {
      const { allocations, unmatched } = matchReceipts(
        [receipt({ bookedAmount: '6000.00', remittance: [text] })],
        [deposit],
        band,
      );
      expect(allocations).toEqual([]);
      expect(unmatched).toMatchObject([{ receiptId: 'R1', candidates: [] }]);
    },
  );
  it('takes a plain word or a short number only when nothing else is written', () => {
    const short = receivable({ reference: '2026', paymentReference: ['BALANCE'] });
    expect(matchReceipts([receipt({ remittance: ['BALANCE of 12 Nov 2026'] })], [short], band).allocations).toEqual([]);
    expect(matchReceipts([receipt({ references: ['2026'] })], [short], band).allocations).toHaveLength(1);
  });
  it('reads a longer number that is known before the shorter one within', () => {
    const other = receivable({ reference: 'QS-7', paymentReference: ['HT-9/QS-1001'] });
    const { allocations } = matchReceipts([receipt({ remittance: ['HT-9/QS-1001'] })], [deposit, other], band);
    expect(allocations).toMatchObject([{ reference: 'QS-7' }]);
  });
});

describe('two candidates mean a person', () => {
  const other = receivable({ reference: 'QS-1002' });
  it('when two shipments are named', () => {
    const { unmatched } = matchReceipts([receipt({ remittance: ['QS-1001 AND QS-1002'] })], [deposit, other], band);
    expect(unmatched).toMatchObject([{ candidates: ['QS-1001', 'QS-1002'] }]);
    expect(unmatched[0]?.because).toContain('QS-1002 (by QS-1002)');
  });
  it('when a contract has two shipments', () => {
    const { unmatched } = matchReceipts([receipt({ remittance: ['HT-2026-88'] })], [deposit, other], band);
    expect(unmatched).toMatchObject([{ candidates: ['QS-1001', 'QS-1002'] }]);
  });
  it('but not when the shipment is named beside their contract', () => {
    const { allocations } = matchReceipts([receipt({ remittance: ['HT-2026-88 QS-1002'] })], [deposit, other], band);
    expect(allocations).toMatchObject([{ reference: 'QS-1002' }]);
  });
});

describe('amounts', () => {
  it('pays a part, and says what stays open', () => {
    const { allocations } = matchReceipts(
      [receipt({ bookedAmount: '5975.00', remittance: ['QS-1001'] })],
      [deposit],
      band,
    );
    expect(allocations).toMatchObject([{ amount: '5975.00', charges: '0.00', remainder: '0.00' }]);
    expect(allocations[0]?.because).toContain('25.00 USD of instalment 1 stay open, within what bank charges explain');
  });
  it('closes no shortfall by charges that were not taken off, or in another currency', () => {
    for (const other of [charge('25', false), charge('25', true, 'EUR')]) {
      const { allocations } = matchReceipts(
        [receipt({ bookedAmount: '5975.00', charges: [other], remittance: ['QS-1001'] })],
        [deposit],
        band,
      );
      expect(allocations).toMatchObject([{ charges: '0.00' }]);
      expect(allocations[0]?.because).toContain('stay open');
    }
  });
  it('says when a shortfall is too large for charges', () => {
    const { allocations } = matchReceipts(
      [receipt({ bookedAmount: '5000.00', remittance: ['QS-1001'] })],
      [deposit],
      band,
    );
    expect(allocations[0]?.because).toContain('more than bank charges explain');
  });
  it('passes the rest to the next instalment, and states what is then left', () => {
    const { allocations } = matchReceipts(
      [receipt({ bookedAmount: '20500.00', remittance: ['QS-1001'] })],
      [balance, deposit],
      band,
    );
    expect(allocations).toMatchObject([
      { instalment: 1, amount: '6000.00', remainder: '0.00' },
      { instalment: 2, amount: '14000.00', remainder: '500.00' },
    ]);
  });
  it('names a shipment that is paid already, or is owed in another currency', () => {
    const paid = matchReceipts([receipt({ remittance: ['QS-1001'] })], [receivable({ open: '0.00' })], band);
    expect(paid.unmatched).toMatchObject([{ candidates: ['QS-1001'] }]);
    expect(paid.unmatched[0]?.because).toContain('nothing is open');
    const euro = matchReceipts([receipt({ currency: 'EUR', remittance: ['QS-1001'] })], [deposit], band);
    expect(euro.unmatched[0]?.because).toContain('owed in USD, and comes in EUR');
  });
  it('leaves pending entries, reversals and debits to people', () => {
    for (const more of [
      { status: 'pending' },
      { status: 'information' },
      { reversal: true },
      { bookedAmount: '-100.00' },
    ] as const) {
      const { allocations, unmatched } = matchReceipts(
        [receipt({ ...more, remittance: ['QS-1001'] })],
        [deposit],
        band,
      );
      expect(allocations).toEqual([]);
      expect(unmatched).toHaveLength(1);
    }
  });
  it('mentions a payer who is not the buyer', () => {
    const said = (payerName: string) =>
      matchReceipts([receipt({ payerName, remittance: ['QS-1001'] })], [deposit], band).allocations[0]?.because;
    expect(said('ACME, INC')).not.toContain('third party');
    expect(said('HK Collect Ltd')).toContain('paid by HK Collect Ltd, not by the buyer Acme Inc.');
  });
});

describe('in general', () => {
  const cents = (most: number) => fc.integer({ min: 1, max: most }).map((n) => (n / 100).toFixed(2));
  const receivables = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 4 }), cents(1_000_000)), {
      maxLength: 20,
    })
    .map((list) => {
      const unique = new Map(
        list.map(([n, instalment, open]) => [
          `${n}/${instalment}`,
          receivable({ reference: `QS-200${n}`, paymentReference: [], instalment, open }),
        ]),
      );
      return [...unique.values()];
    });
  const receipts = fc
    .array(fc.tuple(cents(2_000_000), cents(10_000), fc.integer({ min: 0, max: 6 })), { maxLength: 12 })
    .map((list) =>
      list.map(([bookedAmount, charges, n], index) =>
        receipt({ receiptId: `R${index}`, bookedAmount, charges: [charge(charges)], remittance: [`QS-200${n}`] }),
      ),
    );

  it('every cent of a placed receipt is allocated or left over', () => {
    fc.assert(
      fc.property(receipts, receivables, (some, owed) => {
        const { allocations, unmatched } = matchReceipts(some, owed, band);
        for (const one of some) {
          const own = allocations.filter((each) => each.receiptId === one.receiptId);
          if (own.length === 0) {
            expect(unmatched.some((each) => each.receiptId === one.receiptId)).toBe(true);
            continue;
          }
          const placed = sum(own.flatMap((each) => [each.amount, each.remainder]));
          expect(compare(placed, one.bookedAmount)).toBe(0);
          expect(compare(sum(own.map((each) => each.charges)), one.charges[0]?.amount ?? '0')).toBe(0);
          for (const each of own) expect(compare(each.amount, '0')).toBe(1);
        }
        for (const each of owed) {
          const settled = sum(
            allocations
              .filter((one) => one.reference === each.reference && one.instalment === each.instalment)
              .flatMap((one) => [one.amount, one.charges]),
          );
          expect(compare(minus(each.open, settled), '0')).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
  it('receipts that name different shipments come in any order', () => {
    fc.assert(
      fc.property(receipts, receivables, (some, owed) => {
        const distinct = [...new Map(some.map((one) => [one.remittance[0], one])).values()];
        const sorted = (list: readonly Receipt[]) => {
          const { allocations, unmatched } = matchReceipts(list, owed, band);
          return [...allocations, ...unmatched].map((each) => JSON.stringify(each)).sort();
        };
        expect(sorted([...distinct].reverse())).toEqual(sorted(distinct));
      }),
    );
  });
  it('changes nothing of what it is given', () => {
    const owed = [{ ...deposit }];
    matchReceipts([receipt({ remittance: ['QS-1001'] })], owed, band);
    expect(owed).toEqual([deposit]);
  });
});
