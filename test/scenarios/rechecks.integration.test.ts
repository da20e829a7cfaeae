import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { complianceActivities } from '../../activities/compliance/activities.ts';
import { agedReferenceActivities } from '../../activities/compliance/aged-reference.ts';
import { loadReference } from '../../reference/load.ts';
import { addDays, chinaDate } from '../../rules/civil-date.ts';
import { WorkflowClock } from '../../simulation/clock.ts';
import { runsOf } from '../../simulation/cost.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { reviewedFactsOf } from '../../store/rechecks.ts';
import type { TaskRow } from '../../store/tasks.ts';
import { continueAsNewSignal, recheckWorkflowId, shipmentWorkflowId } from '../../workflows/messages.ts';
import { engine, running } from './playing.ts';
import {
  declaredAtOnce,
  inDays,
  putListInForce,
  ReviewDesk,
  radioLamps,
  sdnFiles,
  vagueBears,
  vagueLamps,
} from './review-desk.ts';

const isScreening = (task: TaskRow) => task.finding?.kind === 'screening';
const isWarning = (task: TaskRow) => task.kind === 'review-warnings';
const simulated = { 'quayside-simulated': 'true' };
const reference = loadReference();

let client: Client;
let database: Database;
beforeAll(async () => {
  client = await engine();
  database = openDatabase(process.env.QUAYSIDE_TEST_DATABASE_URL ?? '', 2);
});
afterAll(async () => {
  await client.connection.close();
  await database.close();
});

const handleOf = ({ organisation }: ReviewDesk, shipment: string) =>
  client.workflow.getHandle(shipmentWorkflowId(organisation, shipment));
const clockOf = (desk: ReviewDesk, shipment: string) =>
  new WorkflowClock(client, running.temporalNamespace, handleOf(desk, shipment).workflowId);
describe('a table that is imported while shipments are under way', () => {
  const desk = new ReviewDesk('tables');
  const table = (elements: string) => ({
    'tariff.csv': `商品编码,商品名称,法定单位,申报要素,增值税率,出口退税率\n9405210090,LED台灯,个/千克,${elements},13,13\n`,
  });

  beforeAll(async () => {
    await desk.open();
    await desk.start('TABLE-1');
    await desk.start('TABLE-2', { lines: [vagueLamps] });
    await desk.start('TABLE-3', declaredAtOnce);
    await desk.waitsFor('TABLE-1', 'planned-export');
    await desk.waitsFor('TABLE-2', 'planned-export');
    await desk.waitsFor('TABLE-3', 'customs-answer');
  }, 60_000);

  it('that says what the orders say concerns none of them', async () => {
    const { report } = await desk.imports('tariff', table('用途;材质'));
    expect(report).toEqual({ looked: 3, affected: [], failed: [] });
    expect((await desk.tasks('TABLE-1')).map(({ kind }) => kind)).toEqual(['paper-wanted']);
  }, 30_000);

  it('that wants another element warns all, each once, whether declared or not; nothing is held', async () => {
    const findings = [
      { rule: 'tariff-elements', severity: 'warn', where: 'lines[0].elements', title: expect.any(String) },
    ];
    const { report } = await desk.imports('tariff', table('用途;材质;灯罩颜色'));
    expect(report).toEqual({
      looked: 3,
      affected: ['TABLE-1', 'TABLE-2', 'TABLE-3'].map((one) => ({ reference: one, findings })),
      failed: [],
    });
    for (const shipment of ['TABLE-1', 'TABLE-2', 'TABLE-3']) {
      const task = await desk.asked(shipment, ({ question }) =>
        question.includes('Declaration elements of 9405210090'),
      );
      expect(task).toMatchObject({ kind: 'review-warnings', status: 'open' });
    }
    await desk.waitsFor('TABLE-1', 'planned-export');
    await desk.waitsFor('TABLE-3', 'customs-answer');
    expect(await desk.log('TABLE-1', 'approved')).toHaveLength(2);
  }, 30_000);

  it('the same again changes nothing, and a look that is asked for finds nothing new', async () => {
    const before = await desk.tasks();
    const { report } = await desk.imports('tariff', table('用途;材质;灯罩颜色'));
    expect(report).toMatchObject({ looked: 3 });
    const { json } = await desk.ask('/v1/compliance/rechecks', { body: { reason: 'the rule book was read again' } });
    expect(await desk.reportOf(String(json.id))).toEqual({ looked: 3, affected: [], failed: [] });
    expect((await desk.tasks()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(await desk.log('TABLE-1', 'approved')).toHaveLength(2);
  }, 30_000);

  it('lists its looks, the newest first, each with its cause', async () => {
    const { json } = await desk.ask('/v1/compliance/rechecks');
    expect(json.rechecks).toMatchObject([
      { cause: { kind: 'rule', what: 'the rule book was read again' } },
      { cause: { kind: 'table' }, report: { looked: 3 } },
      { cause: { kind: 'table' }, report: { looked: 3, affected: [] } },
    ]);
    expect((await desk.ask('/v1/compliance/rechecks/none')).status).toBe(404);
  });
});

describe('a step of a re-check that is done again after a crash', () => {
  it('tells nobody twice, and answers the same', async () => {
    const desk = new ReviewDesk('again');
    await desk.open();
    await desk.start('AGAIN-1', { buyer: { name: 'Vellichor Arms', country: 'US', address: '1 Pier' } });
    await desk.waitsFor('AGAIN-1', 'planned-export');
    await putListInForce(database, desk.organisation, [{ number: 70010, name: 'VELLICHOR ARMS', country: 'Iran' }]);
    const { beginRecheck, recheckShipments } = complianceActivities({
      database,
      reference,
      temporal: client,
      counterparties: {},
    });
    const recheck = {
      organisation: desk.organisation,
      id: 'sdn-1',
      cause: { kind: 'list' as const, what: 'sdn, version 1' },
      asOf: new Date().toISOString(),
      after: null,
    };
    await beginRecheck(recheck);
    // Both before the shipment has written what it found, or one after: the message is the same one.
    const [first] = await Promise.all([recheckShipments(recheck), recheckShipments(recheck)]);
    expect(first).toMatchObject({ looked: 1, affected: [{ reference: 'AGAIN-1' }], failed: [], next: null });
    const task = await desk.asked('AGAIN-1', isScreening);
    // Late, when the shipment has recorded what it found: the answer is lost, not what was done.
    expect(await recheckShipments(recheck)).toEqual(first);
    const told = (await desk.log('AGAIN-1', 'message')).filter(({ data }) => data.name === 'reviewAgain');
    expect(told.filter(({ data }) => data.status === 'applied')).toHaveLength(1);
    await desk.answer(task, 'another-party');
    await desk.waitsFor('AGAIN-1', 'planned-export');
    expect((await desk.tasks('AGAIN-1')).filter(isScreening)).toHaveLength(1);
    expect(await recheckShipments(recheck)).toEqual(first);
  }, 30_000);
});

describe('a paper that was handed in again', () => {
  it('counts as it stands now: what is wrong with the latest is not hidden by an earlier one', async () => {
    const desk = new ReviewDesk('papers');
    await desk.open();
    await desk.start('PAPERS-1', { lines: [vagueBears] });
    await desk.answer(await desk.asked('PAPERS-1', (task) => task.finding?.undecided === true), 'applies');
    await desk.asked('PAPERS-1', (task) => task.wantsDocument === 'certificate-cpc');
    await desk.handIn('PAPERS-1', 'certificate-cpc');
    await desk.waitsFor('PAPERS-1', 'planned-export');
    await desk.handIn('PAPERS-1', 'certificate-cpc', { expiresOn: inDays(-30) });
    await desk.logged('PAPERS-1', 'message', ({ data }) => JSON.stringify(data).includes(inDays(-30)));
    const { json } = await desk.ask('/v1/compliance/rechecks', { body: { reason: 'read again' } });
    expect(await desk.reportOf(String(json.id))).toMatchObject({
      affected: [
        { reference: 'PAPERS-1', findings: [{ rule: 'us-childrens-product-certificate', severity: 'block' }] },
      ],
    });
    // The finding of the first review was mended: that it is back is news, and holds.
    await desk.asked('PAPERS-1', (task) => task.wantsDocument === 'certificate-cpc');
    const facts = await database.within(desk.organisation, (transaction) => reviewedFactsOf(transaction, 'PAPERS-1'));
    expect(facts.documents).toMatchObject([{ kind: 'certificate-cpc', expiresOn: inDays(-30) }]);
  }, 30_000);
});

describe('between the approval and the filing', () => {
  const desk = new ReviewDesk('later');
  const listed = { number: 70020, name: 'TAMARACK CENTRIFUGE', country: 'Iran' };
  const buyer = { name: 'Tamarack Centrifuge', country: 'US', address: '1 Pier' };

  it('a list that nobody told of holds the filing: the parties are held against the lists of that day', async () => {
    await desk.open();
    await putListInForce(database, desk.organisation, [
      { number: 70021, name: 'NOBODY OF THAT NAME', country: 'Iran' },
    ]);
    await desk.start('LATER-1', { buyer, consignee: buyer, plannedExportOn: inDays(20) }, simulated);
    await desk.waitsFor('LATER-1', 'planned-export');
    await putListInForce(database, desk.organisation, [listed]);
    const clock = clockOf(desk, 'LATER-1');
    await clock.settled();
    await clock.forwardTo(`${inDays(18)}T00:00:00Z`);
    const question = await desk.asked('LATER-1', isScreening);
    await clock.settled();
    expect(await desk.log('LATER-1', 'declaration-filed')).toEqual([]);
    expect((await desk.ask('/v1/shipments/LATER-1')).json).toMatchObject({ stage: 'compliance-review' });
    await desk.answer(question, 'another-party', 'makers of rackets');
    await desk.logged('LATER-1', 'declaration-filed');
  }, 60_000);

  it('with the same lists leaves no trace: no second approval, no second finding', async () => {
    await desk.start('LATER-2', { plannedExportOn: inDays(20) }, simulated);
    await desk.waitsFor('LATER-2', 'planned-export');
    const findings = await desk.log('LATER-2', 'finding');
    const clock = clockOf(desk, 'LATER-2');
    await clock.settled();
    await clock.forwardTo(`${inDays(18)}T00:00:00Z`);
    await desk.logged('LATER-2', 'declaration-filed');
    expect(await desk.log('LATER-2', 'approved')).toHaveLength(1);
    expect(await desk.log('LATER-2', 'finding')).toEqual(findings);
  }, 60_000);
});

describe('warnings that nobody answers', () => {
  const desk = new ReviewDesk('unanswered');
  beforeAll(() => desk.open());

  it('are the manager’s after one working day, and hold nothing up', async () => {
    await desk.start('WAITS-1', { lines: [vagueLamps] }, simulated);
    const task = await desk.asked('WAITS-1', isWarning);
    const clock = clockOf(desk, 'WAITS-1');
    await clock.settled();
    await clock.forwardTo(new Date(Date.parse(task.dueAt) + 60_000).toISOString());
    await desk.logged('WAITS-1', 'task-escalated');
    const [escalated] = (await desk.tasks('WAITS-1')).filter(isWarning);
    expect(escalated).toMatchObject({ id: task.id, status: 'open', ownerRole: 'manager' });
    await desk.waitsFor('WAITS-1', 'planned-export');
  }, 60_000);

  it('go with the shipment into its next run, as do the changes that it was told of', async () => {
    await desk.start('MOVES-1', { lines: [vagueLamps, radioLamps] });
    const blocked = await desk.asked('MOVES-1', (task) => task.kind === 'review-finding');
    const warned = await desk.asked('MOVES-1', isWarning);
    const { workflowId } = handleOf(desk, 'MOVES-1');
    const move = async (runs: number) => {
      await handleOf(desk, 'MOVES-1').signal(continueAsNewSignal);
      for (const end = Date.now() + 10_000; Date.now() < end; )
        if ((await runsOf(client, workflowId)).length >= runs) return;
    };
    await move(2);
    await desk.tell('MOVES-1', 'review', { cause: 'rule', what: 'a rule that is read again' });
    await move(3);
    await desk.handIn('MOVES-1', blocked.wantsDocument ?? '');
    await desk.waitsFor('MOVES-1', 'planned-export');
    await move(4);
    await desk.answer(warned, 'accepted', 'no electronics, says the broker');
    await desk.logged('MOVES-1', 'task-answered', ({ data }) => data.taskId === warned.id);
    await move(5);
    await desk.tell('MOVES-1', 'review', { cause: 'rule', what: 'a rule that is read once more' });
    await desk.waitsFor('MOVES-1', 'planned-export');
    const asked = (await desk.log('MOVES-1', 'task-asked')).map(({ data }) => data.taskId);
    expect(asked).toHaveLength(new Set(asked).size);
    const covered = (await desk.log('MOVES-1', 'task-asked')).flatMap(
      ({ data }) => (data.question as { covers?: string[] }).covers ?? [],
    );
    expect(covered).toHaveLength(new Set(covered).size);
    const open = (await desk.tasks('MOVES-1')).filter(({ status }) => status === 'open');
    expect(open.map(({ kind }) => kind)).toEqual(['paper-wanted']);
    expect(await runsOf(client, workflowId)).toHaveLength(5);
  }, 60_000);
});

describe('reference data that grows old', () => {
  const desk = new ReviewDesk('aged');
  const later = `${addDays(chinaDate(new Date().toISOString()), 3 * 365)}T01:00:00Z`;
  const aged = () => desk.tasks().then((tasks) => tasks.filter(({ kind }) => kind === 'reference-aged'));

  it('becomes one task a kind, and a list one of its own; the same again adds none', async () => {
    await desk.open();
    await desk.imports('sdn', sdnFiles([{ number: 70030, name: 'NOBODY AT ALL', country: 'Iran' }]));
    await desk.start('AGED-1');
    await desk.waitsFor('AGED-1', 'planned-export');
    const { askAboutAgedReference } = agedReferenceActivities({
      // The other tests' organisations are asked nothing.
      database: { ...database, query: async <Row>() => [{ organisation: desk.organisation }] as Row[] },
      reference,
      temporal: client,
      counterparties: {},
    });
    const questions = await askAboutAgedReference({ asOf: later });
    const asked = await aged();
    expect(asked).toHaveLength(questions);
    const kinds = asked.map(({ id }) => id.split('/')[1]);
    expect(kinds).toHaveLength(new Set(kinds).size);
    expect(kinds).toContain('list-sdn');
    expect(
      asked.every(
        ({ reference: of, status, ownerRole }) => of === null && status === 'open' && ownerRole === 'operator',
      ),
    ).toBe(true);
    expect(await askAboutAgedReference({ asOf: later })).toBe(questions);
    expect((await aged()).map(({ id }) => id)).toEqual(asked.map(({ id }) => id));
  }, 30_000);

  it('is answered like any task, and stays answered', async () => {
    const [task] = await aged();
    if (!task) throw new Error('nothing was asked');
    await desk.answer(task, 'verified', 'read again, nothing changed');
    expect((await aged()).find(({ id }) => id === task.id)).toMatchObject({ status: 'answered' });
  });
});

it('the engine knows a re-check by its id: the same change starts one', async () => {
  const desk = new ReviewDesk('once');
  await desk.open();
  const { recheck } = await desk.imports('sdn', sdnFiles([{ number: 70040, name: 'NOBODY EITHER', country: 'Iran' }]));
  const id = recheckWorkflowId(desk.organisation, recheck);
  const { runId } = await client.workflow.getHandle(id).describe();
  await desk.imports('sdn', sdnFiles([{ number: 70040, name: 'NOBODY EITHER', country: 'Iran' }]));
  expect((await client.workflow.getHandle(id).describe()).runId).toBe(runId);
  expect((await desk.ask('/v1/compliance/rechecks')).json.rechecks).toHaveLength(1);
}, 30_000);
