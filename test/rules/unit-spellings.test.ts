import { describe, expect, it } from '@jest/globals';
import { isSameUnit, unitOf } from '../../rules/classification/codes.ts';
import { reference } from './orders.ts';

const nameOf = (text: string) => unitOf(text, reference)?.nameZh;

describe('a unit as papers write it', () => {
  it.each([
    ['PCS.', '个'],
    ['PC(S)', '个'],
    ['PIECE(S)', '个'],
    ['EA.', '个'],
    ['NOS', '个'],
    ['NOS.', '个'],
    ['PCE', '个'],
    ['个/PCS', '个'],
    ['PCS/个', '个'],
    ['颗/PCS', '个'],
    ['件(PCS)', '件'],
    ['件（PCS）', '件'],
    ['set.', '套'],
    ['SET(S)', '套'],
    ['套/SETS', '套'],
    ['SETS(套)', '套'],
    ['PRS', '双'],
    ['CTN(S)', '箱'],
    ['KG(S)', '千克'],
    ['KGS.', '千克'],
    ['kg/KGS', '千克'],
    ['DOZ.', '打'],
    ['BOX(ES)', '盒'],
    ['007', '个'],
  ])('%s is %s', (text, unit) => expect(nameOf(text)).toBe(unit));

  it.each(['PCS/CTN', '千克/箱', '个/台', 'pcs per set', 'USD/PCS', '()', '/', 'XYZ', '单位'])(
    '%s is no unit: nobody guesses which is meant',
    (text) => {
      expect(nameOf(text)).toBeUndefined();
      // Asked again, it is remembered as unknown.
      expect(nameOf(text)).toBeUndefined();
    },
  );

  it('is itself letter by letter where no table knows it', () => {
    expect(isSameUnit('Xyz', 'XYZ', reference)).toBe(true);
    expect(isSameUnit('XYZ', 'PCS', reference)).toBe(false);
  });
});
