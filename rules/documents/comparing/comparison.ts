/** All papers of a shipment laid out to be compared: in one order whatever order they came in, their lines matched to the order's once. */
import type { ComparisonRow, ComparisonStage } from '../../../reference/comparison-schema.ts';
import type { Reference } from '../../../reference/load.ts';
import type { CivilDate } from '../../civil-date.ts';
import { isInForce } from '../../classification/codes.ts';
import type { Order } from '../../order/order.ts';
import type { StatedDocument } from '../facts.ts';
import { withDiscounts } from './discounts.ts';
import type { Exporter } from './facts-of-order.ts';
import { type Line, lineOf } from './line-evidence.ts';
import { type Matching, matchLines } from './match-lines.ts';
import { orderAsPaper, type Paper, paperOf, purchasesAsPaper, type Value } from './paper.ts';
import { type Words, wordsOnce } from './words.ts';

/** What is compared, and at what stage of the shipment. */
export interface CompareInput {
  /** As amended. */
  order: Order;
  /** Ours as they stand, and those received whose facts a person confirmed; of a revised paper the last alone. */
  documents: readonly StatedDocument[];
  /** It decides what costs least where papers differ. */
  stage: ComparisonStage;
  /** Us; null where nobody is known to export. */
  exporter: Exporter | null;
  /** The day whose table counts. */
  today: CivilDate;
  reference: Reference;
}

/** The papers laid out. */
export interface Comparison {
  order: Order;
  stage: ComparisonStage;
  rows: readonly ComparisonRow[];
  papers: readonly Paper[];
  /** What a paper's lines are held against: the order, or what it says of its purchases. */
  baseOf: (paper: Paper) => Paper;
  matchingOf: (paper: Paper) => Matching;
  /** The first paper of a row's one side that states the field, and what it says. */
  firstSide: (row: ComparisonRow, other: Paper) => { paper: Paper; values: readonly Value[] } | undefined;
  words: Words;
  reference: Reference;
}

const noLines: Matching = { groups: [], ambiguous: [], unmatchedOrder: [], unmatchedPaper: [] };

/** Lays the papers out; those of a kind that the table does not have are left out. */
export function comparisonOf({ order, documents, stage, exporter, today, reference }: CompareInput): Comparison {
  const words = wordsOnce();
  const laidOut = documents
    .toSorted((a, b) => Number(b.made) - Number(a.made) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .flatMap((document) => {
      const paper = paperOf(document, reference);
      return paper ? [{ paper, seller: document.facts.seller }] : [];
    });
  const papers = laidOut.map(({ paper }) => paper);
  const sales = orderAsPaper(order, exporter, reference);
  const purchasesAgainst = purchasesAsPaper(order, exporter, words, reference);
  const plans = new Map(
    laidOut.map(({ paper, seller }) => [paper, purchasesAgainst(isPurchase(paper) ? seller : undefined)]),
  );
  const baseOf = (paper: Paper) => (isPurchase(paper) && plans.get(paper)) || sales;
  return {
    order,
    stage,
    rows: reference.comparisonRows.filter((row) => isInForce(row, today)),
    papers,
    baseOf,
    matchingOf: matchedOnce(papers, baseOf, sales, words, reference),
    firstSide: (row, other) => {
      for (const side of row.one) {
        const own = side === 'order' ? [sales] : side === 'purchases-planned' ? [plans.get(other) ?? sales] : papers;
        for (const paper of own.filter((one) => isOf(one, side))) {
          const values = paper.valuesOf(row.field);
          // What all others are held against is held against none of them: one difference, told once.
          if (values.length > 0) return paper === other ? undefined : { paper, values };
        }
      }
      return undefined;
    },
    words,
    reference,
  };
}

/** Whether a side of a row, a kind or a family, means the paper. */
export function isOf({ kind }: Paper, side: string): boolean {
  return kind.kind === side || kind.family === side;
}

/** Whether suppliers' prices stand on the paper, not ours. */
export function isPurchase({ kind }: Paper): boolean {
  return kind.family === 'purchase';
}

function matchedOnce(
  papers: readonly Paper[],
  baseOf: (paper: Paper) => Paper,
  sales: Paper,
  words: Words,
  reference: Reference,
): (paper: Paper) => Matching {
  const ofSales = linesOf(sales, words);
  // The same for every supplier: only who supplies differs.
  const bought = papers.find(isPurchase);
  const ofPurchases = bought ? linesOf(baseOf(bought), words) : [];
  const matched = new Map(
    papers.map((paper) => {
      if (paper.lines.length === 0 || paper.kind.lines === 'none') return [paper, noLines];
      const order = isPurchase(paper) ? ofPurchases : ofSales;
      const among = baseOf(paper).linesFor;
      const isPartial = paper.kind.lines === 'part';
      const goods = linesOf(paper, words).filter((_, index) => !paper.discounts.includes(index));
      const found = matchLines({ order, among, paper: goods, isPartial, words, reference });
      return [paper, withDiscounts(found, paper)];
    }),
  );
  return (paper) => matched.get(paper) ?? noLines;
}

function linesOf(paper: Paper, words: Words): Line[] {
  return paper.lines.map((line, index) => lineOf(line, paper.alsoIn(index), words));
}
