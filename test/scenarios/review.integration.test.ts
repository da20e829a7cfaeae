import { beforeAll, describe, expect, it } from '@jest/globals';
import type { TaskRow } from '../../store/tasks.ts';
import { declaredAtOnce, lamps, ReviewDesk, radioLamps, vagueBears, vagueLamps } from './review-desk.ts';

const desk = new ReviewDesk('review');
const isOf = (rule: string) => (task: TaskRow) => task.finding?.rule === rule;
const warnings = (task: TaskRow) => task.kind === 'review-warnings';
const certificate = 'us-childrens-product-certificate';

beforeAll(() => desk.open());

/** Who said what of a task, as it stands in the log. */
const said = async (reference: string, { id }: TaskRow) => ({
  message: (await desk.logged(reference, 'message', ({ data }) => JSON.stringify(data).includes(id))).data,
  answer: (await desk.logged(reference, 'task-answered', ({ data }) => data.taskId === id)).data,
});

describe('a rule of which the order does not say whether it applies', () => {
  it('that applies leads to the question for its paper, and the paper approves', async () => {
    const reference = 'APPLIES-1';
    await desk.start(reference, { lines: [vagueBears] });
    const question = await desk.asked(reference, isOf(certificate));
    expect(question).toMatchObject({
      kind: 'review-finding',
      finding: { undecided: true, where: 'lines[0].attributes' },
      choices: [{ id: 'applies' }, { id: 'does-not-apply' }, { id: 'supplied' }, { id: 'cancel' }],
    });
    await desk.answer(question, 'applies', 'sold for children from three years');
    const paper = await desk.asked(reference, (task) => isOf(certificate)(task) && task.id !== question.id);
    expect(paper).toMatchObject({
      wantsDocument: 'certificate-cpc',
      finding: { where: 'lines[0].certificates', found: 'none' },
    });
    await desk.handIn(reference, 'certificate-cpc');
    await desk.logged(reference, 'approved');
    await desk.waitsFor(reference, 'planned-export');
    expect(await said(reference, question)).toMatchObject({
      message: { content: { source: 'the review desk' } },
      answer: { choice: 'applies', reason: 'sold for children from three years' },
    });
    const supplied = await desk.logged(reference, 'task-answered', ({ data }) => data.taskId === paper.id);
    expect(supplied.data).toMatchObject({ choice: 'supplied', evidence: [`${reference}-certificate-cpc`] });
  }, 30_000);

  it('that does not apply is kept as waived, with who said so and why', async () => {
    const reference = 'APPLIES-2';
    await desk.start(reference, { lines: [vagueBears] });
    const question = await desk.asked(reference, isOf(certificate));
    await desk.answer(question, 'does-not-apply', 'a collector’s piece for adults');
    await desk.logged(reference, 'approved');
    const asked = await desk.logged(reference, 'task-asked', ({ data }) => data.taskId === question.id);
    expect(asked.data).toMatchObject({ question: { finding: { rule: certificate, undecided: true } } });
    expect(await said(reference, question)).toMatchObject({
      message: { content: { source: 'the review desk', reason: 'a collector’s piece for adults' } },
      answer: { choice: 'does-not-apply', reason: 'a collector’s piece for adults' },
    });
    expect((await desk.tasks(reference)).filter(({ kind }) => kind === 'review-finding')).toHaveLength(1);
  }, 30_000);
});

describe('a rule that speaks of several lines', () => {
  const blocking = (task: TaskRow) => isOf('us-fcc-certification')(task);
  const covered = [0, 1, 2].map((line) => `us-fcc-certification@lines[${line}].certificates`);

  it.each([
    ['one paper settles all', 'LINES-1', (task: TaskRow) => desk.handIn('LINES-1', task.wantsDocument ?? '')],
    ['one answer settles all', 'LINES-2', (task: TaskRow) => desk.answer(task, 'not-required', 'samples for a fair')],
  ])(
    'is one task, and %s',
    async (_, reference, settle) => {
      await desk.start(reference, { lines: [radioLamps, radioLamps, radioLamps] });
      const question = await desk.asked(reference, blocking);
      const asked = await desk.logged(reference, 'task-asked', ({ data }) => data.taskId === question.id);
      expect(asked.data).toMatchObject({ question: { covers: covered } });
      await settle(question);
      await desk.logged(reference, 'approved');
      expect((await desk.tasks(reference)).filter(blocking)).toHaveLength(1);
    },
    30_000,
  );

  it('of undecided lines is answered for all at once', async () => {
    const reference = 'LINES-3';
    await desk.start(reference, { lines: [vagueBears, vagueBears] });
    const question = await desk.asked(reference, isOf(certificate));
    await desk.answer(question, 'does-not-apply');
    await desk.logged(reference, 'approved');
    expect((await desk.tasks(reference)).filter(isOf(certificate))).toHaveLength(1);
  }, 30_000);
});

describe('warnings', () => {
  const rule = 'us-fcc-supplier-declaration';

  it('are one task beside the process: the declaration goes out without an answer', async () => {
    const reference = 'WARNED-1';
    await desk.start(reference, { ...declaredAtOnce, lines: [vagueLamps, vagueLamps] });
    await desk.logged(reference, 'declaration-filed');
    const open = (await desk.tasks(reference)).filter(({ status }) => status === 'open');
    expect(open).toMatchObject([{ kind: 'review-warnings', ownerRole: 'operator' }]);
    // Customs has the declaration: nobody calls the order off here any more, though the task was put before.
    const asked = await desk.logged(reference, 'task-asked');
    expect(asked.data).toMatchObject({
      question: { covers: [`${rule}@lines[0].attributes~warn`, `${rule}@lines[1].attributes~warn`] },
    });
  }, 30_000);

  it('accepted stand in the task and in the log, with who accepted and why, and are not asked about again', async () => {
    const reference = 'WARNED-2';
    await desk.start(reference, { lines: [vagueLamps] });
    const task = await desk.asked(reference, warnings);
    await desk.answer(task, 'accepted', 'the broker says that these are no electronics');
    expect(await said(reference, task)).toMatchObject({
      message: { content: { source: 'the review desk' } },
      answer: { choice: 'accepted', reason: 'the broker says that these are no electronics' },
    });
    await desk.tell(reference, 'review', { cause: 'rule', what: 'a rule that is read again' });
    await desk.waitsFor(reference, 'planned-export');
    const all = (await desk.tasks(reference)).filter(warnings);
    expect(all).toMatchObject([
      { status: 'answered', answer: { choice: 'accepted', reason: 'the broker says that these are no electronics' } },
    ]);
  }, 30_000);

  it('mended have the review made again: what is mended is not told, what is not is told again', async () => {
    const reference = 'WARNED-3';
    await desk.start(reference, { lines: [vagueLamps, { ...lamps, nameEn: 'Gifts and accessories' }] });
    const first = await desk.asked(reference, warnings);
    expect(first.question).toContain('does not say what the goods are');
    await desk.waitsFor(reference, 'planned-export');
    await desk.tell(reference, 'declaration-amendment', {
      reason: 'the goods are named now',
      lines: [{ line: 2, nameEn: lamps.nameEn }],
    });
    // The correction is reviewed as it comes; that it mended something is said after.
    await desk.logged(reference, 'papers-locked', ({ data }) => data.revision === 2);
    await desk.waitsFor(reference, 'planned-export');
    await desk.answer(first, 'mended', 'the goods are named');
    const second = await desk.asked(reference, (task) => warnings(task) && task.id !== first.id);
    expect(second.question).not.toContain('does not say what the goods are');
    expect(second.id).toBe(`${reference}/review-warnings/2`);
    await desk.waitsFor(reference, 'planned-export');
    expect(await desk.log(reference, 'approved')).toHaveLength(3);
  }, 30_000);

  it('can call the order off', async () => {
    const reference = 'WARNED-4';
    await desk.start(reference, { lines: [vagueLamps] });
    const task = await desk.asked(reference, warnings);
    await desk.waitsFor(reference, 'planned-export');
    await desk.answer(task, 'cancel', 'not worth the risk');
    const closed = await desk.logged(reference, 'closed');
    expect(closed.data).toMatchObject({ outcome: 'cancelled' });
  }, 30_000);
});
