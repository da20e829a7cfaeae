import { invoice, scenarios } from '../../demo/scenarios.ts';
import type { Deed, Scenario } from '../../simulation/scenario.ts';

const plain = scenarios[0] as Scenario;
const ordinary = { title: '', expected: 'refunded', refund: '8580.00', onDay: plain.onDay, answers: {} } as const;

/** The supplier's invoice of the lamps; the second one replaces the first. */
const lampsInvoiced = (nth: 1 | 2, unit: string): Deed =>
  invoice({
    ...{ nth, unit, quantity: '1000', net: '66000.00', vat: '8580.00', name: '*照明装置*LED台灯' },
    ...{ seller: { name: '宁波明灯照明有限公司', taxId: '91330201MA2LAMP01X' } },
    ...(nth === 2 ? { replaces: 1 } : {}),
  });
const weighs = (grossWeightKg: string, reason: string): Deed => {
  const lines = [{ line: 1, grossWeightKg }];
  return (world) => world.tell('declaration-amendment', { reason, lines });
};

/** What comes while the goods wait for the day of filing, and is wrong: mended before they are declared. */
export const beforeTheFiling: Scenario[] = [
  {
    ...ordinary,
    reference: 'EARLYBILL-01',
    title: 'an invoice of another unit comes before the filing, and is replaced before it',
    onDay: [...plain.onDay.filter(([day]) => day !== 18), [2, lampsInvoiced(1, '套')]],
    answers: {
      'review-finding': { afterDays: 0.5, do: lampsInvoiced(2, '台') },
      // Where nobody looked at it before the filing, it is found at the claim.
      'vat-invoice-differs': { afterDays: 0.5, do: lampsInvoiced(2, '台') },
    },
  },
  {
    ...ordinary,
    reference: 'EARLYMEND-01',
    title: 'a correction with a gross weight below the net one comes before the filing, and is corrected before it',
    onDay: [...plain.onDay, [3, weighs('1400', 'weighed anew')]],
    answers: { 'review-finding': { afterDays: 0.5, do: weighs('1730', 'weighed once more') } },
  },
  {
    ...ordinary,
    reference: 'EARLYBOTH-01',
    title: 'invoice and correction come before the filing and agree, and a table changes after them',
    onDay: [
      ...plain.onDay.filter(([day]) => day !== 18),
      [2, lampsInvoiced(1, '台')],
      [3, weighs('1730', 'weighed anew')],
      [4, (world) => world.tell('review', { cause: 'table', what: 'the table of codes, version 2' })],
    ],
  },
];

/** Cases that the demo does not show: how customs, carrier, broker and bureau can make a shipment end, and what people can do. */
export const otherEndings: Scenario[] = [
  ...beforeTheFiling,
  {
    ...ordinary,
    reference: 'UNLOCK-01',
    title: 'the locked papers are opened before the filing, a weight is corrected, and they are locked again',
    onDay: [...plain.onDay, [2, (world) => world.tell('unlock', { reason: 'the gross weight was typed wrong' })]],
    answers: {
      'papers-open': {
        afterDays: 0.5,
        do: async (world, taskId) => {
          await weighs('1730', 'typed wrong')(world);
          await world.answer(taskId, 'lock-again', 'corrected');
        },
      },
    },
  },
  { ...ordinary, reference: 'INSPECT-01', title: 'an inspection that finds nothing' },
  {
    ...ordinary,
    reference: 'RETURNED-01',
    title: 'customs returns the first declaration, the operator corrects it',
    answers: {
      'customs-returned': {
        afterDays: 0.2,
        do: (world) =>
          world.tell('declaration-amendment', {
            reason: 'brand type added',
            lines: [{ line: 1, nameZh: 'LED台灯（家用）' }],
          }),
      },
    },
  },
  { ...ordinary, reference: 'SILENT-01', title: 'customs says nothing and knows the answer when asked by key' },
  {
    ...ordinary,
    reference: 'SEIZED-01',
    title: 'the goods are seized at the export inspection',
    expected: 'seized',
    refund: null,
    onDay: [],
  },
  {
    ...ordinary,
    reference: 'NOENTRY-01',
    title: 'the destination refuses entry, the goods come back',
    expected: 'returned',
    refund: null,
    onDay: [],
    answers: {
      'broker-silent': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'returned', 'shipped back') },
      'instalment-overdue': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'keep-waiting', '') },
      'vat-invoice-missing': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'keep-waiting', '') },
    },
  },
  {
    ...ordinary,
    reference: 'LATE-01',
    title: 'a carrier that never reports: a person finds the goods lost, the refund is paid all the same',
    answers: {
      'carrier-silent': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'lost', 'the vessel sank') },
    },
  },
  {
    ...ordinary,
    reference: 'REFUSED-01',
    title: 'the bureau refuses the claim, finance treats the export as a domestic sale',
    expected: 'taxed',
    refund: null,
    answers: {
      'claim-not-accepted': {
        afterDays: 2,
        do: (world, taskId) => world.answer(taskId, 'taxed', 'the supplier is in default'),
      },
    },
  },
  {
    ...ordinary,
    reference: 'LATEMONEY-01',
    title: 'money after the term of the law still brings the refund',
    onDay: [...plain.onDay.filter(([day]) => day < 30), [600, (world) => world.buyerPays({ amount: '8400.00' })]],
    answers: {
      'instalment-overdue': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'keep-waiting', '') },
      'fx-deadline-near': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'seen', '') },
      'fx-not-collected': { afterDays: 2000, do: async () => undefined },
    },
  },
  {
    ...ordinary,
    reference: 'NEVER-01',
    title: 'neither money nor a person’s word: the right to claim ends at 36 months',
    expected: 'taxed',
    refund: null,
    onDay: plain.onDay.filter(([day]) => day < 30),
    answers: {
      'instalment-overdue': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'keep-waiting', '') },
      'fx-deadline-near': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'seen', '') },
      'fx-not-collected': { afterDays: 2000, do: async () => undefined },
    },
  },
];
