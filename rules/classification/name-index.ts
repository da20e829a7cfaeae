/** Finds names that resemble a description, and says how much. */
import MiniSearch from 'minisearch';
import { type Alike, alikeness, type Met, type Phrase } from './likeness.ts';
import type { MaterialsOf } from './materials.ts';
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

/** What an index knows about words. */
export interface WordLore {
  /** Words that tell little about the kind of goods (`portable`, 新款): their absence from a name counts little. */
  faint: ReadonlySet<string>;
  materialsOf: MaterialsOf;
}

/** Of what BM25 ranks first, so many are weighed in full. */
const WEIGHED = 80;
/** A pair across two Chinese words (`式蓝`) is in no name and says nothing against one. */
const CHINESE_UNKNOWN = 0.2;
const UNKNOWN = 0.5;

/** Builds the index of some names. */
export function nameIndexOf<Thing>(names: readonly Named<Thing>[], { faint, materialsOf }: WordLore): NameIndex<Thing> {
  const phraseOf = (text: string): Phrase => ({
    words: wordsOf(text),
    heads: headsOf(text),
    materials: materialsOf(text),
  });
  const phrases = names.map(({ name }) => phraseOf(name));
  const index = miniSearchOf(names);
  const holders = holdersOf(phrases);
  const byHead = idsByHead(phrases);
  const alike: Alike = { weight: weightBy(holders, names.length), faint };
  const best = (asked: Phrase, met: readonly (Met & { id: number })[], most: number): NameMatch<Thing>[] =>
    met
      .flatMap(({ id, ...words }) => {
        const [named, phrase] = [names[id], phrases[id]];
        return named && phrase ? [{ ...named, score: alikeness(asked, phrase, words, alike) }] : [];
      })
      .sort((a, b) => b.score - a.score)
      .slice(0, most);
  const knows = (word: string) => holders.has(word);
  return {
    knows,
    findSure: (text, most) => {
      const asked = phraseOf(text);
      return best(asked, saidWhole(asked, phrases, byHead), most);
    },
    find: (text, most, isKnown = knows) => best(phraseOf(text), ranked(index, text, isKnown), most),
  };
}

interface Indexed {
  id: number;
  name: string;
}

function miniSearchOf(names: readonly { name: string }[]): MiniSearch<Indexed> {
  const index = new MiniSearch<Indexed>({ fields: ['name'], tokenize: wordsOf, processTerm: (term) => term });
  index.addAll(names.map(({ name }, id) => ({ id, name })));
  return index;
}

function ranked(index: MiniSearch<Indexed>, text: string, isKnown: (word: string) => boolean) {
  return index
    .search(text, {
      combineWith: 'OR',
      // Only a word that nobody knows is looked for by likeness: a speaker is no sneaker.
      prefix: (term) => /^[a-z]{4,}$/.test(term) && !isKnown(term),
      fuzzy: (term) => (/^[a-z]{6,}$/.test(term) && !isKnown(term) ? 1 : false),
    })
    .slice(0, WEIGHED)
    .map(({ id, terms, queryTerms }) => ({ id: Number(id), inName: new Set(terms), inText: new Set(queryTerms) }));
}

/** Names of the same ending that stand whole in the description. */
function saidWhole(asked: Phrase, phrases: readonly Phrase[], byHead: ReadonlyMap<string, readonly number[]>) {
  const said = new Set(asked.words);
  return [...new Set(asked.heads)]
    .flatMap((head) => byHead.get(head) ?? [])
    .filter((id) => phrases[id]?.words.every((word) => said.has(word)))
    .map((id) => {
      const words = new Set(phrases[id]?.words);
      return { id, inName: words, inText: words };
    });
}

/** How many names hold each word. */
function holdersOf(phrases: readonly Phrase[]): ReadonlyMap<string, number> {
  const holders = new Map<string, number>();
  for (const { words } of phrases) for (const word of words) holders.set(word, (holders.get(word) ?? 0) + 1);
  return holders;
}

function idsByHead(phrases: readonly Phrase[]): ReadonlyMap<string, readonly number[]> {
  const byHead = new Map<string, number[]>();
  for (const [id, { heads }] of phrases.entries()) {
    const head = heads.at(-1) ?? '';
    const ids = byHead.get(head);
    if (ids) ids.push(id);
    else byHead.set(head, [id]);
  }
  return byHead;
}

/** What a word tells: rare ones much, those of every second name next to nothing. */
function weightBy(holders: ReadonlyMap<string, number>, names: number): (word: string) => number {
  const unknown = Math.log(1 + names);
  return (word) => {
    const count = holders.get(word);
    if (count === undefined) return unknown * (isChinese(word) ? CHINESE_UNKNOWN : UNKNOWN);
    return Math.log(1 + names / count);
  };
}
