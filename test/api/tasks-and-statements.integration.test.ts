import { beforeAll, describe, expect, it } from '@jest/globals';
import exampleOrder from '../../examples/order.json' with { type: 'json' };
import { ask, expectProblem, orderOf, run, said, start, waits } from './callers.ts';
import { until } from './running-stack.ts';
import { camt } from './statements.ts';

describe('tasks and bank statements on a running stack', () => {
  const first = `${run}-1`;
  beforeAll(async () => {
    expect((await start(orderOf(first))).status).toBe(201);
    await waits(first);
  }, 30_000);

  describe('tasks', () => {
    it('filters, and what is not understood', async () => {
      expect((await ask('/v1/tasks?role=finance&status=all')).status).toBe(200);
      expectProblem(await ask('/v1/tasks?role=pope'), 400, 'role');
    });
    it("a review's finding is a task of the shipment, and its answer reaches it", async () => {
      const reference = `${run}-toy`;
      const line = {
        ...exampleOrder.lines[0],
        nameZh: '毛绒玩具熊',
        nameEn: 'plush toy bear',
        hsCode: '9503002100',
        attributes: { ...exampleOrder.lines[0]?.attributes, toy: true, intendedAgeMax: 6 },
        certificates: [],
      };
      await start(orderOf(reference, { lines: [line] }));
      const open = await until(
        () => ask(`/v1/tasks?reference=${reference}`),
        ({ json }) => JSON.stringify(json.tasks).includes('review-finding'),
      );
      type Task = { id: string; kind: string; choices: { id: string }[]; finding: object };
      const task = (open.json.tasks as unknown as Task[]).find(({ kind }) => kind === 'review-finding');
      expect(task).toMatchObject({ finding: { rule: expect.any(String), remedy: expect.any(String) } });
      const body = { ...said(), taskId: task?.id ?? '', choice: task?.choices[0]?.id ?? '', reason: 'test' };
      expect(await ask('/v1/tasks/answers', { body })).toMatchObject({ status: 200, json: { status: 'applied' } });
      expect(await ask('/v1/tasks/answers', { body })).toMatchObject({ status: 200, json: { status: 'duplicate' } });
    });
    it('one that is not there: 404', async () =>
      expectProblem(await ask('/v1/tasks/answers', { body: { ...said(), taskId: 'none', choice: 'x' } }), 404));
  });

  describe('bank statements', () => {
    const xml = (type: string) => ({ 'content-type': type });

    it('a credit that pays an instalment reaches its shipment', async () => {
      const body = camt(`${run}-paid`, {
        amount: '12000.00',
        payer: 'Harbor Home Goods LLC',
        words: `payment ${first}`,
      });
      const { json } = await ask('/v1/bank-statements', { body, headers: xml('application/xml') });
      const done = await until(
        () => ask(`/v1/bank-statements/${json.sha256}`),
        (answer) => String(answer.json.status) === 'done',
      );
      expect(done.json).toMatchObject({ status: 'done', told: [first] });
      const log = await until(
        () => ask(`/v1/shipments/${first}/events?limit=1000`),
        ({ text }) => text.includes('fxReceipt'),
      );
      expect(log.text).toContain(`${run}-paid-1`);
    }, 30_000);
    it('is taken once; what fits nowhere is asked of finance, and the answer settles it', async () => {
      const body = camt(`${run}-stmt`);
      const taken = await ask('/v1/bank-statements', { body, headers: xml('application/xml') });
      expect(taken).toMatchObject({
        status: 202,
        json: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), status: 'received' },
      });
      const again = await ask('/v1/bank-statements', {
        body: new TextEncoder().encode(body),
        headers: xml('application/octet-stream'),
      });
      expect(again).toMatchObject({ status: 200, text: taken.text });
      const state = () => ask(`/v1/bank-statements/${taken.json.sha256}`);
      const waiting = await until(state, ({ json }) => String(json.status) === 'waiting');
      expect(waiting.json).toMatchObject({
        status: 'waiting',
        told: [],
        waitingOn: [{ what: 'receipt-unmatched', fromWhom: 'finance' }],
      });
      const [wait] = waiting.json.waitingOn as unknown as { taskId: string }[];
      await until(
        () => ask('/v1/tasks?role=finance&limit=500'),
        ({ text }) => text.includes(wait?.taskId ?? ''),
      );
      const answer = (choice: string) =>
        ask('/v1/tasks/answers', { body: { ...said(), taskId: wait?.taskId, choice, reason: 'a refund of our own' } });
      expectProblem(await answer('burn-it'), 422);
      expect(await answer('not-export')).toMatchObject({ status: 200, json: { status: 'applied' } });
      expect((await until(state, ({ json }) => String(json.status) === 'done')).json).toMatchObject({
        status: 'done',
        waitingOn: [],
      });
      expect(await answer('not-export')).toMatchObject({ status: 200, json: { status: 'duplicate' } });
      expectProblem(await answer('allocate'), 422);
    }, 30_000);
    it('what is no statement is refused and stored nowhere', async () => {
      for (const body of ['hello', '<html/>', '<a><b></a>', camt('x').replace('</Document>', '')])
        expectProblem(await ask('/v1/bank-statements', { body, headers: xml('text/xml') }), 422);
      expectProblem(
        await ask('/v1/bank-statements', { body: new Uint8Array([0xff, 0xfe, 0x3c]), headers: xml('application/xml') }),
        422,
      );
      expectProblem(await ask('/v1/bank-statements', { body: camt('x'), headers: xml('application/json') }), 415);
      expectProblem(await ask(`/v1/bank-statements/${'0'.repeat(64)}`), 404);
      expectProblem(await ask('/v1/bank-statements/short'), 400);
    });
  });
});
