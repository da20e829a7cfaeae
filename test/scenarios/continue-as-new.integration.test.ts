import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { scenarios } from '../../demo/scenarios.ts';
import { scenariosOfPapers } from '../../demo/scenarios-of-papers.ts';
import { WorkflowClock } from '../../simulation/clock.ts';
import { runsOf } from '../../simulation/cost.ts';
import type { Played } from '../../simulation/play.ts';
import type { Deed, Scenario } from '../../simulation/scenario.ts';
import { World } from '../../simulation/world.ts';
import { continueAsNewSignal, shipmentWorkflowId } from '../../workflows/messages.ts';
import { casesOfChanges } from '../failures/cases-of-changes.ts';
import { otherEndings } from './other-endings.ts';
import { allEvents, api, closing, engine, events, orders, playAll, received, running, tasks } from './playing.ts';

const parties = ['customs', 'carrier', 'broker', 'bank', 'taxBureau'] as const;

const demoCases = [...scenarios, ...scenariosOfPapers];
/** Of which order in demo/orders.csv a case is. */
const orderOf = ({ reference }: Scenario) =>
  otherEndings.some((other) => other.reference === reference) ? 'LAMPS-2601' : reference;
const renamed = (scenario: Scenario, suffix: string): Scenario => ({
  ...scenario,
  reference: `${scenario.reference}-${suffix}`,
});

const cases = [...demoCases, ...casesOfChanges.map(({ scenario }) => scenario), ...otherEndings];
const plain = cases.map((scenario) => renamed(scenario, 'P'));
const moved = cases.map((scenario) => renamed(scenario, 'M'));

/** The lists and tables in force are what the cases that load others expect to find. */
async function bringRecordsBack(client: Client): Promise<void> {
  const clock = new WorkflowClock(client, running.temporalNamespace, '');
  for (const { loadsLists, order } of casesOfChanges)
    await loadsLists?.(new World(running, order, clock, async () => undefined));
}

const isOfChanges = ({ title }: Scenario) => casesOfChanges.some(({ scenario }) => scenario.title === title);

/** Every stage that it entered, as often as it did. */
async function stagesOf(reference: string): Promise<string[]> {
  return (await events(reference))
    .filter(({ kind }) => kind === 'stage-entered')
    .map(({ data }) => `${data.lane}: ${data.stage}`)
    .sort();
}

describe('a shipment that continues as new at every rest of its life', () => {
  let client: Client;
  let played: Played[];
  beforeAll(async () => {
    client = await engine();
    const csv = (these: Scenario[]) =>
      orders(Object.fromEntries(these.map(({ reference }, n) => [reference, orderOf(cases[n] as Scenario)])));
    await bringRecordsBack(client);
    await playAll(client, csv(plain), plain);
    await bringRecordsBack(client);
    played = await playAll(client, csv(moved), moved, async (reference) => {
      await client.workflow.getHandle(shipmentWorkflowId(running.organisation, reference)).signal(continueAsNewSignal);
    });
  }, 600_000);
  afterAll(() => client.connection.close());

  const each = it.each(
    cases.map((scenario, n) => [scenario.title, plain[n], moved[n]] as [string, Scenario, Scenario]),
  );

  each('%s: ends as written, over many runs', async (_, __, { reference, expected, refund }) => {
    expect(played.find((one) => one.reference === reference)).toEqual({ reference, outcome: expected });
    expect(((await closing(client, reference)).refund as { amount: string } | null)?.amount ?? null).toBe(refund);
    expect(await api(`/v1/shipments/${reference}`)).toMatchObject({
      outcome: expected,
      waitingOn: [],
      stage: 'closed',
    });
    const runs = await runsOf(client, shipmentWorkflowId(running.organisation, reference));
    expect(runs.length).toBeGreaterThan(1);
  });

  each('%s: asks people and tells the parties what it would have in one run', async (_, one, many) => {
    const told = async ({ reference }: Scenario) => {
      const asked = await tasks(reference);
      const sent = await Promise.all(parties.map((party) => received(party, reference)));
      // The bank's own numbers and the suppliers' are made of the reference.
      const bare = (text: string) =>
        text
          .replaceAll(reference, 'THIS')
          .replace(/credit-[0-9a-f]{16}/, 'credit')
          .replace(/\d{20}/, 'invoice');
      return {
        asked: asked.map(({ id, status, answer }) => [bare(id), status, answer?.choice]).sort(),
        sent: sent.map((each) => each.map(({ kind, key, times }) => [kind, bare(key), times])),
        stages: isOfChanges(one)
          ? // A list that another case loads may have it reviewed once more, now or a moment later.
            [...new Set(await stagesOf(reference))]
          : await stagesOf(reference),
      };
    };
    expect(await told(many)).toEqual(await told(one));
  });

  each('%s: its event log is whole, and each wait was opened and ended once', async (_, __, { reference }) => {
    const log = await events(reference);
    expect(log.map((event) => event.seq)).toEqual(log.map((___, index) => index + 1));
    expect(log.at(-1)?.kind).toBe('closed');
    const waits = (kind: string) => log.filter((event) => event.kind === kind).length;
    expect(waits('wait-ended')).toBe(waits('wait-opened'));
  });

  it('goes over 36 virtual months', async () => {
    const log = await events('NEVER-01-M');
    const months = (Date.parse(log.at(-1)?.at ?? '') - Date.parse(log[0]?.at ?? '')) / (30.4 * 86_400_000);
    expect(months).toBeGreaterThan(35);
  });
});

it('2,000 messages while both lanes wait, over several runs: none is lost, none counts twice', async () => {
  const client = await engine();
  const reference = 'LAMPS-2000';
  const handle = client.workflow.getHandle(shipmentWorkflowId(running.organisation, reference));
  const report = (n: number) => ({
    messageId: `flood-${n}`,
    occurredAt: '2026-11-24T08:00:00Z',
    source: 'a carrier in a loop',
    classifier: 'PLN',
    event: 'LOAD',
    eventAt: '2026-11-24T08:00:00Z',
    voyage: String(n),
  });
  const bySignal = async (n: number): Promise<void> =>
    handle.signal('logisticsEvent', report(n)).catch(() => bySignal(n));
  // A sender that is told to come back does so, as the header says.
  const byUpdate = async (n: number): Promise<string> => {
    const answer = await api(`/v1/shipments/${reference}/events/logistics-event`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(report(n)),
    });
    return answer.status === 503 ? byUpdate(n) : (answer.status as string);
  };
  const flood: Deed = async () => {
    // Nine senders side by side, as many as the engine lets wait for an answer; each tenth message is sent twice.
    const senders = Array.from({ length: 9 }, async (_, sender) => {
      for (let n = sender; n < 2000; n += 9) {
        if (n % 2 === 0) await bySignal(n);
        else expect(['applied', 'duplicate']).toContain(await byUpdate(n));
        if (n % 10 === 0) await bySignal(n);
        if (n % 400 === 0) await handle.signal(continueAsNewSignal).catch(() => undefined);
      }
    });
    await Promise.all(senders);
  };
  const case_ = demoCases[0] as Scenario;
  const scenario: Scenario = { ...case_, reference, onDay: [...case_.onDay, [16, flood]] };
  try {
    expect(await playAll(client, orders({ [reference]: 'LAMPS-2601' }), [scenario])).toEqual([
      { reference, outcome: 'refunded' },
    ]);
    const log = await allEvents(reference);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    const told = log.filter(({ kind, data }) => kind === 'message' && String(data.messageId).startsWith('flood-'));
    const applied = told.filter(({ data }) => data.status === 'applied').map(({ data }) => String(data.messageId));
    expect(applied).toHaveLength(2000);
    expect(new Set(applied).size).toBe(2000);
    expect(told.filter(({ data }) => !['applied', 'duplicate'].includes(String(data.status)))).toEqual([]);
    expect((await runsOf(client, handle.workflowId)).length).toBeGreaterThan(2);
  } finally {
    await client.connection.close();
  }
}, 240_000);
