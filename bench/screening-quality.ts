/**
 * `npm run screening:quality`: how well names of parties are recognised, by script. Of pairs that are one party, how many a
 * person is asked about (recall); of pairs that are two, how many needlessly (false alarms). docs/how-to-add/reference-lists.md.
 *
 *   -- --wrong            the pairs that were judged wrongly, too
 *   -- --data DIRECTORY   lists and pairs of others, by default $QUAYSIDE_SAMPLE_DATA/screening, else ../shared/data/screening; left out where there is none
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sdnImporter } from '../reference/importing/sdn.ts';
import { buildNameIndex } from '../rules/screening/name-index.ts';
import { screenName, wantsReview } from '../rules/screening/screen.ts';
import { type ScreeningThresholds, settingsSchema } from '../rules/settings.ts';
import {
  type LabelledPair,
  likenessOf,
  type Quality,
  qualityByScript,
  qualityOfAll,
  readForeignPairs,
  readPairs,
} from './screening-pairs.ts';
import { table } from './table.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const say = (line: string) => console.log(line);
const { values: options } = parseArgs({ options: { wrong: { type: 'boolean' }, data: { type: 'string' } } });
const data = resolve(
  options.data ?? join(process.env.QUAYSIDE_SAMPLE_DATA ?? join(root, '../shared/data'), 'screening'),
);
const { screening: thresholds } = settingsSchema.parse({});
const pairs = readPairs(join(root, 'test/rules/screening-pairs'));

await report();

async function report(): Promise<void> {
  const qualities = qualityByScript(pairs, thresholds);
  say(
    `${pairs.length} labelled pairs; a person compares from ${thresholds.reviewFrom}, and from ${thresholds.reviewWithCountryFrom} unless the countries differ.\n`,
  );
  say(
    table(
      ['script', 'one party', 'found', 'recall', 'two parties', 'false alarms', 'rate'],
      [...qualities, qualityOfAll(qualities)].map(rowOf),
    ),
  );
  if (options.wrong) for (const line of qualityOfAll(qualities).wrong) say(`  ${line}`);
  reportForeignPairs(join(data, 'internal__embeddings__cross_script_pairs.csv'), thresholds);
  await reportList(pairs, thresholds);
}

function rowOf({ script, same, found, different, falseAlarms }: Quality): string[] {
  return [
    script,
    `${same}`,
    `${found}`,
    percent(found, same),
    `${different}`,
    `${falseAlarms}`,
    percent(falseAlarms, different),
  ];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;
}

function reportForeignPairs(file: string, limits: ScreeningThresholds): void {
  if (!existsSync(file)) {
    say(`\nPairs of others are left out: there is no ${file}`);
    return;
  }
  const judged = readForeignPairs(file).map((pair) => ({ ...pair, score: likenessOf(pair) }));
  const missed = judged.filter(({ score }) => !wantsReview({ score, countryAgrees: null }, limits));
  say(
    `\nPairs of others, matches only, countries not known: ${judged.length - missed.length} of ${judged.length} found.`,
  );
  for (const { party, entry, score } of missed) say(`  missed: ${party} | ${entry} ${score.toFixed(3)}`);
}

async function reportList(asked: readonly LabelledPair[], limits: ScreeningThresholds): Promise<void> {
  const files = ['test__sdn.csv', 'test__add.csv', 'test__alt.csv'];
  if (!files.every((name) => existsSync(join(data, name)))) {
    say(`\nThe whole list is left out: ${data} has no ${files.join(', ')}`);
    return;
  }
  const { entries } = await sdnImporter.read(files.map((name) => ({ name, content: readFileSync(join(data, name)) })));
  const started = performance.now();
  const index = buildNameIndex(entries, {
    list: 'sdn',
    version: 'sample',
    entries: entries.length,
    importedAt: '2026-11-24T00:00:00Z',
  });
  const built = performance.now() - started;
  const parties = [...new Map(asked.map((pair) => [pair.party, pair])).values()];
  const times: number[] = [];
  let reviews = 0;
  for (const { party, partyCountry } of parties) {
    const before = performance.now();
    const found = screenName({ name: party, country: partyCountry, vessel: false }, [index], limits);
    times.push(performance.now() - before);
    if (found.length > 0) reviews += 1;
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
  say(
    `\nThe parties of the pairs against the SDN list of the samples (${entries.length} entries, ${index.names} names, index built in ${built.toFixed(0)} ms):`,
  );
  say(
    `  ${reviews} of ${parties.length} parties resemble an entry (${percent(reviews, parties.length)}), some of them rightly; a name takes ${at(0.5)} ms, at most ${at(0.95)} ms for 95 of 100.`,
  );
}
