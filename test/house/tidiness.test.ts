import { describe, expect, it } from '@jest/globals';
import { sourceFiles, textOf } from './source-files.ts';

interface Habit {
  name: string;
  where: (file: string) => boolean;
  never: RegExp;
  instead: string;
}

const inWorkflows = (file: string) => file.startsWith('workflows/');
const product = (file: string) => !file.startsWith('test/');

const habits: Habit[] = [
  {
    name: 'no any',
    where: () => true,
    never: /: any\b|\bas any\b|<any>/,
    instead: 'parse it with a zod schema and use the inferred type',
  },
  {
    name: 'no silenced compiler',
    where: () => true,
    never: /@ts-(ignore|expect-error|nocheck)/,
    instead: 'mend the type',
  },
  {
    name: 'no open ends',
    where: () => true,
    never: /\b(TODO|FIXME|HACK)\b/,
    instead: 'open an issue and name it in the docs',
  },
  {
    name: 'no skipped or focused test',
    where: (file) => file.startsWith('test/'),
    never: /\b(it|test|describe)\.(only|todo|skip)\(/,
    instead: 'mend the test or delete it; a test that lacks its data says so itself',
  },
  {
    name: 'no sleeping test',
    where: (file) => file.startsWith('test/'),
    never: /setTimeout\(|\bsleep\(\d/,
    instead: 'wait for the fact, or move the workflow’s own clock',
  },
  {
    name: 'no floats for money',
    where: (file) => /^(rules|store|activities|workflows)\//.test(file),
    never: /parseFloat\(|toFixed\(2\)/,
    instead: 'use rules/money.ts: decimal texts with their currency',
  },
  {
    name: 'no native Temporal, Intl or random in workflows',
    where: inWorkflows,
    never: /\bTemporal\.Now\b|\bIntl\.|Math\.random\(/,
    instead: 'take the time from ShipmentFile.asOf; decide zones and holidays in an activity',
  },
  {
    name: 'one clock in workflows',
    where: (file) =>
      inWorkflows(file) && !/shipment-file|shipment\.ts|statement\.ts|recheck\.ts|reference-age\.ts/.test(file),
    never: /Date\.now\(|new Date\(\)/,
    instead: 'use ShipmentFile.asOf',
  },
  {
    name: 'waits only through the file',
    where: (file) => file.startsWith('workflows/stages/') || file === 'workflows/waits.ts',
    never: /\bcondition\(|\bsleep\(/,
    instead: 'use file.expect, file.until, file.ask or file.when: a wait that is not recorded lies',
  },
  {
    name: 'rules read no clock',
    where: (file) => file.startsWith('rules/'),
    never: /Date\.now\(|new Date\(\)|Math\.random\(/,
    instead: 'take asOf as an argument',
  },
  {
    name: 'no console in the product',
    where: (file) => /^(rules|store|activities|workflows|api|worker|sandbox)\//.test(file),
    never: /console\.(log|error|warn)\(/,
    instead: 'use the process’s pino logger',
  },
];

describe('the habits of the house', () => {
  const files = sourceFiles().filter((file) => !file.startsWith('test/house/'));

  it.each(habits)('$name', ({ where, never, instead }) => {
    const wrong = files.filter(where).flatMap((file) =>
      textOf(file)
        .split('\n')
        .flatMap((line, index) =>
          never.test(line) ? [`${file}:${index + 1} ${line.trim()} — instead: ${instead}`] : [],
        ),
    );
    expect(wrong).toEqual([]);
  });

  it('files are one thing each: at most 400 lines', () => {
    const long = files.filter(product).filter((file) => textOf(file).split('\n').length > 400);
    expect(long).toEqual([]);
  });

  it('every exported function, class and constant of the rules has a docstring', () => {
    const bare = files
      .filter((file) => /^(rules|simulation|store)\//.test(file))
      .flatMap((file) => {
        const lines = textOf(file).split('\n');
        return lines.flatMap((line, index) => {
          const named = /^export (?:async )?(?:function|class) (\w+)/.exec(line);
          return named && !/\*\/\s*$/.test(lines[index - 1] ?? '')
            ? [`${file}:${index + 1} ${named[1]}: say what it means in the trade, its units and its errors`]
            : [];
        });
      });
    expect(bare).toEqual([]);
  });
});
