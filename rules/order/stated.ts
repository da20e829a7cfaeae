/** What an order says about its goods, and what follows from it. */
import type { ProductAttributes } from './order.ts';

type Flag = {
  [Name in keyof ProductAttributes]-?: NonNullable<ProductAttributes[Name]> extends boolean ? Name : never;
}[keyof ProductAttributes];

/** By attribute: those that decide it too, and with which answer. Only what the words themselves say, no experience. */
const follows: { readonly [Name in Flag]?: readonly { from: Flag; is: boolean }[] } = {
  electronics: [
    { from: 'hasRadio', is: true },
    { from: 'mainsVoltage', is: true },
  ],
  hasRadio: [{ from: 'electronics', is: false }],
  mainsVoltage: [{ from: 'electronics', is: false }],
  internetConnected: [{ from: 'electronics', is: false }],
  consumerProduct: [{ from: 'toy', is: true }],
  hasBattery: [
    { from: 'lithiumBattery', is: true },
    { from: 'coinCell', is: true },
  ],
  lithiumBattery: [{ from: 'hasBattery', is: false }],
  coinCell: [{ from: 'hasBattery', is: false }],
};

/**
 * The value of an attribute: as the order says it, else as it follows from another one: goods without a battery have no
 * lithium battery. Undefined: the order does not say it.
 * @example stated({ hasBattery: false }, 'lithiumBattery') //=> false
 */
export function stated<Name extends keyof ProductAttributes>(
  attributes: ProductAttributes,
  name: Name,
): ProductAttributes[Name] | boolean {
  const own = attributes[name];
  if (own !== undefined || !(name in follows)) return own;
  return follows[name as Flag]?.find(({ from, is }) => attributes[from] === is)?.is;
}
