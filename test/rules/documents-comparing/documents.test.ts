import { describe, expect, it } from '@jest/globals';
import { factsOfOrder } from '../../../rules/documents/comparing/facts-of-order.ts';
import { factsOfVatInvoice } from '../../../rules/documents/comparing/facts-of-papers.ts';
import { invoiceOf, orderOf, settings } from '../orders.ts';
import { differences, ownPapers, paper, told } from './papers.ts';

const order = orderOf({}, [{ purchaseNet: '66000.00' }]);
const vat = (facts: ReturnType<typeof factsOfVatInvoice>, id: string) => ({
  id,
  kind: 'vat-invoice',
  made: false,
  facts: { ...facts, number: id },
});

describe('papers of the demo', () => {
  it('a packing list whose gross weight is below net names both figures and how to mend it', () => {
    const [, list] = ownPapers(order);
    if (!list) throw new Error('No packing list was prepared.');
    const wrong = { ...list, facts: structuredClone(list.facts) };
    for (const says of [wrong.facts, ...wrong.facts.lines]) says.grossWeightKg = '1400';
    const found = differences(order, [wrong]).filter(({ rule }) => rule === 'document-net-above-gross');
    expect(found).toEqual([
      expect.objectContaining({
        severity: 'block',
        where: 'LAMPS-1/packing-list/1 lines[0].netWeightKg',
        expected: 'at most 1400 kg (LAMPS-1/packing-list/1 lines[0].grossWeightKg)',
        found: '1500 kg (LAMPS-1/packing-list/1 lines[0].netWeightKg)',
        remedy: expect.stringMatching(/^Amend ours/),
        due: 'before-export',
      }),
    ]);
    // Told once where the mistake is, not again for the sum that has it too.
    expect(told(differences(order, [wrong]))).toEqual([
      'line-gross-weight @ LAMPS-1/packing-list/1 lines[0].grossWeightKg',
      'line-net-above-gross @ LAMPS-1/packing-list/1 lines[0].netWeightKg',
    ]);
    wrong.facts.grossWeightKg = '1300';
    expect(told(differences(order, [wrong]))).toEqual(
      expect.arrayContaining([
        'gross-weight @ LAMPS-1/packing-list/1 grossWeightKg',
        'net-above-gross @ LAMPS-1/packing-list/1 netWeightKg',
      ]),
    );
  });

  it('a purchase contract in 套 against 个 is mended by whoever it costs least at each stage', () => {
    const mugs = orderOf({}, [{ unit: '个' }]);
    const contract = paper('purchase-contract', { lines: [{ nameZh: 'LED台灯', quantity: '1000', unit: '套' }] });
    const at = (stage: Parameters<typeof differences>[2]) => differences(mugs, [contract], stage);
    expect(at('before-filing')).toEqual([
      expect.objectContaining({
        of: 'unit-purchased',
        severity: 'block',
        expected: '1000 个 (order lines[0].unit)',
        found: '1000 套 (P-purchase-contract lines[0].unit)',
      }),
    ]);
    const remedies = (['before-filing', 'filed', 'released', 'claimed'] as const).map((stage) => at(stage)[0]?.remedy);
    expect(new Set(remedies).size).toBe(4);
    expect(remedies[3]).toMatch(/^Explain/);
  });

  it('a forwarder’s invoice shows FOB before and after; in another currency it is shown, not converted', () => {
    const cif = orderOf({ incoterm: { rule: 'CIF', place: 'Long Beach' }, freight: '1100', insurance: '50' });
    const billed = (currency: string) => paper('forwarder-invoice', { total: '1400.00', currency });
    expect(differences(cif, [billed('USD')], 'released')).toEqual([
      expect.objectContaining({
        rule: 'document-freight',
        expected: '1100.00 USD (order freight); FOB 10850.00 USD',
        found: '1400.00 USD (P-forwarder-invoice total); FOB would be 10550.00 USD, -300.00 USD',
        due: 'on-request',
      }),
    ]);
    const [inYuan] = differences(cif, [billed('RMB')]);
    expect(inYuan?.found).toBe('1400.00 RMB (P-forwarder-invoice total)');
    expect(inYuan?.remedy).toMatch(/State what was billed in USD/);
    expect(differences(order, [billed('USD')])).toEqual([]);
  });
});

describe('purchases', () => {
  const half = (quantity: string, net: string) => factsOfVatInvoice(invoiceOf({}, { quantity, net }));

  it('are added up over the invoices of all', () => {
    const both = [vat(half('600', '39600.00'), 'VAT-1'), vat(half('400', '26400.00'), 'VAT-2')];
    expect(told(differences(order, both))).toEqual([]);
    const [short] = differences(order, [vat(half('600', '39600.00'), 'VAT-1'), vat(half('300', '19800.00'), 'VAT-2')]);
    expect(short).toMatchObject({
      of: 'quantity-purchased',
      expected: 'at least 1000 台 (order lines[0].quantity)',
      found: '600 台 (VAT-1 lines[0].quantity) + 300 台 (VAT-2 lines[0].quantity)',
    });
  });

  it('are never compared with the price that the buyer pays', () =>
    expect(told(differences(orderOf(), [vat(half('1000', '66000.00'), 'VAT-1')]))).toEqual([]));
});

describe('papers of which several are one whole', () => {
  const lading = (number: string, packages: string) => paper('bill-of-lading', { number, packages }, `BL-${number}`);

  it('are added up where each has a number of its own', () => {
    expect(told(differences(order, [lading('1', '100'), lading('2', '150')]))).toEqual([]);
    expect(differences(order, [lading('1', '100'), lading('2', '140')])).toEqual([
      expect.objectContaining({
        of: 'packages-carried',
        expected: '250 packages (order packages)',
        found: '100 packages (BL-1 packages) + 140 packages (BL-2 packages)',
      }),
    ]);
  });

  it('are one paper where the number is the same', () =>
    expect(told(differences(order, [lading('1', '250'), { ...lading('1', '250'), id: 'BL-1-again' }]))).toEqual([]));

  it('say nothing together where one of them says nothing', () =>
    expect(told(differences(order, [lading('1', '100'), paper('bill-of-lading', { number: '2' }, 'BL-2')]))).toEqual(
      [],
    ));

  it('of a forwarder are added up too', () => {
    const cif = orderOf({ incoterm: { rule: 'CIF', place: 'Long Beach' }, freight: '1100', insurance: '50' });
    const bill = (number: string, total: string) =>
      paper('freight-invoice', { number, total, currency: 'USD' }, number);
    expect(told(differences(cif, [bill('F1', '600'), bill('F2', '500')]))).toEqual([]);
    expect(told(differences(cif, [bill('F1', '600'), bill('F2', '600')]))).toEqual(['freight-billed @ F1 total']);
  });
});

describe('a difference', () => {
  it('names the place in the order under which it would be corrected', () => {
    const found = differences(order, [
      paper('sales-contract', { incoterm: 'CIF', lines: [{ productCode: 'TL-20', total: '1.00' }] }),
    ]);
    expect(found.map(({ expected }) => expected)).toEqual([
      '12000.00 USD (order lines[0].lineTotal)',
      'FOB (order incoterm.rule)',
    ]);
  });

  it('is told once, on the paper that is believed less', () => {
    const papers = [
      paper('sales-contract', { number: 'SC-1' }, 'CONTRACT'),
      paper('commercial-invoice', { contractNumber: 'SC-2' }, 'INVOICE'),
    ];
    expect(told(differences(order, papers))).toEqual(['contract-number @ INVOICE contractNumber']);
  });
});

describe('what is not said', () => {
  it('is no difference: empty papers of every kind find nothing', () =>
    expect(
      told(
        differences(
          order,
          ['commercial-invoice', 'bill-of-lading', 'vat-invoice'].map((kind) => paper(kind, {})),
        ),
      ),
    ).toEqual([]));

  it('cannot be held against a paper of a kind that is not compared', () =>
    expect(differences(order, [paper('certificate-cpc', { total: '1' })])).toEqual([]));

  it('leaves the seller out where nobody is known to export', () => {
    expect(factsOfOrder(order, null).seller).toBeUndefined();
    expect(factsOfOrder(order, settings.exporter).seller).toMatchObject({ taxId: settings.exporter.taxId });
  });
});
