import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SubmittedPaper } from '../../../rules/compliance/submitted-paper.ts';
import type { OrderInput } from '../../../rules/order/order.ts';
import { sidesOf } from '../../../rules/packaging/cartons.ts';
import { packagingFindings } from '../../../rules/packaging/packaging-findings.ts';
import { orderOf, reference } from '../orders.ts';
import { contextOf, found, paper, rulesOf } from '../review-contexts.ts';

type LineInput = OrderInput['lines'][number];
type Mode = OrderInput['transport']['mode'];
const review = (
  line: Partial<LineInput>,
  mode: Mode = 'sea',
  documents: SubmittedPaper[] = [],
  order: Partial<OrderInput> = {},
) => packagingFindings(contextOf(orderOf({ transport: { mode }, ...order }, [line]), { documents }));
const packed = (kind: string, treatmentMark?: string): Partial<LineInput> => ({
  packages: { count: 250, kind, ...(treatmentMark ? { treatmentMark } : {}) },
});

describe('wood packing', () => {
  it('finds nothing in cartons and in reconstituted wood', () => {
    expect(review({})).toEqual([]);
    expect(review(packed('plywood pallet'))).toEqual([]);
  });

  it('blocks a pallet of natural wood without its mark', () =>
    expect(review(packed('天然木托'))).toEqual([
      expect.objectContaining({
        rule: 'wood-treatment-mark',
        kind: 'packaging',
        severity: 'block',
        where: 'lines[0].packages.treatmentMark',
        found: '250 × 天然木托 (93), no mark',
      }),
    ]));

  it('asks of what a wooden case is', () => {
    expect(review(packed('wooden case'))).toEqual([
      expect.objectContaining({ rule: 'wood-treatment-mark', severity: 'warn' }),
    ]);
    expect(review(packed('wooden case', '胶合板'))).toEqual([]);
  });

  it.each(['CN-001 HT', 'IPPC CN 31045 MB', 'cn-3702a-HT', 'CN-044 DB-HT'])('reads the mark %s', (mark) =>
    expect(review(packed('wooden pallet', mark))).toEqual([]),
  );

  it.each(['yes', 'treated', 'plywood', 'HT'])('does not take %s for a mark on a pallet of natural wood', (mark) =>
    expect(rulesOf(review(packed('wooden pallet', mark)))).toEqual(['wood-treatment-mark-unclear']),
  );

  it('takes the paper instead, where it is of this line and has not run out', () => {
    expect(review(packed('wooden pallet'), 'sea', [paper('ispm15-mark')])).toEqual([]);
    expect(review(packed('wooden pallet'), 'sea', [paper('ispm15-mark', { lines: [2] })])).toHaveLength(1);
    const expired = paper('ispm15-mark', { expiresOn: '2026-11-01' as SubmittedPaper['expiresOn'] });
    expect(review(packed('wooden pallet'), 'sea', [expired])).toHaveLength(1);
  });
});

describe('weight and size of a package', () => {
  const carton = (grossWeightKg: string, sizeCm?: string): Partial<LineInput> => ({
    netWeightKg: '1',
    grossWeightKg,
    packages: { count: 2, kind: 'carton', ...(sizeCm ? { sizeCm } : {}) },
  });

  it.each([
    ['post', '61', 'warn', 'at most 30 kg gross a piece'],
    ['express', '64', 'info', 'at most 31.5 kg gross a piece'],
    ['express', '140', 'warn', 'at most 68 kg gross a piece'],
    ['air', '170', 'info', 'at most 80 kg gross a piece'],
    ['air', '501', 'warn', 'at most 250 kg gross a piece'],
  ] as const)('by %s, two cartons of %s kg: %s', (mode, weight, severity, expected) =>
    expect(review(carton(weight), mode)).toEqual([
      expect.objectContaining({ rule: 'carton-weight', severity, expected, where: 'lines[0].grossWeightKg' }),
    ]),
  );

  it.each([
    ['post', '60'],
    ['express', '63'],
    ['sea', '4000'],
  ] as const)('by %s, two cartons of %s kg are fine', (mode, weight) =>
    expect(review(carton(weight), mode)).toEqual([]),
  );

  it.each([
    ['post', '160x20x20', 'warn'],
    ['post', '100x60x50', 'warn'],
    ['post', '100x50x50', undefined],
    ['express', '280x10x10', 'warn'],
    ['air', '40x110x40', 'info'],
    ['air', '150x100x90', 'warn'],
    ['sea', '240x240x300', 'warn'],
    ['sea', '600x230x250', undefined],
  ] as const)('by %s, %s cm: %s', (mode, size, severity) =>
    expect(found(review(carton('20', size), mode), 'carton-size')?.severity).toBe(severity),
  );

  it('informs of the limits of a warehouse', () =>
    expect(review(carton('60'), 'sea', [], { model: 'overseas-warehouse', supervisionMode: '9810' })).toEqual([
      expect.objectContaining({ rule: 'carton-weight', severity: 'info' }),
    ]));

  it('a heavier or larger package is never fine where a lighter one was not', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('post', 'express', 'air', 'sea') as fc.Arbitrary<Mode>,
        fc.tuple(fc.integer({ min: 2, max: 800 }), fc.integer({ min: 1, max: 400 })),
        fc.tuple(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 400 })),
        (mode, [weight, side], [more, longer]) => {
          const less = rulesOf(review(carton(String(weight), `${side}x40x40`), mode));
          const bigger = rulesOf(review(carton(String(weight + more), `${side + longer}x40x40`), mode));
          for (const rule of less) expect(bigger).toContain(rule);
        },
      ),
      { numRuns: 60 },
    ));

  it('sorts the sides, however they are written', () => {
    expect(sidesOf('20x60.5x40')).toEqual([60.5, 40, 20]);
    expect(sidesOf(undefined)).toBeUndefined();
  });
});

describe('lithium batteries', () => {
  const battery = (hsCode: string, attributes: LineInput['attributes']): Partial<LineInput> => ({
    hsCode,
    grossWeightKg: '1500',
    attributes: { lithiumBattery: true, ...attributes },
  });

  it.each([
    ['air', '8507600090', { batteryWattHours: 74 }, 'UN 3480, PI 965 Section IB', 'warn'],
    ['air', '8507600090', { batteryWattHours: 100.1 }, 'UN 3480, PI 965 Section IA', 'warn'],
    ['express', '8518300000', { batteryWattHours: 0.5 }, 'UN 3481, PI 966 or PI 967 Section II', 'info'],
    ['air', '8711600000', { batteryWattHours: 360 }, 'UN 3481, PI 966 or PI 967 Section I', 'warn'],
    ['air', '9503008900', { coinCell: true }, 'UN 3091, PI 970 Section II', 'info'],
    ['air', '8506500000', { coinCell: true }, 'UN 3090, PI 968', 'warn'],
    ['post', '8518300000', { batteryWattHours: 0.5 }, 'UN 3481, PI 967 Section II', 'warn'],
  ] as const)('by %s, %s with %j: %s', (mode, hsCode, attributes, says, severity) =>
    expect(review(battery(hsCode, attributes), mode)).toEqual([
      expect.objectContaining({ rule: 'battery-packing', severity, title: `Lithium batteries by ${mode}: ${says}` }),
    ]),
  );

  it('says that the post takes none alone', () =>
    expect(found(review(battery('8507600090', { batteryWattHours: 20 }), 'post'), 'battery-packing')?.title).toContain(
      'not taken by post',
    ));

  it('asks for the energy where it decides', () =>
    expect(review(battery('8507600090', {}), 'air')).toEqual([
      expect.objectContaining({
        rule: 'battery-energy-unsaid',
        severity: 'warn',
        expected: 'above 100 Wh: PI 965 Section IA; at most 100 Wh: PI 965 Section IB',
      }),
    ]));

  it('leaves the sea, and goods without lithium, alone', () => {
    expect(review(battery('8507600090', {}), 'sea')).toEqual([]);
    expect(review({ attributes: { hasBattery: true, lithiumBattery: false } }, 'air')).toEqual([]);
  });

  it('has a packing for every energy by every channel that has any', () => {
    const energies = [undefined, 0, 1, 100, 100.1, 5000];
    for (const mode of ['air', 'express', 'post'] as const)
      for (const hsCode of ['8507600090', '8506500000', '8518300000'])
        for (const coinCell of [true, false])
          for (const batteryWattHours of energies)
            expect(
              review(
                battery(hsCode, { coinCell, ...(batteryWattHours === undefined ? {} : { batteryWattHours }) }),
                mode,
              ),
            ).toHaveLength(1);
    expect(reference.batteryPacking.length).toBeGreaterThan(5);
  });
});
