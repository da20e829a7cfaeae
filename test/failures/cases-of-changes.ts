/** The cases in which a list or a table is loaded, so that each play meets the records as the first one did. */
import { list, scenariosOfChanges } from '../../demo/scenarios-of-changes.ts';
import type { Scenario } from '../../simulation/scenario.ts';
import type { NamedFile, World } from '../../simulation/world.ts';
import type { Case } from './cases.ts';

const [listed, rateChanges] = scenariosOfChanges as [Scenario, Scenario];

/** What it loads on its day is another version for each play: what a person decided in the play before is of another entry. */
const ofThisPlay = (files: readonly NamedFile[], reference: string): NamedFile[] =>
  files.map(({ name, content }) => ({
    name,
    content: String(content).replaceAll('Fictional entry', `Fictional entry of ${reference}`),
  }));

/** The table as it stands before the change is announced. */
const unchanged = (): NamedFile => {
  const { name, content } = list('tariff.csv');
  return { name, content: String(content).replace(/,9,\d{4}-\d{2}-\d{2}$/m, ',,') };
};

/** One play of each at a time: the organisation has one list in force, and all its shipments are told. */
export const casesOfChanges: Case[] = [
  {
    order: listed.reference,
    standing: [],
    loadsLists: async () => undefined,
    scenario: {
      ...listed,
      onDay: [
        ...listed.onDay.filter(([day]) => day !== 1),
        [
          1,
          (world) => world.importList('sdn', ofThisPlay(['sdn.csv', 'alt.csv', 'add.csv'].map(list), world.reference)),
        ],
      ],
    },
  },
  {
    order: rateChanges.reference,
    standing: [],
    loadsLists: (world: World) => world.importList('tariff', [unchanged()]),
    scenario: rateChanges,
  },
];
