import { beforeAll, describe, expect, it } from '@jest/globals';
import type { TaskRow } from '../../store/tasks.ts';
import { declaredAtOnce, type Listed, ReviewDesk, sdnFiles } from './review-desk.ts';

const isScreening = (task: TaskRow) => task.finding?.kind === 'screening';
const buyer = (name: string) => ({ name, country: 'US', address: '1 Pier, Oakland' });
/** Orders of one buyer, who is the consignee as well. */
const soldTo = (name: string) => ({ buyer: buyer(name), consignee: buyer(name) });

const quorvath: Listed = { number: 70001, name: 'QUORVATH MARITIME TRADING', country: 'Iran' };
const zelimbre: Listed = { number: 70002, name: 'ZELIMBRE OPTRONICS', country: 'Belarus' };
const brandulf: Listed = { number: 70003, name: 'BRANDULF ORDNANCE WORKS', country: 'Syria' };

describe('a buyer who resembles a listed party', () => {
  const desk = new ReviewDesk('screened');
  const open = async (reference: string) => (await desk.tasks(reference)).filter(isScreening);

  beforeAll(async () => {
    await desk.open();
    await desk.imports('sdn', sdnFiles([quorvath]));
  });

  it('holds the shipment, and is cleared by a person who compared', async () => {
    const reference = 'LISTED-1';
    await desk.start(reference, soldTo('Quorvath Maritime Trading LLC'));
    const question = await desk.asked(reference, isScreening);
    expect(question).toMatchObject({
      kind: 'review-finding',
      ownerRole: 'operator',
      choices: [{ id: 'another-party' }, { id: 'proceed' }, { id: 'cancel' }],
      finding: { rule: 'party-screening', where: 'buyer', severity: 'block' },
    });
    expect(question.finding?.found).toContain('sdn 70001');
    expect((await desk.ask(`/v1/shipments/${reference}`)).json).toMatchObject({ stage: 'compliance-review' });
    await desk.answer(question, 'another-party', 'a yacht broker in Oakland since 1988');
    await desk.logged(reference, 'approved');
    await desk.waitsFor(reference, 'planned-export');
    expect(await open(reference)).toHaveLength(1);
  }, 30_000);

  it('passes without a question when a person found it to be another party before', async () => {
    const reference = 'LISTED-2';
    await desk.start(reference, soldTo('QUORVATH Maritime Trading, LLC.'));
    await desk.logged(reference, 'approved');
    expect(await open(reference)).toEqual([]);
  }, 30_000);

  it('as the same party is asked about at each order: a permission is for one business', async () => {
    await desk.imports('sdn', sdnFiles([quorvath, zelimbre]));
    const [first, second] = ['LISTED-3', 'LISTED-4'] as const;
    await desk.start(first, soldTo('Zelimbre Optronics'));
    await desk.answer(await desk.asked(first, isScreening), 'proceed', 'licence 2026-118 of the authority');
    await desk.logged(first, 'approved');
    await desk.start(second, soldTo('Zelimbre Optronics'));
    await desk.answer(await desk.asked(second, isScreening), 'cancel', 'the licence was for one order');
    await desk.logged(second, 'closed');
  }, 30_000);

  it('whose entry says something else now is asked about again, and nobody else is', async () => {
    const changed = { ...quorvath, aliases: ['QUORVATH MARITIME OF OAKLAND'] };
    const { report } = await desk.imports('sdn', sdnFiles([changed, zelimbre]));
    expect(report).toMatchObject({
      failed: [],
      affected: [
        { reference: 'LISTED-1', findings: [{ rule: 'party-screening', severity: 'block', where: 'buyer' }] },
        { reference: 'LISTED-2', findings: [{ rule: 'party-screening', severity: 'block', where: 'buyer' }] },
      ],
    });
    const again = await desk.asked('LISTED-1', (task) => isScreening(task) && task.status === 'open');
    expect((await open('LISTED-1')).map(({ status }) => status).sort()).toEqual(['answered', 'open']);
    // One answer about the party settles it for the other order as well, as soon as that one is looked at.
    await desk.answer(again, 'another-party', 'the new alias is of Oakland in Iran');
    await desk.waitsFor('LISTED-1', 'planned-export');
  }, 30_000);
});

describe('a list that changes while shipments are under way', () => {
  const desk = new ReviewDesk('relisted');
  const [waiting, filed, plain] = ['WAITING-1', 'FILED-1', 'PLAIN-1'] as const;
  let report: Awaited<ReturnType<ReviewDesk['imports']>>['report'];

  beforeAll(async () => {
    await desk.open();
    await desk.start(waiting, soldTo('Brandulf Ordnance Works'));
    await desk.start(filed, { ...soldTo('Brandulf Ordnance Works'), ...declaredAtOnce });
    await desk.start(plain);
    await desk.waitsFor(waiting, 'planned-export');
    await desk.waitsFor(plain, 'planned-export');
    await desk.waitsFor(filed, 'customs-answer');
    ({ report } = await desk.imports('sdn', sdnFiles([brandulf])));
  }, 60_000);

  it('names those that it concerns, and no others', () => {
    const findings = [{ rule: 'party-screening', severity: 'block', where: 'buyer', title: expect.any(String) }];
    expect(report).toEqual({
      looked: 3,
      affected: [
        { reference: filed, findings },
        { reference: waiting, findings },
      ],
      failed: [],
    });
  });

  it('holds what is not declared yet', async () => {
    const question = await desk.asked(waiting, isScreening);
    expect(question.kind).toBe('review-finding');
    expect((await desk.ask(`/v1/shipments/${waiting}`)).json).toMatchObject({ stage: 'compliance-review' });
    await desk.answer(question, 'another-party', 'a museum of the same name');
    await desk.waitsFor(waiting, 'planned-export');
    expect(await desk.log(waiting, 'approved')).toHaveLength(2);
  }, 30_000);

  it('of what is declared tells a person, and holds nothing', async () => {
    const task = await desk.asked(filed, (one) => one.kind === 'rule-change');
    expect(task).toMatchObject({
      choices: [{ id: 'another-party' }, { id: 'proceed' }, { id: 'settled' }],
      finding: { kind: 'screening' },
    });
    expect(task.question).toContain('After a change (sdn, version');
    expect((await desk.ask(`/v1/shipments/${filed}`)).json).toMatchObject({ stage: 'export-declaration' });
    // The next change is told though nobody has answered yet: one question hides no other.
    await desk.imports('sdn', sdnFiles([{ ...brandulf, aliases: ['BRANDULF HERITAGE FOUNDATION'] }]));
    const next = await desk.asked(filed, (one) => one.kind === 'rule-change' && one.id !== task.id);
    expect((await desk.tasks(filed)).filter(({ status }) => status === 'open')).toHaveLength(2);
    await desk.answer(next, 'settled', 'the lawyer says that it is another party');
    await desk.answer(task, 'settled', 'the lawyer says that it is another party');
    expect(await desk.log(filed, 'declaration-filed')).toHaveLength(1);
  }, 30_000);

  it('leaves the others as they are', async () => {
    expect((await desk.tasks(plain)).filter(({ kind }) => kind !== 'paper-wanted')).toEqual([]);
    expect(await desk.log(plain, 'approved')).toHaveLength(1);
  });
});
