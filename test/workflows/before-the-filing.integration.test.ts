import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { runsOf } from '../../simulation/cost.ts';
import type { Played } from '../../simulation/play.ts';
import type { Scenario } from '../../simulation/scenario.ts';
import type { TaskRow } from '../../store/tasks.ts';
import { continueAsNewSignal, shipmentWorkflowId } from '../../workflows/messages.ts';
import { beforeTheFiling } from '../scenarios/other-endings.ts';
import { engine, events, orders, playAll, received, tasks } from '../scenarios/playing.ts';
import { lamps, ReviewDesk, radioLamps } from '../scenarios/review-desk.ts';
import type { LoggedEvent } from '../scenarios/visitor.ts';
import { eventually } from '../stack/eventually.ts';

const desk = new ReviewDesk('before');
const isOf = (kind: string) => (task: TaskRow) => task.kind === kind;
const asks = (rule: string) => (task: TaskRow) => task.kind === 'review-finding' && task.finding?.rule === rule;
const number = (nth: number) => `2633200000001234567${nth}`;

/** The supplier's invoice of the lamps. */
const invoice = (nth: number, line: object = {}, more: object = {}) => ({
  number: number(nth),
  issuedOn: new Date().toISOString().slice(0, 10),
  seller: { name: '宁波明灯照明有限公司', taxId: '91330201MA2LAMP01X' },
  confirmedForRefund: true,
  lines: [
    {
      ...{ line: 1, name: '*照明装置*LED台灯', quantity: lamps.quantity, unit: '个' },
      ...{ net: '66000.00', vatRatePercent: '13', vat: '8580.00', ...line },
    },
  ],
  ...more,
});
const correct = (reference: string, line: object) =>
  desk.tell(reference, 'declaration-amendment', { reason: 'weighed anew', lines: [{ line: 1, ...line }] });
const findings = async (reference: string) => (await desk.tasks(reference)).filter(isOf('review-finding'));
/** Rules that people were asked about, each as often as it was. */
const askedAbout = async (reference: string) => (await findings(reference)).map(({ finding }) => finding?.rule).sort();
const locked = async (reference: string) =>
  (await desk.log(reference, 'papers-locked')).map(({ data }) => [
    data.revision,
    (data.amendments as unknown[]).length,
  ]);
/** Reviewed, locked, and waiting two months for its day. */
const waiting = async (reference: string, changes: object = {}) => {
  await desk.start(reference, changes);
  await desk.waitsFor(reference, 'planned-export');
};

beforeAll(() => desk.open());

describe('an invoice that comes while the goods wait for the day of filing', () => {
  it('of another unit holds the shipment at once, and the one that replaces it answers the question', async () => {
    const reference = 'BILL-1';
    await waiting(reference);
    await desk.tell(reference, 'vat-invoice', invoice(1, { unit: '套' }));
    const task = await desk.asked(reference, isOf('review-finding'));
    expect(task.finding).toMatchObject({ kind: 'document', document: number(1), found: expect.stringContaining('套') });
    await desk.tell(reference, 'vat-invoice', invoice(2, {}, { replaces: number(1) }));
    await desk.waitsFor(reference, 'planned-export');
    expect(await findings(reference)).toMatchObject([
      { id: task.id, status: 'answered', answer: { choice: 'supplied', evidence: [number(2)] } },
    ]);
    // Our papers do not speak of the supplier's invoice: they stay as they are.
    expect(await locked(reference)).toEqual([[1, 0]]);
  }, 60_000);

  it('and agrees is looked at, and nobody is asked', async () => {
    const reference = 'BILL-2';
    await waiting(reference);
    await desk.tell(reference, 'vat-invoice', invoice(1));
    const { seq } = await desk.logged(reference, 'message', ({ data }) => data.name === 'registerVatInvoice');
    await desk.logged(reference, 'approved', (event) => event.seq > seq);
    expect(await findings(reference)).toEqual([]);
  }, 60_000);

  it('in the middle of the review is asked about beside what is open, each finding once', async () => {
    const reference = 'BILL-3';
    await desk.start(reference, { lines: [radioLamps] });
    const radio = await desk.asked(reference, asks('us-fcc-certification'));
    await desk.tell(reference, 'vat-invoice', invoice(1, { unit: '套' }));
    const unit = await desk.asked(reference, asks('document-unit'));
    await desk.answer(radio, 'not-required', 'samples for a fair');
    await desk.tell(reference, 'vat-invoice', invoice(2, {}, { replaces: number(1) }));
    await desk.waitsFor(reference, 'planned-export');
    expect((await findings(reference)).map(({ id, status }) => [id, status]).sort()).toEqual(
      [radio, unit].map(({ id }) => [id, 'answered']).sort(),
    );
  }, 60_000);
});

describe('a review while a question of it is open', () => {
  it('asks once about what a paper brings that answers another question', async () => {
    const reference = 'OPEN-1';
    const contract = (line: object, total = '66000.00') => ({
      ...{ kind: 'purchase-contract', number: 'PC-2026-118' },
      facts: {
        ...{ currency: 'CNY', total },
        lines: [
          { no: 1, nameZh: lamps.nameZh, quantity: lamps.quantity, unit: lamps.unit, total: '66000.00', ...line },
        ],
      },
    });
    await waiting(reference);
    await desk.confirm(reference, 'PC-2026-118', contract({ unit: '套' }));
    await desk.asked(reference, asks('document-unit'));
    await desk.confirm(reference, 'PC-2026-118', contract({}, '60000.00'));
    await desk.asked(reference, asks('document-arithmetic'));
    await desk.confirm(reference, 'PC-2026-118', contract({}));
    await desk.waitsFor(reference, 'planned-export');
    expect(await askedAbout(reference)).toEqual(['document-arithmetic', 'document-unit']);
  }, 60_000);

  it('waits for what was asked last, whatever comes after the first answers', async () => {
    const reference = 'OPEN-2';
    await desk.start(reference, { lines: [radioLamps] });
    const radio = await desk.asked(reference, asks('us-fcc-certification'));
    await desk.tell(reference, 'vat-invoice', invoice(1, { unit: '套' }));
    await desk.asked(reference, asks('document-unit'));
    await desk.answer(radio, 'not-required', 'samples for a fair');
    await desk.logged(reference, 'task-answered', ({ data }) => data.taskId === radio.id);
    const facts = { number: 'BL-1', grossWeightKg: lamps.grossWeightKg, lines: [] };
    await desk.confirm(reference, 'BL-1', { kind: 'bill-of-lading', facts });
    await desk.logged(reference, 'message', ({ data }) => data.name === 'submitDocument');
    await desk.tell(reference, 'vat-invoice', invoice(2, {}, { replaces: number(1) }));
    await desk.waitsFor(reference, 'planned-export');
    expect(await askedAbout(reference)).toEqual(['document-unit', 'us-fcc-certification']);
  }, 60_000);
});

describe('a correction that comes while the goods wait for the day of filing', () => {
  it('is reviewed at once; the papers are locked again when it is right, as one revision', async () => {
    const reference = 'MEND-1';
    await waiting(reference);
    await correct(reference, { grossWeightKg: '1100' });
    const task = await desk.asked(reference, isOf('review-finding'));
    expect(JSON.stringify(task.finding)).toContain('1100');
    expect(await locked(reference)).toEqual([[1, 0]]);
    await correct(reference, { grossWeightKg: '1400' });
    await desk.logged(reference, 'papers-locked', ({ data }) => data.revision === 2);
    await desk.waitsFor(reference, 'planned-export');
    expect(await locked(reference)).toEqual([
      [1, 0],
      [2, 2],
    ]);
    expect(await findings(reference)).toMatchObject([{ id: task.id, answer: { choice: 'amended' } }]);
  }, 60_000);

  it('of the transport is the next revision on the same day', async () => {
    const reference = 'MEND-2';
    await waiting(reference);
    await desk.tell(reference, 'declaration-amendment', { reason: 'rolled', transport: { vessel: 'EVER LATER' } });
    await desk.logged(reference, 'papers-locked', ({ data }) => data.revision === 2);
    await desk.waitsFor(reference, 'planned-export');
    expect(await findings(reference)).toEqual([]);
  }, 60_000);

  it('that answers one question and brings another has the other asked once, and waited for', async () => {
    const reference = 'MEND-3';
    await waiting(reference);
    await correct(reference, { grossWeightKg: '1100' });
    await desk.asked(reference, asks('net-above-gross'));
    await correct(reference, { grossWeightKg: '1400', attributes: { hasRadio: true } });
    await desk.asked(reference, asks('us-fcc-certification'));
    await correct(reference, { attributes: { hasRadio: false } });
    await desk.logged(reference, 'papers-locked', ({ data }) => data.revision === 2);
    expect(await askedAbout(reference)).toEqual(['net-above-gross', 'us-fcc-certification']);
  }, 60_000);

  it('while a question is open is locked on the day of the answer, in the next run too', async () => {
    const reference = 'MEND-5';
    await waiting(reference);
    await desk.tell(reference, 'vat-invoice', invoice(1, { unit: '套' }));
    const first = await desk.asked(reference, asks('document-unit'));
    // It answers all that a correction may answer; what it did not mend is asked in the next round.
    await correct(reference, { grossWeightKg: '1390' });
    await desk.asked(reference, (task) => asks('document-unit')(task) && task.id !== first.id);
    const client = await engine();
    try {
      const id = shipmentWorkflowId(desk.organisation, reference);
      await client.workflow.getHandle(id).signal(continueAsNewSignal);
      const runs = await eventually(
        () => runsOf(client, id),
        ({ length }) => length === 2,
      );
      expect(runs).toHaveLength(2);
    } finally {
      await client.connection.close();
    }
    await desk.tell(reference, 'vat-invoice', invoice(2, {}, { replaces: number(1) }));
    await desk.logged(reference, 'papers-locked', ({ data }) => data.revision === 2);
    await desk.waitsFor(reference, 'planned-export');
    expect(await locked(reference)).toEqual([
      [1, 0],
      [2, 1],
    ]);
    expect(await askedAbout(reference)).toEqual(['document-unit', 'document-unit']);
  }, 60_000);

  it('of papers that somebody opened waits until they are locked again, and makes no revision of its own', async () => {
    const reference = 'MEND-4';
    await waiting(reference);
    await desk.tell(reference, 'unlock', { reason: 'the weights change' });
    const task = await desk.asked(reference, isOf('papers-open'));
    await correct(reference, { grossWeightKg: '1400' });
    await desk.answer(task, 'lock-again');
    await desk.logged(reference, 'papers-locked', ({ data }) => data.revision === 2);
    await desk.waitsFor(reference, 'planned-export');
    expect(await locked(reference)).toEqual([
      [1, 0],
      [2, 1],
    ]);
  }, 60_000);
});

describe('over the days of a shipment', () => {
  const played: Scenario[] = beforeTheFiling.map((one) => ({ ...one, reference: `${one.reference}-W` }));
  const [bill, mend, both] = played.map(({ reference }) => reference) as [string, string, string];
  let client: Client;
  let ended: Played[];
  const daysBeforeFiling = (log: LoggedEvent[], kind: string) => {
    const at = (event?: LoggedEvent) => Date.parse(event?.at ?? '');
    const filed = log.find((event) => event.kind === 'declaration-filed');
    return log
      .filter((event) => event.kind === kind && at(event) < at(filed))
      .map((event) => (at(filed) - at(event)) / 86_400_000);
  };
  beforeAll(async () => {
    client = await engine();
    ended = await playAll(
      client,
      orders(Object.fromEntries(played.map((one) => [one.reference, 'LAMPS-2601']))),
      played,
    );
  }, 120_000);
  afterAll(() => client.connection.close());

  it('each ends as written, declared once', async () => {
    expect(ended).toEqual(played.map(({ reference, expected }) => ({ reference, outcome: expected })));
    for (const { reference } of played)
      expect((await received('customs', reference)).map(({ times }) => times)).toEqual([1]);
  });

  it.each([
    ['an invoice', () => bill],
    ['a correction', () => mend],
  ])('%s that is wrong is asked about days before the filing, once, and never at the claim', async (_, reference) => {
    const asked = (await tasks(reference())).filter(({ kind }) => kind !== 'paper-wanted');
    expect(asked.map(({ kind, status }) => [kind, status])).toEqual([['review-finding', 'answered']]);
    const [days] = daysBeforeFiling(await events(reference()), 'task-asked');
    expect(days).toBeGreaterThan(1);
  });

  it('what is declared is locked days before it is filed, and nothing is locked on the day', async () => {
    for (const reference of [mend, both]) {
      const days = daysBeforeFiling(await events(reference), 'papers-locked');
      expect(days).toHaveLength(2);
      expect(Math.min(...days)).toBeGreaterThan(1);
    }
  });
});
