import { describe, expect, it } from '@jest/globals';
import {
  differing,
  fullSetOf,
  orderOfPapers,
  ownPapersOf,
  packingWorkbook,
  settings,
} from '../../bench/document-papers.ts';
import { resultOf } from '../../bench/documents.ts';
import { readFile } from '../../reading/read-file.ts';
import { chinaDate } from '../../rules/civil-date.ts';
import { compareDocuments } from '../../rules/documents/comparing/compare-documents.ts';
import type { StatedDocument } from '../../rules/documents/facts.ts';
import { asOf, reference } from '../rules/orders.ts';

const order = orderOfPapers();
const own = ownPapersOf(order, asOf, reference);
const set = fullSetOf(order, own);
const found = (documents: StatedDocument[]) =>
  compareDocuments({
    ...{ order, documents, stage: 'before-filing', exporter: settings.exporter, today: chinaDate(asOf), reference },
  });

describe('the papers that are measured', () => {
  it('are our seven and four of others, the goods on all that list them', () => {
    expect(set.filter(({ made }) => made)).toHaveLength(7);
    expect(set.filter(({ made }) => !made).map(({ kind, facts }) => [kind, facts.lines.length])).toEqual([
      ['purchase-contract', 50],
      ['packing-list', 50],
      ['bill-of-lading', 50],
      ['certificate-of-origin', 50],
    ]);
  });

  it('agree: another set would measure the making of findings', () => expect(found(set)).toEqual([]));

  it('differ in each line where that is measured, and the lines are found though turned round', () => {
    const where = new Set(found(differing(set)).map(({ where }) => where));
    for (let line = 0; line < 50; line++) expect(where).toContain(`R-certificate-of-origin lines[${line}].quantity`);
  });

  it('ask the comparison to match by what is said: nobody else has our codes or sales prices', () => {
    for (const { facts } of set.filter(({ made, kind }) => !made && kind !== 'purchase-contract'))
      for (const line of facts.lines)
        expect([line.productCode, line.unitPrice, line.total]).toEqual([undefined, undefined, undefined]);
  });

  it('are read whole from the workbook, with quantities and weights', async () => {
    const { facts, kind } = await readFile(await packingWorkbook(order), { kind: 'xlsx' });
    expect([kind, facts.lines.length]).toEqual(['packing-list', 50]);
    for (const [nth, line] of facts.lines.entries())
      expect([Number(line.quantity), Number(line.netWeightKg), Number(line.grossWeightKg)]).toEqual(
        [order.lines[nth]?.quantity, order.lines[nth]?.netWeightKg, order.lines[nth]?.grossWeightKg].map(Number),
      );
  });
});

describe('the result', () => {
  const counts = { papers: 11, agreeing: 0, odd: 100 };
  const measured = [
    { name: 'review', times: [1, 2, 30], aim: 20 },
    { name: 'set', times: [2001], aim: 2000 },
    { name: 'part', times: [5] },
  ];

  it('holds medians against their aims, and a part against none', () => {
    const { printed, complaints } = resultOf(measured, counts);
    expect(printed).toMatch(/review +3 +2\.0 +30\.0 +20 +within/);
    expect(printed).toMatch(/set +1 +2001\.0 +2001\.0 +2000 +over/);
    expect(printed).toMatch(/part +1 +5\.0 +5\.0$/m);
    expect(complaints).toEqual([]);
  });

  it('complains where another thing was measured than was meant', () => {
    expect(resultOf(measured, { ...counts, agreeing: 2, odd: 0 }).complaints).toEqual([
      'the papers that agree were found to differ 2 times',
      'nothing was found in papers that differ in every line',
    ]);
  });
});
