/** Whether a rule speaks of a line of goods. Three answers: what is not stated is neither yes nor no. */
import type { Condition } from '../../reference/rule-schema.ts';
import type { Order, OrderLine, ProductAttributes } from '../order/order.ts';
import { stated } from '../order/stated.ts';

/** A rule's verdict on a line: it applies, it does not, or the order does not say enough. */
export type Applies = 'yes' | 'no' | 'unsaid';

/** What a condition looks at: the line, and of the order how and on what terms it travels. */
export interface Situation {
  line: Pick<OrderLine, 'hsCode' | 'attributes'>;
  order: Pick<Order, 'transport' | 'incoterm' | 'model'>;
}

const sure = (told: boolean): Applies => (told ? 'yes' : 'no');

/** @example a toy for 8-year-olds under `intendedAgeMax at most 12` //=> 'yes' */
export function applies(condition: Condition, situation: Situation): Applies {
  const { line, order } = situation;
  if ('all' in condition) return allOf(condition.all.map((one) => applies(one, situation)));
  if ('any' in condition) return anyOf(condition.any.map((one) => applies(one, situation)));
  if ('not' in condition) return opposite(applies(condition.not, situation));
  if ('always' in condition) return 'yes';
  if ('materials' in condition) {
    const { materials } = line.attributes;
    return materials === undefined ? 'unsaid' : sure(condition.materials.some((one) => materials.includes(one)));
  }
  if ('hsCode' in condition) return byCode(condition.hsCode, line.hsCode);
  if ('transport' in condition) return sure(condition.transport.includes(order.transport.mode));
  if ('incoterm' in condition) return sure(condition.incoterm.includes(order.incoterm.rule));
  if ('model' in condition) return sure(condition.model.includes(order.model));
  const value = stated(line.attributes, condition.attribute);
  if (value === undefined) return 'unsaid';
  if ('is' in condition) return sure(value === condition.is);
  return sure('atMost' in condition ? Number(value) <= condition.atMost : Number(value) >= condition.atLeast);
}

function allOf(answers: readonly Applies[]): Applies {
  if (answers.includes('no')) return 'no';
  return answers.includes('unsaid') ? 'unsaid' : 'yes';
}

function anyOf(answers: readonly Applies[]): Applies {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unsaid') ? 'unsaid' : 'no';
}

function opposite(answer: Applies): Applies {
  if (answer === 'unsaid') return answer;
  return answer === 'yes' ? 'no' : 'yes';
}

/** A code shorter than the law's is neither inside nor outside of it. */
function byCode(prefixes: readonly string[], code: string): Applies {
  if (prefixes.some((prefix) => code.startsWith(prefix))) return 'yes';
  return prefixes.some((prefix) => prefix.startsWith(code)) ? 'unsaid' : 'no';
}

/**
 * Whether one condition holds wherever another does, as far as that is plain: each alternative of the other is one of its
 * own. A person who says that goods are a children's product has said so for every rule on children's products.
 */
export function followsFrom(condition: Condition, other: Condition): boolean {
  const alternatives = (one: Condition) => ('any' in one ? one.any : [one]).map((each) => JSON.stringify(each));
  const own = new Set(alternatives(condition));
  return alternatives(other).every((each) => own.has(each));
}

/**
 * Whether what the order does say of the goods points at a rule that it leaves open: mains goods that may have radio, a
 * battery that may be of lithium. Then it is asked, whatever the code suggests.
 */
export function isHalfSaid(condition: Condition, situation: Situation): boolean {
  if ('all' in condition)
    return condition.all.some((one) => isAboutGoods(one) && applies(one, situation) === 'yes' && !('hsCode' in one));
  return (
    'attribute' in condition &&
    condition.attribute === 'lithiumBattery' &&
    situation.line.attributes.hasBattery === true
  );
}

/** The attributes that a condition asks about, each once. */
export function attributesIn(condition: Condition): (keyof ProductAttributes)[] {
  if ('all' in condition) return unique(condition.all.flatMap(attributesIn));
  if ('any' in condition) return unique(condition.any.flatMap(attributesIn));
  if ('not' in condition) return attributesIn(condition.not);
  if ('materials' in condition) return ['materials'];
  return 'attribute' in condition ? [condition.attribute] : [];
}

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/**
 * Whether a rule knows the goods: it asks for a property that they were said to have. One that speaks of all goods, or of
 * the way that they travel, says nothing about these.
 */
export function isAboutGoods(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(isAboutGoods);
  if ('any' in condition) return condition.any.every(isAboutGoods);
  if ('not' in condition) return false;
  if ('hsCode' in condition || 'materials' in condition) return true;
  if (!('attribute' in condition) || broad.includes(condition.attribute)) return false;
  return !('is' in condition) || condition.is;
}

/** Attributes that nearly every good has: a rule on them alone does not know the goods. */
const broad: readonly string[] = ['consumerProduct', 'originMarked'];
