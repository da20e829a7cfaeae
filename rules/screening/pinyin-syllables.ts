/** Words in pinyin by their syllables: Xiaoli and Xiaolong share most letters and are two people. */

/** Initials and the finals that go with them. */
const table: readonly string[] = [
  'b: a o ai ei ao an en ang eng i ie iao ian in ing u',
  'p: a o ai ei ao ou an en ang eng i ie iao ian in ing u',
  'm: a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u',
  'f: a o ei ou an en ang eng u',
  'd: a e ai ei ao ou an ang eng ong i ie iao iu ian ing u uo ui uan un',
  't: a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un',
  'n: a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan ue',
  'l: a e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un ue',
  'g k h: a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang',
  'j q x: i ia ie iao iu ian in iang ing iong u ue uan un',
  'zh ch sh: a e ai ei ao ou an en ang eng ong i u ua uo uai ui uan un uang',
  'r: e ao ou an en ang eng ong i u uo ui uan un',
  'z c s: a e ai ei ao ou an en ang eng ong i u uo ui uan un',
  'y: a e ao ou an ang ong i in ing u ue uan un',
  'w: a o ai ei an en ang eng u',
];
const alone = 'a o e ai ei ao ou an en ang er'.split(' ');
const syllables = new Set([
  ...alone,
  ...table.flatMap((line) => {
    const [initials = '', finals = ''] = line.split(': ');
    return initials.split(' ').flatMap((initial) => finals.split(' ').map((final) => initial + final));
  }),
]);
const longest = 6;

/**
 * The syllables of a word that is nothing but pinyin, as few as there can be; undefined for other words.
 * @example pinyinSyllables('xiaolong') //=> ['xiao', 'long']
 */
export function pinyinSyllables(word: string): string[] | undefined {
  /** The fewest syllables that end at each letter. */
  const best: (string[] | undefined)[] = [[]];
  for (let end = 1; end <= word.length; end++)
    for (let start = Math.max(0, end - longest); start < end; start++) {
      const before = best[start];
      const piece = word.slice(start, end);
      if (before === undefined || !syllables.has(piece)) continue;
      if (best[end] === undefined || before.length + 1 < (best[end]?.length ?? 0)) best[end] = [...before, piece];
    }
  return best[word.length];
}
