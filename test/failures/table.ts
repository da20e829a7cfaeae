import { modes } from './faults.ts';
import type { Result } from './matrix.ts';

/** One letter a mode, in the modes' order: small when the cell ended as written, `✗` when not, `·` when it was not played. */
const letters = ['f', 'p', 'r', 'l', 'c', 'a'];

/** Activities by scenarios, the modes in each field. */
export function tableOf(results: readonly Result[]): string {
  const scenarios = [...new Set(results.map(({ cell }) => cell.of.scenario.reference))].sort();
  const activities = [...new Set(results.map(({ cell }) => cell.faults[0]?.activity ?? ''))].sort();
  const field = (scenario: string, activity: string) =>
    modes
      .map((mode, index) => {
        const result = results.find(
          ({ cell: { of, faults } }) =>
            of.scenario.reference === scenario && faults[0]?.activity === activity && faults[0].mode === mode,
        );
        if (!result) return '·';
        return result.complaints.length === 0 ? letters[index] : '✗';
      })
      .join('');
  const heads = scenarios.map((scenario) => scenario.split('-')[0] ?? '');
  const width = Math.max(...activities.map((name) => name.length));
  const rows = activities.map((activity) =>
    [
      activity.padEnd(width),
      ...scenarios.map((scenario, index) => field(scenario, activity).padEnd(heads[index]?.length ?? 0)),
    ].join('  '),
  );
  return [
    `${''.padEnd(width)}  ${heads.map((head) => head.padEnd(modes.length)).join('  ')}`,
    ...rows,
    `${modes.map((mode, index) => `${letters[index]} ${mode}`).join(', ')}, ✗ not as written, · not played`,
  ].join('\n');
}
