/** Questions that the process itself puts to our people; reviews and checks bring their own. */
import type { Question } from '../rules/task.ts';
import type { Misfit } from './carried.ts';
import type { InspectionResult, Notice, ReceiveDocument, TaxResponse } from './messages.ts';
import { clipped } from './text.ts';

const keepWaiting = { id: 'keep-waiting', label: 'asked; go on waiting' };

const inspectionFindings = (result: InspectionResult) =>
  result.findings.map(({ line, what, declared, found }) => ({
    label: line ? `line ${line}, ${what}` : what,
    value: `declared ${declared ?? '–'}, found ${found ?? '–'}`,
  }));

export const questions = {
  customsSilent: (key: string, round: number): Question => ({
    key: `customs-silent/${key}/${round}`,
    kind: 'customs-silent',
    question:
      'Customs has not answered the declaration in time, and knows nothing new when asked. Telephone the office.',
    evidence: [{ label: 'declaration', value: key }],
    choices: [keepWaiting],
    ownerRole: 'operator',
  }),
  customsReturned: (key: string, note: string): Question => ({
    key: `customs-returned/${key}`,
    kind: 'customs-returned',
    question:
      'Customs returned the declaration. Correct it by amendDeclaration, file it again as it is, or give it up.',
    evidence: [{ label: 'customs says', value: note }],
    choices: [
      { id: 'file-again', label: 'the reason is gone: file again unchanged' },
      { id: 'give-up', label: 'the goods will not be exported' },
    ],
    ownerRole: 'operator',
  }),
  customsUnclear: (key: string, channel: string, note: string, n: number): Question => ({
    key: `customs-unclear/${key}/${n}`,
    kind: 'customs-unclear',
    question: `Customs sent the channel code ${channel}. Settle with the office what it wants, then go on.`,
    evidence: [{ label: 'customs says', value: note }],
    choices: [{ id: 'settled', label: 'settled with customs' }],
    ownerRole: 'operator',
  }),
  inspectionSilent: (key: string, round: number): Question => ({
    key: `inspection-silent/${key}/${round}`,
    kind: 'inspection-silent',
    question: 'The export inspection has no result in time. The broker was asked; press for it.',
    evidence: [],
    choices: [keepWaiting],
    ownerRole: 'operator',
  }),
  inspectionDiscrepancy: (result: InspectionResult, n: number): Question => ({
    key: `inspection-discrepancy/${n}`,
    kind: 'inspection-discrepancy',
    question:
      'The inspection found the goods unlike the declaration. Correct it by amendDeclaration, or explain with evidence.',
    evidence: inspectionFindings(result),
    choices: [{ id: 'explained', label: 'explained to customs: the declaration stands' }],
    ownerRole: 'operator',
  }),
  goodsDetained: (result: InspectionResult, n: number): Question => ({
    key: `goods-detained/${n}`,
    kind: 'goods-detained',
    question: `The goods are detained (${result.side}). Say how it goes on.`,
    evidence: inspectionFindings(result),
    choices: [keepWaiting, { id: 'lost', label: 'the goods are given up' }],
    ownerRole: 'manager',
  }),
  afterDelivery: (effect: string, note: string, n: number): Question => ({
    key: `after-delivery/${n}`,
    kind: 'authority-case',
    question: `The destination reports ${effect} after the goods were handed over. Settle it with the broker.`,
    evidence: [{ label: 'broker says', value: note }],
    choices: [{ id: 'settled', label: 'settled with the authority' }],
    ownerRole: 'operator',
  }),
  carrierSilent: (what: string, round: number): Question => ({
    key: `carrier-silent/${what}/${round}`,
    kind: 'carrier-silent',
    question: `The carrier has reported no ${what}, past the forecast. Find out where the goods are.`,
    evidence: [],
    choices: [
      keepWaiting,
      { id: 'happened', label: `the ${what} has taken place, whatever was reported` },
      { id: 'lost', label: 'the goods are lost' },
      { id: 'returned', label: 'the goods come back' },
    ],
    ownerRole: 'operator',
  }),
  brokerSilent: (round: number): Question => ({
    key: `broker-silent/${round}`,
    kind: 'broker-silent',
    question: 'The goods arrived and are not released at the destination. The broker was asked; press for it.',
    evidence: [],
    choices: [
      keepWaiting,
      { id: 'returned', label: 'the goods come back' },
      { id: 'lost', label: 'the goods are given up' },
    ],
    ownerRole: 'operator',
  }),
  entryRefused: (note: string, n: number): Question => ({
    key: `entry-refused/${n}`,
    kind: 'broker-silent',
    question: 'The destination refuses entry. Decide what becomes of the goods.',
    evidence: [{ label: 'broker says', value: note }],
    choices: [
      { id: 'returned', label: 'bring them back' },
      { id: 'lost', label: 'have them destroyed' },
      { id: 'keep-waiting', label: 'contested: wait for release' },
    ],
    ownerRole: 'manager',
  }),
  authorityCase: (notice: Notice, n: number): Question => ({
    key: `case/${n}`,
    kind: 'authority-case',
    question: `${notice.form} ${notice.number}: prepare the complete answer with its papers. The broker hands it in.`,
    evidence: notice.questions.map((value, index) => ({ label: `question ${index + 1}`, value })),
    choices: [{ id: 'answered', label: 'answer and papers are complete: send them to the broker' }],
    ownerRole: 'operator',
    dueOn: notice.dueOn,
  }),
  instalmentOverdue: (no: number, open: string, round: number): Question => ({
    key: `instalment-overdue/${no}/${round}`,
    kind: 'instalment-overdue',
    question: `Instalment ${no} is overdue. Remind the buyer.`,
    evidence: [{ label: 'open', value: open }],
    choices: [keepWaiting, { id: 'charges', label: 'the rest is bank charges: accept as settled' }],
    ownerRole: 'finance',
  }),
  fxNotCollected: (open: string, dueAt: string): Question => ({
    key: 'fx-not-collected',
    kind: 'fx-not-collected',
    question:
      'The term for collecting the foreign currency has passed: no refund without it. Late money still revives the claim.',
    evidence: [
      { label: 'open', value: open },
      { label: 'term', value: dueAt.slice(0, 10) },
    ],
    choices: [
      { id: 'write-off', label: 'it will not come: close without refund' },
      { id: 'deemed-collected', label: 'the law takes it as collected: reason and proofs are on file' },
    ],
    ownerRole: 'finance',
  }),
  fxDeadlineNear: (dueAt: string, warning: number): Question => ({
    key: `fx-deadline-near/${warning}`,
    kind: 'fx-deadline-near',
    question: `The term for collecting the foreign currency ends on ${dueAt.slice(0, 10)}. Collect, or gather proof that it cannot be collected.`,
    evidence: [],
    choices: [{ id: 'seen', label: 'seen' }],
    ownerRole: 'finance',
  }),
  vatInvoiceMissing: (round: number): Question => ({
    key: `vat-invoice-missing/${round}`,
    kind: 'vat-invoice-missing',
    question:
      'The VAT special invoices do not cover the goods in time. Press the suppliers, then register the invoices.',
    evidence: [],
    choices: [keepWaiting, { id: 'give-up', label: 'there will be no invoice: no refund' }],
    ownerRole: 'finance',
  }),
  declarationNotClosed: (round: number): Question => ({
    key: `customs-silent/closing/${round}`,
    kind: 'customs-silent',
    question:
      'The declaration is not closed (channel R): the carrier’s clearance manifest is missing. Ask carrier and customs.',
    evidence: [],
    choices: [keepWaiting],
    ownerRole: 'operator',
  }),
  taxBureauSilent: (key: string, round: number): Question => ({
    key: `tax-bureau-silent/${key}/${round}`,
    kind: 'tax-bureau-silent',
    question: 'The tax bureau has not moved the claim in twice its own time. Ask the bureau.',
    evidence: [{ label: 'claim', value: key }],
    choices: [keepWaiting],
    ownerRole: 'finance',
  }),
  taxDoubts: (step: TaxResponse, key: string, round: number): Question => ({
    key: `tax-doubts/${key}/${round}`,
    kind: 'tax-doubts',
    question: 'The tax bureau has doubts about the claim. Explain each, with papers; the answer goes to the bureau.',
    evidence: step.doubts.map((doubt) => ({
      label: `${doubt.level}${doubt.line ? `, line ${doubt.line}` : ''}`,
      value: doubt.text,
    })),
    choices: [{ id: 'answered', label: 'explained: send it to the bureau' }],
    ownerRole: 'finance',
    dueOn: step.dueOn,
  }),
  claimNotAccepted: (step: TaxResponse, key: string): Question => ({
    key: `claim-not-accepted/${key}`,
    kind: 'claim-not-accepted',
    question: `The claim ended as ${step.status}. Correct and claim again, or say how the export is treated.`,
    evidence: [
      ...(step.reason ? [{ label: 'reason', value: step.reason }] : []),
      ...step.doubts.map((doubt) => ({ label: doubt.level, value: doubt.text })),
    ],
    choices: [
      { id: 'claim-again', label: 'corrected: claim again' },
      { id: 'taxed', label: 'treat as a domestic sale' },
      { id: 'unclaimed', label: 'give the refund up' },
    ],
    ownerRole: 'finance',
  }),
  refundToRepay: (id: string, why: string): Question => ({
    key: `refund-to-repay/${id}`,
    kind: 'refund-to-repay',
    question: 'The refund that was paid must go back. Repay it, or show that it stands.',
    evidence: [{ label: 'why', value: why }],
    choices: [
      { id: 'repaid', label: 'repaid' },
      { id: 'stands', label: 'the bureau agreed that it stands' },
    ],
    ownerRole: 'finance',
  }),
  archiveIncomplete: (missing: string[]): Question => ({
    key: 'archive-incomplete',
    kind: 'archive-incomplete',
    question: 'The document archive is not complete 15 days after the claim: the refund can be recovered.',
    evidence: missing.map((value) => ({ label: 'missing', value })),
    choices: [{ id: 'kept-elsewhere', label: 'the papers are kept elsewhere: the catalogue says where' }],
    ownerRole: 'manager',
  }),
  documentUnconfirmed: (
    { documentId, kind, fileName, fieldsRead, fieldsDoubtful, note, source }: ReceiveDocument,
    n: number,
  ): Question => ({
    key: `document-unconfirmed/${n}`,
    kind: 'document-unconfirmed',
    question:
      fieldsRead > 0
        ? 'A file came in and was read. Look at what was read, correct it where it is wrong, and confirm it: what nobody confirmed is no evidence.'
        : 'A file came in that could not be read. Say what kind of paper it is and what it says: until then it is compared with nothing.',
    evidence: [
      { label: 'paper', value: documentId },
      { label: 'file', value: `${fileName}, from ${source}` },
      { label: 'seems to be', value: kind ?? 'not known' },
      { label: 'fields read', value: `${fieldsRead}, doubtful ${fieldsDoubtful}` },
      ...(note === undefined ? [] : [{ label: 'note', value: note }]),
    ],
    choices: [{ id: 'not-ours', label: 'it does not belong to this shipment: the reason says why', needs: 'reason' }],
    ownerRole: 'operator',
    documentId,
  }),
  papersOpen: (reason: string, source: string, n: number): Question => ({
    key: `papers-open/${n}`,
    kind: 'papers-open',
    question:
      'The locked papers were opened. Correct the order by amendDeclaration, or hand in the paper that changed; then lock them again: the review is made again, and the papers are made anew.',
    evidence: [{ label: 'why', value: `${reason} (${source})` }],
    choices: [{ id: 'lock-again', label: 'all is corrected: review, and lock the papers again' }],
    ownerRole: 'operator',
  }),
  messageMisfit: (misfits: readonly Misfit[], n: number): Question => ({
    key: `message-misfit/${n}`,
    kind: 'message-misfit',
    question:
      'Messages came that make no sense here; they changed nothing. See who sends them, and have what they mean sent anew.',
    evidence: misfits.map(({ name, messageId, reason }) => ({
      label: clipped(messageId ?? name, 80),
      value: `${name}: ${reason}`,
    })),
    choices: [{ id: 'seen', label: 'seen, and settled with the sender' }],
    ownerRole: 'operator',
  }),
  counterpartyRefused: (party: string, key: string, reason: string): Question => ({
    key: `counterparty-refused/${key}`,
    kind: 'counterparty-refused',
    question: `${party} refused what we sent. Settle it with them, then send it again.`,
    evidence: [{ label: 'reason', value: reason }],
    choices: [{ id: 'send-again', label: 'settled: send it again' }],
    ownerRole: 'operator',
  }),
};
