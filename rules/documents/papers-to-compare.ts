/** Papers that the comparison before the filing needs, and that nobody has handed in yet. */
import type { SubmittedPaper } from '../compliance/submitted-paper.ts';
import type { Order } from '../order/order.ts';
import type { Question } from '../task.ts';

/** A paper of another's, and how an order tells that there is one. */
interface WantedToCompare {
  kind: string;
  words: string;
  isExpected: (order: Order) => boolean;
  why: string;
}

const wanted: readonly WantedToCompare[] = [
  {
    kind: 'purchase-contract',
    words: 'the purchase contract',
    isExpected: ({ lines }) => lines.some(({ purchaseContract }) => purchaseContract !== undefined),
    why: 'Its names, units and quantities must be those of the declaration, or the VAT invoice that follows from it is of no use for the refund.',
  },
];

/**
 * One question a paper, until the declaration is filed: so long a difference is mended in a minute. It holds nothing up, and
 * the paper answers it by itself. After the filing the archive goes on asking; whenever the paper comes it is compared.
 */
export function papersAskedFor(order: Order, documents: readonly Pick<SubmittedPaper, 'kind'>[]): Question[] {
  return wanted
    .filter(({ kind, isExpected }) => isExpected(order) && !documents.some((document) => document.kind === kind))
    .map(({ kind, words, why }) => ({
      key: `paper-wanted/${kind}`,
      kind: 'paper-wanted',
      question: `Hand in ${words} before the declaration is filed, and confirm what it says. ${why}`,
      evidence: order.lines.flatMap(({ purchaseContract, nameEn }, index) =>
        purchaseContract === undefined ? [] : [{ label: `line ${index + 1}`, value: `${nameEn}: ${purchaseContract}` }],
      ),
      choices: [{ id: 'none', label: 'there is no such paper: the reason says why', needs: 'reason' }],
      ownerRole: 'operator',
      wantsDocument: kind,
      ...(order.plannedExportOn === undefined ? {} : { dueOn: order.plannedExportOn }),
    }));
}
