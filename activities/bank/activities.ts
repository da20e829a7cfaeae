import { type Client, WithStartWorkflowOperation, WorkflowNotFoundError } from '@temporalio/client';
import type { Instant } from '../../rules/civil-date.ts';
import { minus, sum } from '../../rules/money.ts';
import { matchReceipts, type Receivable, type UnmatchedReceipt } from '../../rules/receipts/match.ts';
import type { Question } from '../../rules/task.ts';
import type { Transaction } from '../../store/database.ts';
import { bookLateMessage } from '../../store/late-messages.ts';
import { settingsOf } from '../../store/organisations.ts';
import { allocationsOf, findReceipt, insertAllocation, insertReceipt, markReceipt, openReceivables, type ReceiptRow, statementContent } from '../../store/receipts.ts';
import { closeTask } from '../../store/tasks.ts';
import { type FxReceipt, shipmentWorkflowId, updateOf } from '../../workflows/messages.ts';
import type { Dependencies } from '../dependencies.ts';
import { Unreachable } from '../errors.ts';
import type { Allocation, MatchedStatement, SettledReceipt } from './contract.ts';
import { type Camt053Entry, readCamt053 } from './wire.ts';

interface OfStatement {
  organisation: string;
  asOf: Instant;
}
