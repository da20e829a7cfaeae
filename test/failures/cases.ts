/** The cases in which every step of the product goes wrong once: those of the demo, the other endings, and one that reaches what they do not. */
import type { Client } from '@temporalio/client';
import { scenarios } from '../../demo/scenarios.ts';
import { scenariosOfPapers } from '../../demo/scenarios-of-papers.ts';
import { WorkflowClock } from '../../simulation/clock.ts';
import { pause } from '../../simulation/patience.ts';
import type { Deed, Scenario } from '../../simulation/scenario.ts';
import type { Running, Uploaded, World } from '../../simulation/world.ts';
import { otherEndings } from '../scenarios/other-endings.ts';
import { Visitor } from '../scenarios/visitor.ts';
import { casesOfChanges } from './cases-of-changes.ts';
import type { Fault } from './faults.ts';
import { answerStatement, type StatementWait, waitsOfStatement } from './statements.ts';

/** A scenario to be played under many references. */
export interface Case {
  /** Of demo/orders.csv: the order that is placed. */
  order: string;
  scenario: Scenario;
  /** What goes wrong in it in any event, because a step is reached by it alone. */
  standing: Fault[];
  /** A party that reports nothing and is asked instead. */
  unheard?: keyof Running['sandboxes'];
  /** For one that loads a list or a table: brings the records to what it expects. No two plays of such cases run side by side. */
  loadsLists?: (world: World) => Promise<void>;
}

const lamps = scenarios[0] as Scenario;

/**
 * The money side asked for everything: customs and the bureau say nothing until they are asked; the buyer pays too much;
 * finance takes so long over it that the manager has it; the statement cannot be read until an engineer helps.
 */
export function askedForEverything(client: Client): Case {
  const overpaid: Deed = async (world) => {
    const statement = await world.buyerPays({ amount: '9000.00' }, true);
    await settleTooLate(client, world.running, statement);
  };
  return {
    order: lamps.reference,
    unheard: 'taxBureau',
    standing: [{ activity: 'readAndMatch', mode: 'until-a-person-helps' }],
    scenario: {
      ...lamps,
      reference: 'SILENT-2609',
      title: 'customs, bureau and finance keep silent until they are asked; the buyer pays too much',
      onDay: [...lamps.onDay.filter(([day]) => day !== 30), [30, overpaid]],
    },
  };
}

/** Finance answers when the time is over and the manager has been told. */
export async function settleTooLate(client: Client, running: Running, { workflowId, sha256 }: Uploaded): Promise<void> {
  const visitor = new Visitor(running);
  const question = async (isWished: (wait: StatementWait) => boolean): Promise<StatementWait> => {
    for (;;) {
      const found = (await waitsOfStatement(visitor, sha256)).find(
        (wait) => wait.what === 'receipt-unmatched' && isWished(wait),
      );
      if (found) return found;
      await pause(50);
    }
  };
  const { taskId, until } = await question((wait) => wait.until !== null);
  const clock = new WorkflowClock(client, running.temporalNamespace, workflowId);
  await clock.settled();
  await clock.forwardTo(new Date(Date.parse(until ?? '') + 60_000).toISOString());
  await question((wait) => wait.fromWhom === 'manager');
  // The manager's name is on the list before the list itself says so.
  await clock.settled();
  await answerStatement(visitor, taskId, 'not-export', 'kept for the next order');
  await client.workflow.getHandle(workflowId).result();
}

/** All of them. */
export function casesOf(client: Client): Case[] {
  const ofItsOrder = (scenario: Scenario): Case => ({ order: scenario.reference, scenario, standing: [] });
  return [
    ...[...scenarios, ...scenariosOfPapers].map(ofItsOrder),
    ...casesOfChanges,
    ...otherEndings.map((scenario): Case => ({ ...ofItsOrder(scenario), order: lamps.reference })),
    askedForEverything(client),
  ];
}
