import { describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { isServed, servingOf } from '../../api/troubles/unserved.ts';

const RUNNING = 1;
const SHUT_DOWN = 3;
const ago = (seconds: number) => ({ seconds: Math.floor(Date.now() / 1000) - seconds, nanos: 0 });

/** An engine with one worker that polled so long ago; `heard`: when it last said that it lives. */
function engineWith(polled: number, heard?: number, status = RUNNING, waiting: Record<number, number> = {}): Client {
  const identity = 'w@1';
  const beat = { workerIdentity: identity, heartbeatTime: ago(heard ?? 0), status };
  return {
    options: { namespace: 'n' },
    withDeadline: <T>(_at: number, ask: () => T) => ask(),
    workflowService: {
      describeTaskQueue: async ({ taskQueueType }: { taskQueueType: number }) => ({
        pollers: [{ identity, lastAccessTime: ago(polled) }],
        stats: { approximateBacklogAge: { seconds: waiting[taskQueueType] ?? 0 } },
      }),
      listWorkers: async () => ({ workersInfo: heard === undefined ? [] : [{ workerHeartbeat: beat }] }),
    },
  } as unknown as Client;
}

describe('who serves the shipments', () => {
  it.each([
    ['one that polled and was heard of', engineWith(50, 5), 1],
    ['one that was killed while its poll lasted: within the minute', engineWith(45, 41), 0],
    ['one that was shut down', engineWith(5, 1, SHUT_DOWN), 0],
    ['one of an older version, which says nothing, while its poll lasts', engineWith(60), 1],
    ['one of an older version that is gone', engineWith(76), 0],
  ])('%s', async (_what, engine, workers) => expect((await servingOf(engine)).workers).toBe(workers));

  it.each([
    ['nothing waits', {}, true],
    ['the task of a workflow waits', { 1: 20 }, false],
    ['a step waits', { 2: 20 }, false],
  ])('%s', async (_what, waiting, served) =>
    expect(isServed(await servingOf(engineWith(1, 1, RUNNING, waiting)))).toBe(served),
  );
});
