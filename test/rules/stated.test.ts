import { describe, expect, it } from '@jest/globals';
import { applies } from '../../rules/compliance/conditions.ts';
import { stated } from '../../rules/order/stated.ts';
import { orderOf } from './orders.ts';

describe('what an order says about its goods', () => {
  it('is what it says, and what follows from that', () => {
    expect(stated({ lithiumBattery: true }, 'lithiumBattery')).toBe(true);
    expect(stated({ lithiumBattery: true }, 'hasBattery')).toBe(true);
    expect(stated({ coinCell: true }, 'hasBattery')).toBe(true);
    expect(stated({ hasBattery: false }, 'lithiumBattery')).toBe(false);
    expect(stated({ hasBattery: false }, 'coinCell')).toBe(false);
  });

  it('is nothing where only experience would answer', () => {
    expect(stated({ hasBattery: true }, 'lithiumBattery')).toBeUndefined();
    expect(stated({ lithiumBattery: false }, 'hasBattery')).toBeUndefined();
    expect(stated({ toy: true }, 'intendedAgeMax')).toBeUndefined();
  });

  it('holds the order to its own words where they contradict each other', () => {
    expect(stated({ hasBattery: false, lithiumBattery: true }, 'lithiumBattery')).toBe(true);
  });

  it('answers a condition of the rule book', () => {
    const order = orderOf();
    const verdict = (attributes: { hasBattery?: boolean }) =>
      applies({ attribute: 'lithiumBattery', is: true }, { order, line: { hsCode: '851830', attributes } });
    expect(verdict({ hasBattery: false })).toBe('no');
    expect(verdict({ hasBattery: true })).toBe('unsaid');
    expect(verdict({})).toBe('unsaid');
  });
});
