import { expect, it } from '@jest/globals';
import { scenarios } from '../../demo/scenarios.ts';
import { play } from '../../simulation/play.ts';
import type { Scenario } from '../../simulation/scenario.ts';
import type { World } from '../../simulation/world.ts';
import { compareWithWorkflow } from './agreement.ts';
import { api, engine, orders, running } from './playing.ts';
import { Visitor } from './visitor.ts';

/** At each of these days the case stops to be looked at from both sides. */
const days = [0.5, 5, 7, 13, 20, 27, 33];

it('at every stop the projection in PostgreSQL says what the workflow says', async () => {
  const client = await engine();
  const reference = 'EXAM-05';
  const compared: string[] = [];
  const compare = async ({ clock }: World) => {
    // A step under way may stand in one of the two and not yet in the other.
    await clock.settled();
    const { view, differences } = await compareWithWorkflow(new Visitor(running), client, reference);
    expect(differences).toEqual([]);
    compared.push(view.stage);
  };
  const exam = scenarios.find((scenario) => scenario.reference === 'EXAM-2604') as Scenario;
  const scenario: Scenario = {
    ...exam,
    reference,
    onDay: [...exam.onDay, ...days.map((day): Scenario['onDay'][number] => [day, compare])],
  };
  try {
    const csv = orders({ [reference]: 'EXAM-2604' });
    await api('/v1/orders/import', {
      method: 'POST',
      headers: { 'content-type': 'text/csv', 'quayside-simulated': 'true' },
      body: csv,
    });
    expect(await play(client, running, scenario, () => undefined)).toEqual({ reference, outcome: 'refunded' });
    expect(new Set(compared).size).toBeGreaterThan(3);
    expect(compared).toHaveLength(days.length);
  } finally {
    await client.connection.close();
  }
});
