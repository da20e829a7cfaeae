import { expect, it } from '@jest/globals';
import { scenarios } from '../../demo/scenarios.ts';
import type { Deed, Scenario } from '../../simulation/scenario.ts';
import { shipmentWorkflowId, stateQuery } from '../../workflows/messages.ts';
import type { ShipmentView } from '../../workflows/view.ts';
import { allEvents, api, engine, orders, playAll, running } from './playing.ts';

const plain = scenarios[0] as Scenario;
const [first, second] = ['LAMPS-NUMBER-A', 'LAMPS-NUMBER-B'] as const;

it('another shipment’s declaration number is put to a person, and corrected by the receipt sent anew', async () => {
  const client = await engine();
  const handle = client.workflow.getHandle(shipmentWorkflowId(running.organisation, second));
  const look = (): Promise<ShipmentView> => handle.query(stateQuery);
  const numberOf = async (reference: string) =>
    (await api(`/v1/shipments/${reference}`)).declarationNumber as string | null;
  const misfits = (view: ShipmentView) => view.openTasks.filter(({ kind }) => kind === 'message-misfit');
  const typeBothNumbers: Deed = async ({ clock }) => {
    const [own, others] = [await numberOf(second), await numberOf(first)];
    const receipt = (await allEvents(second)).find(({ data }) => data.name === 'customsResponse')?.data.content;
    const withNumber = (declarationNumber: string | null, messageId: string) =>
      handle.signal('customsResponse', { ...(receipt as object), messageId, declarationNumber, correctsNumber: true });
    await clock.settled();
    const before = await look();
    await withNumber(others, 'hand-1');
    await withNumber(others, 'hand-2');
    await clock.settled();
    const wrong = await look();
    expect(wrong.declarationNumber).toBe(others);
    expect(misfits(wrong)).toHaveLength(1);
    await withNumber(own, 'hand-3');
    await clock.settled();
    const mended = await look();
    expect(mended.declarationNumber).toBe(own);
    expect(misfits(mended)).toHaveLength(1);
    expect(mended.stage).toBe(before.stage);
  };
  const answers: Scenario['answers'] = {
    'message-misfit': { afterDays: 1, do: (world, taskId) => world.answer(taskId, 'seen', 'the broker sent it anew') },
  };
  try {
    // The one whose number is taken is on its way before.
    expect(await playAll(client, orders({ [first]: plain.reference }), [{ ...plain, reference: first }])).toEqual([
      { reference: first, outcome: 'refunded' },
    ]);
    const scenario: Scenario = {
      ...plain,
      reference: second,
      onDay: [...plain.onDay, [14, typeBothNumbers]],
      answers: { ...plain.answers, ...answers },
    };
    expect(await playAll(client, orders({ [second]: plain.reference }), [scenario])).toEqual([
      { reference: second, outcome: 'refunded' },
    ]);
    const asked = (await allEvents(second)).filter(({ kind }) => kind === 'task-asked');
    const words = JSON.stringify(asked.map(({ data }) => data).filter((data) => JSON.stringify(data).includes(first)));
    expect(words).toContain('correctsNumber: true');
  } finally {
    await client.connection.close();
  }
}, 120_000);
