import { describe, expect, it } from '@jest/globals';
import { standingInWords, standingOf } from '../../rules/documents/known-kinds.ts';
import { reference } from './orders.ts';

const standing = (kind: string) => standingOf(kind, reference);

describe('what is done with papers of a kind', () => {
  it.each(['purchase-contract', 'vat-invoice', 'customs-declaration', 'bill-of-lading', 'forwarder-invoice'])(
    '%s: they are compared',
    (kind) => {
      expect(standing(kind)).toEqual({ compared: true, known: true, near: [] });
      expect(standingInWords(kind, standing(kind))).toContain('are compared with');
    },
  );

  it.each([
    ['a paper of the archive', 'customs-agency-agreement'],
    ['a substitute of one', 'purchase-contract-substitute'],
    ['a certificate that a rule asks for', 'certificate-cpc'],
    ['a letter of the owner of a brand', 'brand-authorisation-letter'],
    ['a licence of a design', 'design-licence'],
    ...reference.tradeAgreements.map(({ certificate }) => ['a proof of origin', certificate.kind] as const),
  ])('%s is known, and not compared: %s', (_, kind) => {
    expect(standing(kind)).toMatchObject({ known: true, near: [] });
    if (!standing(kind).compared) expect(standingInWords(kind, standing(kind))).toContain('not compared');
  });

  it.each([
    ['purchase_contract', 'purchase-contract'],
    ['PurchaseContract', 'purchase-contract'],
    ['commercial invoice', 'commercial-invoice'],
    ['packinglists', 'packing-list'],
    ['bill-of-ladding', 'bill-of-lading'],
  ])('%s is unknown, and may be %s', (kind, meant) => {
    expect(standing(kind)).toMatchObject({ compared: false, known: false });
    expect(standing(kind).near[0]).toBe(meant);
    expect(standingInWords(kind, standing(kind))).toMatch(
      new RegExp(`is unknown.*compared with nothing.*Is it ${meant}`),
    );
  });

  it('foo is unknown, and like nothing', () => {
    expect(standing('foo')).toEqual({ compared: false, known: false, near: [] });
    expect(standingInWords('foo', standing('foo'))).not.toContain('Is it');
  });

  it('the order itself is no paper that is compared', () => expect(standing('order').compared).toBe(false));
});
