import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StatedDocument } from '../../../rules/documents/facts.ts';
import { reference } from '../orders.ts';
import { changed, coveredFields } from './changes.ts';
import { fullSet, orders } from './full-sets.ts';
import { differences, ownPapers, told } from './papers.ts';

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
        expect(withoutPlaces(differences(order, mixed))).toEqual(withoutPlaces(differences(order, papers)));
      }),
      runs,
    ));
});

function withoutPlaces(findings: ReturnType<typeof differences>): string[] {
  return told(findings)
    .map((one) => one.replace(/lines\[\d+\]/g, 'lines[]'))
    .sort();
}

function shuffled<One>(all: readonly One[], random: Iterator<number>): One[] {
  return all
    .map((one) => ({ one, at: Number(random.next().value) }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
