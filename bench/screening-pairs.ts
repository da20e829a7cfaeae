/** Pairs of names of which somebody said whether they are one party, and how the screening judges them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { normaliseName } from '../rules/screening/normalise-name.ts';
import { familyOf, likenessToListed } from '../rules/screening/personal-name.ts';
import { countryAgrees, wantsReview } from '../rules/screening/screen.ts';
import type { ScreeningThresholds } from '../rules/settings.ts';

const pairSchema = z.object({
  party: z.string().min(1),
  partyCountry: z.string().regex(/^[A-Z]{2}$/),
  entry: z.string().min(1),
  entryCountry: z.string().regex(/^[A-Z]{2}$/),
  same: z.enum(['yes', 'no']),
});
/** A party of an order and a name of a list; `script` is that of the file it stands in. */
export type LabelledPair = z.infer<typeof pairSchema> & { script: string };

/** Pairs of one script: of those that are one party, how many were found; of the others, how many were asked about in vain. */
export interface Quality {
  script: string;
  same: number;
  found: number;
  different: number;
  falseAlarms: number;
  /** Pairs judged wrongly, as they are written, with their likeness. */
  wrong: string[];
}

/** @throws Error naming the file when a line of it is no pair */
export function readPairs(directory: string): LabelledPair[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .flatMap((name) => {
      const rows: unknown = parse(readFileSync(join(directory, name), 'utf8'), { columns: true, delimiter: ';' });
      const read = z.array(pairSchema).safeParse(rows);
      if (!read.success) throw new Error(`${name} holds lines that are no pairs: ${z.prettifyError(read.error)}`);
      return read.data.map((pair) => ({ ...pair, script: name.replace('.csv', '') }));
    });
}

/** Pairs of `Query,Expected Match,Min Score,Description`, all of them one party, without countries. */
export function readForeignPairs(file: string): Pick<LabelledPair, 'party' | 'entry' | 'script'>[] {
  const rows = parse(readFileSync(file, 'utf8'), { comment: '#', relax_column_count: true, skip_empty_lines: true });
  return rows.map(([party = '', entry = '']) => ({ party, entry, script: 'across scripts' }));
}

/** How alike the names of a pair are, 0 to 1. */
export function likenessOf({ party, entry }: Pick<LabelledPair, 'party' | 'entry'>): number {
  return likenessToListed(normaliseName(party), normaliseName(entry), isPerson(entry) ? familyOf(entry) : null);
}

/** `SURNAME, Given`, as lists write people; an entry of a list says so itself. */
const isPerson = (entry: string) => /^[^,]+, (?!(?:Ltd|Inc|Co|Corp|LLC|GmbH)\b)\p{Lu}\p{Ll}/u.test(entry);

/** Judges pairs as the screening does, by script. */
export function qualityByScript(pairs: readonly LabelledPair[], thresholds: ScreeningThresholds): Quality[] {
  const byScript = new Map<string, Quality>();
  for (const pair of pairs) {
    const quality = byScript.get(pair.script) ?? emptyQuality(pair.script);
    byScript.set(pair.script, quality);
    const score = likenessOf(pair);
    const agrees = countryAgrees(pair.partyCountry, [pair.entryCountry]);
    const review = wantsReview({ score, countryAgrees: agrees }, thresholds);
    if (pair.same === 'yes') {
      quality.same += 1;
      if (review) quality.found += 1;
    } else {
      quality.different += 1;
      if (review) quality.falseAlarms += 1;
    }
    if (review !== (pair.same === 'yes')) quality.wrong.push(`${pair.party} | ${pair.entry} ${score.toFixed(3)}`);
  }
  return [...byScript.values()];
}

function emptyQuality(script: string): Quality {
  return { script, same: 0, found: 0, different: 0, falseAlarms: 0, wrong: [] };
}

/** All scripts as one. */
export function qualityOfAll(qualities: readonly Quality[]): Quality {
  const sum = (count: (quality: Quality) => number) => qualities.reduce((total, quality) => total + count(quality), 0);
  return {
    script: 'all',
    same: sum(({ same }) => same),
    found: sum(({ found }) => found),
    different: sum(({ different }) => different),
    falseAlarms: sum(({ falseAlarms }) => falseAlarms),
    wrong: qualities.flatMap(({ wrong }) => wrong),
  };
}
