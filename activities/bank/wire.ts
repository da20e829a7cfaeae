/** Account statements of a bank, ISO 20022 camt.053.001.08: their words, and how they read in ours. */
import { compare, minus, sum } from '../../rules/money.ts';
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
  /** The bank's reference where it gives one; unique in its statement (`~2` marks the second of two alike). */
  entryReference: string;
  bookedAmount: string;
  currency: string;
  /** What the payer sent, when it was sent in `currency`; in another one it cannot be compared and is left out. */
  instructedAmount?: string;
  charges: Camt053Charge[];
  bookedOn: string;
  valueDate: string;
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
  fromOn?: string;
  toOn?: string;
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
  const booked: Movement[] = [];
  const entries = raw.flatMap((entry, index) => {
    const read = entryOf(entry, {
      where: `${where}, entry ${index + 1}`,
      fallbackId: `${statementId}/${index + 1}`,
      toOn,
    });
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
    entries: withUniqueReferences(entries),
  };
}

/** A page of several has balances of the whole or of the page, as the bank likes: only a whole statement can be checked. */
function isWhole(statement: unknown): boolean {
  const page = text(statement, 'StmtPgntn', 'PgNb') ?? '1';
  return Number(page) === 1 && (text(statement, 'StmtPgntn', 'LastPgInd') ?? 'true') !== 'false';
}

interface Movement {
  amount: string;
  currency: string;
}

function balanceOf(node: unknown, where: string): Movement & { code: string | undefined } {
  const { amount, currency } = amountOf(at(node, 'Amt'), where);
  return { code: text(node, 'Tp', 'CdOrPrtry', 'Cd'), amount: signed(amount, node, where), currency };
}

function checkBalances(
  where: string,
  currency: string,
  balances: ReturnType<typeof balanceOf>[],
  booked: Movement[],
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

interface EntryContext {
  where: string;
  fallbackId: string;
  toOn: string | undefined;
}

function entryOf(node: unknown, context: EntryContext) {
  const { where } = context;
  const { amount, currency } = amountOf(at(node, 'Amt'), where);
  const movement = { amount: signed(amount, node, where), currency };
  const status = statusOf(node);
  const valueDate = dateOf(text(node, 'ValDt', 'Dt') ?? text(node, 'ValDt', 'DtTm'));
  const bookedOn = dateOf(text(node, 'BookgDt', 'Dt') ?? text(node, 'BookgDt', 'DtTm')) ?? valueDate ?? context.toOn;
  if (!bookedOn) throw new Unreadable(`${where} has neither booking nor value date`);
  const reference = meaningful(text(node, 'AcctSvcrRef')) ?? meaningful(text(node, 'NtryRef'));
  const common = {
    currency,
    bookedOn,
    valueDate: valueDate ?? bookedOn,
    reversal: isTrue(text(node, 'RvslInd')),
    status,
  };
  const transactions = all(node, 'NtryDtls').flatMap((details) => all(details, 'TxDtls'));
  const elements = partsOf(movement, transactions, node, where).map((part, index, parts): Camt053Entry => {
    const own =
      parts.length > 1
        ? part.transactions.map((each) => meaningful(text(each, 'Refs', 'AcctSvcrRef'))).find(Boolean)
        : undefined;
    const numbered = `${reference ?? context.fallbackId}${parts.length > 1 ? `/${index + 1}` : ''}`;
    return {
      entryReference: own ?? numbered,
      bookedAmount: part.amount,
      ...common,
      ...detailsOf(node, part.transactions, { amount: part.amount, currency, isAlone: parts.length === 1, where }),
    };
  });
  return { status, movement, elements };
}

/** The entry's transactions with their amounts; the entry as one when they do not add up to it. */
function partsOf(
  entry: Movement,
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

interface PartContext extends Movement {
  /** The entry's only part: what is stated for the entry is stated for it. */
  isAlone: boolean;
  where: string;
}

function detailsOf(entry: unknown, transactions: unknown[], context: PartContext) {
  // What an entry of many states for itself cannot be shared out among them: a shortfall then stays open for a person.
  const sources = context.isAlone ? [...transactions, entry] : transactions;
  const instructed = sources
    .map((each) => at(each, 'AmtDtls', 'InstdAmt', 'Amt'))
    .filter((amount) => amount !== undefined);
  const sent = instructed.length > 0 && transactions.length < 2 ? amountOf(instructed[0], context.where) : undefined;
  const instructedAmount = sent?.currency === context.currency ? sent.amount : undefined;
  const ofTransactions = transactions.flatMap((each) => all(each, 'Chrgs'));
  const stated = ofTransactions.length > 0 || !context.isAlone ? ofTransactions : all(entry, 'Chrgs');
  return {
    instructedAmount,
    charges: stated.flatMap((node) => chargesOf(node, { ...context, instructedAmount })),
    payerName: transactions.map(payerOf).find(Boolean),
    remittance: remittanceOf(sources),
    references: [...new Set(sources.flatMap(referencesOf))],
  };
}

/** `.03` and later list records under a total; `.02` repeats `Chrgs` itself. */
function chargesOf(node: unknown, context: PartContext & { instructedAmount: string | undefined }): Camt053Charge[] {
  const records = all(node, 'Rcrd');
  const total = at(node, 'TtlChrgsAndTaxAmt');
  const single = at(node, 'Amt') !== undefined ? [node] : total === undefined ? [] : [{ Amt: total }];
  return (records.length > 0 ? records : single)
    .map((record) => {
      const { amount, currency } = amountOf(at(record, 'Amt'), context.where);
      const indicator = text(record, 'ChrgInclInd');
      // Without the indicator, the arithmetic tells: sent less charge is booked. If it does not, the charge explains nothing.
      const isNet =
        currency === context.currency &&
        context.instructedAmount !== undefined &&
        compare(minus(context.instructedAmount, amount), context.amount) === 0;
      const included = indicator === undefined ? isNet : isTrue(indicator);
      const returned = text(record, 'CdtDbtInd') === 'CRDT' && compare(amount, '0') > 0;
      return { amount: returned ? `-${amount}` : amount, currency, included, bearer: text(record, 'Br') };
    })
    .filter((charge) => compare(charge.amount, '0') !== 0);
}

/** `.08` nests the party or agent one level deeper than the versions before. */
function payerOf(transaction: unknown): string | undefined {
  const parties = at(transaction, 'RltdPties');
  for (const role of ['Dbtr', 'UltmtDbtr'])
    for (const path of [['Pty', 'Nm'], ['Nm'], ['Agt', 'FinInstnId', 'Nm']]) {
      const name = text(parties, role, ...path);
      if (name) return name;
    }
  return undefined;
}

function remittanceOf(sources: unknown[]): string[] {
  const texts = (node: unknown, name: string) => all(node, name).flatMap((each) => text({ each }, 'each') ?? []);
  const written = sources.flatMap((source) =>
    all(source, 'RmtInf').flatMap((info) => [
      ...texts(info, 'Ustrd'),
      ...all(info, 'Strd').flatMap((strd) => texts(strd, 'AddtlRmtInf')),
    ]),
  );
  if (written.length > 0) return written;
  return sources.flatMap((source) => [...texts(source, 'AddtlTxInf'), ...texts(source, 'AddtlNtryInf')]);
}

function referencesOf(source: unknown): string[] {
  const refs = at(source, 'Refs');
  const named = ['EndToEndId', 'UETR', 'InstrId', 'TxId', 'AcctSvcrRef'].map((name) => text(refs, name));
  const structured = all(at(source, 'RmtInf'), 'Strd').flatMap((strd) => [
    text(strd, 'CdtrRefInf', 'Ref'),
    ...all(strd, 'RfrdDocInf').map((document) => text(document, 'Nb')),
  ]);
  return [...named, ...structured].flatMap((reference) => meaningful(reference) ?? []);
}

/** Two bookings alike on one day can both be genuine: the second gets a number, so that neither passes for the other. */
function withUniqueReferences(entries: Camt053Entry[]): Camt053Entry[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const count = (seen.get(entry.entryReference) ?? 0) + 1;
    seen.set(entry.entryReference, count);
    return count === 1 ? entry : { ...entry, entryReference: `${entry.entryReference}~${count}` };
  });
}

function statusOf(entry: unknown): Camt053Entry['status'] {
  const code = text(entry, 'Sts', 'Cd') ?? text(entry, 'Sts');
  if (code === 'BOOK') return 'booked';
  return code === 'PDNG' || code === 'FUTR' ? 'pending' : 'information';
}

function amountOf(node: unknown, where: string): Movement {
  const raw = text({ node }, 'node');
  const currency = text(node, '@Ccy');
  if (raw === undefined || currency === undefined)
    throw new Unreadable(`${where}: an amount or its currency is missing`);
  if (!/^\d{1,18}(\.\d{1,5})?$/.test(raw))
    throw new Unreadable(`${where}: ${JSON.stringify(raw.slice(0, 40))} is not an amount`);
  if (!/^[A-Z]{3}$/.test(currency))
    throw new Unreadable(`${where}: ${JSON.stringify(currency.slice(0, 10))} is not a currency`);
  return { amount: raw.replace(/^0+(?=\d)/, ''), currency };
}

/** The amount with the sign of its credit or debit mark. */
function signed(amount: string, node: unknown, where: string): string {
  const mark = text(node, 'CdtDbtInd');
  if (mark !== 'CRDT' && mark !== 'DBIT')
    throw new Unreadable(`${where} is marked neither credit (CRDT) nor debit (DBIT)`);
  return mark === 'DBIT' && compare(amount, '0') !== 0 ? `-${amount}` : amount;
}

/** The date part, in the zone in which the bank wrote it. */
function dateOf(raw: string | undefined): string | undefined {
  if (raw === undefined) return undefined;
  const date = raw.slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date)))
    throw new Unreadable(`${JSON.stringify(raw.slice(0, 40))} is not a date`);
  return date;
}

const isTrue = (indicator: string | undefined) => indicator === 'true' || indicator === '1';

/** Banks must fill some reference fields and write these where they have none. */
function meaningful(reference: string | undefined): string | undefined {
  return reference === undefined || /^(NOTPROVIDED|NOT PROVIDED|NONREF|NONE|N\/A)$/i.test(reference)
    ? undefined
    : reference;
}
