/** Whether the territory that a paper states covers a country. */
import type { Reference } from '../../reference/load.ts';
import { plain } from '../classification/codes.ts';

const everywhere = [
  'worldwide',
  'world',
  'global',
  'all countries',
  'all',
  '全球',
  '全世界',
  '世界',
  '世界各国',
  '所有国家',
  '不限',
];
const wholeMarkets: Readonly<Record<string, readonly string[]>> = {
  EU: ['eu', 'european union', 'europe', 'eea', '欧盟', '欧洲'],
};
/** Names in use beside those of the countries' own list. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  US: ['usa', 'u.s.', 'u.s.a.', 'united states of america', 'america'],
  GB: ['uk', 'u.k.', 'great britain', 'britain', 'england'],
  CN: ['prc', 'mainland china', '中国大陆', '中国'],
  KR: ['korea', '韩国'],
  AE: ['uae'],
};

const english = new Intl.DisplayNames(['en'], { type: 'region' });
const chinese = new Intl.DisplayNames(['zh-Hans'], { type: 'region' });

function namesOf(country: string): string[] {
  const [en, zh] = [english.of(country), chinese.of(country)];
  return [country, en ?? '', zh ?? '', ...(otherNames[country] ?? [])].map(plain);
}

/**
 * Unclear: nothing stated covers the country, and something stated is no country or market that we know, or the words make
 * an exception.
 * @param market of the country: EU for its members
 */
export function territoryCovers(
  territory: string,
  country: string,
  market: string,
  reference: Reference,
): 'yes' | 'no' | 'unclear' {
  const words = plain(territory);
  if (/except|exclud|outside|other than|除|不含|不包括/.test(words)) return 'unclear';
  const parts = words
    .split(/[,;、，；/|]| and | & |和|及/)
    .map((part) => part.trim().replace(/^the /, ''))
    .filter((part) => part !== '');
  const own = [...everywhere, ...namesOf(country), ...(wholeMarkets[market] ?? [])];
  if (parts.some((part) => own.includes(part))) return 'yes';
  const known = new Set([
    ...Object.values(wholeMarkets).flat(),
    ...reference.countries.flatMap(({ alpha2 }) => namesOf(alpha2)),
  ]);
  return parts.length > 0 && parts.every((part) => known.has(part)) ? 'no' : 'unclear';
}
