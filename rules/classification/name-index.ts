/** Finds names that resemble a description, and says how much. */
import MiniSearch from 'minisearch';
import { type MaterialsOf, materialsDiffer } from './materials.ts';
import { headsOf, isChinese, wordsOf } from './words.ts';

/** A name under which goods can be found, and whatever it stands for. */
export interface Named<Thing> {
  name: string;
  thing: Thing;
}

/** A name that resembles, from 0 to 1: 1 is the same words. */
export interface NameMatch<Thing> extends Named<Thing> {
  score: number;
}

/** Names that can be asked for what resembles a description. */
export interface NameIndex<Thing> {
  /** Best first, at most so many. A word that is known, here or elsewhere, is not taken for a slip of the pen. */
  find: (text: string, most: number, isKnown?: (word: string) => boolean) => NameMatch<Thing>[];
  /** Only names that end on the same word and whose every word was said: what is sure, at a hundredth of the time. */
  findSure: (text: string, most: number) => NameMatch<Thing>[];
  /** Whether any name holds the word. */
  knows: (word: string) => boolean;
}

/** A name or a description in its words, and what it ends on. */
interface Phrase {
  words: readonly string[];
  heads: readonly string[];
  materials: readonly string[];
}

/** Words that a name and a description share, as each of them writes them. */
interface Met {
  inName: ReadonlySet<string>;
  inText: ReadonlySet<string>;
}

/** Of what BM25 ranks first, so many are weighed in full. */
const WEIGHED = 80;
/** Word of another spelling (`speeker`) or with another ending: it may be meant. */
const NEARLY = 0.6;
/** A pair across two Chinese words (`式蓝`) is in no name and says nothing against one. */
const CHINESE_UNKNOWN = 0.2;
const UNKNOWN = 0.5;
const FAINT = 0.2;
const LONGER = 0.01;
/** Less than ending alike: a garden hose reel is no hose. */
const BEGINS = 0.6;
/** For a name of another material. */
const OTHER_MATERIAL = 0.75;

/** What an index knows about words. */
export interface WordLore {
  /** Words that tell little about the kind of goods (`portable`, 新款): their absence from a name counts little. */
  faint: ReadonlySet<string>;
  materialsOf: MaterialsOf;
}

/** Builds the index of some names. */
export function nameIndexOf<Thing>(names: readonly Named<Thing>[], { faint, materialsOf }: WordLore): NameIndex<Thing> {
  const phraseOf = (text: string): Phrase => ({
    words: wordsOf(text),
    heads: headsOf(text),
    materials: materialsOf(text),
  });
  const phrases = names.map(({ name }) => phraseOf(name));
  const index = new MiniSearch<{ id: number; name: string }>({
    fields: ['name'],
    tokenize: wordsOf,
    processTerm: (term) => term,
  });
  index.addAll(names.map(({ name }, id) => ({ id, name })));
  const holders = new Map<string, number>();
  for (const { words } of phrases) for (const word of words) holders.set(word, (holders.get(word) ?? 0) + 1);
  const unknown = Math.log(1 + names.length);
  /** What a word tells: rare ones much, those of every second name next to nothing. */
  const weight = (word: string): number => {
    const count = holders.get(word);
    if (count === undefined) return unknown * (isChinese(word) ? CHINESE_UNKNOWN : UNKNOWN);
    return Math.log(1 + names.length / count);
  };
  const byHead = new Map<string, number[]>();
  for (const [id, { heads }] of phrases.entries()) {
    const head = heads.at(-1) ?? '';
    byHead.set(head, [...(byHead.get(head) ?? []), id]);
  }
  const weighed = (asked: Phrase, id: number, met: Met): NameMatch<Thing>[] => {
    const [named, phrase] = [names[id], phrases[id]];
    return named && phrase ? [{ ...named, score: likeness(asked, phrase, met, { weight, faint }) }] : [];
  };
  const best = (matches: NameMatch<Thing>[], most: number) => matches.sort((a, b) => b.score - a.score).slice(0, most);
  return {
    knows: (word) => holders.has(word),
    findSure: (text, most) => {
      const asked = phraseOf(text);
      const ids = [...new Set(asked.heads)].flatMap((head) => byHead.get(head) ?? []);
      const said = new Set(asked.words);
      const whole = ids.filter((id) => phrases[id]?.words.every((word) => said.has(word)));
      const matches = whole.flatMap((id) => {
        const words = new Set(phrases[id]?.words);
        return weighed(asked, id, { inName: words, inText: words });
      });
      return best(matches, most);
    },
    find: (text, most, isKnown = (word) => holders.has(word)) => {
      const asked = phraseOf(text);
      const matches = index.search(text, {
        combineWith: 'OR',
        // Only a word that no name has is looked for by likeness: a speaker is no sneaker.
        prefix: (term) => /^[a-z]{4,}$/.test(term) && !isKnown(term),
        fuzzy: (term) => (/^[a-z]{6,}$/.test(term) && !isKnown(term) ? 1 : false),
      });
      return best(
        matches
          .slice(0, WEIGHED)
          .flatMap(({ id, terms, queryTerms }) =>
            weighed(asked, id, { inName: new Set(terms), inText: new Set(queryTerms) }),
          ),
        most,
      );
    },
  };
}

/**
 * How alike a description and a name are: four tenths how much of the name was said, three how much of the description is
 * named, three that both end alike.
 */
function likeness(
  asked: Phrase,
  name: Phrase,
  met: Met,
  { weight, faint }: { weight: (word: string) => number; faint: ReadonlySet<string> },
): number {
  const exact = new Set(asked.words);
  const nameSaid = share(name.words, (word) => (exact.has(word) ? 1 : met.inName.has(word) ? NEARLY : 0), weight);
  const textNamed = share(
    asked.words,
    (word) => (met.inText.has(word) ? (met.inName.has(word) ? 1 : NEARLY) : 0),
    (word) => weight(word) * (faint.has(word) ? FAINT : 1),
  );
  const alike =
    0.4 * nameSaid + 0.3 * textNamed + 0.3 * Math.max(endsAlike(asked.heads, name.heads), beginsAlike(asked, name));
  const held = materialsDiffer(asked.materials, name.materials) ? OTHER_MATERIAL : 1;
  // Of two names that are both said whole, the longer one says more: a 3D printer is no printer.
  return Math.min(1, held * alike + LONGER * name.words.filter((word) => exact.has(word)).length);
}

/** The part of some words that counts, each by its weight. */
function share(words: readonly string[], counts: (word: string) => number, weight: (word: string) => number): number {
  let whole = 0;
  let part = 0;
  for (const word of words) {
    whole += weight(word);
    part += weight(word) * counts(word);
  }
  return whole === 0 ? 0 : part / whole;
}

/** 1 when both end on the same word, less when on the same Chinese character only (保温杯, 玻璃杯: both cups). */
function endsAlike(asked: readonly string[], heads: readonly string[]): number {
  const own = heads.at(-1);
  if (own === undefined) return 0;
  if (asked.includes(own)) return 1;
  return isChinese(own) && asked.some((head) => head.at(-1) === own.at(-1)) ? 0.4 : 0;
}

/** English listings name the goods first and praise them after: `massage gun deep tissue`. One word alone is no name there. */
function beginsAlike(asked: Phrase, name: Phrase): number {
  const isName = name.words.length > 1 && !name.words.some(isChinese);
  return isName && name.words.every((word, at) => asked.words[at] === word) ? BEGINS : 0;
}
