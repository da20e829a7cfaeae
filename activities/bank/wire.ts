/** Account statements of a bank, ISO 20022 camt.053.001.08: their words, and how they read in ours. */
import type { CivilDate } from '../../rules/civil-date.ts';
import { compare, sum } from '../../rules/money.ts';
import { detailsOf } from './camt-transaction.ts';
import { type Amount, amountOf, dateOf, isTrue, meaningful, signed } from './camt-values.ts';
import { all, at, readXml, text, Unreadable } from './xml.ts';

/** A charge as the bank states it. `included`: the booked amount is net of it already, never take it off again. */
export interface Camt053Charge {
  amount: string;
  currency: string;
  included: boolean;
  /** DEBT the payer bears it, CRED we, SHAR each their own, SLEV by agreement. */
  bearer?: string;
}

/** One transaction. Amounts are decimal texts in `currency`; a debit is negative. Dates `YYYY-MM-DD` as the bank wrote them, in its zone. */
export interface Camt053Entry {
  /** The account servicer's reference, where it gives one; with `/n` for the n-th transaction of an entry that has but one. */
  entryReference?: string;
  /** False for a debit, which is read for the balance's sake. */
  credit: boolean;
  bookedAmount: string;
  currency: string;
  /** What the payer sent, when it was sent in `currency`; in another one it cannot be compared and is left out. */
  instructedAmount?: Amount;
  charges: Camt053Charge[];
  bookedOn: CivilDate;
  valueDate: CivilDate;
  payerName?: string;
  /** What the payer wrote, line by line. */
  remittance: string[];
  /** End-to-end id, UETR, creditor reference and other reference fields, without `NOTPROVIDED` and the like. */
  references: string[];
  /** The bank took a payment back; the sign is that of this booking. */
  reversal: boolean;
  /** `pending` and `information` entries are not in the account's balance. */
  status: 'booked' | 'pending' | 'information';
}

export interface Camt053Statement {
  account: string;
  currency: string;
  statementId: string;
  fromOn?: CivilDate;
  toOn?: CivilDate;
  entries: Camt053Entry[];
}

/** What a file says, or in a sentence why it cannot be used. A statement without movements is `ok` with no entries. */
export type Camt053Reading = { ok: true; statements: Camt053Statement[] } | { ok: false; error: string };

const readableVersions = ['02', '03', '04', '05', '06', '07', '08'];

/**
 * Reads a camt.053 file: version .08, and the earlier ones, whose elements read the same way. Where opening and
 * closing balance are given in the account's currency, opening + booked entries must be the closing balance: a file
 * cut short would otherwise pass for a quiet day. All of a file is read or nothing.
 *
 * An entry of several transactions gives one element each, if their amounts add up to the entry; if not, one element
 * for the entry with the references of all, which a person must divide.
 */
export function readCamt053(xml: string): Camt053Reading {
  try {
    const tree = readXml(xml);
    const namespace = /urn:iso:std:iso:20022:tech:xsd:((?!head\.)[a-z]{4}\.\d{3})\.\d{3}\.(\d{2})/.exec(xml);
    if (namespace && (namespace[1] !== 'camt.053' || !readableVersions.includes(namespace[2] ?? '')))
      throw new Unreadable(
        `a ${namespace[1]} message of version ${namespace[2]}: only camt.053 up to version 08 is read`,
      );
    const statements = all(messageIn(tree), 'Stmt');
    if (statements.length === 0) throw new Unreadable('no account statement (BkToCstmrStmt/Stmt) in the file');
    return { ok: true, statements: statements.map(statementOf) };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, error: error.message };
    throw error;
  }
}

/** `Document/BkToCstmrStmt`, which SWIFT and bank portals wrap in an envelope or two. */
function messageIn(node: unknown, depth = 0): unknown {
  const found = at(node, 'BkToCstmrStmt');
  if (found !== undefined || depth > 5 || typeof node !== 'object' || node === null) return found;
  for (const name of Object.keys(node)) {
    const inner = messageIn(at(node, name), depth + 1);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function statementOf(node: unknown): Camt053Statement {
  const statementId = text(node, 'Id');
  const account = text(node, 'Acct', 'Id', 'IBAN') ?? text(node, 'Acct', 'Id', 'Othr', 'Id');
  if (!statementId || !account) throw new Unreadable('a statement without its Id or its account number');
  const where = `statement ${statementId}`;
  const raw = all(node, 'Ntry');
  const balances = all(node, 'Bal').map((balance) => balanceOf(balance, where));
  const firstEntry = raw[0] === undefined ? undefined : amountOf(at(raw[0], 'Amt'), where).currency;
  const currency = text(node, 'Acct', 'Ccy') ?? balances[0]?.currency ?? firstEntry;
  if (!currency) throw new Unreadable(`${where} does not say its currency`);
  const toOn = dateOf(text(node, 'FrToDt', 'ToDtTm'));
  const booked: Amount[] = [];
  const entries = raw.flatMap((entry, index) => {
    const read = entryOf(entry, `${where}, entry ${index + 1}`, toOn);
    if (read.status === 'booked') booked.push(read.movement);
    return read.elements;
  });
  if (isWhole(node)) checkBalances(where, currency, balances, booked);
  return {
    account,
    currency,
    statementId,
    fromOn: dateOf(text(node, 'FrToDt', 'FrDtTm')),
    toOn,
    entries,
  };
}

/** A page of several has balances of the whole or of the page, as the bank likes: only a whole statement can be checked. */
function isWhole(statement: unknown): boolean {
  const page = text(statement, 'StmtPgntn', 'PgNb') ?? '1';
  return Number(page) === 1 && (text(statement, 'StmtPgntn', 'LastPgInd') ?? 'true') !== 'false';
}

function balanceOf(node: unknown, where: string): Amount & { code: string | undefined } {
  const { amount, currency } = amountOf(at(node, 'Amt'), where);
  return { code: text(node, 'Tp', 'CdOrPrtry', 'Cd'), amount: signed(amount, node, where), currency };
}

function checkBalances(
  where: string,
  currency: string,
  balances: ReturnType<typeof balanceOf>[],
  booked: Amount[],
): void {
  const own = balances.filter((balance) => balance.currency === currency);
  // PRCD is the closing balance of the statement before: the opening one by another name.
  const opening = own.find((balance) => balance.code === 'OPBD') ?? own.find((balance) => balance.code === 'PRCD');
  const closing = own.find((balance) => balance.code === 'CLBD');
  if (!opening || !closing || booked.some((entry) => entry.currency !== currency)) return;
  const reached = sum([opening.amount, ...booked.map((entry) => entry.amount)]);
  if (compare(reached, closing.amount) !== 0)
    throw new Unreadable(
      `${where}: opening balance ${opening.amount} and the booked entries make ${reached} ${currency}, the closing balance is ${closing.amount}: the file is incomplete or changed`,
    );
}

function entryOf(node: unknown, where: string, toOn: CivilDate | undefined) {
  const { amount, currency } = amountOf(at(node, 'Amt'), where);
  const movement = { amount: signed(amount, node, where), currency };
  const status = statusOf(node);
  const valueDate = dateOf(text(node, 'ValDt', 'Dt') ?? text(node, 'ValDt', 'DtTm'));
  const bookedOn = dateOf(text(node, 'BookgDt', 'Dt') ?? text(node, 'BookgDt', 'DtTm')) ?? valueDate ?? toOn;
  if (!bookedOn) throw new Unreadable(`${where} has neither booking nor value date`);
  // Not NtryRef: many banks count it from 1 in each statement, and two days' first credits would pass for one.
  const reference = meaningful(text(node, 'AcctSvcrRef'));
  const common = {
    currency,
    bookedOn,
    valueDate: valueDate ?? bookedOn,
    reversal: isTrue(text(node, 'RvslInd')),
    status,
  };
  const transactions = all(node, 'NtryDtls').flatMap((details) => all(details, 'TxDtls'));
  const elements = partsOf(movement, transactions, node, where).map((part, index, parts): Camt053Entry => {
    const details = { amount: part.amount, currency, isAlone: parts.length === 1, where };
    return {
      entryReference: referenceOf(reference, part.transactions, parts.length === 1 ? undefined : index + 1),
      credit: compare(part.amount, '0') >= 0,
      bookedAmount: part.amount,
      ...common,
      ...detailsOf(node, part.transactions, details),
    };
  });
  return { status, movement, elements };
}

/** The entry's reference; for one of several transactions its own, or the entry's with its place. */
function referenceOf(ofEntry: string | undefined, transactions: unknown[], place?: number): string | undefined {
  const own = transactions.flatMap((each) => meaningful(text(each, 'Refs', 'AcctSvcrRef')) ?? []);
  if (place === undefined) return ofEntry ?? (own.length === 1 ? own[0] : undefined);
  if (own[0] !== undefined && own[0] !== ofEntry) return own[0];
  return ofEntry && `${ofEntry}/${place}`;
}

/** The entry's transactions with their amounts; the entry as one when they do not add up to it. */
function partsOf(
  entry: Amount,
  transactions: unknown[],
  node: unknown,
  where: string,
): { amount: string; transactions: unknown[] }[] {
  const whole = [{ amount: entry.amount, transactions }];
  if (transactions.length < 2) return whole;
  const parts: { amount: string; transactions: unknown[] }[] = [];
  for (const transaction of transactions) {
    const stated = [['Amt'], ['AmtDtls', 'TxAmt', 'Amt'], ['AmtDtls', 'CntrValAmt', 'Amt']]
      .map((path) => at(transaction, ...path))
      .filter((amount) => amount !== undefined)
      .map((amount) => amountOf(amount, where))
      .find((amount) => amount.currency === entry.currency);
    if (!stated) return whole;
    parts.push({
      amount: signed(stated.amount, at(transaction, 'CdtDbtInd') === undefined ? node : transaction, where),
      transactions: [transaction],
    });
  }
  return compare(sum(parts.map((part) => part.amount)), entry.amount) === 0 ? parts : whole;
}

function statusOf(entry: unknown): Camt053Entry['status'] {
  const code = text(entry, 'Sts', 'Cd') ?? text(entry, 'Sts');
  if (code === 'BOOK') return 'booked';
  return code === 'PDNG' || code === 'FUTR' ? 'pending' : 'information';
}
