import type { Client } from '@temporalio/client';
import type { CivilDate, Instant } from '../../rules/civil-date.ts';
import { currencySchema } from '../../rules/money.ts';
import { matchReceipts, type ReceiptAllocation } from '../../rules/receipts/match.ts';
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
  type ReceiptRow,
  statementContent,
} from '../../store/receipts.ts';
import { closeTask, type TaskRow } from '../../store/tasks.ts';
import { type FxReceipt, shipmentWorkflowId, type Verdict } from '../../workflows/messages.ts';
import type { Dependencies } from '../dependencies.ts';
import { isEngineAway } from '../engine-away.ts';
import { Unreachable } from '../errors.ts';
import { tellWorkflow } from '../tell-workflow.ts';
import type { Allocation, MatchedStatement, SettledReceipt } from './contract.ts';
import { type Credit, creditsOf } from './credits.ts';
import { placeByHand } from './place-by-hand.ts';
import { ALLOCATE, leftOver, questionOf } from './questions.ts';
import { receivables } from './receivables.ts';
import { type Camt053Statement, readCamt053 } from './wire.ts';

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
        return match(transaction, await keepCredits(transaction, sha256, read.statements));
      });
    },

    /** Tells a shipment of its receipt by the update that REST uses too, and brings its verdict back; the same receipt again is a duplicate there. */
    async tellShipment({ organisation, allocation, asOf }: OfStatement & { allocation: Allocation }): Promise<Verdict> {
      return tell(temporal, database, organisation, allocation, asOf);
    },

    /** Books a person's answer on an unmatched receipt: on the shipment named, or as money that is not from an export. Closes the task, also where the question stays open. */
    async settleReceipt({
      organisation,
      receiptId,
      taskId,
      answer,
      asOf,
    }: OfStatement & {
      receiptId: string;
      taskId: string;
      answer: NonNullable<TaskRow['answer']>;
    }): Promise<SettledReceipt> {
      return database.within(organisation, async (transaction) => {
        await lockMatching(transaction);
        const receipt = await findReceipt(transaction, receiptId);
        if (!receipt) throw new Error(`there is no receipt ${receiptId}`);
        const settled =
          answer.choice === ALLOCATE
            ? await allocate(transaction, receipt, taskId, answer.evidence[0] ?? '')
            : await setAside(transaction, receipt);
        await closeTask(transaction, taskId, 'answered', answer, asOf);
        return settled;
      });
    },
  };
}
export type BankActivities = ReturnType<typeof bankActivities>;

/** Keeps every credit that this statement is the first to report, and gives those back that want a place; a credit seen in an earlier file is that file's. */
async function keepCredits(
  transaction: Transaction,
  sha256: string,
  statements: readonly Camt053Statement[],
): Promise<Credit[]> {
  const credits: Credit[] = [];
  for (const credit of creditsOf(statements)) {
    const own = await insertReceipt(transaction, sha256, credit.row);
    if (own !== undefined && own !== 'not-export') credits.push(credit);
  }
  return credits;
}

async function match(transaction: Transaction, credits: readonly Credit[]): Promise<MatchedStatement> {
  const ofReceipt = new Map(credits.map((credit) => [credit.row.id, credit]));
  const earlier = await allocationsOf(transaction, [...ofReceipt.keys()]);
  const fresh = credits.filter(({ row }) => !earlier.some((each) => each.receiptId === row.id));
  const { chargesBand } = await settingsOf(transaction);
  const matched = matchReceipts(
    fresh.map(({ receipt }) => receipt),
    await receivables(transaction),
    chargesBand,
  );
  const allocations = [...earlier.map((each) => ({ ...each, remainder: '0' })), ...matched.allocations].map((each) =>
    dated(each, ofReceipt.get(each.receiptId)?.row),
  );
  for (const allocation of allocations) await insertAllocation(transaction, allocation);
  const questions = matched.unmatched.flatMap((one) => {
    const credit = ofReceipt.get(one.receiptId);
    return credit ? [questionOf(one, credit)] : [];
  });
  for (const credit of credits) {
    const own = allocations.filter((each) => each.receiptId === credit.row.id);
    if (own.length === 0) continue;
    const because = leftOver(credit.row, own);
    if (because === null) await markReceipt(transaction, credit.row.id, 'matched');
    else questions.push(questionOf({ because, candidates: [] }, credit));
  }
  return { allocations, questions };
}

/** An allocation with what its receipt says. @throws Error for a receipt that is not known, or in a currency that no contract can have. */
function dated(
  allocation: ReceiptAllocation,
  receipt: { currency: string; valueDate: CivilDate } | undefined,
): Allocation {
  if (!receipt) throw new Error(`there is no receipt ${allocation.receiptId}`);
  return { ...allocation, currency: currencySchema.parse(receipt.currency), valueDate: receipt.valueDate };
}

/** Each answer leaves its task's id with what it booked, so that a repeated step finds that and books nothing more. */
async function allocate(
  transaction: Transaction,
  receipt: ReceiptRow,
  taskId: string,
  reference: string,
): Promise<SettledReceipt> {
  const because = `placed by finance, task ${taskId}`;
  const earlier = await allocationsOf(transaction, [receipt.id]);
  const booked = earlier.filter((each) => each.because === because);
  const before = earlier.filter((each) => each.because !== because);
  const placed =
    booked.length > 0
      ? booked.map((each) => ({ ...each, remainder: '0' }))
      : await placeByHand(transaction, receipt, before, reference);
  if (typeof placed === 'string') return { allocations: [], openBecause: placed };
  const allocations = placed.map((each) => dated({ ...each, because }, receipt));
  for (const allocation of allocations) await insertAllocation(transaction, allocation);
  const openBecause = leftOver(receipt, [...before, ...allocations]);
  if (openBecause === null) await markReceipt(transaction, receipt.id, 'matched');
  return { allocations, openBecause };
}

/** No shipment's money; where a part of it paid one before, only the rest is none. */
async function setAside(transaction: Transaction, receipt: ReceiptRow): Promise<SettledReceipt> {
  const earlier = await allocationsOf(transaction, [receipt.id]);
  await markReceipt(transaction, receipt.id, earlier.length > 0 ? 'matched' : 'not-export');
  return { allocations: [], openBecause: null };
}

async function tell(
  temporal: Client,
  database: Database,
  organisation: string,
  allocation: Allocation,
  asOf: Instant,
): Promise<Verdict> {
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
  const verdict = await tellWorkflow(temporal, shipmentWorkflowId(organisation, reference), 'fxReceipt', message).catch(
    (error: unknown) => {
      if (isEngineAway(error)) throw new Unreachable('the workflow engine does not answer', { cause: error });
      throw error;
    },
  );
  if (verdict !== 'gone') return verdict;
  return database.within(organisation, (transaction) =>
    bookLateMessage(transaction, { reference, name: 'fxReceipt', message, asOf }),
  );
}
