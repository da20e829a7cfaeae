import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StatedDocument } from '../../../rules/documents/facts.ts';
import { orderOf, reference } from '../orders.ts';
import { changed, coveredFields } from './changes.ts';
import { fullSet, orders } from './full-sets.ts';
import { differences, ownPapers, paper, told } from './papers.ts';

const runs = { numRuns: 150 };

describe('papers compared, whatever the order', () => {
  it('finds nothing in our own papers of it', () =>
    fc.assert(
      fc.property(orders, (order) => expect(told(differences(order, ownPapers(order)))).toEqual([])),
      runs,
    ));

  it('finds nothing where all papers of everybody say the same', () =>
    fc.assert(
      fc.property(orders, (order) => expect(told(differences(order, fullSet(order)))).toEqual([])),
      runs,
    ));

  it('finds any single field that one paper says otherwise', () =>
    fc.assert(
      fc.property(orders, fc.nat(), (order, which) => {
        const papers = fullSet(order);
        const fields = coveredFields(papers);
        const field = fields[which % fields.length];
        if (!field) throw new Error('No paper states a field that the table covers.');
        const found = differences(order, changed(papers, field));
        // By a row about this field; or the line is no longer known, which is told instead.
        const rows = reference.comparisonRows.filter((row) => row.field === field.field).map(({ id }) => id);
        expect({ field: { ...field, paper: papers[field.document]?.id }, told: told(found) }).toEqual(
          found.some(({ rule, of }) => rows.includes(of ?? '') || rule.startsWith('document-line-'))
            ? expect.anything()
            : 'a finding about this field',
        );
      }),
      { numRuns: 3 * runs.numRuns },
    ));

  it('finds the same in whatever order papers and their lines come', () =>
    fc.assert(
      fc.property(orders, fc.array(fc.nat(), { maxLength: 3 }), fc.infiniteStream(fc.nat()), (order, some, random) => {
        const papers = some.reduce<StatedDocument[]>((now, which) => {
          const fields = coveredFields(now);
          const field = fields[which % fields.length];
          return field ? changed(now, field) : now;
        }, fullSet(order));
        const mixed = shuffled(papers, random).map((paper) => ({
          ...paper,
          facts: { ...paper.facts, lines: shuffled(paper.facts.lines, random) },
        }));
        const found = withoutPlaces(differences(order, papers));
        expect(withoutPlaces(differences(order, mixed))).toEqual(found);
        expect(withoutPlaces(differences({ ...order, lines: shuffled(order.lines, random) }, papers))).toEqual(found);
      }),
      runs,
    ));

  const shades = [...'红橙黄绿青蓝紫黑白灰'];
  const packed = fc.uniqueArray(
    fc.record({
      nameZh: fc.constantFrom('陶瓷杯', '陶瓷盘', '木制餐桌', '雨伞', '保温杯'),
      colours: fc.array(fc.integer({ min: 2, max: 900 }), { minLength: 1, maxLength: 10 }),
    }),
    { minLength: 1, maxLength: 4, selector: ({ nameZh }) => nameZh },
  );

  it('knows lines that a packing list splits by colour, and any that is short', () =>
    fc.assert(
      fc.property(packed, fc.nat(), fc.infiniteStream(fc.nat()), (goods, which, random) => {
        const order = orderOf(
          {},
          goods.map(({ nameZh, colours }, at) => ({
            productCode: `G-${at}`,
            nameZh,
            nameEn: `Goods ${at}`,
            unit: '个',
            quantity: String(colours.reduce((all, one) => all + one, 0)),
          })),
        );
        const lines = goods.flatMap(({ nameZh, colours }) =>
          colours.map((quantity, at) => ({
            nameZh: `${nameZh} ${shades[at]}色`,
            quantity: String(quantity),
            unit: '个',
          })),
        );
        const blocks = (some: typeof lines) =>
          differences(order, [paper('packing-list', { lines: shuffled(some, random) })]).filter(
            ({ severity }) => severity === 'block',
          );
        expect(blocks(lines)).toEqual([]);
        const short = lines.map((line, at) =>
          at === which % lines.length ? { ...line, quantity: String(Number(line.quantity) - 1) } : line,
        );
        expect(blocks(short)).toEqual([expect.objectContaining({ of: 'quantity' })]);
      }),
      runs,
    ));
});

function withoutPlaces(findings: ReturnType<typeof differences>): string[] {
  return told(findings)
    .map((one) => one.replace(/lines\[\d+\]/g, 'lines[]').replace(/^order-line-\d+/, 'order-line'))
    .sort();
}

function shuffled<One>(all: readonly One[], random: Iterator<number>): One[] {
  return all
    .map((one) => ({ one, at: Number(random.next().value) }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
