import { scenarios } from '../../demo/scenarios.ts';
import { scenariosOfPapers } from '../../demo/scenarios-of-papers.ts';
import type { Scenario } from '../../simulation/scenario.ts';
import { RELEASES_FOLDER, readBundle } from '../../worker/workflow-bundle.ts';

/** A shipment that an upgrade meets. */
export interface UpgradeCase {
  scenario: Scenario;
  /** Of demo/orders.csv. */
  order: string;
  /** Where in its life: by the steps that it was played so far, and by what it waits for. */
  isToRest: (steps: number, waits: readonly string[]) => boolean;
}

/** Each case of the demo at another step of its life, and one of papers with a file that waits to be confirmed. */
export function casesAtRest(release: string): UpgradeCase[] {
  const papers = scenariosOfPapers[0] as Scenario;
  const knowsFiles = readBundle(RELEASES_FOLDER, release).code.includes('receiveDocument');
  return [
    ...scenarios.map(
      (scenario, index): UpgradeCase => ({
        scenario,
        order: scenario.reference,
        isToRest: (steps) => steps === 1 + index * 2,
      }),
    ),
    {
      scenario: papers,
      order: papers.reference,
      // A release from before files could be handed in is left on the first day: the file comes to today's workflows.
      isToRest: (steps, waits) =>
        knowsFiles ? waits.some((wait) => wait.includes('"document-unconfirmed"')) : steps === 1,
    },
  ];
}

/** The plain one, whose second payment is too much: its statement waits for finance. */
export const overpaid: Scenario = { ...(scenarios[0] as Scenario), reference: 'OVERPAID-01' };
