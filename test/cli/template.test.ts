import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { columnsOf, WIDTH } from '../../cli/layout.ts';
import { orderTemplate, templateOrder } from '../../cli/order-template.ts';
import { orderLineSchema, orderSchema, productAttributesSchema } from '../../rules/order/order.ts';
import { quayside } from './terminals.ts';

const template = orderTemplate();
const text = template.join('\n');

describe('quayside check --template', () => {
  it('prints an order that can be checked as it stands', async () => {
    const { out } = await quayside(['check', '--template']);
    const { status, err } = await quayside(['check', '-', '--local'], { standardInput: out });
    expect({ status: [0, 2].includes(status), err }).toEqual({ status: true, err: '' });
  });

  it('is an order too with every field said', () => {
    const whole = parse(template.map((line) => line.replace(/^( *)#(?=\S)/, '$1')).join('\n'));
    const { freight, insurance, ...rest } = whole;
    expect({ freight, insurance }).toEqual({ freight: '800.00', insurance: '60.00' });
    expect(orderSchema.safeParse(rest).error?.issues).toBeUndefined();
    expect(orderSchema.safeParse(templateOrder).error?.issues).toBeUndefined();
  });

  it('has every field of an order with a word about it', () => {
    const names = [orderSchema.shape, orderLineSchema.shape, productAttributesSchema.shape].flatMap(Object.keys);
    for (const name of names) {
      const at = template.findIndex((line) => new RegExp(`^ *#? ?${name}:`).test(line));
      const words = `${template[at - 1] ?? ''}${template[at + 1] ?? ''}`;
      expect({ name, isThere: at >= 0, hasWords: /# +\S/.test(words) }).toEqual({
        name,
        isThere: true,
        hasWords: true,
      });
    }
  });

  it('fits the terminal', () => expect(template.filter((line) => columnsOf(line) > WIDTH)).toEqual([]));
  it('says how it is used', () => expect(text).toContain('quayside check order.yaml'));
});
