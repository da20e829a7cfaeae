/** Names that American lists give to countries, by ISO 3166. */

const ownWords: Readonly<Record<string, string>> = {
  burma: 'MM',
  'korea, north': 'KP',
  'north korea': 'KP',
  "democratic people's republic of korea": 'KP',
  'korea, south': 'KR',
  'south korea': 'KR',
  'congo, democratic republic of the': 'CD',
  'congo, republic of the': 'CG',
  'virgin islands, british': 'VG',
  'virgin islands, u.s.': 'VI',
  palestinian: 'PS',
  'west bank': 'PS',
  'region: gaza': 'PS',
  'region: crimea': 'UA',
  'the gambia': 'GM',
  'bahamas, the': 'BS',
  'man, isle of': 'IM',
  'cote d ivoire': 'CI',
  "cote d'ivoire": 'CI',
  'czech republic': 'CZ',
  kosovo: 'XK',
  turkey: 'TR',
  'hong kong': 'HK',
  macau: 'MO',
  'micronesia, federated states of': 'FM',
  'cabo verde': 'CV',
  swaziland: 'SZ',
  macedonia: 'MK',
  'macedonia, the former yugoslav republic of': 'MK',
  'holy see': 'VA',
  'saint vincent and the grenadines': 'VC',
};

const nothing = new Set(['undetermined', 'none identified', 'unknown', '']);

const letters = namesByLetters();

function namesByLetters(): Map<string, string> {
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const names = new Map<string, string>();
  const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const first of alphabet)
    for (const second of alphabet) {
      const code = first + second;
      // Letters of a country that is no more stand for the one of today, and are not its letters: DD is Germany, which is DE.
      const name = new Intl.Locale(`und-${code}`).region === code ? english.of(code) : undefined;
      if (name !== undefined) names.set(plain(name), code);
    }
  for (const [name, code] of Object.entries(ownWords)) names.set(plain(name), code);
  return names;
}

function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, 'and')
    .replace(/\bst\./g, 'saint')
    .trim();
}

/**
 * The two letters of a country named in English as the lists name it; a name that has none comes back as it stands, and
 * agrees with no party's country. Undefined where the list says that it does not know.
 * @example countryLetters('Korea, North') //=> 'KP'
 */
export function countryLetters(name: string): string | undefined {
  if (nothing.has(plain(name))) return undefined;
  if (/^[A-Z]{2}$/.test(name)) return name;
  return letters.get(plain(name)) ?? name;
}
