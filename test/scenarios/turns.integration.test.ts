import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import type { OrderFacts } from '../../activities/records/contract.ts';
import { scenarios } from '../../demo/scenarios.ts';
import { type Played, play } from '../../simulation/play.ts';
import type { Deed, Scenario } from '../../simulation/scenario.ts';
import type { World } from '../../simulation/world.ts';
import { ensureOrganisation } from '../../store/organisations.ts';
import { newShipment } from '../../workflows/carry-over.ts';
import { api, closing, engine, events, orders, playAll, received, running, tasks } from './playing.ts';

const plain = scenarios[0] as Scenario;
const toys = scenarios[1] as Scenario;
const paidAndInvoiced = plain.onDay;
const base = { expected: 'refunded', refund: '8580.00', answers: {} } as const;

const customsSays =
  (channel: string, more: object = {}): Deed =>
  (world) =>
    world.tell('customs-response', {
      side: 'export',
      clientSequenceNumber: `${world.running.organisation}/${world.reference}/declaration/1`,
      channel,
      ...more,
    });

const carrierSays =
  (event: string, place: string): Deed =>
  (world) =>
    world.tell('logistics-event', { classifier: 'ACT', event, eventAt: world.clock.now(), place });

const bureauSays =
  (status: string, more: object = {}): Deed =>
  (world: World) =>
    world.tell('tax-response', { claim: `${world.running.organisation}/${world.reference}/claim/1`, status, ...more });

/** What intake would have said of the lamps. */
const refundedFacts: OrderFacts = {
  orderedOn: '2026-11-24' as never,
  destination: 'US',
  transportMode: 'sea',
  total: { amount: '12000.00', currency: 'USD' },
  lines: 1,
  instalments: [],
  goods: 'lamps',
  claimBeforeReceipt: false,
  channels: {},
  archivePapers: [],
};

let refusals = 0;

/** Turns that a shipment can take on its way, each told by the messages that make it. */
const cases: Scenario[] = [
  {
    ...base,
    reference: 'WITHDRAWN-02',
    title: 'the declaration is deleted after release, before the ship sails: nothing was exported',
    expected: 'cancelled',
    refund: null,
    onDay: [[7, customsSays('D', { note: 'deleted at the exporter’s wish' })]],
  },
  {
    ...base,
    reference: 'REFUSED-02',
    title: 'a refused claim is claimed again; refused again, finance gives it up',
    expected: 'unclaimed',
    refund: null,
    onDay: paidAndInvoiced,
    answers: {
      'claim-not-accepted': {
        afterDays: 2,
        do: (world, taskId) =>
          world.answer(taskId, refusals++ === 0 ? 'claim-again' : 'unclaimed', 'as finance decided'),
      },
    },
  },
  {
    ...base,
    reference: 'NOENTRY-02',
    title: 'goods that come back after the refund was paid: it is repaid',
    expected: 'returned',
    refund: null,
    onDay: paidAndInvoiced,
    answers: {
      'broker-silent': { afterDays: 60, do: (world, taskId) => world.answer(taskId, 'returned', 'shipped back') },
      'refund-to-repay': {
        afterDays: 5,
        do: (world, taskId) => world.answer(taskId, 'repaid', 'paid to the treasury'),
      },
    },
  },
  {
    ...base,
    reference: 'AMENDED-02',
    title: 'a price corrected before filing is declared corrected, once',
    onDay: [
      [
        2,
        (world) =>
          world.tell('declaration-amendment', {
            reason: 'price agreed anew',
            lines: [{ line: 1, unitPrice: '12.50' }],
          }),
      ],
      ...paidAndInvoiced.filter(([day]) => day !== 4 && day !== 30),
      [4, (world) => world.buyerPays({ amount: '3750.00' })],
      [30, (world) => world.buyerPays({ amount: '8750.00' })],
    ],
  },
  {
    ...base,
    reference: 'OVERPAID-02',
    title: 'a receipt above what is owed settles the shipment and leaves a question to finance',
    onDay: [
      ...paidAndInvoiced.filter(([day]) => day !== 30),
      [30, (world) => world.buyerPays({ amount: '9000.00' }, true)],
    ],
  },
  {
    ...base,
    reference: 'LATE-02',
    title: 'an arrival told before the departure is held, and counts once the departure is here',
    onDay: [
      ...paidAndInvoiced,
      [8, carrierSays('ARRI', 'USLGB')],
      [9, carrierSays('DEPA', 'CNNGB')],
      [10, carrierSays('GTOT', 'USLGB')],
    ],
    answers: { 'carrier-silent': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'keep-waiting', '') } },
  },
  {
    ...base,
    reference: 'NOTICE-02',
    title: 'a notice of the export office after release is a case like any other',
    onDay: [
      ...paidAndInvoiced,
      [
        7,
        customsSays('J', {
          noticeTime: '2026-01-01T00:00:00Z',
          notice: {
            form: 'price query',
            number: 'PQ-1',
            datedOn: '2026-12-01',
            questions: ['How was the price formed?'],
          },
        }),
      ],
    ],
    answers: {
      'authority-case': { afterDays: 2, do: (world, taskId) => world.answer(taskId, 'answered', 'by the price list') },
    },
  },
];

/** What a reviewer broke once, told as cases. */
const lessons: Scenario[] = [
  {
    ...base,
    reference: 'RETURNED-03',
    title: 'customs releases while a person is asked about a return: nothing is filed again',
    onDay: [...paidAndInvoiced, [7, customsSays('P')], [10, customsSays('R')]],
    answers: { 'customs-returned': { afterDays: 30, do: (world, taskId) => world.answer(taskId, 'file-again', '') } },
  },
  {
    ...base,
    reference: 'RETURNED-04',
    title: 'goods detained, then seized: the shipment ends',
    expected: 'seized',
    refund: null,
    onDay: [
      [7, customsSays('C')],
      [
        7.1,
        (world) =>
          world.tell('inspection-result', { side: 'export', kind: 'unpacking', outcome: 'detained', findings: [] }),
      ],
      [
        8,
        (world) =>
          world.tell('inspection-result', {
            side: 'export',
            kind: 'unpacking',
            outcome: 'seized',
            findings: [{ what: 'counterfeit brand' }],
          }),
      ],
    ],
    answers: {
      'customs-returned': { afterDays: 30, do: (world, taskId) => world.answer(taskId, 'file-again', '') },
      'goods-detained': { afterDays: 0.2, do: (world, taskId) => world.answer(taskId, 'keep-waiting', '') },
      'customs-silent': { afterDays: 0.2, do: (world, taskId) => world.answer(taskId, 'keep-waiting', '') },
    },
  },
  {
    ...base,
    reference: 'DOUBTS-03',
    title: 'a second round of doubts that bears no number is answered too',
    onDay: [
      ...paidAndInvoiced,
      [31, bureauSays('doubts', { doubts: [{ level: 'W', text: 'first' }] })],
      [34, bureauSays('doubts', { doubts: [{ level: 'W', text: 'second' }] })],
    ],
    answers: { 'tax-doubts': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'answered', 'explained') } },
  },
  {
    ...base,
    reference: 'RECOVERY-03',
    title: 'a recovery notice after the refund, while the goods are held: it is repaid',
    expected: 'unclaimed',
    refund: null,
    onDay: [
      ...paidAndInvoiced,
      [
        12,
        (world) =>
          world.tell('customs-response', {
            side: 'destination',
            effect: 'note',
            notice: { form: 'CBP Form 28', number: '1', datedOn: '2026-12-01', questions: ['cost?'] },
          }),
      ],
      [45, bureauSays('recovery-notice', { reason: 'the supplier vanished' })],
    ],
    answers: {
      'authority-case': { afterDays: 60, do: (world, taskId) => world.answer(taskId, 'answered', 'late') },
      'refund-to-repay': { afterDays: 2, do: (world, taskId) => world.answer(taskId, 'repaid', 'paid back') },
    },
  },
];
lessons.push(
  {
    ...base,
    reference: 'LATE-04',
    title: 'goods that arrive by a port abroad: a person knows that they are there, and delivery follows',
    onDay: [
      ...paidAndInvoiced,
      [8, carrierSays('DEPA', 'HKHKG')],
      [20, carrierSays('ARRI', 'MXMZO')],
      [60, carrierSays('DROP', 'USLAX')],
    ],
    answers: {
      'carrier-silent': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'happened', 'seen at the border') },
    },
  },
  {
    ...base,
    reference: 'SHORT-04',
    title: 'a shortfall taken as bank charges by finance settles, and is not asked about again',
    onDay: [...paidAndInvoiced.filter(([day]) => day !== 30), [30, (world) => world.buyerPays({ amount: '8360.00' })]],
    answers: {
      'instalment-overdue': {
        afterDays: 1,
        do: (world, taskId) => world.answer(taskId, 'charges', 'the bank kept 40.00'),
      },
    },
  },
  {
    ...base,
    reference: 'NOENTRY-04',
    title: 'a refund that stood against the bureau goes back when the goods come back',
    expected: 'returned',
    refund: null,
    onDay: [...paidAndInvoiced, [45, bureauSays('recovery-notice', { reason: 'a mistake' })]],
    answers: {
      'broker-silent': { afterDays: 60, do: (world, taskId) => world.answer(taskId, 'returned', 'shipped back') },
      'refund-to-repay': {
        afterDays: 2,
        do: (world, taskId) => world.answer(taskId, taskId.includes('recovery') ? 'stands' : 'repaid', 'as agreed'),
      },
    },
  },
);
cases.push(...lessons);

describe('turns on the way', () => {
  let client: Client;
  let played: Played[];
  beforeAll(async () => {
    client = await engine();
    played = await playAll(
      client,
      orders(Object.fromEntries(cases.map(({ reference }) => [reference, 'LAMPS-2601']))),
      cases,
    );
  }, 240_000);
  afterAll(() => client.connection.close());

  it.each(cases.map((one) => [one.title, one] as const))('%s', async (_, { reference, expected, refund }) => {
    expect(played.find((one) => one.reference === reference)).toEqual({ reference, outcome: expected });
    const record = await closing(client, reference);
    expect((record.refund as { amount: string } | null)?.amount ?? null).toBe(refund);
    expect((await tasks(reference)).filter((task) => task.status === 'open')).toEqual([]);
    const heard = [...(await received('customs', reference)), ...(await received('taxBureau', reference))];
    expect(heard.filter((one) => one.times !== 1)).toEqual([]);
  });

  it('claims again under a new key', async () => {
    expect((await received('taxBureau', 'REFUSED-02')).map(({ key }) => key)).toEqual([
      'tests/REFUSED-02/claim/1',
      'tests/REFUSED-02/claim/2',
    ]);
  });

  it('files the corrected price only, by papers of a second revision', async () => {
    const filed = (await received('customs', 'AMENDED-02')) as { key: string }[];
    expect(filed.map(({ key }) => key)).toEqual(['tests/AMENDED-02/declaration/2']);
    expect(await api('/v1/shipments/AMENDED-02')).toMatchObject({ total: { amount: '12500.00' } });
  });

  it('asks finance about the 600.00 that nobody owes; the answer closes the statement', async () => {
    const { tasks: open } = (await api('/v1/tasks?status=open')) as {
      tasks: { id: string; kind: string; evidence: { value: string }[] }[];
    };
    const task = open.find(
      (one) => one.kind === 'receipt-unmatched' && JSON.stringify(one.evidence).includes('OVERPAID-02'),
    );
    expect(JSON.stringify(task?.evidence)).toContain('600.00 USD is more than OVERPAID-02 still owed');
    const answer = {
      messageId: randomUUID(),
      occurredAt: '2026-12-30T00:00:00Z',
      source: 'test',
      taskId: task?.id,
      choice: 'not-export',
      reason: 'kept for the next order',
    };
    const verdict = await api('/v1/tasks/answers', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(answer),
    });
    expect(verdict).toMatchObject({ status: 'applied' });
  });

  it('never declares again what was released meanwhile', async () => {
    expect((await received('customs', 'RETURNED-03')).map(({ key }) => key)).toEqual([
      'tests/RETURNED-03/declaration/1',
    ]);
    expect(await tasks('RETURNED-03')).toMatchObject([{ kind: 'customs-returned', status: 'moot' }]);
  });

  it('sends each round of doubts its own answer', async () => {
    expect((await received('taxBureau', 'DOUBTS-03')).map(({ key }) => key)).toEqual([
      'tests/DOUBTS-03/claim/1',
      'tests/DOUBTS-03/doubts-1-1/1',
      'tests/DOUBTS-03/doubts-1-2/1',
    ]);
  });

  it('holds the early arrival and says so in the log', async () => {
    const told = (await events('LATE-02'))
      .filter((event) => event.data.name === 'logisticsEvent')
      .map((event) => [event.kind, event.data.status]);
    expect(told).toEqual([
      ['message', 'held'],
      ['message', 'applied'],
      ['message-applied', 'applied'],
      ['message', 'held'],
      ['message-applied', 'applied'],
    ]);
  });
});

describe('an exporter that claims before the money is in', () => {
  const organisation = `early-${randomUUID().slice(0, 8)}`;
  const key = randomUUID();
  const early = { ...running, organisation, key, sandboxes: { bank: running.sandboxes.bank } };
  let client: Client;
  beforeAll(async () => {
    client = await engine();
    await ensureOrganisation(process.env.QUAYSIDE_TEST_DATABASE_URL ?? '', {
      slug: organisation,
      settings: { claimBeforeReceipt: true },
      keys: [{ role: 'manager', key }],
    });
  });
  afterAll(() => client.connection.close());

  const [, , invoiced] = plain.onDay;
  /** The sandboxes report for one organisation only: customs is found out by asking, the others speak here. */
  const course: Scenario['onDay'] = [
    [8, carrierSays('DEPA', 'CNNGB')],
    [13, plain.onDay[1]?.[1] as Deed],
    [18, invoiced?.[1] as Deed],
    [20, carrierSays('ARRI', 'USLGB')],
    [22, (world) => world.tell('customs-response', { side: 'destination', effect: 'released' })],
    [23, carrierSays('GTOT', 'USLGB')],
    [25, bureauSays('paid', { amount: '8580.00', on: '2026-12-20' })],
  ];
  const answers: Scenario['answers'] = {
    'customs-silent': { afterDays: 0.1, do: (world, taskId) => world.answer(taskId, 'keep-waiting', '') },
    'instalment-overdue': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'keep-waiting', '') },
    'fx-deadline-near': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'seen', '') },
    'fx-not-collected': {
      afterDays: 10,
      do: (world, taskId) => world.answer(taskId, 'write-off', 'the buyer is gone'),
    },
    'refund-to-repay': { afterDays: 3, do: (world, taskId) => world.answer(taskId, 'repaid', 'paid back') },
    'carrier-silent': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'keep-waiting', '') },
  };

  it.each<[string, string, Scenario['onDay'], string]>([
    [
      'keeps the refund when the money comes later',
      'EARLY-1',
      [...course, [60, (world) => world.buyerPays({ amount: '12000.00' })]],
      'refunded',
    ],
    ['repays the refund when the money never comes', 'EARLY-2', course, 'unclaimed'],
  ])('%s', async (title, reference, onDay, expected) => {
    const csv = orders({ [reference]: 'LAMPS-2601' });
    const response = await fetch(`${running.api}/v1/orders/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
      body: csv,
    });
    expect(await response.json()).toMatchObject({ started: [reference], refused: [] });
    const scenario: Scenario = {
      reference,
      title,
      expected: expected as Scenario['expected'],
      refund: null,
      onDay,
      answers,
    };
    expect(await play(client, early, scenario, () => undefined)).toEqual({ reference, outcome: expected });
  });
});

it('a cancel request of the engine is not heard', async () => {
  const client = await engine();
  try {
    const scenario: Scenario = {
      ...base,
      reference: 'UNHEARD-01',
      title: '',
      expected: 'cancelled',
      refund: null,
      onDay: [
        [1, async () => void (await client.workflow.getHandle('shipment/tests/UNHEARD-01').cancel())],
        [3, (world) => world.tell('cancellation', { reason: 'this one is heard' })],
      ],
    };
    const played = await playAll(client, orders({ 'UNHEARD-01': 'LAMPS-2601' }), [scenario]);
    expect(played).toEqual([{ reference: 'UNHEARD-01', outcome: 'cancelled' }]);
    expect((await events('UNHEARD-01')).at(-1)?.data.reasons).toEqual(['this one is heard']);
  } finally {
    await client.connection.close();
  }
});

it('a shipment carried at the archive wait, after its refund, waits for the archive and sends nothing again', async () => {
  const client = await engine();
  try {
    const reference = 'CARRIED-01';
    await api('/v1/orders/import', {
      method: 'POST',
      headers: { 'content-type': 'text/csv', 'quayside-simulated': 'true' },
      body: orders({ [reference]: 'LAMPS-2601' }),
    });
    const state = newShipment({ organisation: 'tests', reference, simulated: true }, '2026-11-24T00:00:00.000Z');
    const order = {
      ...refundedFacts,
      archivePapers: [{ paper: 'transport-document', satisfiedBy: ['transport-document'] }],
    };
    const paid = { amount: { amount: '8580.00', currency: 'CNY' as const }, on: '2026-12-20' as never };
    Object.assign(state, { order, records: { nextSeq: 1000, pending: [] } });
    Object.assign(state.review, { approvedAt: '2026-11-24T00:00:00.000Z' });
    Object.assign(state, {
      papers: { revision: 1, contentHash: 'h', documents: [], total: order.total, instalments: [] },
    });
    Object.assign(state.declaration, {
      filed: 1,
      answered: 1,
      releasedAt: '2026-12-01T00:00:00.000Z',
      closedAt: '2026-12-04T00:00:00.000Z',
      end: { kind: 'released', at: '2026-12-01T00:00:00.000Z', declarationNumber: '1' },
    });
    Object.assign(state.transport, { end: { kind: 'delivered', at: '2026-12-20T00:00:00.000Z' } });
    Object.assign(state.claim, {
      revision: 1,
      submittedAt: '2026-12-10T00:00:00.000Z',
      firstSubmittedAt: '2026-12-10T00:00:00.000Z',
      paid,
      end: { kind: 'refunded', ...paid },
    });
    Object.assign(state.money, {
      invoicesComplete: true,
      check: { treatment: 'REFUND', refund: paid.amount, questions: [] },
      end: { kind: 'refunded', ...paid },
    });
    const workflowId = 'shipment/tests/CARRIED-01-resumed';
    const handle = await client.workflow.start('shipment', { taskQueue: 'shipments', workflowId, args: [state] });
    await handle.executeUpdate('submitDocument', {
      args: [
        {
          messageId: 'm',
          occurredAt: '2026-12-21T00:00:00Z',
          source: 'test',
          documentId: 'bl',
          kind: 'transport-document',
          fields: {},
        },
      ],
    });
    expect(await handle.result()).toMatchObject({ outcome: 'refunded', refund: paid.amount });
    const { events: history } = await handle.fetchHistory();
    const sent = (history ?? []).flatMap(
      (event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? [],
    );
    expect(sent).toEqual([]);
  } finally {
    await client.connection.close();
  }
});

describe('an order called off while a person is being asked', () => {
  it('ends as cancelled, and the question is not needed any more', async () => {
    const client = await engine();
    try {
      const scenario: Scenario = {
        ...toys,
        reference: 'TOYS-02',
        expected: 'cancelled',
        refund: null,
        onDay: [[0.5, (world) => world.tell('cancellation', { reason: 'the buyer changed his mind' })]],
        answers: { 'review-finding': { afterDays: 3, do: async () => undefined } },
      };
      expect(await playAll(client, orders({ 'TOYS-02': 'TOYS-2602' }), [scenario])).toEqual([
        { reference: 'TOYS-02', outcome: 'cancelled' },
      ]);
      expect(await tasks('TOYS-02')).toMatchObject([{ kind: 'review-finding', status: 'moot' }]);
    } finally {
      await client.connection.close();
    }
  });
});
