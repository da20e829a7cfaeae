import { scenarios } from '../../demo/scenarios.ts';
import type { Scenario } from '../../simulation/scenario.ts';

const plain = scenarios[0] as Scenario;
const ordinary = { title: '', expected: 'refunded', refund: '8580.00', onDay: plain.onDay, answers: {} } as const;

/** Cases that the demo does not show: how customs, carrier, broker and bureau can make a shipment end, and what people can do. */
export const otherEndings: Scenario[] = [
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
