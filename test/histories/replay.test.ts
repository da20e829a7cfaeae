import { beforeAll, describe, expect, it } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import { scenarios } from '../../demo/scenarios.ts';
import { scenariosOfPapers } from '../../demo/scenarios-of-papers.ts';
import { bundleWorkflows, PAYLOAD_CONVERTER, type VersionedBundle } from '../../worker/workflow-bundle.ts';
import { otherEndings } from '../scenarios/other-endings.ts';
import { storedHistories } from './stored.ts';

const stored = storedHistories();

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
    const missing = [...scenarios, ...scenariosOfPapers, ...otherEndings].filter(
      ({ reference }) => !stored.some(({ name }) => name === reference),
    );
    expect(missing.map(({ reference }) => reference)).toEqual([]);
    expect(stored.filter(({ name }) => name.startsWith('statement-'))).toHaveLength(2);
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
