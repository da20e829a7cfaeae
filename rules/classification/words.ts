/** Splits descriptions of goods into what can be compared: English words, and Chinese text by pairs of characters. */
import { plain } from './codes.ts';

/** Words that bind others and name nothing; what follows them describes, what stands before them is the goods. */
const binders = [
  'with',
  'for',
  'in',
  'of',
  'by',
  'from',
  'to',
  'without',
  'on',
  'and',
  'or',
  'the',
  'a',
  'an',
  'per',
  'w',
];

/** One spelling for words that traders write in two, and plurals that are no rule. */
const spellings: Readonly<Record<string, string>> = {
  aluminum: 'aluminium',
  color: 'colour',
  colored: 'coloured',
  fiber: 'fibre',
  fiberglass: 'fibreglass',
  galvanized: 'galvanised',
  gray: 'grey',
  jewelry: 'jewellery',
  knive: 'knife',
  mice: 'mouse',
  mold: 'mould',
  pajama: 'pyjama',
  sanitizer: 'sanitiser',
  scarve: 'scarf',
  shelve: 'shelf',
  tire: 'tyre',
  yoghurt: 'yogurt',
};

/** One word for what Chinese listings write in several. */
const chineseSpellings: readonly [RegExp, string][] = [
  [/女士|女款|女生/g, '女式'],
  [/男士|男款|男生/g, '男式'],
  [/纯棉|全棉/g, '棉'],
  // Set apart, since they stand before names of every kind: a pair across the seam would be in no other name.
  [/女式|男式|儿童|婴儿|不锈钢|塑料|陶瓷|玻璃|硅胶|化纤|针织|真皮|实木|金属/g, ' $& '],
];
/** A set of what? The word before says it. */
const SETS = /(?:套装|套件|组合|\d*件套)$/;

/** Where a new phrase begins, or a word that binds one. */
const PHRASE_ENDS = new RegExp(`[,;:/|]|\\s-\\s|\\s(?:${binders.join('|')})\\s`);

const englishSets = ['set', 'kit', 'pack', 'pair'];

const HAN = /\p{Script=Han}+/u;
/** A size, weight, voltage, count: it tells goods of one kind apart, not one kind from another. */
const MEASURE =
  /^\d+([.x*×]\d+)*(mm|cm|dm|m|km|ml|l|cl|oz|g|kg|lb|w|kw|v|a|ma|mah|ah|wh|hz|khz|pcs|pc|pack|inch|in|ft|gsm|t|p|k|gb|tb|mb)?$/;

/**
 * The words of a text, each once, in their order: English ones in the singular and one spelling, Chinese ones as pairs of
 * neighbouring characters. Sizes and binding words are left out.
 * @example '蓝牙音箱 20W' //=> ['蓝牙', '牙音', '音箱']
 */
export function wordsOf(text: string): string[] {
  return [...new Set(runsOf(text).flatMap(wordsOfRun))];
}

function wordsOfRun(run: string): string[] {
  if (HAN.test(run)) return pairsOf(run);
  if (MEASURE.test(run) || binders.includes(run)) return [];
  return [singular(run)];
}

/** Stretches of one script: `LED台灯` is `led` and `台灯`. */
function runsOf(text: string): string[] {
  const joined = oneSpelling(text)
    .replace(/['’]s\b/g, '')
    .replace(/\b([a-z])-(?=[a-z])/g, '$1');
  return joined.match(/\p{Script=Han}+|[\p{Letter}\p{Number}.]+?(?=\p{Script=Han}|[^\p{Letter}\p{Number}.]|$)/gu) ?? [];
}

function oneSpelling(text: string): string {
  return chineseSpellings.reduce((written, [several, one]) => written.replace(several, one), plain(text));
}

function pairsOf(run: string): string[] {
  const signs = [...run];
  return signs.length === 1 ? signs : signs.slice(1).map((sign, index) => `${signs[index]}${sign}`);
}

/** Light: only what a plural adds comes off, so that `glasses` and `glass` meet and `gas` stays. */
function singular(word: string): string {
  const bare = word.replace(/\.+$/, '');
  const one = /[^aeiou]ies$/.test(bare)
    ? bare.replace(/ies$/, 'y')
    : /(ss|sh|ch|x|z)es$/.test(bare)
      ? bare.slice(0, -2)
      : /[^sui]s$/.test(bare) && bare.length > 3
        ? bare.slice(0, -1)
        : bare;
  return spellings[one] ?? one;
}

/**
 * The words that the goods end on, which say what they are: a phone case is a case. In English the last word before what
 * only describes; in Chinese the last pair of every stretch, because listings line several names up.
 */
export function headsOf(text: string): string[] {
  const bare = oneSpelling(text).replace(/[(（[【][^)）\]】]*[)）\]】]?/g, ' ');
  const runs = bare.replaceAll('的', ' ').match(/\p{Script=Han}{2,}/gu) ?? [];
  const chinese = runs.map((run) => run.replace(SETS, '') || run).map((run) => run.slice(-2));
  if (chinese.length > 0) return chinese;
  const [phrase = ''] = bare.split(PHRASE_ENDS);
  const words = wordsOf(phrase);
  const last = words.filter((word) => !englishSets.includes(word)).at(-1) ?? words.at(-1);
  return last === undefined ? [] : [last];
}

/** Whether a word is a model or a part number: letters and at least two digits together. */
export function isModel(word: string): boolean {
  return /\d.*\d/.test(word) && !HAN.test(word);
}

/** Whether a word is written in Chinese characters. */
export function isChinese(word: string): boolean {
  return HAN.test(word);
}
