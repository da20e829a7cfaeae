import { expect, it } from '@jest/globals';
import { scenarios } from '../../demo/scenarios.ts';
import type { Deed, Scenario } from '../../simulation/scenario.ts';
import { shipmentWorkflowId, stateQuery } from '../../workflows/messages.ts';
import type { ShipmentView } from '../../workflows/view.ts';
import { allEvents, engine, orders, playAll, running, tasks } from './playing.ts';

const reference = 'LAMPS-BY-HAND';
const at = { occurredAt: new Date().toISOString(), source: 'typed by hand' };

/** What somebody may type into the engine's own page, by what is wrong with it. */
const typed: Record<string, [signal: string, argument: unknown]> = {
  'wrong types': ['customsResponse', { ...at, messageId: 'hand-1', side: 'export', channel: 7, exportedOn: true }],
  'unknown fields': [
    'inspectionResult',
    { ...at, messageId: 'hand-2', side: 'export', kind: 'x-ray', outcome: 'released', colour: 'red' },
  ],
  'a megabyte of text': [
    'logisticsEvent',
    { ...at, messageId: 'hand-3', classifier: 'ACT', event: 'DEPA', eventAt: 'x'.repeat(1_000_000) },
  ],
  'no object at all': ['taxResponse', 'paid'],
  'a date in the past': [
    'logisticsEvent',
    {
      ...at,
      messageId: 'hand-5',
      occurredAt: '1996-02-01T00:00:00Z',
      classifier: 'ACT',
      event: 'DEPA',
      eventAt: '1996-02-01T00:00:00Z',
    },
  ],
  'a refund paid in another century': [
    'taxResponse',
    {
      ...at,
      messageId: 'hand-11',
      claim: `${running.organisation}/${reference}/claim/1`,
      status: 'paid',
      amount: '0.01',
      on: '1996-02-01',
    },
  ],
  'a notice that was due long ago': [
    'customsResponse',
    {
      ...at,
      messageId: 'hand-12',
      side: 'destination',
      effect: 'note',
      notice: { form: 'CBP-28', number: 'N-1', datedOn: '1996-01-01', dueOn: '1996-01-31', questions: ['what is it?'] },
    },
  ],
  'a hold of years ahead': [
    'customsResponse',
    { ...at, messageId: 'hand-13', occurredAt: '2030-01-01T00:00:00Z', side: 'destination', effect: 'hold-placed' },
  ],
  'another shipment’s declaration number': [
    'customsResponse',
    { ...at, messageId: 'hand-6', side: 'export', declarationNumber: '999999999999999999', channel: 'P' },
  ],
  'a receipt of another organisation': [
    'customsResponse',
    {
      ...at,
      messageId: 'hand-7',
      side: 'export',
      clientSequenceNumber: `other/${reference}/declaration/1`,
      channel: 'P',
    },
  ],
};

/** What no client of ours would send: by the engine's own door, as bytes. */
const bytes: Record<string, [signal: string, encoding: string, data: string]> = {
  'another encoding': ['customsResponse', 'json/protobuf', '{"a":1}'],
  'no encoding that anybody knows': ['customsResponse', '', '{"a":1}'],
  'half a JSON': ['taxResponse', 'json/plain', '{"a":'],
  'a million brackets': ['logisticsEvent', 'json/plain', '['.repeat(400_000) + ']'.repeat(400_000)],
  'a signal of no such name': ['releaseTheGoods', 'json/plain', '{"messageId":"hand-8"}'],
  'a name that the engine keeps for itself': ['__temporal_release', 'json/plain', '{"messageId":"hand-10"}'],
  'an update’s name as a signal': ['cancelShipment', 'json/plain', '{"messageId":"hand-9","reason":"enough"}'],
};
const ALL = Object.keys(typed).length + Object.keys(bytes).length;

it('what is typed by hand and makes no sense is journalled, shown, put to a person, and changes nothing else', async () => {
  const client = await engine();
  const handle = client.workflow.getHandle(shipmentWorkflowId(running.organisation, reference));
  const look = () => handle.query(stateQuery);
  /** All that is to stay as it is. */
  const standing = ({
    journal: _,
    openTasks,
    waitingOn,
    asOf: __,
    nextDeadline: ___,
    nextMoment: ____,
    ...rest
  }: ShipmentView) => ({
    ...rest,
    openTasks: openTasks.filter(({ kind }) => kind !== 'message-misfit'),
    waitingOn: waitingOn.filter(({ what }) => what !== 'message-misfit'),
  });
  const shown: ShipmentView[] = [];
  const typeAll: Deed = async ({ clock }) => {
    await clock.settled();
    const before = await look();
    for (const [signal, argument] of Object.values(typed)) await handle.signal(signal, argument);
    for (const [signalName, encoding, data] of Object.values(bytes))
      await client.workflowService.signalWorkflowExecution({
        namespace: running.temporalNamespace,
        workflowExecution: { workflowId: handle.workflowId },
        signalName,
        input: { payloads: [{ metadata: { encoding: Buffer.from(encoding) }, data: Buffer.from(data) }] },
      });
    await clock.settled();
    const after = await look();
    shown.push(after);
    expect(standing(after)).toEqual(standing(before));
    expect(after.journal.slice(-ALL).map(({ status }) => status)).toEqual(Array(ALL).fill('impossible'));
    expect(after.openTasks.filter(({ kind }) => kind === 'message-misfit')).toHaveLength(1);
  };
  const plain = scenarios[0] as Scenario;
  const scenario: Scenario = {
    ...plain,
    reference,
    // On the fourteenth day the goods are at sea, the declaration is not closed, money and invoices are out.
    onDay: [...plain.onDay, [14, typeAll]],
    answers: {
      'message-misfit': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'seen', 'told the sender') },
    },
  };
  try {
    expect(await playAll(client, orders({ [reference]: 'LAMPS-2601' }), [scenario])).toEqual([
      { reference, outcome: 'refunded' },
    ]);
    expect(shown).toHaveLength(1);
    const asked = (await tasks(reference)).filter(({ kind }) => kind !== 'paper-wanted');
    // What came while the first question was on its way is a second one; none opens a task of its own.
    expect(asked.length).toBeLessThanOrEqual(2);
    expect(asked.map(({ kind, status, ownerRole }) => [kind, status, ownerRole])[0]).toEqual([
      'message-misfit',
      'answered',
      'operator',
    ]);
    const journalled = (await allEvents(reference)).filter(
      ({ kind, data }) => kind === 'message' && data.status === 'impossible',
    );
    expect(journalled).toHaveLength(ALL);
    // A megabyte is not kept by anybody.
    expect(JSON.stringify(journalled).length).toBeLessThan(40_000);
  } finally {
    await client.connection.close();
  }
}, 120_000);
