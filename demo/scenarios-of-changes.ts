/** Cases in which a list or a table is loaded while goods are under way. What that leaves in the records tells another story to whoever plays them a second time. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addDays, chinaDate } from '../rules/civil-date.ts';
import type { Scenario } from '../simulation/scenario.ts';
import { archivePapers, invoice } from './scenarios.ts';

const lists = fileURLToPath(new URL('./lists', import.meta.url));

/** A file of demo/lists, its offsets turned into days from today on. */
export function list(name: string): { name: string; content: string } {
  const today = chinaDate(new Date().toISOString());
  const content = readFileSync(join(lists, name), 'utf8').replace(/\{\+(\d+)\}/g, (_, days: string) =>
    addDays(today, Number(days)),
  );
  return { name, content };
}

/** Played once each, after {@link scenarios}. */
export const scenariosOfChanges: Scenario[] = [
  {
    reference: 'HORIZON-2612',
    title: '(k) a list is loaded: a buyer’s name resembles an entry, cleared by a person',
    expected: 'refunded',
    refund: '9100.00',
    onDay: [
      [1, (world) => world.importList('sdn', ['sdn.csv', 'alt.csv', 'add.csv'].map(list))],
      [14, archivePapers],
      [
        20,
        invoice({
          nth: 1,
          seller: { name: '浦江锁业制造有限公司', taxId: '91330726MA2LOCK12X' },
          name: '*金属制品*黄铜挂锁',
          quantity: '8000',
          unit: '把',
          net: '70000.00',
          vat: '9100.00',
        }),
      ],
      [36, (world) => world.buyerPays({ amount: '12800.00' })],
    ],
    answers: {
      'review-finding': {
        afterDays: 0.7,
        do: (world, taskId) =>
          world.answer(
            taskId,
            'another-party',
            'Register of Maine: founded 1987 in Portland by others; no link to Malta. Address, owners and bank compared.',
            ['register-extract.pdf'],
          ),
      },
    },
  },
  {
    reference: 'NIGHT-2613',
    title: '(l) the rebate changes near the export: told both outcomes in money, departs before',
    expected: 'refunded',
    refund: '10400.00',
    onDay: [
      [3, (world) => world.importList('tariff', [list('tariff.csv')])],
      [19, archivePapers],
      [
        26,
        invoice({
          nth: 1,
          seller: { name: '临沂工具制造有限公司', taxId: '91371300MA3WREN13X' },
          name: '*金属制品*钢制手动扳手',
          quantity: '4500',
          unit: '把',
          net: '80000.00',
          vat: '10400.00',
        }),
      ],
      [42, (world) => world.buyerPays({ amount: '15300.00' })],
    ],
    answers: {
      'review-warnings': {
        afterDays: 0.5,
        do: (world, taskId) =>
          world.answer(
            taskId,
            'accepted',
            'The booking is confirmed for the day before: 10,400.00 and not 7,200.00 CNY.',
          ),
      },
    },
  },
];
