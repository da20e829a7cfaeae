import { beforeAll, describe, expect, it } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import { bundleWorkflows, PAYLOAD_CONVERTER, type VersionedBundle } from '../../worker/workflow-bundle.ts';
import { recordedCases } from './cases.ts';
import { whatCanHappen, whatHappened } from './reach.ts';
import { isKeptForGood, storedHistories } from './stored.ts';

const stored = storedHistories();
const happened = new Set(stored.flatMap((one) => [...whatHappened(one).happened]));

const BROKEN = 'only of a defect, or of a receipt that a shipment refuses: test/failures reaches it';
/** What can happen and stands in no history, each with why. */
const inNoHistory: Record<string, string> = {
  'shipment: activity askPeople': BROKEN,
  'statement: activity recordAnswer': BROKEN,
  'recheck: activity askPeople': BROKEN,
  'recheck: activity recordAnswer': BROKEN,
  'recheck: update answerTask': BROKEN,
  'recheck: signal continueAsNew':
    'it moves by itself, between two of its pages or while it rests: nobody asked those that are recorded',
};

describe('today’s workflows replay what shipments went through; when one breaks: docs/upgrades.md', () => {
  let bundle: VersionedBundle;
  beforeAll(async () => {
    bundle = await bundleWorkflows();
  }, 120_000);

  it.each(stored.map(({ name, ...one }) => [name, one] as const))('%s', async (_, { history }) => {
    await Worker.runReplayHistory(
      { workflowBundle: { code: bundle.code }, dataConverter: { payloadConverterPath: PAYLOAD_CONVERTER } },
      history,
    );
  });

  it('there is a history of every case', () => {
    // Of one that moves at every rest, the first run is kept among others.
    const isThere = (reference: string) =>
      stored.some(({ name }) => name === reference || name === `${reference}-run-1`);
    const missing = recordedCases.map(({ scenario }) => scenario.reference).filter((reference) => !isThere(reference));
    expect(missing).toEqual([]);
  });

  it('every activity that a workflow runs and every message that it takes stands in some history', () => {
    const can = whatCanHappen();
    // As many kinds of workflows, at least, as there were when this was written; a shipment does most.
    expect(new Set(can.map((one) => one.split(':')[0])).size).toBeGreaterThanOrEqual(4);
    expect(can.filter((one) => one.startsWith('shipment: activity')).length).toBeGreaterThan(12);
    expect(can.filter((one) => !happened.has(one) && !(one in inNoHistory))).toEqual([]);
  });

  it('and no other activity does: the code is read as the engine has seen it run', () => {
    const can = new Set(whatCanHappen());
    const ran = stored.filter(({ name }) => !isKeptForGood(`${name}.history.gz`)).map(whatHappened);
    const unforeseen = ran.flatMap((one) => [...one.happened]).filter((one) => one.includes(': activity '));
    expect([...new Set(unforeseen)].filter((one) => !can.has(one))).toEqual([]);
  });

  it('shipments, statements and papers go on in a next run within them', () => {
    const later = stored.filter(
      ({ history }) => history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId,
    );
    const moved = later.map((one) => `${whatHappened(one).type} ${one.name.replace(/-run-\d+$/, '')}`);
    expect([...new Set(moved)].sort()).toEqual(
      expect.arrayContaining(['shipment EXAM-2604-MOVED', 'shipment LOCKS-2614-MOVED', 'statement statement-asked']),
    );
  });

  it('a history that today’s workflows would not make is noticed', async () => {
    const { history } = storedHistories().find(({ name }) => name === 'LAMPS-2601') ?? {};
    const other = { events: [...(history?.events ?? [])] };
    const timer = other.events?.find((event) => event.activityTaskScheduledEventAttributes);
    if (timer?.activityTaskScheduledEventAttributes?.activityType)
      timer.activityTaskScheduledEventAttributes.activityType.name = 'anotherStep';
    await expect(
      Worker.runReplayHistory(
        { workflowBundle: { code: bundle.code }, dataConverter: { payloadConverterPath: PAYLOAD_CONVERTER } },
        other,
      ),
    ).rejects.toThrow(/nondeterminism|Nondeterminism/i);
  });
});
