import { describe, expect, it } from '@jest/globals';
import type { CivilDate } from '../../rules/civil-date.ts';
import { noRecords } from '../../rules/compliance/review-context.ts';
import { dutyFindings } from '../../rules/duties/duty-findings.ts';
import { findingSchema } from '../../rules/finding.ts';
import type { OrderInput } from '../../rules/order/order.ts';
import { orderOf, reference } from './orders.ts';

const find = (changes: Partial<OrderInput> = {}, line: object = {}) =>
  dutyFindings({
    order: orderOf(changes, [line]),
    documents: [],
    today: '2026-11-24' as CivilDate,
    exportOn: '2026-11-24' as CivilDate,
    entryOn: '2026-12-20' as CivilDate,
    reference,
    exporter: null,
    records: noRecords,
  });
const rulesOf = (...given: Parameters<typeof find>) => find(...given).map(({ rule, severity }) => [rule, severity]);

describe('findings on terms and duties', () => {
  it('an ordinary order FOB by sea to the United States has none', () => expect(find()).toEqual([]));

  it('FOB by air is warned of, with the term that fits', () => {
    const [finding] = find({ transport: { mode: 'air' } });
    expect(finding).toMatchObject({ rule: 'incoterm-transport', severity: 'warn', where: 'incoterm.rule' });
    expect(finding?.expected).toContain('FCA');
    expect(find({ transport: { mode: 'air' }, incoterm: { rule: 'FCA', place: 'Ningbo' } })).toEqual([]);
  });

  it('DDP shows what the exporter will pay, and what is not known of it', () => {
    const [finding] = find({ incoterm: { rule: 'DDP', place: 'Reno' }, freight: '900', insurance: '20' });
    expect(finding).toMatchObject({ rule: 'ddp-import-duties', severity: 'warn' });
    expect(finding?.found).toMatch(/^at least duties .*not known: line 1: Customs duty/);
  });

  it.each([
    ['US', 'USD', [['low-value-relief', 'info']]],
    ['DE', 'EUR', []],
  ] as const)('a dear parcel to %s', (country, currency, found) =>
    expect(
      rulesOf({
        model: 'direct-mail',
        supervisionMode: '9610',
        currency,
        destination: { country },
        transport: { mode: 'express' },
        incoterm: { rule: 'FCA', place: 'Ningbo' },
      }),
    ).toEqual(found),
  );

  it('a cheap parcel to Germany is told the flat duty', () =>
    expect(
      find(
        {
          model: 'direct-mail',
          supervisionMode: '9610',
          currency: 'EUR',
          destination: { country: 'DE' },
          transport: { mode: 'express' },
          incoterm: { rule: 'FCA', place: 'Ningbo' },
        },
        { quantity: '1' },
      )[0]?.found,
    ).toContain('1 tariff lines, 3.00 EUR'));

  it('preference that nobody uses is one hint, and none once the certificate is there', () => {
    expect(rulesOf({ destination: { country: 'VN' } })).toEqual([['preference-not-used', 'info']]);
    expect(find({ destination: { country: 'VN' } })[0]?.expected).toContain(
      'china-asean/value-content: Is at least 40 %',
    );
    const certificates = [{ kind: 'certificate-of-origin-form-e', number: 'E26/1' }];
    expect(find({ destination: { country: 'VN' } }, { certificates })).toEqual([]);
    expect(find({ destination: { country: 'VN' } }, { origin: 'JP' })).toEqual([]);
    expect(find({ destination: { country: 'CH' } })).toEqual([]);
  });

  it('every finding is one', () => {
    for (const finding of [
      ...find({ transport: { mode: 'air' }, destination: { country: 'AU' } }),
      ...find({ incoterm: { rule: 'DDP', place: 'Reno' }, freight: '1' }),
    ])
      expect(findingSchema.parse(finding)).toEqual(finding);
  });
});
