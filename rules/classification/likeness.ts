/** How alike a description and a name of goods are. */
import { materialsDiffer } from './materials.ts';
import { isChinese } from './words.ts';

/** A name or a description in its words, what it ends on, and the materials that it names. */
export interface Phrase {
  words: readonly string[];
  heads: readonly string[];
  materials: readonly string[];
}

/** Words that a name and a description share, as each of them writes them. */
export interface Met {
  inName: ReadonlySet<string>;
  inText: ReadonlySet<string>;
}

/** What each word counts for. */
export interface Alike {
  weight: (word: string) => number;
  /** Words that a description may have more than the name at little cost. */
  faint: ReadonlySet<string>;
}

/** Word of another spelling (`speeker`) or with another ending: it may be meant. */
const NEARLY = 0.6;
const FAINT = 0.2;
const LONGER = 0.01;
/** Less than ending alike: a garden hose reel is no hose. */
const BEGINS = 0.6;
/** For a name of another material. */
const OTHER_MATERIAL = 0.75;

/**
 * From 0 to 1: four tenths how much of the name was said, three how much of the description is named, three that both end
 * alike. The parts were set by the labelled descriptions of the tests, which measure every change of them.
 */
export function alikeness(asked: Phrase, name: Phrase, met: Met, { weight, faint }: Alike): number {
  const exact = new Set(asked.words);
  const nameSaid = share(name.words, (word) => (exact.has(word) ? 1 : met.inName.has(word) ? NEARLY : 0), weight);
  const textNamed = share(
    asked.words,
    (word) => (met.inText.has(word) ? (met.inName.has(word) ? 1 : NEARLY) : 0),
    (word) => weight(word) * (faint.has(word) ? FAINT : 1),
  );
  const ends = Math.max(endsAlike(asked.heads, name.heads), beginsAlike(asked, name));
  const alike = 0.4 * nameSaid + 0.3 * textNamed + 0.3 * ends;
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
