import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { likenessOf, qualityByScript, qualityOfAll, readForeignPairs, readPairs } from '../../bench/screening-pairs.ts';
import { sdnImporter } from '../../reference/importing/sdn.ts';
import { buildNameIndex } from '../../rules/screening/name-index.ts';
import { settingsSchema } from '../../rules/settings.ts';
import { samplePath, samples } from '../sample-data.ts';

const { screening: thresholds } = settingsSchema.parse({});
const pairs = readPairs(join(__dirname, 'screening-pairs'));
/**
 * The weights were tuned on every other pair; what is promised is measured on the rest. One rule, the Arabic article, came
 * later from a pair of the rest: without it 101 of its 104 matches were found.
 */
const unseen = pairs.filter((_, at) => at % 2 === 1);

describe('labelled pairs of names', () => {
  it('are at least 300, each once, and some of each script are one party and some are two', () => {
    expect(new Set(pairs.map(({ party, entry, same }) => `${party}|${entry}|${same}`)).size).toBe(pairs.length);
    expect(pairs.length).toBeGreaterThanOrEqual(300);
    for (const { same, different } of qualityByScript(pairs, thresholds))
      expect(Math.min(same, different)).toBeGreaterThanOrEqual(12);
  });

  it('of those no weight was tuned on, 95 of 100 matches are found and at most 6 of 100 others asked about', () => {
    const { same, found, different, falseAlarms } = qualityOfAll(qualityByScript(unseen, thresholds));
    expect(found / same).toBeGreaterThanOrEqual(0.95);
    expect(falseAlarms / different).toBeLessThanOrEqual(0.06);
  });

  it('no script falls below 70 of 100 found, and none but Arabic rises above 15 of 100 false alarms', () => {
    for (const { script, same, found, different, falseAlarms } of qualityByScript(pairs, thresholds)) {
      expect([script, found / same >= 0.7]).toEqual([script, true]);
      expect([script, falseAlarms / different <= (script === 'arabic' ? 0.2 : 0.15)]).toEqual([script, true]);
    }
  });

  const foreign = samples('screening/internal__embeddings__cross_script_pairs.csv');
  it('of others across scripts are found, but for Chinese characters that are read in Japanese or Korean', () => {
    if (!foreign) return;
    const missed = readForeignPairs(samplePath('screening/internal__embeddings__cross_script_pairs.csv')).filter(
      (pair) => likenessOf(pair) < Number(thresholds.reviewWithCountryFrom),
    );
    expect(missed.map(({ party }) => party)).toEqual(['金正恩', '山田太郎', '田中花子']);
  });
});

describe('the index over a whole list', () => {
  const files = samples('screening/test__sdn.csv', 'screening/test__add.csv', 'screening/test__alt.csv');

  it('finds what comparing with every name finds, at the threshold of a review', async () => {
    if (!files) return;
    const { entries } = await sdnImporter.read(files);
    const index = buildNameIndex(entries, {
      list: 'sdn',
      version: 'sample',
      entries: entries.length,
      importedAt: '2026-11-24T00:00:00Z',
    });
    const asked = entries
      .filter(({ type }, at) => type !== 'vessel' && at % 700 === 0)
      .map(({ names: [name = ''] }, at) =>
        at % 2 === 0 ? name.slice(0, 3) + name.slice(4) : name.split(/[ ,]+/).reverse().join(' '),
      );
    let all = 0;
    let lost = 0;
    for (const name of asked) {
      const found = new Set(index.find(name, 0.85).map(({ entry }) => entry.entryId));
      for (const { entry } of index.find(name, 0.85, { everyName: true })) {
        all += 1;
        if (!found.has(entry.entryId)) lost += 1;
      }
    }
    expect(all).toBeGreaterThanOrEqual(asked.length * 0.9);
    expect(lost / all).toBeLessThanOrEqual(0.02);
  });
});
