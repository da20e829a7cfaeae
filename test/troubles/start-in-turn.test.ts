import { describe, expect, it } from '@jest/globals';
import { ServiceError } from '@temporalio/client';
import { pino } from 'pino';
import { type Pending, startInTurn } from '../../api/start-stored.ts';

const log = pino({ level: 'silent' });

/** What the client throws when the engine answers with that code. */
function answered(code: number): Error {
  const cause = Object.assign(new Error('refused'), { code, details: 'refused', metadata: {} });
  return new ServiceError('the engine refused', { cause });
}

/** Notes in what order they were tried. */
function pendingOf(tried: string[], outcomes: Record<string, Error | true>): Pending[] {
  return Object.entries(outcomes).map(([reference, outcome]) => ({
    what: { organisation: 'acme', reference },
    async start() {
      tried.push(reference);
      if (outcome !== true) throw outcome;
      return true;
    },
  }));
}

describe('what is stored is started in turn', () => {
  it.each([2, 4, 8, 13])(
    'one order that the engine always answers with code %i keeps no other waiting',
    async (code) => {
      const tried: string[] = [];
      const started = await startInTurn(
        pendingOf(tried, { bad: answered(code), good: true, last: true }),
        log,
        new Set(),
      );
      expect({ started, tried }).toEqual({ started: 2, tried: ['bad', 'good', 'last'] });
    },
  );

  it('those that failed come last in the next round; one that was mended meanwhile is forgotten', async () => {
    const failed = new Set<string>();
    const tried: string[] = [];
    const bad = { one: answered(13), two: answered(13) };
    await startInTurn(pendingOf(tried, { ...bad, good: true }), log, failed);
    await startInTurn(pendingOf(tried, { one: true, two: answered(13), fresh: true }), log, failed);
    await startInTurn(pendingOf(tried, { two: answered(13), one: true }), log, failed);
    expect(tried).toEqual(['one', 'two', 'good', 'fresh', 'one', 'two', 'one', 'two']);
  });

  it('three in a row: the engine is away, and the round ends; the next one begins with the others', async () => {
    const failed = new Set<string>();
    const tried: string[] = [];
    const away = { a: answered(14), b: answered(14), c: answered(14) };
    await expect(startInTurn(pendingOf(tried, { ...away, d: true }), log, failed)).rejects.toThrow('refused');
    expect(tried).toEqual(['a', 'b', 'c']);
    expect(await startInTurn(pendingOf(tried, { ...away, d: true }), log, failed).catch(() => 'ended')).toBe('ended');
    expect(tried.slice(3)).toEqual(['d', 'a', 'b', 'c']);
  });
});
