import { describe, expect, it } from '@jest/globals';
import { importsOf, sourceFiles } from './source-files.ts';

/** What each room may import. `type:` allows types only. Nothing imports sandbox/ or simulation/ but what is listed here. */
const arrows: Record<string, { may: string[]; because: string }> = {
  rules: {
    may: [
      'rules/',
      'type:reference/',
      'reference/calendars/',
      'type:activities/customs/wire.ts',
      'type:activities/tax-bureau/wire.ts',
    ],
    because: 'rules are pure: what they need of the law or the store is handed to them as a value',
  },
  reference: { may: ['reference/', 'rules/'], because: 'reference data knows the words of the rules and nothing else' },
  printing: {
    may: ['printing/', 'rules/'],
    because: 'a paper is printed from its data alone: what is not in the data is not on the paper',
  },
  reading: {
    may: ['reading/', 'rules/'],
    because: 'a file is read into what it says, for a person to confirm: what it means here is a rule’s work',
  },
  workflows: {
    may: [
      'workflows/',
      'type:activities/',
      'type:rules/',
      'rules/money.ts',
      'rules/civil-date.ts',
      'rules/assert-never.ts',
      'rules/archive.ts',
      'rules/order/product-attributes.ts',
      'rules/order/corrections-of.ts',
      'rules/storable-text.ts',
    ],
    because:
      'what law or data may change is decided in an activity and stands in the history; a rule called here would break replay when it is corrected',
  },
  activities: {
    may: [
      'activities/',
      'rules/',
      'type:reference/',
      'store/',
      'printing/',
      'workflows/messages.ts',
      'workflows/corrections.ts',
    ],
    because: 'one hop from the workflow to the wire: activities know rules, records and the messages',
  },
  store: {
    may: ['store/', 'rules/', 'type:activities/'],
    because: 'the store remembers; it decides nothing and calls nobody',
  },
  config: { may: ['config/'], because: 'the environment is read before anything else is known' },
  api: {
    may: [
      'api/',
      'workflows/messages.ts',
      'workflows/search-attributes.ts',
      'type:workflows/',
      'type:activities/',
      'activities/bank/wire.ts',
      'activities/tell-workflow.ts',
      'activities/engine-away.ts',
      'store/',
      'rules/',
      'reference/',
      'printing/',
      'reading/',
      'config/',
      'worker/temporal-connection.ts',
      'stack/child-process.ts',
    ],
    because: 'a door is thin: it parses, sends a message, reads the store',
  },
  cli: {
    may: [
      'cli/',
      'api/contract.ts',
      'api/document-contract.ts',
      'api/settings-contract.ts',
      'api/problem.ts',
      'rules/',
      'reference/',
      'reading/',
    ],
    because: 'the command line speaks to the API and knows its contract, whatever machine it runs on',
  },
  worker: {
    may: [
      'worker/',
      'workflows/',
      'activities/',
      'rules/',
      'reference/',
      'store/',
      'config/',
      'stack/child-process.ts',
    ],
    because: 'the worker wires what runs',
  },
  sandbox: {
    may: [
      'sandbox/',
      'activities/customs/wire.ts',
      'activities/carrier/wire.ts',
      'activities/broker/wire.ts',
      'activities/bank/wire.ts',
      'activities/tax-bureau/wire.ts',
      'stack/child-process.ts',
    ],
    because: 'a sandbox is another company’s computer: it shares the wire format with us and nothing else',
  },
  simulation: {
    may: ['simulation/', 'workflows/messages.ts', 'type:workflows/', 'store/', 'rules/', 'reference/'],
    because: 'a simulation meets the product through its doors',
  },
  stack: {
    may: ['stack/', 'store/', 'workflows/search-attributes.ts', 'worker/temporal-connection.ts', 'config/'],
    because: 'the stack starts processes; it does not do their work',
  },
  demo: {
    may: ['demo/', 'simulation/', 'stack/', 'rules/', 'workflows/messages.ts', 'type:workflows/'],
    because: 'the demo is a user of the product',
  },
  bench: {
    may: [
      'bench/',
      'demo/scenarios.ts',
      'simulation/',
      'stack/',
      'rules/',
      'reference/',
      'printing/',
      'reading/',
      'workflows/messages.ts',
      'type:workflows/',
    ],
    because: 'a benchmark is a user of the product with a watch: what it measured by other doors nobody would meet',
  },
};

const forbiddenPackages: Record<string, { packages: RegExp; because: string }> = {
  rules: { packages: /^(node:|pg$|fastify|@temporalio)/, because: 'rules do no I/O: hand the value in' },
  workflows: {
    packages: /^(node:|pg$|fastify|pino|decimal)/,
    because: 'the workflow sandbox has no Node; ask an activity',
  },
};

describe('the rooms import along the arrows', () => {
  const imports = sourceFiles()
    .filter((file) => !file.startsWith('test/'))
    .flatMap(importsOf);

  it('finds the imports at all', () => expect(imports.length).toBeGreaterThan(200));

  it.each(Object.keys(arrows))('%s/', (room) => {
    const rule = arrows[room];
    const wrong = imports
      .filter(({ file, own }) => own && file.startsWith(`${room}/`))
      .filter(
        ({ target, typeOnly }) =>
          !rule?.may.some((allowed) =>
            allowed.startsWith('type:') ? typeOnly && target.startsWith(allowed.slice(5)) : target.startsWith(allowed),
          ),
      )
      .map(
        ({ file, target }) =>
          `${file} imports ${target}: ${room}/ may import ${rule?.may.join(', ')}; ${rule?.because}`,
      );
    expect(wrong).toEqual([]);
  });

  it.each(Object.keys(forbiddenPackages))('%s/ uses no package that its room refuses', (room) => {
    const rule = forbiddenPackages[room];
    const wrong = imports
      .filter(
        ({ file, own, target, typeOnly }) =>
          !own && !typeOnly && file.startsWith(`${room}/`) && rule?.packages.test(target),
      )
      .map(({ file, target }) => `${file} imports ${target}: ${rule?.because}`);
    expect(wrong).toEqual([]);
  });

  it('every room has its arrows', () => {
    const rooms = new Set(
      sourceFiles()
        .filter((file) => file.includes('/') && !/^(test|docs|ops)\//.test(file))
        .map((file) => file.split('/')[0]),
    );
    expect([...rooms].filter((room) => !arrows[room ?? ''])).toEqual([]);
  });
});
