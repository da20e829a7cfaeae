import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { runsOf } from '../../simulation/cost.ts';
import type { TaskRow } from '../../store/tasks.ts';
import {
  continueAsNewSignal,
  type ReceiveDocument,
  shipmentWorkflowId,
  stateQuery,
  updateOf,
} from '../../workflows/messages.ts';
import { eventually } from '../stack/eventually.ts';
import { engine } from './playing.ts';
import { declaredAtOnce, type Listed, ReviewDesk, sdnFiles } from './review-desk.ts';

let client: Client;
beforeAll(async () => {
  client = await engine();
});
afterAll(() => client.connection.close());

const handleOf = (desk: ReviewDesk, reference: string) =>
  client.workflow.getHandle(shipmentWorkflowId(desk.organisation, reference));
const runOf = async (handle: WorkflowHandle) => (await handle.describe()).runId;
/** Goes on in a new run, as every shipment does after a deployment. */
async function move(handle: WorkflowHandle): Promise<void> {
  const before = await runOf(handle);
  await handle.signal(continueAsNewSignal);
  await eventually(
    () => runOf(handle),
    (run) => run !== before,
  );
}

describe('two orders of a listed buyer, both asked about, of which one is answered', () => {
  const desk = new ReviewDesk('left-over');
  const listed: Listed = { number: 70011, name: 'VARNOTHIC SHIPPING', country: 'Iran' };
  const buyer = { name: 'Varnothic Shipping LLC', country: 'US', address: '1 Pier, Oakland' };
  const [first, second] = ['GHOST-1', 'GHOST-2'] as const;
  const isScreening = (task: TaskRow) => task.finding?.kind === 'screening';
  let question: TaskRow;

  beforeAll(async () => {
    await desk.open();
    await desk.imports('sdn', sdnFiles([listed]));
    await desk.start(first, { buyer, consignee: buyer });
    await desk.start(second, { buyer, consignee: buyer });
    question = await desk.asked(second, isScreening);
    await desk.answer(await desk.asked(first, isScreening), 'another-party', 'the register was compared');
    await desk.waitsFor(first, 'planned-export');
    await move(handleOf(desk, second));
    await desk.waitsFor(second, 'planned-export');
  }, 60_000);

  it('the other goes on in its next run, and its question is moot wherever one looks', async () => {
    const view = await handleOf(desk, second).query(stateQuery);
    const isQuestion = ({ key }: { key: string }) => `${second}/${key}` === question.id;
    expect(view.openTasks.map(({ id }) => id)).not.toContain(question.id);
    expect(view.waitingOn.filter(isQuestion)).toEqual([]);
    const { json } = await desk.ask(`/v1/shipments/${second}`);
    expect((json.waitingOn as unknown as { key: string }[]).filter(isQuestion)).toEqual([]);
    expect((await desk.tasks(second)).find(({ id }) => id === question.id)?.status).toBe('moot');
    expect((await desk.log(second, 'task-moot')).map(({ data }) => data.taskId)).toEqual([question.id]);
  });

  it('says to a late answer that nobody needs it, rather than to take it and lose it', async () => {
    const body = {
      ...{ messageId: 'late-answer', occurredAt: new Date().toISOString(), source: 'the review desk' },
      ...{ taskId: question.id, choice: 'cancel', reason: 'the licence was for one order' },
    };
    const { status, text } = await desk.ask('/v1/tasks/answers', { body });
    expect({ status, text }).toMatchObject({ status: 422, text: expect.stringContaining('not needed any more') });
  });
});

describe('three thousand files in a loop', () => {
  const desk = new ReviewDesk('flooded');
  const reference = 'FLOOD-1';
  const verdicts: { status: string; reason?: string }[] = [];

  const fileOf = (n: number): ReceiveDocument => ({
    ...{ messageId: `file-${n}`, occurredAt: '2026-11-24T08:00:00Z', source: 'mail' },
    documentId: `attachment-of-the-freight-agent-in-ningbo-${n}`,
    fileName: `${'Scan of the bill of lading and its annexes '.repeat(2)}${n}.pdf`,
    file: createHash('sha256').update(String(n)).digest('hex'),
    ...{ fieldsRead: 0, fieldsDoubtful: 0, note: 'No words could be read in this file. '.repeat(7) },
  });

  beforeAll(async () => {
    await desk.open();
    await desk.start(reference, declaredAtOnce);
    await desk.waitsFor(reference, 'customs-answer');
    const handle = handleOf(desk, reference);
    const tell = async (n: number): Promise<void> => {
      // As the API does: a message that falls between two runs is sent again, and counts once.
      const verdict = await handle
        .executeUpdate(updateOf('receiveDocument'), { args: [fileOf(n)] })
        .catch(() => undefined);
      if (verdict === undefined) return tell(n);
      verdicts.push(verdict);
    };
    const senders = Array.from({ length: 8 }, async (_, sender) => {
      for (let n = sender; n < 3000; n += 8) await tell(n);
    });
    await Promise.all(senders);
    await move(handle);
  }, 300_000);

  it('tell their sender what was not taken, and what to do', () => {
    expect(verdicts).toHaveLength(3000);
    expect(verdicts.filter(({ status }) => status === 'applied' || status === 'duplicate')).toHaveLength(100);
    for (const { reason } of verdicts.filter(({ status }) => status === 'impossible'))
      expect(reason).toContain('wait to be confirmed: confirm them');
  });

  it('do not keep the shipment from its next run, and customs is heard', async () => {
    const handle = handleOf(desk, reference);
    expect((await runsOf(client, handle.workflowId)).length).toBeGreaterThan(1);
    const history = await handle.fetchHistory();
    const [input] = history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    expect(input?.data?.length).toBeLessThan(500_000);
    await desk.tell(reference, 'customs-response', {
      ...{ side: 'export', channel: 'P', declarationNumber: '310120260000000711' },
      clientSequenceNumber: `${desk.organisation}/${reference}/declaration/1`,
    });
    await desk.waitsFor(reference, 'departure');
  }, 60_000);
});
