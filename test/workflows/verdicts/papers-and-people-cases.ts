import type { ShipmentState } from '../../../workflows/carried.ts';
import { recordFact } from '../../../workflows/facts.ts';
import { asOf } from '../../rules/orders.ts';
import {
  amendment,
  answer,
  answered,
  asked,
  type Case,
  claimed,
  filed,
  INVOICE,
  invoice,
  NOT_TAKEN_IN,
  paper,
  parsed,
  REPLACEMENT,
  released,
  type Step,
  takenIn,
} from './shipment-states.ts';

export const submittedDocuments: Case[] = [
  {
    it: 'a paper before the order is taken in is kept for later',
    after: [],
    says: paper(),
    verdict: 'held',
    because: NOT_TAKEN_IN,
  },
  { it: 'a paper for all lines counts', after: [takenIn], says: paper(), verdict: 'applied' },
  { it: 'a paper for one line counts', after: [takenIn], says: paper({ lines: [1] }), verdict: 'applied' },
  {
    it: 'a paper for no line at all is refused',
    after: [takenIn],
    says: paper({ lines: [] }),
    verdict: 'impossible',
    because: 'lines is empty',
  },
  {
    it: 'a paper for a line that the order does not have is refused',
    after: [takenIn],
    says: paper({ lines: [1, 2] }),
    verdict: 'impossible',
    because: 'there is no line 2: the order has 1',
  },
];

/** A folder is judged as its papers are, and taken whole or not at all. */
export const submittedFolders: Case[] = [
  ...submittedDocuments.map(
    (one) => ({ ...one, it: `in a folder, ${one.it}`, says: { documents: [one.says] } }) as Case,
  ),
  {
    it: 'a folder in which one paper names a line that the order does not have is refused whole',
    after: [takenIn],
    says: { documents: [paper(), paper({ documentId: 'doc-2', lines: [7] })] },
    verdict: 'impossible',
    because: 'there is no line 7',
  },
];

export const answeredTasks: Case[] = [
  { it: 'an answer by one of the choices counts', after: [takenIn, asked({})], says: answer(), verdict: 'applied' },
  {
    it: 'an answer to a task that nobody asked is refused',
    after: [takenIn],
    says: answer(),
    verdict: 'impossible',
    because: 'there is no task LAMPS-1/question',
  },
  {
    it: 'a task is answered once',
    after: [takenIn, asked({ answer: answered })],
    says: answer({ choice: 'give-up' }),
    verdict: 'impossible',
    because: `was answered with file-again at ${asOf}`,
  },
  {
    it: 'a task that answered itself wants no answer',
    after: [takenIn, asked({ moot: true })],
    says: answer(),
    verdict: 'impossible',
    because: 'is not needed any more',
  },
  {
    it: 'an answer that is not among the choices is refused, and told them',
    after: [takenIn, asked({})],
    says: answer({ choice: 'shrug' }),
    verdict: 'impossible',
    because: 'choose file-again, give-up',
  },
];

export const NOTHING_OPEN = 'the declaration is with customs and nothing is open on it';
export const amendments: Case[] = [
  {
    it: 'a correction before the order is taken in is kept for later',
    after: [],
    says: amendment,
    verdict: 'held',
    because: NOT_TAKEN_IN,
  },
  { it: 'a correction before filing counts', after: [takenIn], says: amendment, verdict: 'applied' },
  {
    it: 'a correction while customs has the declaration is refused',
    after: [filed],
    says: amendment,
    verdict: 'impossible',
    because: NOTHING_OPEN,
  },
  ...(['review-finding', 'customs-returned', 'inspection-discrepancy'] as const).map(
    (kind): Case => ({
      it: `a correction answers the open task ${kind}`,
      after: [filed, asked({ kind })],
      says: amendment,
      verdict: 'applied',
    }),
  ),
  {
    it: 'a task about something else does not open the declaration',
    after: [filed, asked({ kind: 'customs-silent' })],
    says: amendment,
    verdict: 'impossible',
    because: NOTHING_OPEN,
  },
  {
    it: 'a task that is answered does not open the declaration again',
    after: [filed, asked({ answer: answered })],
    says: amendment,
    verdict: 'impossible',
    because: NOTHING_OPEN,
  },
  {
    it: 'a task that is not needed any more does not open the declaration',
    after: [filed, asked({ moot: true })],
    says: amendment,
    verdict: 'impossible',
    because: NOTHING_OPEN,
  },
  {
    it: 'a correction after the release is a matter of customs, with proof',
    after: [released, asked({})],
    says: amendment,
    verdict: 'impossible',
    because: 'the goods are released',
  },
  {
    it: 'a correction for a line that the order does not have is refused',
    after: [takenIn],
    says: { ...amendment, lines: [...amendment.lines, { line: 2, quantity: '1' }] },
    verdict: 'impossible',
    because: 'there is no line 2: the order has 1',
  },
];

export const registered: Step = (state) =>
  recordFact('registerVatInvoice', state, parsed('registerVatInvoice', invoice()), asOf);

export const vatInvoices: Case[] = [
  {
    it: 'an invoice before the order is taken in is kept for later',
    after: [],
    says: invoice(),
    verdict: 'held',
    because: NOT_TAKEN_IN,
  },
  { it: 'an invoice counts at any time before the claim', after: [takenIn], says: invoice(), verdict: 'applied' },
  {
    it: 'an invoice is registered once',
    after: [takenIn, registered],
    says: invoice(),
    verdict: 'impossible',
    because: `invoice ${INVOICE} is already registered`,
  },
  {
    it: 'an invoice that replaces a registered one counts',
    after: [takenIn, registered],
    says: invoice({ number: REPLACEMENT, replaces: INVOICE }),
    verdict: 'applied',
  },
  {
    it: 'an invoice that replaces one which was never here counts by itself',
    after: [takenIn],
    says: invoice({ number: REPLACEMENT, replaces: INVOICE }),
    verdict: 'applied',
  },
  {
    it: 'an invoice after the claim is submitted is refused',
    after: [claimed],
    says: invoice(),
    verdict: 'impossible',
    because: 'the claim is submitted',
  },
  {
    it: 'an invoice for a line that the order does not have is refused',
    after: [takenIn],
    says: invoice({ lines: [{ ...invoice().lines[0], line: 2 }] }),
    verdict: 'impossible',
    because: 'there is no line 2: the order has 1',
  },
];

export const cancellations: Case[] = [
  {
    it: 'an order can be called off before it is taken in',
    after: [],
    says: { reason: 'sold out' },
    verdict: 'applied',
  },
  {
    it: 'an order can be called off before it is filed',
    after: [takenIn],
    says: { reason: 'sold out' },
    verdict: 'applied',
  },
  {
    it: 'an order is called off once',
    after: [
      takenIn,
      (state) => {
        state.cancelled = { reason: 'sold out', at: asOf };
      },
    ],
    says: { reason: 'sold out' },
    verdict: 'impossible',
    because: `the order was called off at ${asOf}`,
  },
  {
    it: 'an order whose declaration is filed is withdrawn by customs',
    after: [filed],
    says: { reason: 'sold out' },
    verdict: 'impossible',
    because: 'have customs withdraw it',
  },
];

export const changesOutside: Case[] = [
  {
    it: 'a change is taken before the order is',
    after: [],
    says: { cause: 'list', what: 'the list sdn' },
    verdict: 'applied',
  },
  {
    it: 'a change is taken after the declaration is filed',
    after: [filed],
    says: { cause: 'rule', what: 'the rule us-fcc-certification' },
    verdict: 'applied',
  },
];

export const file = (fields: object = {}) => ({
  documentId: 'PC-118',
  kind: 'purchase-contract',
  fileName: 'PC-118.pdf',
  file: 'a'.repeat(64),
  fieldsRead: 3,
  fieldsDoubtful: 1,
  ...fields,
});
export const fileIsHere: Step = (state) => {
  takenIn(state);
  state.files = [{ documentId: 'PC-118', file: 'a'.repeat(64) }];
};
export const locked: Step = (state) => {
  takenIn(state);
  state.papers = { revision: 1 } as ShipmentState['papers'];
};
export const opened: Step = (state) => {
  locked(state);
  state.unlocks.items.push({ reason: 'the marks change', source: 'Li Wei' });
};

export const receivedFiles: Case[] = [
  { it: 'a file before the order is taken in', after: [], says: file(), verdict: 'held', because: 'not taken in' },
  { it: 'a file', after: [takenIn], says: file(), verdict: 'applied' },
  { it: 'the same file again', after: [fileIsHere], says: file(), verdict: 'duplicate', because: 'here already' },
  { it: 'the paper re-issued', after: [fileIsHere], says: file({ file: 'b'.repeat(64) }), verdict: 'applied' },
  { it: 'a file after the release', after: [released], says: file(), verdict: 'applied' },
];

export const unlocks: Case[] = [
  {
    it: 'nothing is locked yet',
    after: [takenIn],
    says: { reason: 'the marks change' },
    verdict: 'impossible',
    because: 'no papers are locked yet',
  },
  { it: 'locked papers', after: [locked], says: { reason: 'the marks change' }, verdict: 'applied' },
  {
    it: 'papers that are open',
    after: [opened],
    says: { reason: 'once more' },
    verdict: 'impossible',
    because: 'open already',
  },
  {
    it: 'papers that are declared',
    after: [locked, filed],
    says: { reason: 'the marks change' },
    verdict: 'impossible',
    because: 'amendDeclaration',
  },
];
