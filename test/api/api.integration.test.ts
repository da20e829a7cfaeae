import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import exampleOrder from '../../examples/order.json' with { type: 'json' };
import { ask, expectProblem, inDays, orderOf, run, said, stack, start, tell, waits } from './callers.ts';
import { until } from './running-stack.ts';

describe('the API on a running stack', () => {
  const first = `${run}-1`;
  beforeAll(async () => {
    expect((await start(orderOf(first), { 'idempotency-key': `${run}-key` })).status).toBe(201);
    await waits(first);
  }, 30_000);

  describe('orders', () => {
    it('the same key and body: the same answer, byte for byte, and the Location', async () => {
      const again = await start(orderOf(first), { 'idempotency-key': `${run}-key` });
      expect(again).toMatchObject({
        status: 201,
        text: JSON.stringify({
          reference: first,
          workflowId: `shipment/${stack.organisation}/${first}`,
          status: 'started',
        }),
      });
      expect(again.headers.get('location')).toBe(`/v1/shipments/${first}`);
    });
    it('two at the same moment under one key: one shipment, one answer', async () => {
      const both = await Promise.all(
        [1, 2].map(() => start(orderOf(`${run}-twin`), { 'idempotency-key': `${run}-twins` })),
      );
      expect(both.map(({ status }) => status)).toEqual([201, 201]);
      expect(both[0]?.text).toBe(both[1]?.text);
    });
    it('the same key, another body: 422', async () =>
      expectProblem(await start(orderOf(`${run}-x`), { 'idempotency-key': `${run}-key` }), 422));
    it('the same content again: 200; its keys in another order too', async () => {
      const turned = Object.fromEntries(Object.entries(orderOf(first)).reverse());
      expect(await start(turned)).toMatchObject({ status: 200, json: { reference: first, status: 'started' } });
    });
    it('other content: 409, and a new key is not spent on it', async () => {
      expectProblem(await start(orderOf(first, { remarks: 'changed' }), { 'idempotency-key': `${run}-fresh` }), 409);
      expect((await start(orderOf(`${run}-2`), { 'idempotency-key': `${run}-fresh` })).status).toBe(201);
    });
    it('wrong content is refused with the field', async () => {
      const line = exampleOrder.lines[0];
      expectProblem(await start(orderOf('A', { lines: [] })), 422, 'lines');
      expectProblem(await start(orderOf('A', { currency: 'XQQ' })), 422, 'currency');
      expectProblem(await start(orderOf('A', { lines: [{ ...line, quantity: '-5' }] })), 422, 'lines[0].quantity');
      expectProblem(await start(orderOf('A', { lines: [{ ...line, hsCode: '95O3AB' }] })), 422, 'lines[0].hsCode');
      expectProblem(await ask('/v1/shipments', { body: '{"reference": "x",' }), 400);
    });
    it('a body of 5 MB: 413, or cut off, and the API answers on', async () => {
      const big = await start(orderOf(`${run}-big`, { remarks: 'x'.repeat(5_000_000) })).catch(() => undefined);
      if (big) expectProblem(big, 413);
      expect((await ask('/healthz', { key: '' })).status).toBe(200);
    });
    it('no key, a wrong key: 401', async () => {
      expectProblem(await ask('/v1/shipments', { key: '' }), 401);
      expectProblem(await ask('/v1/shipments', { key: 'nonsense' }), 401);
    });
    it('a simulated shipment is marked', async () => {
      await start(orderOf(`${run}-sim`), { 'quayside-simulated': 'true' });
      expect((await ask(`/v1/shipments/${run}-sim`)).json.simulated).toBe(true);
    });
  });

  describe('CSV', () => {
    const columns =
      'reference,plannedExportOn,claimantKind,buyer.name,buyer.country,destination.country,model,transport.mode,incoterm.rule,incoterm.place,currency,payment.instalments,nameZh,nameEn,hsCode,quantity,unit,unitPrice,netWeightKg,grossWeightKg,packages.count,packages.kind';
    const row = (reference: string, quantity: string) =>
      `${reference},${inDays(60)},trading,Harbor Home Goods LLC,US,US,general-trade,sea,FOB,Ningbo,USD,1 shipment 30,LED台灯,LED table lamp,9405210090,${quantity},个,12.00,1150,1400,125,carton`;
    const send = (...rows: string[]) =>
      ask('/v1/orders/import', { body: [columns, ...rows].join('\n'), headers: { 'content-type': 'text/csv' } });

    it('starts what is right and refuses what is not, by row; the same file again changes nothing', async () => {
      const file = [row(`${run}-csv1`, '1000'), row(`${run}-csv2`, '-5'), row(first, '7')];
      const answer = await send(...file);
      expect(answer).toMatchObject({ status: 200, json: { started: [`${run}-csv1`] } });
      expect(answer.json.refused).toEqual([
        expect.objectContaining({ row: 3, field: 'quantity' }),
        expect.objectContaining({ row: 4, reference: first, field: 'reference' }),
      ]);
      expect((await send(...file)).text).toBe(answer.text);
      expect((await ask(`/v1/shipments/${run}-csv1`)).json).toMatchObject({ order: { lines: [{ quantity: '1000' }] } });
    });
    it('an unreadable heading refuses the file and answers 200', async () => {
      const answer = await ask('/v1/orders/import', { body: 'nonsense\n1', headers: { 'content-type': 'text/csv' } });
      expect(answer).toMatchObject({ status: 200, json: { started: [] } });
      expect(answer.json.refused).toEqual(
        expect.arrayContaining([expect.objectContaining({ row: expect.any(Number), error: expect.any(String) })]),
      );
    });
    it('JSON there: 415; an empty file: 422', async () => {
      expectProblem(await ask('/v1/orders/import', { body: {} }), 415);
      expectProblem(await ask('/v1/orders/import', { body: '', headers: { 'content-type': 'text/csv' } }), 422);
    });
  });

  describe('shipments', () => {
    it('the list has it, page by page', async () => {
      const seen: string[] = [];
      for (let after = ''; ; ) {
        const page = await ask(`/v1/shipments?limit=2&open=true${after && `&after=${after}`}`);
        expect(page.status).toBe(200);
        seen.push(...(page.json.shipments as unknown as { reference: string }[]).map(({ reference }) => reference));
        if (page.json.next === null) break;
        after = String(page.json.next);
      }
      expect(seen).toContain(first);
      expect(new Set(seen).size).toBe(seen.length);
    });
    it('its page: whom it waits on, its order, figures and review time', async () => {
      const { status, json } = await ask(`/v1/shipments/${first}`);
      expect(status).toBe(200);
      expect(json).toMatchObject({
        reference: first,
        stage: 'export-declaration',
        outcome: null,
        total: { amount: '12000.00', currency: 'USD' },
        order: { reference: first },
        headline: { documentReviewWorkingDays: expect.any(Number) },
      });
      // What other tests have declared before may bring a warning too, which holds nothing.
      expect(json.waitingOn).toContainEqual(
        expect.objectContaining({
          what: 'planned-export',
          fromWhom: 'exporter-client',
          since: expect.any(String),
          until: expect.any(String),
        }),
      );
      expect(JSON.stringify(json.figures)).toContain('"stage":"intake","machineDays"');
    });
    it('its log, a page at a time', async () => {
      const one = await ask(`/v1/shipments/${first}/events?limit=3`);
      expect(one.json.events).toHaveLength(3);
      expect(one.json.next).toBe(3);
      expect((await ask(`/v1/shipments/${first}/events?after=3&limit=1`)).json.events).toEqual([
        expect.objectContaining({ seq: 4 }),
      ]);
    });
    it('its papers, and one of them', async () => {
      const { json } = await ask(`/v1/shipments/${first}/documents`);
      const { id, contentSha256 } = (json.documents as unknown as { id: string; contentSha256: string }[])[0] ?? {
        id: '',
        contentSha256: '',
      };
      const paper = await ask(`/v1/shipments/${first}/documents/content?id=${encodeURIComponent(id)}&revision=1`);
      expect(paper).toMatchObject({ status: 200, json: { id, contentSha256, content: expect.any(Object) } });
      expectProblem(await ask(`/v1/shipments/${first}/documents/content?id=none`), 404);
    });
    it('what is not there: 404; what no reference can be: 400', async () => {
      for (const rest of ['', '/events', '/documents'])
        expectProblem(await ask(`/v1/shipments/no-such-shipment${rest}`), 404);
      expectProblem(await tell('no-such-shipment', 'cancellation', { reason: 'x' }), 404);
      expectProblem(await ask('/v1/shipments/a%20b'), 400);
    });
  });

  describe('messages', () => {
    it('held: what comes before its time; duplicate: sent again; conflict: the id with other content', async () => {
      const id = randomUUID();
      const event = { ...said(id), side: 'destination', effect: 'released' };
      expect(await tell(first, 'customs-response', event)).toMatchObject({
        status: 202,
        json: { status: 'held', reason: expect.any(String) },
      });
      expect(await tell(first, 'customs-response', event)).toMatchObject({
        status: 200,
        json: { status: 'duplicate' },
      });
      const conflict = await tell(first, 'customs-response', { ...event, note: 'other' });
      expectProblem(conflict, 409);
      expect(conflict.json.verdict).toMatchObject({ status: 'conflict' });
    });
    it('applied: a planned departure, and a paper', async () => {
      expect(
        await tell(first, 'logistics-event', { classifier: 'PLN', event: 'DEPA', eventAt: `${inDays(60)}T00:00:00Z` }),
      ).toMatchObject({ status: 200, json: { status: 'applied' } });
      expect(await tell(first, 'document', { documentId: 'D-1', kind: 'transport-document' })).toMatchObject({
        status: 200,
        json: { status: 'applied' },
      });
    });
    it('impossible: 422 with the verdict', async () => {
      for (const [door, content] of [
        ['task-answer', { taskId: 'none', choice: 'x' }],
        ['tax-response', { claim: 'other/claim/1', status: 'paid' }],
        [
          'fx-receipt',
          { receiptId: 'r', instalment: 9, currency: 'USD', amount: '1', charges: '0', valueDate: inDays(0) },
        ],
      ] as const) {
        const answer = await tell(first, door, content);
        expectProblem(answer, 422);
        expect(answer.json.verdict).toMatchObject({ status: 'impossible', reason: expect.any(String) });
      }
    });
    it('unreadable: 422 with the field', async () => {
      for (const door of [
        'customs-response',
        'inspection-result',
        'logistics-event',
        'tax-response',
        'fx-receipt',
        'document',
        'task-answer',
        'declaration-amendment',
        'vat-invoice',
        'cancellation',
      ])
        expectProblem(
          await ask(`/v1/shipments/${first}/events/${door}`, { body: { side: 'export', nonsense: 1 } }),
          422,
          'nonsense',
        );
    });
    it('a counterparty reports events, and nothing else', async () => {
      const key = stack.counterpartyKey;
      expect(
        (await tell(first, 'inspection-result', { side: 'destination', kind: 'document', outcome: 'released' }, key))
          .status,
      ).toBe(202);
      expectProblem(await tell(first, 'cancellation', { reason: 'x' }, key), 403);
      expectProblem(await ask('/v1/shipments', { key }), 403);
    });
  });

  describe('a shipment that has ended', () => {
    const ended = `${run}-ended`;
    const late = {
      ...said(`${run}-late`),
      claim: `x/${ended}/claim/1`,
      status: 'recovery-notice',
      amount: '8580.00',
      reason: 'audit',
    };
    const tasks = () => ask(`/v1/tasks?reference=${ended}`);
    beforeAll(async () => {
      await start(orderOf(ended));
      await waits(ended);
      expect((await tell(ended, 'cancellation', { reason: 'the buyer withdrew' })).json).toMatchObject({
        status: 'applied',
      });
      await until(
        () => ask(`/v1/shipments/${ended}`),
        ({ json }) => String(json.outcome) === 'cancelled',
      );
    }, 30_000);

    it('says how', async () =>
      expect((await ask(`/v1/shipments/${ended}`)).json).toMatchObject({
        outcome: 'cancelled',
        stage: 'closed',
        waitingOn: [],
      }));
    it('keeps a late message and asks a person, once however often it comes', async () => {
      // Its workflow ends a moment after its outcome is written.
      const held = await until(
        () => tell(ended, 'tax-response', late),
        ({ status }) => status === 202,
      );
      expect(held).toMatchObject({
        status: 202,
        json: { status: 'held', reason: expect.stringContaining('has ended') },
      });
      const again = await Promise.all([1, 2, 3].map(() => tell(ended, 'tax-response', late)));
      expect(again.map(({ text }) => text)).toEqual([held.text, held.text, held.text]);
      expect((await tasks()).json.tasks).toEqual([
        expect.objectContaining({ kind: 'late-message', ownerRole: 'operator', overdue: false }),
      ]);
      const log = await ask(`/v1/shipments/${ended}/events?limit=1000`);
      expect(log.text.split(`"messageId":"${run}-late"`).length - 1).toBeGreaterThanOrEqual(1);
    });
    it('its id with other content: 409', async () =>
      expectProblem(await tell(ended, 'tax-response', { ...late, amount: '1.00' }), 409));
    it('many at once keep their places in the log', async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          tell(ended, 'logistics-event', {
            ...said(`${run}-many-${n}`),
            classifier: 'ACT',
            event: 'DEPA',
            eventAt: `${inDays(0)}T00:00:00Z`,
          }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(202));
      const { json } = await ask(`/v1/shipments/${ended}/events?limit=1000`);
      const seqs = (json.events as unknown as { seq: number }[]).map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    });
    it('the task takes one answer', async () => {
      const { json } = await tasks();
      const taskId = (json.tasks as unknown as { id: string }[])[0]?.id ?? '';
      const answer = (choice: string) =>
        ask('/v1/tasks/answers', { body: { ...said(), taskId, choice, reason: 'repaid by hand' } });
      expectProblem(await answer('burn-it'), 422);
      expect(await answer('noted')).toMatchObject({ status: 200, json: { status: 'applied' } });
      expect(await answer('noted')).toMatchObject({ status: 200, json: { status: 'duplicate' } });
      expect((await ask(`/v1/tasks?reference=${ended}&status=answered`)).text).toContain('repaid by hand');
    });
  });

  it('serves its documentation, and is ready', async () => {
    for (const path of ['/healthz', '/readyz', '/docs', '/openapi.json'])
      expect((await ask(path, { key: '' })).status).toBe(200);
    expect((await ask('/readyz')).json).toMatchObject({ status: 'ready', checks: { database: 'ok', engine: 'ok' } });
  });
  it('another method: 405; no address: 404', async () => {
    expectProblem(await ask('/v1/shipments', { method: 'DELETE' }), 405);
    expectProblem(await ask('/v1/nothing'), 404);
  });
});
