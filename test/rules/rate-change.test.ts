import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type CivilDate } from '../../rules/civil-date.ts';
import { contextOf } from '../../rules/compliance/review.ts';
import { rateChangeFindings } from '../../rules/refund/rate-change.ts';
import { orderOf, reference } from './orders.ts';

/** Batteries, bought for 100,000.00 CNY net, sold for 17,000 USD FOB. */
const battery = {
  nameZh: '锂离子蓄电池组',
  nameEn: 'Lithium-ion battery pack',
  hsCode: '8507600090',
  quantity: '1000',
  unitPrice: '17.00',
  purchaseNet: '100000.00',
};

function findingsFor(plannedExportOn: string, asOf = '2026-11-24T04:00:00Z', line: object = battery) {
  const order = orderOf({ plannedExportOn: plannedExportOn as CivilDate }, [line]);
  return rateChangeFindings(contextOf({ order, documents: [], amendments: [], waived: [], asOf, reference }));
}

describe('a rebate that changes near the planned export', () => {
  it('is told with both outcomes in money: batteries around the night to 1 Jan 2027', () => {
    expect(findingsFor('2026-12-20')).toMatchObject([
      {
        rule: 'rebate-rate-change',
        severity: 'warn',
        where: 'lines[0].hsCode',
        of: '2027-01-01',
        expected:
          'export date until 2026-12-31: rebate of 6 %, a refund of 6000.00 CNY on 100000.00 CNY of purchases net of VAT',
        found:
          'planned export 2026-12-20; from 2027-01-01: no refund, and output VAT of 1955.75 USD is due as on a domestic sale',
      },
    ]);
  });

  it('is told from the other side of the night too', () => {
    expect(findingsFor('2027-01-10')).toHaveLength(1);
  });

  it('is no news once the night has passed, nor far away from it', () => {
    expect(findingsFor('2027-01-10', '2027-01-02T04:00:00Z')).toEqual([]);
    expect(findingsFor('2026-11-28')).toEqual([]);
    expect(findingsFor('2027-02-15')).toEqual([]);
  });

  it('says what it is shown on where the order does not say what the goods cost', () => {
    const { purchaseNet: _, ...line } = battery;
    expect(findingsFor('2026-12-20', undefined, line)[0]?.expected).toContain('600.00 CNY on each 10000 CNY');
  });

  it('concerns no goods whose rate stays', () => {
    expect(findingsFor('2026-12-20', undefined, {})).toEqual([]);
  });

  it('is told for exactly the days within thirty of the night', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 60 }), (days) => {
        const exportOn = addDays('2027-01-01' as CivilDate, days);
        expect(findingsFor(exportOn).length).toBe(Math.abs(days) <= 30 ? 1 : 0);
      }),
    );
  });
});
