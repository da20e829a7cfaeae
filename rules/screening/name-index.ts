/** An index over the names of a list, so that a name is compared with the few that could match and not with all. */
import type { ScreeningEntry, ScreeningList } from './entry.ts';
import { GramIndex } from './gram-index.ts';
import { type NormalisedName, normaliseName } from './normalise-name.ts';
import { familyOf, likenessToListed } from './personal-name.ts';
import type { Word } from './word.ts';

/** An entry that a name resembles, by the one of its names that does most. */
export interface NameMatch {
  entry: ScreeningEntry;
  name: string;
  /** 0 to 1. */
  score: number;
}

/** One version of a list, ready to be asked. */
export interface NameIndex {
  list: ScreeningList;
  /** Names and aliases in all. */
  names: number;
  /**
   * Entries that resemble a name at least as much as `from`, best first. A vessel's name is held against vessels only, and
   * no other name is.
   */
  find(name: string, from: number, options?: { vessel?: boolean; everyName?: boolean }): NameMatch[];
}

/** Names compared in full for one name asked. More find nothing more: see the measure of recall in the tests. */
const candidates = 60;
/** Many names have the same few consonants. */
const candidatesByConsonants = 150;

/** Builds the index of a list's version; about 15 µs a name. */
export function buildNameIndex(entries: readonly ScreeningEntry[], list: ScreeningList): NameIndex {
  const named = entries.flatMap((entry) =>
    entry.names.map((name) => ({
      entry,
      name,
      normalised: normaliseName(name),
      family: entry.type === 'person' ? familyOf(name) : null,
    })),
  );
  const parts = [true, false].map((vessel) =>
    partOf(named.filter(({ entry }) => (entry.type === 'vessel') === vessel)),
  );
  return {
    list,
    names: named.length,
    find(name, from, { vessel = false, everyName = false } = {}) {
      return parts[vessel ? 0 : 1]?.(normaliseName(name), from, everyName) ?? [];
    },
  };
}

interface NamedEntry {
  entry: ScreeningEntry;
  name: string;
  normalised: NormalisedName;
  /** Surname of a person, as far as the list tells it; null for all that is no person. */
  family: string | null;
}

function partOf(named: readonly NamedEntry[]) {
  const words = new GramIndex(named.map(({ normalised }) => normalised.forms.map(({ words }) => textsOf(words))));
  const skeletons = new GramIndex(
    named.map(({ normalised }) => normalised.forms.map(({ skeleton }) => textsOf(skeleton))),
  );
  return (asked: NormalisedName, from: number, everyName: boolean): NameMatch[] => {
    const near = everyName
      ? named.keys()
      : new Set(
          asked.forms.flatMap((form) =>
            form.skeletal
              ? skeletons.nearest(textsOf(form.skeleton), candidatesByConsonants)
              : words.nearest(textsOf(form.words), candidates),
          ),
        );
    const best = new Map<ScreeningEntry, NameMatch>();
    for (const position of near) {
      const one = named[position];
      if (one === undefined) continue;
      const score = Math.round(likenessToListed(asked, one.normalised, one.family) * 1000) / 1000;
      const { entry, name } = one;
      if (score >= from && score > (best.get(entry)?.score ?? 0)) best.set(entry, { entry, name, score });
    }
    return [...best.values()].sort((a, b) => b.score - a.score || (a.entry.entryId < b.entry.entryId ? -1 : 1));
  };
}

const textsOf = (words: readonly Word[]) => words.map(({ text }) => text);
