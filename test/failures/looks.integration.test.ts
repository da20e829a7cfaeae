/** The looks that belong to no shipment, in every way that a step of theirs can go wrong: a re-check, and what has grown old. */
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import pg from 'pg';
import { pause } from '../../simulation/patience.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { SHIPMENTS_TASK_QUEUE } from '../../workflows/messages.ts';
import { engine } from '../scenarios/playing.ts';
import { putListInForce, ReviewDesk } from '../scenarios/review-desk.ts';
import { Faults, type Mode, type Run } from './faults.ts';
import { activityNames, reachedByNoCase } from './matrix.ts';

const ofRechecks = ['beginRecheck', 'recheckShipments', 'endRecheck'];
const ofAgeing = ['askAboutAgedReference'];
/** Nothing goes out to a counterparty: its modes have nothing to break. */
const modes: readonly Mode[] = ['fails-once', 'until-a-person-helps', 'repeated', 'answer-lost', 'away-for-hours'];
const cellsOf = (activities: string[]) =>
  activities.flatMap((activity) => modes.map((mode) => ({ activity, mode, name: `${activity}-${mode}` })));
type Cell = ReturnType<typeof cellsOf>[number];
const SIDE_BY_SIDE = 4;

const faults = new Faults(join(dirname(process.env.QUAYSIDE_TEST_STACK ?? ''), 'faults'));
const run = randomUUID().slice(0, 8);
const listed = { number: 73010, name: 'OBSIDIAN BALLISTICS', country: 'Iran' };
const buyer = { buyer: { name: 'Obsidian Ballistics', country: 'US', address: '1 Pier' } };
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

/** Tries again until it is there: what a person does who looks every now and then. */
async function seen<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(50)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error('nothing came of it within a minute');
}

const hit = (runs: readonly Run[], { activity, mode }: Cell) =>
  runs.filter((one) => one.activity === activity && one.mode === mode);

async function playRecheck(cell: Cell): Promise<object> {
  const desk = new ReviewDesk('looks');
  await desk.open();
  await desk.start('CONCERNED', buyer);
  await desk.start('OTHER');
  await desk.waitsFor('CONCERNED', 'planned-export');
  await desk.waitsFor('OTHER', 'planned-export');
  await putListInForce(database, desk.organisation, [listed]);
  const id = `${cell.name}-${run}`;
  faults.lay(id, [cell]);
  const handle = await client.workflow.start('recheck', {
    workflowId: `recheck/${desk.organisation}/${id}`,
    taskQueue: SHIPMENTS_TASK_QUEUE,
    args: [{ organisation: desk.organisation, id, cause: { kind: 'list', what: 'sdn, version 1' } }],
  });
  if (cell.mode === 'until-a-person-helps') {
    const task = await seen(async () => (await desk.tasks()).find(({ kind }) => kind === 'defect'));
    faults.mend(id);
    await desk.answer(task, 'retry', 'mended');
  }
  const result = await handle.result();
  await desk.asked('CONCERNED', (task) => task.finding?.kind === 'screening');
  const told = (await desk.log('CONCERNED', 'message')).filter(({ data }) => data.name === 'reviewAgain');
  const tasks = await desk.tasks();
  const runs = faults.runs(id);
  return {
    cell: cell.name,
    result,
    report: await desk.reportOf(id),
    told: told.map(({ data }) => data.status),
    screening: tasks.filter((task) => task.finding?.kind === 'screening').length,
    openDefects: tasks.filter(({ kind, status }) => kind === 'defect' && status === 'open').length,
    engineerAsked: tasks.some(({ kind }) => kind === 'defect'),
    isHit: hit(runs, cell).length > 0,
    hasMoved: new Set(runs.map(({ runId }) => runId)).size > 1,
  };
}

it('a re-check tells each shipment once and reports it, whichever of its steps goes wrong, and however', async () => {
  const cells = cellsOf(ofRechecks);
  const ended: object[] = [];
  for (let at = 0; at < cells.length; at += SIDE_BY_SIDE)
    ended.push(...(await Promise.all(cells.slice(at, at + SIDE_BY_SIDE).map(playRecheck))));
  const concerned = { reference: 'CONCERNED', findings: [expect.objectContaining({ rule: 'party-screening' })] };
  expect(ended).toEqual(
    cells.map(({ name, mode }) => ({
      ...{ cell: name, result: { looked: 2, affected: 1, failed: 0 } },
      report: { looked: 2, affected: [concerned], failed: [] },
      ...{ told: ['applied'], screening: 1, openDefects: 0, isHit: true },
      engineerAsked: mode === 'until-a-person-helps',
      hasMoved: mode === 'away-for-hours',
    })),
  );
}, 180_000);

/** An organisation whose list nobody has imported anew for years. */
async function withAnOldList(): Promise<ReviewDesk> {
  const desk = new ReviewDesk('ageing');
  await desk.open();
  await desk.start('UNDER-WAY');
  await putListInForce(database, desk.organisation, [listed]);
  const owner = new pg.Client({ connectionString: process.env.QUAYSIDE_TEST_DATABASE_URL });
  await owner.connect();
  await owner
    .query(`update reference_list set imported_at = imported_at - interval '3 years' where organisation = $1`, [
      desk.organisation,
    ])
    .finally(() => owner.end());
  return desk;
}

it.each(cellsOf(ofAgeing))(
  'what has grown old is asked about once: $name',
  async (cell) => {
    const desk = await withAnOldList();
    const id = `${cell.name}-${run}`;
    faults.lay(id, [cell]);
    const handle = await client.workflow.start('referenceAge', {
      ...{ workflowId: `reference-age/${desk.organisation}/${id}`, taskQueue: SHIPMENTS_TASK_QUEUE, args: [] },
    });
    if (cell.mode === 'until-a-person-helps') {
      // Nobody can be asked, so it is tried again, and shows as a step that is.
      await seen(() => faults.broken(id).find(({ attempt }) => attempt >= 3));
      faults.mend(id);
    }
    expect(await handle.result()).toBeGreaterThanOrEqual(1);
    const aged = (await desk.tasks()).filter(({ kind }) => kind === 'reference-aged');
    expect(aged.filter(({ id: task }) => task.includes('list-sdn'))).toHaveLength(1);
    expect(hit(faults.runs(id), cell).length).toBeGreaterThanOrEqual(1);
  },
  90_000,
);

it('these are all the activities that no case of the matrix reaches', () => {
  expect(Object.keys(reachedByNoCase).sort()).toEqual([...ofRechecks, ...ofAgeing].sort());
  expect(activityNames()).toEqual(expect.arrayContaining([...ofRechecks, ...ofAgeing]));
});
