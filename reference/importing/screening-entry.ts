import { contentHashOf } from '../../rules/documents/content-hash.ts';
import type { ScreeningEntry } from '../../rules/screening/entry.ts';
import { countryLetters } from './country-letters.ts';

/** An entry as a list gives it, names and countries still as they were found, with repetitions and blanks. */
export type RawEntry = Omit<ScreeningEntry, 'fingerprint'>;

/** An entry with its fingerprint: names and countries once each, countries by their letters. */
export function screeningEntryOf(raw: RawEntry): ScreeningEntry {
  const entry = {
    ...raw,
    names: once(raw.names),
    countries: once(raw.countries.flatMap((country) => countryLetters(country.trim()) ?? [])).sort(),
    programs: once(raw.programs).sort(),
  };
  // The order of aliases in a file says nothing.
  return { ...entry, fingerprint: contentHashOf({ ...entry, names: [...entry.names].sort() }).slice(0, 16) };
}

/** Texts without blanks, each once, in the order in which they came. */
function once(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => text.trim().replace(/\s+/g, ' ')).filter((text) => text !== ''))];
}
