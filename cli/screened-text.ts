import type { ScreenedName } from '../rules/screening/screened-name.ts';
import { table, WIDTH, wrapped } from './layout.ts';

const verdicts: Record<ScreenedName['outcome'], string> = {
  review: 'REVIEW: a person compares it with each entry',
  clear: 'clear: it resembles no entry of these lists',
  'not-screened': 'NOT SCREENED: there is no list to hold it against',
};

/** What a name resembles, for a person to read. */
export function screenedText({ name, country, outcome, unreadable, matches, more, lists }: ScreenedName): string[] {
  const verdict =
    outcome === 'review' && matches.length === 0 ? 'REVIEW: a person looks it up in the lists' : verdicts[outcome];
  return [
    ...wrapped(`${name}${country === null ? '' : ` (${country})`}: ${verdict}`, WIDTH),
    ...(unreadable === null ? [] : wrapped(`It could not be compared: ${unreadable}`, WIDTH)),
    '',
    ...(matches.length === 0 ? [] : [...matchTable(matches), ...(more > 0 ? [`  and ${more} more`] : []), '']),
    ...(lists.length === 0
      ? ['No list is imported, so nobody was looked up: quayside reference import sdn|csl FILE…']
      : [
          'Held against:',
          ...table(
            [{ heading: 'list' }, { heading: 'version' }, { heading: 'entries' }, { heading: 'imported' }],
            lists.map(({ list, version, entries, importedAt }) => [
              list,
              version,
              String(entries),
              importedAt.slice(0, 10),
            ]),
          ),
        ]),
  ];
}

function matchTable(matches: ScreenedName['matches']): string[] {
  return table(
    [
      { heading: 'score', most: 5 },
      { heading: 'name' },
      { heading: 'list', most: 24 },
      { heading: 'entry', most: 14 },
      { heading: 'countries', most: 12 },
      { heading: 'programs', most: 16 },
    ],
    matches.map(({ score, name, list, source, entryId, countries, countryAgrees, programs }) => [
      score.toFixed(3),
      name,
      source === null ? list : `${list}: ${source}`,
      entryId,
      `${countries.join(', ') || '?'}${countryAgrees === true ? ' ✓' : countryAgrees === false ? ' ✗' : ''}`,
      programs.join(', '),
    ]),
  );
}
