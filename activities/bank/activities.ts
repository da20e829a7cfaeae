import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Instant } from '../../rules/civil-date.ts';
import { compare, minus, sum, written } from '../../rules/money.ts';
import {
  matchReceipts,
  type Receipt,
  type ReceiptAllocation,
  type Receivable,
  type UnmatchedReceipt,
} from '../../rules/receipts/match.ts';
import type { Question } from '../../rules/task.ts';
import type { Database, Transaction } from '../../store/database.ts';
import { bookLateMessage } from '../../store/late-messages.ts';
import { settingsOf } from '../../store/organisations.ts';
import {
  allocationsOf,
  findReceipt,
  insertAllocation,
  insertReceipt,
  lockMatching,
  markReceipt,
  openReceivables,
  statementContent,
} from '../../store/receipts.ts';
import { sha256Of } from '../../store/sha256.ts';
import { closeTask } from '../../store/tasks.ts';
import { type FxReceipt, shipmentWorkflowId, updateOf } from '../../workflows/messages.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Allocation, MatchedStatement, SettledReceipt } from './contract.ts';
import { type Camt053Entry, type Camt053Statement, readCamt053 } from './wire.ts';

/** Marks what a person placed, so that a repeated step finds it. */
const PLACED_BY_HAND = 'placed by finance';

interface OfStatement {
  organisation: string;
  asOf: Instant;
}

/** What a statement needs of the bank's file and of our records. */
export function bankActivities({ database, temporal }: Dependencies) {
  return {
    /** Reads the statement, keeps its credits and matches them. Repeated, it finds what it booked and books nothing twice. */
    async readAndMatch({ organisation, sha256 }: OfStatement & { sha256: string }): Promise<MatchedStatement> {
      return database.within(organisation, async (transaction) => {
        const read = readCamt053(await statementContent(transaction, sha256));
        if (!read.ok) throw new Error(`the statement was taken and cannot be read: ${read.error}`);
        await lockMatching(transaction);
        const credits = await keepCredits(transaction, sha256, read.statements);
        const booked = await allocationsOf(
          transaction,
          credits.map(({ receipt }) => receipt.receiptId),
        );
        const fresh = credits.filter(({ receipt }) => !booked.some((each) => each.receiptId === receipt.receiptId));
        const { chargesBand } = await settingsOf(transaction);
        const { allocations, unmatched } = matchReceipts(
          fresh.map(({ receipt }) => receipt),
          await receivables(transaction),
          chargesBand,
        );
        const complete = withDates([...booked.map((each) => ({ ...each, remainder: '0' })), ...allocations], credits);
        for (const allocation of complete) {
          await insertAllocation(transaction, allocation);
          await markReceipt(transaction, allocation.receiptId, 'matched');
        }
        const doubtful = [...unmatched, ...remainders(credits, complete)];
        return {
          allocations: complete,
          questions: doubtful.map((one) => ({ receiptId: one.receiptId, question: unmatchedQuestion(one, credits) })),
        };
      });
    },

    /** Tells a shipment of its receipt by the update that REST uses too; the same receipt again is a duplicate there. */
    async tellShipment({ organisation, allocation, asOf }: OfStatement & { allocation: Allocation }): Promise<void> {
      await tell(temporal, database, organisation, allocation, asOf);
    },

    /** Books a person's answer on an unmatched receipt: on the shipment named, or as money that is not from an export. */
    async settleReceipt(
      input: OfStatement & { receiptId: string; taskId: string; choice: string; reason: string; reference?: string },
    ): Promise<SettledReceipt> {
      const { organisation, receiptId, taskId, choice, reason, reference, asOf } = input;
      return database.within(organisation, async (transaction) => {
        const receipt = await findReceipt(transaction, receiptId);
        if (!receipt) throw new Error(`there is no receipt ${receiptId}`);
        await lockMatching(transaction);
        const answer = { choice, reason, evidence: reference ? [reference] : [] };
        const earlier = await allocationsOf(transaction, [receiptId]);
        if (choice === 'not-export') {
          if (earlier.length === 0) await markReceipt(transaction, receiptId, 'not-export');
          await closeTask(transaction, taskId, 'answered', answer, asOf);
          return { status: 'settled', allocations: [] };
        }
        const byHand = earlier.filter((each) => each.because === PLACED_BY_HAND);
        const left = { ...receipt, bookedAmount: minus(receipt.bookedAmount, sum(earlier.map((each) => each.amount))) };
        const placed =
          byHand.length > 0
            ? byHand.map((each) => ({ ...each, remainder: '0' }))
            : await placeByHand(transaction, earlier.length > 0 ? { ...left, charges: '0' } : left, reference ?? '');
        if (placed.length === 0) return { status: 'ask-again', allocations: [] };
        const allocations = placed.map((each) => ({ ...each, valueDate: receipt.valueDate }) as Allocation);
        for (const allocation of allocations) await insertAllocation(transaction, allocation);
        await markReceipt(transaction, receiptId, 'matched');
        await closeTask(transaction, taskId, 'answered', answer, asOf);
        return { status: 'settled', allocations };
      });
    },
  };
}
export type BankActivities = ReturnType<typeof bankActivities>;

interface Credit {
  receipt: Receipt;
  valueDate: string;
}

/** Keeps every credit that this statement is the first to report; a credit seen in an earlier file is that file's. */
async function keepCredits(
  transaction: Transaction,
  sha256: string,
  statements: Camt053Statement[],
): Promise<Credit[]> {
  const credits: Credit[] = [];
  const occurrences = new Map<string, number>();
  for (const statement of statements)
    for (const entry of statement.entries.filter((each) => each.credit)) {
      const same = receiptIdOf(statement, entry);
      const count = (occurrences.get(same) ?? 0) + 1;
      occurrences.set(same, count);
      // Two alike bookings on a day can both be genuine: they are counted, not thrown together.
      const receiptId = count === 1 ? same : `${same}/${count}`;
      const charges = entry.charges
        .filter((charge) => charge.included && charge.currency === entry.currency)
        .map((charge) => charge.amount);
      const own = await insertReceipt(transaction, sha256, {
        id: receiptId,
        bookedAmount: entry.bookedAmount,
        currency: entry.currency,
        charges: sum(charges),
        instructedAmount: entry.instructedAmount?.amount ?? null,
        bookedOn: entry.bookedOn,
        valueDate: entry.valueDate,
        payerName: entry.payerName ?? null,
        remittance: [...entry.remittance, ...entry.references],
      });
      if (own) credits.push({ receipt: { ...entry, receiptId }, valueDate: entry.valueDate });
    }
  return credits;
}

/** Account and the bank's own reference; without one, a digest of what the entry says. */
function receiptIdOf({ account }: Camt053Statement, entry: Camt053Entry): string {
  return `${account}/${entry.entryReference ?? sha256Of(JSON.stringify(entry)).slice(0, 24)}`;
}

async function receivables(transaction: Transaction): Promise<Receivable[]> {
  const shipments = await openReceivables(transaction);
  return shipments.flatMap(({ order, progress, booked }) =>
    (progress.instalments ?? []).map((instalment) => {
      const open = minus(instalment.amount, booked.find((each) => each.instalment === instalment.no)?.total ?? '0');
      return {
        reference: order.reference,
        paymentReference: [`INV-${order.reference}`, `SC-${order.reference}`],
        buyerName: (order.payer ?? order.buyer).name,
        instalment: instalment.no,
        currency: instalment.currency,
        open: compare(open, '0') < 0 ? '0' : open,
      };
    }),
  );
}

/** A person named the shipment: the same rule places the receipt there as if the payer had written its reference. */
async function placeByHand(
  transaction: Transaction,
  row: { id: string; bookedAmount: string; currency: string; charges: string },
  reference: string,
): Promise<ReceiptAllocation[]> {
  const { chargesBand } = await settingsOf(transaction);
  const charges =
    compare(row.charges, '0') > 0 ? [{ amount: row.charges, currency: row.currency, included: true }] : [];
  const receipt: Receipt = {
    receiptId: row.id,
    bookedAmount: row.bookedAmount,
    currency: row.currency,
    charges,
    remittance: [reference],
    references: [],
    status: 'booked',
    reversal: false,
  };
  return matchReceipts([receipt], await receivables(transaction), chargesBand).allocations.map((each) => ({
    ...each,
    because: PLACED_BY_HAND,
  }));
}

function withDates(allocations: (ReceiptAllocation & { currency?: string })[], credits: Credit[]): Allocation[] {
  return allocations.map((allocation) => {
    const credit = credits.find(({ receipt }) => receipt.receiptId === allocation.receiptId);
    return {
      ...allocation,
      currency: allocation.currency ?? credit?.receipt.currency,
      valueDate: credit?.valueDate,
    } as Allocation;
  });
}

/** What is left of a receipt after it paid all that is open: money that fits nowhere yet. */
function remainders(credits: Credit[], allocations: Allocation[]): UnmatchedReceipt[] {
  return credits.flatMap(({ receipt: { receiptId, bookedAmount, currency } }) => {
    const own = allocations.filter((each) => each.receiptId === receiptId);
    const left = minus(bookedAmount, sum(own.map((each) => each.amount)));
    if (own.length === 0 || compare(left, '0') <= 0) return [];
    const paid = [...new Set(own.map((each) => each.reference))];
    return [
      {
        receiptId,
        because: `${written(left, currency)} ${currency} is more than ${paid.join(' and ')} still owed`,
        candidates: [],
      },
    ];
  });
}

function unmatchedQuestion({ receiptId, because, candidates }: UnmatchedReceipt, credits: Credit[]): Question {
  const receipt = credits.find((credit) => credit.receipt.receiptId === receiptId)?.receipt;
  return {
    key: `receipt-unmatched/${receiptId}`,
    kind: 'receipt-unmatched',
    question: 'A receipt fits no shipment by itself. Say where it belongs.',
    evidence: [
      { label: 'why', value: because },
      { label: 'amount', value: `${receipt?.bookedAmount} ${receipt?.currency}` },
      { label: 'payer', value: receipt?.payerName ?? 'not stated' },
      { label: 'text', value: receipt?.remittance.join(' ') ?? '' },
      ...candidates.map((value) => ({ label: 'candidate', value })),
    ],
    choices: [
      { id: 'allocate', label: 'it pays the shipment named as evidence' },
      { id: 'not-export', label: 'it is no export receipt' },
    ],
    ownerRole: 'finance',
  };
}

async function tell(
  temporal: Client,
  database: Database,
  organisation: string,
  allocation: Allocation,
  asOf: Instant,
): Promise<void> {
  const { receiptId, reference, instalment, currency, amount, charges, remainder, valueDate } = allocation;
  const message: FxReceipt = {
    messageId: `statement/${receiptId}/${instalment}`,
    occurredAt: `${valueDate}T00:00:00Z`,
    source: 'bank statement',
    receiptId,
    instalment,
    currency,
    amount,
    charges,
    valueDate,
    remainder,
  };
  try {
    await temporal.workflow
      .getHandle(shipmentWorkflowId(organisation, reference))
      .executeUpdate(updateOf('fxReceipt'), { args: [message] });
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    await database.within(organisation, (transaction) =>
      bookLateMessage(transaction, { reference, name: 'fxReceipt', message, asOf }),
    );
  }
}
