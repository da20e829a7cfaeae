import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { startPlay, startQuayside } from './play.ts';
import { claim, declaration, hoursLater, instruction, keyOf, subscription } from './requests.ts';

async function start(options: Parameters<typeof startPlay>[1] = {}) {
  const quayside = await startQuayside();
  return { quayside, play: await startPlay(quayside, options) };
}

describe('what a party received', () => {
  it('gives a second delivery of a key the same answer, counts it and plans nothing more', async () => {
    const { quayside, play } = await start();
    const first = await play.post('customs', '/declarations', declaration('A-1'));
    const second = await play.post('customs', '/declarations', declaration('A-1'));
    expect(first.body).toMatchObject({ ResponseCode: '0', SeqNo: expect.stringMatching(/^\d{18}$/) });
    expect(second).toEqual(first);
    const { body } = await play.get('customs', '/received');
    expect(body).toEqual([
      {
        kind: 'declaration',
        key: 'lamps/A-1/declaration/1',
        receivedAt: expect.any(String),
        times: 2,
        answer: first.body,
      },
    ]);
    await play.deliverDue('customs', 'A-1', hoursLater(9999));
    expect(quayside.delivered).toHaveLength(3);
  });

  it('keeps one of the same key that comes twice at once', async () => {
    const { play } = await start();
    await Promise.all(Array.from({ length: 10 }, () => play.post('taxBureau', '/claims', claim('A-1'))));
    expect((await play.get('taxBureau', '/received')).body).toMatchObject([{ times: 10 }]);
  });

  it.each([
    ['customs', '/declarations', { ...declaration('A-1'), DecLists: [] }, /DecLists/],
    [
      'customs',
      '/declarations',
      { ...declaration('A-1'), DecHead: { ...declaration('A-1').DecHead, IEDate: '20271399' } },
      /IEDate/,
    ],
    ['carrier', '/subscriptions', { ...subscription('A-1'), subscribedAt: 'yesterday' }, /ISO 8601/],
    [
      'broker',
      '/instructions',
      { ...instruction('A-1', 'status-request', 'status-1'), instructionReference: 'A-1' },
      /<organisation>\/<reference>/,
    ],
    ['taxBureau', '/claims', '{"half a', /JSON|Unexpected|Unterminated/i],
  ] as const)(
    'answers an unreadable message to the %s with 400 and why, and counts it',
    async (party, path, body, reason) => {
      const { play } = await start();
      const answer = await play.post(party, path, body);
      expect(answer.status).toBe(400);
      expect(answer.body.error).toMatch(reason);
      expect((await play.get(party, '/received')).body).toMatchObject([
        { kind: 'unreadable', times: 1, answer: { error: answer.body.error } },
      ]);
    },
  );

  it('answers questions by key, with the slashes of a key encoded or not, and 404 when it never came', async () => {
    const { play } = await start();
    const answer = await play.post('carrier', '/subscriptions', subscription('A-1'));
    const key = keyOf('A-1', 'tracking');
    for (const written of [key, encodeURIComponent(key)])
      expect((await play.get('carrier', `/subscriptions/${written}`)).body).toEqual(answer.body);
    expect((await play.get('carrier', `/subscriptions/${keyOf('A-2', 'tracking')}`)).status).toBe(404);
  });

  it('tells only what belongs to a reference when asked so', async () => {
    const { play } = await start();
    for (const reference of ['A-1', 'A-2']) await play.post('customs', '/declarations', declaration(reference));
    expect((await play.get('customs', '/received?reference=A-2')).body).toMatchObject([
      { key: keyOf('A-2', 'declaration') },
    ]);
  });
});

describe('the record', () => {
  it('lets a restarted party go on: answers, counts and what is still to be delivered', async () => {
    const { quayside, play } = await start();
    const first = await play.post('customs', '/declarations', declaration('A-1'));
    await play.post('customs', '/declarations', 'nonsense');
    expect((await play.deliverDue('customs', 'A-1', hoursLater(1))).body).toEqual({
      delivered: 1,
      nextDueAt: hoursLater(2.5),
    });
    await play.stop();

    const again = await startPlay(quayside, { directory: play.directory });
    expect((await again.post('customs', '/declarations', declaration('A-1'))).body).toEqual(first.body);
    expect((await again.get('customs', '/received')).body).toMatchObject([
      { times: 2 },
      { kind: 'unreadable', times: 1 },
    ]);
    expect((await again.deliverDue('customs', 'A-1', hoursLater(999))).body).toEqual({ delivered: 2, nextDueAt: null });
    expect(quayside.delivered.map(({ body }) => body.channel)).toEqual(['J', 'P', 'R']);
  });

  it('cuts off a line that a kill left half-written, and refuses a file that is not its own', async () => {
    const { quayside, play } = await start();
    await play.post('customs', '/declarations', declaration('A-1'));
    await play.stop();
    const file = join(play.directory, 'customs.jsonl');
    appendFileSync(file, '{"line":"repea');
    const again = await startPlay(quayside, { directory: play.directory });
    await again.post('customs', '/declarations', declaration('A-1'));
    await again.stop();
    expect(
      readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).line),
    ).toEqual(['received', 'repeated']);
    appendFileSync(file, 'something else\n');
    await expect(startPlay(quayside, { directory: play.directory })).rejects.toThrow(/customs\.jsonl line 3/);
  });
});

describe('delivery', () => {
  it('reports an answer that does not get through and delivers it the next time, under the same message id', async () => {
    const { quayside, play } = await start();
    await play.post('customs', '/declarations', declaration('A-1'));
    quayside.nextStatuses = [200, 503];
    const failed = await play.deliverDue('customs', 'A-1', hoursLater(999));
    expect(failed).toMatchObject({
      status: 502,
      body: { delivered: 1, nextDueAt: hoursLater(2.5), error: expect.stringContaining('503') },
    });
    quayside.nextStatuses = [-1];
    expect(await play.deliverDue('customs', 'A-1', hoursLater(999))).toMatchObject({
      status: 502,
      body: { delivered: 0, error: expect.stringContaining('not reached') },
    });
    expect((await play.deliverDue('customs', 'A-1', hoursLater(999))).body).toEqual({ delivered: 2, nextDueAt: null });
    expect(quayside.delivered.map(({ body }) => body.messageId)).toEqual(
      [1, 2, 3].map((n) => `customs/lamps/A-1/declaration/1/${n}`),
    );
  });

  it.each([202, 404, 409, 422])('takes %i for delivered', async (status) => {
    const { quayside, play } = await start();
    await play.post('customs', '/declarations', declaration('A-1'));
    quayside.nextStatuses = [status];
    expect((await play.deliverDue('customs', 'A-1', hoursLater(1))).body).toMatchObject({ delivered: 1 });
  });

  it('delivers once when asked twice at the same time', async () => {
    const { quayside, play } = await start();
    await play.post('customs', '/declarations', declaration('A-1'));
    const reports = await Promise.all([1, 2, 3].map(() => play.deliverDue('customs', 'A-1', hoursLater(999))));
    expect(reports.map(({ body }) => body.delivered).sort()).toEqual([0, 0, 3]);
    expect(quayside.delivered).toHaveLength(3);
  });

  it('does not answer for another organisation: with our key it would reach the wrong shipment', async () => {
    const { quayside, play } = await start({ organisation: 'bottles' });
    await play.post('customs', '/declarations', declaration('A-1'));
    expect(await play.deliverDue('customs', 'A-1', hoursLater(999))).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('lamps') },
    });
    expect(quayside.delivered).toEqual([]);
  });

  it('live: brings the answers by itself in order, as happening now, and tries again what fails', async () => {
    const { quayside, play } = await start({ answers: 'live' });
    quayside.nextStatuses = [200, 503, 429];
    const before = Date.now();
    await play.post('customs', '/declarations', declaration('A-1'));
    await quayside.came(3);
    expect(quayside.refused).toEqual([]);
    expect(quayside.delivered.map(({ body }) => body.channel)).toEqual(['J', 'P', 'R']);
    for (const { body } of quayside.delivered) {
      expect(Date.parse(String(body.occurredAt))).toBeGreaterThanOrEqual(before);
      expect(Date.parse(String(body.occurredAt))).toBeLessThanOrEqual(Date.now());
      expect(body.noticeTime).toBe(body.occurredAt);
    }
  });

  it('live: a restarted party goes on with what is undelivered', async () => {
    const { quayside, play } = await start();
    await play.post('taxBureau', '/claims', claim('A-1'));
    await play.deliverDue('taxBureau', 'A-1', hoursLater(24));
    await play.stop();
    await startPlay(quayside, { directory: play.directory, answers: 'live' });
    await quayside.came(5);
    expect(quayside.delivered.map(({ body }) => body.status)).toEqual([
      'received',
      'accepted',
      'under-review',
      'approved',
      'paid',
    ]);
  });
});
