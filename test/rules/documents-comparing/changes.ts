/** One field of one paper changed into something that it cannot mean. */
import type { ComparisonRow } from '../../../reference/comparison-schema.ts';
import type { DocumentFacts, StatedDocument, StatedLine } from '../../../rules/documents/facts.ts';
import { roundTo, times } from '../../../rules/money.ts';
import { reference } from '../orders.ts';

/** A field of a paper that the table covers: of the paper as a whole, or of a line. */
export interface Field {
  document: number;
  field: string;
  line?: number;
}

const changedTexts: Readonly<Record<string, string>> = {
  currency: 'CHF',
  incoterm: 'EXW',
  incotermPlace: 'Rotterdam',
  portOfLoading: 'Rotterdam',
  portOfDischarge: 'Rotterdam',
  destination: 'BRA',
  origin: 'BRA',
  supplierPlace: '上海',
  hsCode: '0101210010',
  unit: '卷',
};

/** Fields that rows hold against other papers. Dates are left out: most of them may change. */
export function coveredFields(documents: readonly StatedDocument[]): Field[] {
  return documents.flatMap((paper, document) =>
    reference.comparisonRows
      .filter((row) => !row.scope.startsWith('within') && row.how !== 'not-before' && covers(row, paper))
      .flatMap(({ scope, field }) =>
        scope === 'document'
          ? valueAt(paper.facts, field) === undefined
            ? []
            : [{ document, field }]
          : paper.facts.lines.flatMap((line, index) =>
              line[field as keyof StatedLine] === undefined ? [] : [{ document, field, line: index }],
            ),
      ),
  );
}

/** The papers with that one field changed. */
export function changed(documents: readonly StatedDocument[], { document, field, line }: Field): StatedDocument[] {
  return documents.map((paper, at) => {
    if (at !== document) return paper;
    const facts = structuredClone(paper.facts);
    const target = line === undefined ? facts : facts.lines[line];
    if (!target) throw new Error('The paper has no such line.');
    const [first = '', second] = field.split('.');
    const holder = (second === undefined ? target : (target as Record<string, unknown>)[first]) as Record<
      string,
      unknown
    >;
    const name = second ?? first;
    holder[name] = otherThan(name, String(holder[name]));
    return { ...paper, facts };
  });
}

function otherThan(field: string, value: string): string {
  const text = changedTexts[field];
  if (text !== undefined) return text;
  // Less, and far from every multiple that VAT or a conversion could make of it.
  if (!/^-?\d+(\.\d+)?$/.test(value) || /taxId|[nN]umber/.test(field)) return 'Qzx 完全不同';
  // Of an amount that is next to nothing more instead: a tolerance of one yen would cover it. To buy more is no difference.
  return Number(value) < (field === 'quantity' ? 1 : 10) ? '77' : roundTo(times(value, '0.37'), 4);
}

function covers({ other }: ComparisonRow, { kind }: StatedDocument): boolean {
  const known = reference.comparedKinds.find((one) => one.kind === kind);
  return known !== undefined && (other.includes(known.kind) || other.includes(known.family));
}

function valueAt(facts: DocumentFacts, field: string): unknown {
  const [first = '', second] = field.split('.');
  const value = (facts as Record<string, unknown>)[first];
  return second === undefined ? value : (value as Record<string, unknown> | undefined)?.[second];
}
