import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { GoodsSources } from '../../rules/classification/search.ts';
import { reference } from '../rules/orders.ts';

/** The built-in tables alone, as without a server. */
export const builtIn: GoodsSources & Pick<typeof reference, 'genericNames'> = {
  goods: reference.commonGoods,
  chapters: reference.hsChapters,
  broadWords: reference.broadWords,
  genericNames: reference.genericNames,
  nomenclature: null,
  declared: null,
};

/** A description and the codes that are right for it. */
export interface Labelled {
  text: string;
  codes: string[];
}

/** The labelled descriptions. Codes are read as text: a leading zero is a digit. */
export const labelled: Labelled[] = (
  parse(readFileSync(join(__dirname, 'descriptions.yaml'), 'utf8'), { schema: 'failsafe' }) as string[][]
).map(([text = '', ...codes]) => ({ text, codes }));
