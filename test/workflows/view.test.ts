import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OrderFacts } from '../../activities/records/contract.ts';
import type { CivilDate } from '../../rules/civil-date.ts';
import { waitKinds } from '../../rules/deadline.ts';
import { ownerRoles, taskKinds, waitedOnParties } from '../../rules/task.ts';
import {
  type AskedTask,
  type Closing,
  type OpenWait,
  outcomes,
  type ShipmentState,
  type TaskAnswer,
} from '../../workflows/carried.ts';
import { newShipment } from '../../workflows/carry-over.ts';
import { detailsOf, nextDeadlineOf, nextMomentOf, partiesWaitedOn, stageOf, viewOf } from '../../workflows/view.ts';
import { wordsOf } from '../../workflows/words.ts';

const asOf = '2026-11-24T08:00:00.000Z';

const order: OrderFacts = {
  orderedOn: '2026-11-02' as CivilDate,
  destination: 'US',
  transportMode: 'sea',
  total: { amount: '12000.00', currency: 'USD' },
  lines: 1,
  instalments: [],
  goods: '1000 LED table lamp',
  claimBeforeReceipt: false,
  channels: {},
  archivePapers: [],
};

function shipmentWith(changes: Partial<ShipmentState>): ShipmentState {
  return { ...newShipment({ organisation: 'acme', reference: 'LAMPS-1', simulated: false }, asOf), ...changes };
}

const closing = (outcome: Closing['outcome']): Closing => ({
  outcome,
  reasons: ['the buyer did not pay.', 'Nothing came back.'],
  refund: null,
  closedAt: asOf,
  ends: { declaration: null, logistics: null, money: null },
});

const instants = fc
  .date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2030-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const deadlines: fc.Arbitrary<OpenWait['deadline']> = fc
  .record({
    startedAt: instants,
    dueAt: instants,
    warnAt: fc.array(instants, { maxLength: 3 }),
    provisional: fc.boolean(),
  })
  .map(({ warnAt, ...rest }) => ({
    ...rest,
    warnAt: warnAt.sort(),
    id: 'rule',
    basis: 'our own',
    jurisdiction: 'CN',
    owner: 'customs',
  }));

const waits: fc.Arbitrary<OpenWait[]> = fc.uniqueArray(
  fc
    .record({
      what: fc.constantFrom(...waitKinds, ...taskKinds),
      key: fc.stringMatching(/^[a-z0-9/-]{1,20}$/),
      lane: fc.constantFrom('trunk' as const, 'logistics' as const, 'money' as const),
      fromWhom: fc.constantFrom(...waitedOnParties),
      since: instants,
      deadline: fc.option(deadlines),
      warned: fc.nat(3),
    })
    .map((wait) => ({ ...wait, id: `${wait.what}/${wait.key}`, startedAt: wait.since, round: 1 })),
  { selector: ({ id }) => id, maxLength: 8 },
);

const tasks: fc.Arbitrary<Record<string, AskedTask>> = fc
  .uniqueArray(
    fc.record({
      id: fc.uuid().map((id) => `LAMPS-1/${id}`),
      kind: fc.constantFrom(...taskKinds),
      lane: fc.constant('trunk' as const),
      title: fc.stringMatching(/^[A-Z][a-z ]{0,40}\.$/),
      ownerRole: fc.constantFrom(...ownerRoles),
      choices: fc.array(fc.stringMatching(/^[a-z-]{1,12}$/), { minLength: 1, maxLength: 3 }),
      askedAt: instants,
      answer: fc.option(fc.constant<TaskAnswer>({ choice: 'settled', reason: '', evidence: [], at: asOf })),
      moot: fc.boolean(),
    }),
    { selector: ({ id }) => id, maxLength: 5 },
  )
  .map((all) => Object.fromEntries(all.map((task) => [task.id, task])));

const isOpen = (task: AskedTask) => task.answer === null && !task.moot;

describe('what the state query says of the waits', () => {
  it('each wait is a value: what, its key, from whom, since and until when, in the order in which they began', () => {
    fc.assert(
      fc.property(waits, (all) => {
        expect(viewOf(shipmentWith({ waits: all }), asOf).waitingOn).toEqual(
          all.map(({ what, key, fromWhom, since, deadline }) => ({
            what,
            key,
            fromWhom,
            since,
            until: deadline === null ? null : deadline.dueAt,
          })),
        );
      }),
    );
  });
  it('each party that is waited on is named once, in the alphabet’s order', () => {
    fc.assert(
      fc.property(waits, (all) => {
        const parties = partiesWaitedOn(shipmentWith({ waits: all }));
        expect(parties).toEqual([...new Set(parties)].sort());
        expect(new Set(parties)).toEqual(new Set(all.map(({ fromWhom }) => fromWhom)));
      }),
    );
  });
  it('the next moment never lies in the past, and is the first warning or deadline to come', () => {
    fc.assert(
      fc.property(waits, instants, (all, now) => {
        const { nextMoment } = viewOf(shipmentWith({ waits: all }), now);
        const toCome = all.map(nextMomentOf).filter((moment) => moment !== null && moment > now);
        if (nextMoment === null) expect(toCome).toEqual([]);
        else {
          expect(Date.parse(nextMoment)).toBeGreaterThan(Date.parse(now));
          expect(toCome).toContain(nextMoment);
          for (const other of toCome) expect(Date.parse(String(other))).toBeGreaterThanOrEqual(Date.parse(nextMoment));
        }
      }),
    );
  });
  it('a wait warns by its warnings, one after the other, and then falls due', () => {
    const warnAt = ['2026-12-01T00:00:00.000Z', '2026-12-02T00:00:00.000Z'];
    const dueAt = '2026-12-03T00:00:00.000Z';
    const wait = (warned: number) => ({ warned, deadline: { warnAt, dueAt } }) as unknown as OpenWait;
    expect([0, 1, 2].map((warned) => nextMomentOf(wait(warned)))).toEqual([...warnAt, dueAt]);
    expect(nextMomentOf({ ...wait(0), deadline: null })).toBeNull();
  });
  it('the next deadline is the earliest, whatever was warned of', () => {
    fc.assert(
      fc.property(waits, (all) => {
        const due = all.flatMap(({ deadline }) => (deadline ? [deadline.dueAt] : [])).sort();
        expect(nextDeadlineOf(shipmentWith({ waits: all }))).toBe(due[0] ?? null);
        expect(viewOf(shipmentWith({ waits: all }), asOf).nextDeadline).toBe(due[0] ?? null);
      }),
    );
  });
});

describe('what the state query says of the shipment', () => {
  it('a new shipment is in intake, waits for nobody and knows nothing yet', () => {
    expect(viewOf(shipmentWith({}), asOf)).toEqual({
      organisation: 'acme',
      reference: 'LAMPS-1',
      asOf,
      stage: 'intake',
      moneyStage: null,
      waitingOn: [],
      openHolds: [],
      nextDeadline: null,
      nextMoment: null,
      declarationNumber: null,
      papersRevision: null,
      openTasks: [],
      heldMessages: 0,
      refund: null,
      outcome: null,
      journal: [],
    });
  });
  it.each<[string, ShipmentState['stages'], string]>([
    [
      'the trunk’s until the release',
      { trunk: 'export-inspection', logistics: null, money: null },
      'export-inspection',
    ],
    ['then that of the goods', { trunk: null, logistics: 'arrival', money: 'receipts-and-invoices' }, 'arrival'],
    ['at last that of the money', { trunk: null, logistics: null, money: 'fx-clock' }, 'fx-clock'],
    ['intake before anything', { trunk: null, logistics: null, money: null }, 'intake'],
  ])('the stage is %s', (_, stages, stage) => {
    expect(stageOf(shipmentWith({ stages }))).toBe(stage);
    expect(viewOf(shipmentWith({ stages }), asOf)).toMatchObject({ stage, moneyStage: stages.money });
  });
  it.each(outcomes)('closed as %s, it has no stage but closed', (outcome) => {
    const stages = { trunk: null, logistics: null, money: 'fx-clock' } as const;
    expect(viewOf(shipmentWith({ stages, closing: closing(outcome) }), asOf)).toMatchObject({
      stage: 'closed',
      moneyStage: null,
      outcome,
    });
  });
  it('tasks that are answered or not needed any more are not open', () => {
    fc.assert(
      fc.property(tasks, (all) => {
        const { openTasks } = viewOf(shipmentWith({ tasks: all }), asOf);
        expect(openTasks.map(({ id }) => id)).toEqual(
          Object.values(all)
            .filter(isOpen)
            .map(({ id }) => id),
        );
        for (const shown of openTasks) expect({ ...all[shown.id], ...shown }).toEqual(all[shown.id]);
      }),
    );
  });
  it('tells how many messages are held, the open holds, the papers’ revision and the refund', () => {
    const state = shipmentWith({
      messages: { seen: {}, held: [{ name: 'fxReceipt', message: {} }], bytes: 0 },
      papers: { revision: 2, contentHash: '', documents: [], total: order.total, instalments: [] },
    });
    state.destination.holds = ['CBP', 'FDA'];
    state.declaration.number = '310120260000123456';
    state.claim.paid = { amount: { amount: '8580.00', currency: 'CNY' }, on: '2027-01-20' as CivilDate };
    expect(viewOf(state, asOf)).toMatchObject({
      heldMessages: 1,
      openHolds: ['CBP', 'FDA'],
      papersRevision: 2,
      declarationNumber: '310120260000123456',
      refund: { amount: '8580.00', currency: 'CNY' },
    });
  });
});

describe('the details in the Temporal UI', () => {
  const moment = (at: string) => `${at.slice(0, 16).replace('T', ' ')} UTC`;

  it('mention every wait: what, from whom, since and until when', () => {
    fc.assert(
      fc.property(waits, tasks, (all, asked) => {
        const lines = detailsOf(shipmentWith({ waits: all, tasks: asked, order }), asOf).split('\n');
        for (const wait of all) {
          const words = [wordsOf(wait), wait.fromWhom, moment(wait.since)];
          if (wait.deadline) words.push(moment(wait.deadline.dueAt));
          expect(lines.filter((line) => words.every((word) => line.includes(word)))).not.toEqual([]);
        }
      }),
    );
  });
  it('mention every open task with its owner and choices, and none that is settled', () => {
    fc.assert(
      fc.property(waits, tasks, (all, asked) => {
        const lines = detailsOf(shipmentWith({ waits: all, tasks: asked, order }), asOf).split('\n');
        for (const task of Object.values(asked)) {
          const words = [task.title, task.ownerRole, task.id, ...task.choices.map((choice) => `\`${choice}\``)];
          const line = lines.filter((one) => one.includes(task.id));
          expect(line).toHaveLength(isOpen(task) ? 1 : 0);
          for (const word of isOpen(task) ? words : []) expect(line[0]).toContain(word);
        }
      }),
    );
  });
  it('say so when nobody is waited on', () => {
    expect(detailsOf(shipmentWith({}), asOf)).toContain('Waits for nobody');
  });
  it('name the goods, the stages, the declaration and the open holds', () => {
    const state = shipmentWith({ order, stages: { trunk: null, logistics: 'arrival', money: 'three-way-check' } });
    state.declaration.number = '310120260000123456';
    state.destination.holds = ['CBP', 'FDA'];
    const details = detailsOf(state, asOf);
    for (const word of ['LAMPS-1', order.goods, 'US', 'arrival', 'three-way-check', '310120260000123456', 'CBP, FDA'])
      expect(details).toContain(word);
  });
  it('of a closed shipment give its outcome and the reasons', () => {
    const details = detailsOf(shipmentWith({ order, closing: closing('unclaimed') }), asOf);
    expect(details).toContain('**unclaimed**');
    expect(details).toContain('the buyer did not pay. Nothing came back.');
  });
  it.each(waitKinds)('have words of their own for the wait %s', (what) => {
    const words = wordsOf({ what, key: '2' });
    expect(words).not.toContain('the answer to');
    expect(words.includes('2')).toBe(what === 'fx-instalment');
  });
});
