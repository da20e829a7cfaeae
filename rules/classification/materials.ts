/** Materials as words of a description tell them: a brass fitting is not found by the name of a plastic one. */
import type { BroadWords } from '../../reference/common-goods.ts';
import { plain } from './codes.ts';

/** Finds the materials that a text names. */
export type MaterialsOf = (text: string) => readonly string[];

/** Reads the materials out of texts by the group `materials` of the broad words. */
export function materialReader(groups: readonly BroadWords[]): MaterialsOf {
  const words = groups.filter(({ id }) => id === 'materials').flatMap((group) => group.words.map(plain));
  const chinese = words.filter((word) => /\p{Script=Han}/u.test(word));
  const others = new Set(words.filter((word) => !chinese.includes(word)));
  return (text) => {
    const written = plain(text);
    return [
      ...chinese.filter((word) => written.includes(word)),
      ...(written.match(/\p{Script=Latin}+/gu) ?? []).filter((word) => others.has(word)),
    ];
  };
}

const METALS = /钢|铁|铝|铜|合金|钛|金属|steel|stainless|metal|iron|alumin|copper|brass|alloy|titanium|zinc/;
const ANY_METAL = /金属|metal|合金|alloy/;

/** Whether two texts name materials of which none can be the other's. One that names none contradicts nobody. */
export function materialsDiffer(some: readonly string[], others: readonly string[]): boolean {
  return some.length > 0 && others.length > 0 && !some.some((one) => others.some((other) => isAkin(one, other)));
}

/** 实木 and 木制, wood and wooden, metal and steel. */
function isAkin(one: string, other: string): boolean {
  if (METALS.test(one) && METALS.test(other) && (ANY_METAL.test(one) || ANY_METAL.test(other))) return true;
  if (/\p{Script=Han}/u.test(one))
    return [...one].some((sign) => !'制质头艺合金'.includes(sign) && other.includes(sign));
  return one.slice(0, 4) === other.slice(0, 4);
}
