import { afterAll, describe, expect, it } from '@jest/globals';
import { printDocument } from '../../printing/print-document.ts';
import { admit } from '../../reading/admit.ts';
import { readInWorker, stopReader } from '../../reading/in-worker.ts';
import { statedOfPrepared } from '../../rules/documents/comparing/facts-of-papers.ts';
import { isDoubtful, type Reading, type StatedLine } from '../../rules/documents/facts.ts';
import { compare } from '../../rules/money.ts';
import { goldenCases, papersOf } from '../printing/cases.ts';

afterAll(stopReader);

const kinds = new Set(['commercial-invoice', 'packing-list', 'sales-contract', 'declaration-draft']);
const papers = goldenCases.flatMap((golden) =>
  papersOf(golden)
    .filter(({ kind }) => kinds.has(kind))
    .map((paper) => [`${golden.name}/${paper.kind}`, paper, golden.logo] as const),
);
const figures = ['quantity', 'unitPrice', 'total', 'packages', 'netWeightKg', 'grossWeightKg'] as const;
const words = ['unit', 'hsCode', 'nameZh', 'origin'] as const;

/** Figures as numbers, words as they stand. @param read the line as it was read: what is left out of it is told nowhere */
function comparable(line: StatedLine | undefined, read: StatedLine) {
  return [
    ...words.flatMap((name) => (read[name] === undefined ? [] : [[name, line?.[name]]])),
    ...figures.flatMap((name) => (read[name] === undefined ? [] : [[name, Number(line?.[name])]])),
  ];
}

describe('our own papers, handed in as if others had made them, say what we wrote', () => {
  it.each(papers)('%s', async (_, paper, logo) => {
    const bytes = new Uint8Array(await printDocument(paper, { logo }));
    const admitted = await admit(bytes, 'paper.pdf');
    if (admitted.refused) throw new Error(admitted.message);
    const reading: Reading = await readInWorker(bytes, admitted, { kind: paper.kind });
    const { facts } = statedOfPrepared(paper);
    const { lines } = reading.facts;
    expect(lines).toHaveLength(facts.lines.length);
    expect(lines.every(({ quantity }) => quantity !== undefined)).toBe(true);
    expect(lines.map((line) => comparable(line, line))).toEqual(
      lines.map((line, index) => comparable(facts.lines[index], line)),
    );
    for (const name of ['total', 'packages', 'netWeightKg', 'grossWeightKg', 'freight', 'insurance'] as const) {
      const field = reading.fields.find(({ path }) => path === name);
      const stated = facts[name];
      if (field && !isDoubtful(field) && stated !== undefined)
        expect([name, compare(field.value, stated)]).toEqual([name, 0]);
    }
  });
});
