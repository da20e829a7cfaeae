import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import type { Played } from '../../simulation/play.ts';
import { otherEndings } from './other-endings.ts';
import { closing, engine, orders, playAll, received, tasks } from './playing.ts';

describe('other endings', () => {
  let client: Client;
  let played: Played[];
  beforeAll(async () => {
    client = await engine();
    played = await playAll(
      client,
      orders(Object.fromEntries(otherEndings.map(({ reference }) => [reference, 'LAMPS-2601']))),
      otherEndings,
    );
  }, 240_000);
  afterAll(() => client.connection.close());

  it.each(otherEndings.map((one) => [one.title, one] as const))('%s', async (_, { reference, expected, refund }) => {
    expect(played.find((one) => one.reference === reference)).toEqual({ reference, outcome: expected });
    expect(((await closing(client, reference)).refund as { amount: string } | null)?.amount ?? null).toBe(refund);
    expect((await tasks(reference)).filter((task) => task.status === 'open')).toEqual([]);
  });

  it('silence is asked about and never filed again', async () => {
    expect(await received('customs', 'SILENT-01')).toMatchObject([{ key: 'tests/SILENT-01/declaration/1', times: 1 }]);
    expect((await tasks('SILENT-01')).filter((task) => task.kind === 'customs-silent')).toEqual([]);
  });

  it('goods lost at sea are named in the record although the refund stands', async () => {
    expect((await closing(client, 'LATE-01')).ends).toMatchObject({
      logistics: { kind: 'lost' },
      money: { kind: 'refunded' },
    });
  });
});
