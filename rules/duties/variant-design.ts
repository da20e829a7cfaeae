/** What of a variant is made otherwise, apart from what is only declared otherwise. Only the former is judged. */
import type { ProductAttributes } from '../order/order.ts';
import type { RemedyLine, RemedySituation, ScopeQuestion } from './trade-remedies.ts';

/** What a variant would change of a line. */
export interface VariantChanges {
  attributes?: ProductAttributes;
  scopeAnswers?: Readonly<Record<string, boolean>>;
  nameZh?: string;
  nameEn?: string;
  hsCode?: string;
  importCode?: string;
  origin?: string;
}

/**
 * Attributes of material and construction. The others say for whom goods are, what they are called or how they are marked
 * (originMarked, consumerProduct, mattress, toy): the same thing can be said to be another by them.
 */
const ofDesign: readonly (keyof ProductAttributes)[] = [
  'materials',
  'metalWeightPercent',
  'solidWood',
  'woodComposite',
  'plantMaterial',
  'animalProduct',
  'textile',
  'upholstered',
  'electronics',
  'mainsVoltage',
  'hasBattery',
  'lithiumBattery',
  'coinCell',
  'batteryWattHours',
  'hasRadio',
  'laser',
  'emitsRadiation',
];

/** The attributes of material and construction that the variant states otherwise than the line. */
export function designChanges(line: RemedyLine, { attributes = {} }: VariantChanges): ProductAttributes {
  return Object.fromEntries(
    ofDesign
      .filter((name) => attributes[name] !== undefined && !isSame(attributes[name], line.attributes[name]))
      .map((name) => [name, attributes[name]]),
  );
}

/** Whether any of them makes other goods. Not having what nobody stated of the line is no difference by itself. */
export function isMadeOtherwise(line: RemedyLine, changes: VariantChanges): boolean {
  return Object.entries(designChanges(line, changes)).some(
    ([name, value]) =>
      line.attributes[name as keyof ProductAttributes] !== undefined ||
      !(value === false || (Array.isArray(value) && value.length === 0)),
  );
}

type AttributeValue = ProductAttributes[keyof ProductAttributes];

/** The order in which materials are named is no difference. */
function isSame(one: AttributeValue, other: AttributeValue): boolean {
  const [first, second] = [one, other].map((value) =>
    JSON.stringify(Array.isArray(value) ? [...new Set(value)].sort() : value),
  );
  return first === second;
}

/** Fields of the variant that are only declared, and were left out of the judgement. Its answers are judged apart. */
export function declaredOnly(line: RemedyLine, { attributes = {}, ...changes }: VariantChanges): string[] {
  const fields = (['hsCode', 'importCode', 'nameZh', 'nameEn'] as const).filter(
    (name) => changes[name] !== undefined && changes[name] !== line[name],
  );
  const ignored = (Object.keys(attributes) as (keyof ProductAttributes)[]).filter(
    (name) => !ofDesign.includes(name) && !isSame(attributes[name], line.attributes[name]),
  );
  return [...fields, ...ignored.map((name) => `attributes.${name}`)];
}

/** The line with the variant's material and construction. Code, name and origin stay those of the line: nothing declared takes goods out. */
export function madeOtherwise(situation: RemedySituation, design: ProductAttributes): RemedySituation {
  const { line } = situation;
  return { ...situation, line: { ...line, attributes: { ...line.attributes, ...design } } };
}

/** Answers on scope, by the question's key. */
type Answers = Record<string, boolean>;

/**
 * The answers that hold for the variant. Where its attributes answer a question otherwise than those of the line did, they go
 * before what was answered of the line; where they leave it open, an answer of the variant counts. Any other answer of the
 * variant has only its word: it is in `claimed`, unless the attributes contradict it.
 * @param before questions of all cases as the line's attributes alone answer them
 * @param after as the variant's alone do
 */
export function answersOfVariant(
  { line, answers }: RemedySituation,
  said: Readonly<Answers>,
  before: readonly ScopeQuestion[],
  after: readonly ScopeQuestion[],
): { held: Answers; claimed: Answers } {
  const held: Answers = { ...line.scopeAnswers, ...answers };
  const claimed = { ...held, ...said };
  for (const { key, answer } of after) {
    const moved = answer !== before.find((one) => one.key === key)?.answer;
    const own = said[key];
    if (moved && answer !== 'unsaid') held[key] = answer === 'yes';
    else if (moved && own !== undefined) held[key] = own;
    if (moved && held[key] !== undefined) claimed[key] = held[key];
    else if (answer !== 'unsaid' && own !== undefined) claimed[key] = answer === 'yes';
  }
  return { held, claimed };
}
