import { compare, minus, sum } from '../../rules/money.ts';
import { type Amount, amountOf, isTrue, meaningful } from './camt-values.ts';
import type { Camt053Charge } from './wire.ts';
import { all, at, text } from './xml.ts';

/** The part of an entry that is read, its amount signed. */
export interface PartContext extends Amount {
  /** The entry's only part: what is stated for the entry is stated for it. */
  isAlone: boolean;
  where: string;
}

/** What is known of a payment besides its amount: sent, charged, by whom, under which words and numbers. */
export function detailsOf(entry: unknown, transactions: unknown[], context: PartContext) {
  // What an entry of many states for itself cannot be shared out among them: a shortfall then stays open for a person.
  const sources = context.isAlone ? [...transactions, entry] : transactions;
  const instructed = sources
    .map((each) => at(each, 'AmtDtls', 'InstdAmt', 'Amt'))
    .filter((amount) => amount !== undefined);
  const sent = instructed.length > 0 && transactions.length < 2 ? amountOf(instructed[0], context.where) : undefined;
  const instructedAmount = sent?.currency === context.currency ? sent : undefined;
  const ofTransactions = transactions.flatMap((each) => all(each, 'Chrgs'));
  const stated = ofTransactions.length > 0 || !context.isAlone ? ofTransactions : all(entry, 'Chrgs');
  const payers = new Set(transactions.map(payerOf));
  return {
    instructedAmount,
    charges: chargesOf(stated, context, instructedAmount),
    payerName: payers.size === 1 ? [...payers][0] : undefined,
    remittance: remittanceOf(sources),
    references: [...new Set(sources.flatMap(referencesOf))],
  };
}

/** `.03` and later list records under a total; `.02` repeats `Chrgs` itself. */
function chargesOf(stated: unknown[], context: PartContext, sent: Amount | undefined): Camt053Charge[] {
  const records = stated.flatMap((node) => {
    const listed = all(node, 'Rcrd');
    if (listed.length > 0) return listed;
    const total = at(node, 'TtlChrgsAndTaxAmt');
    if (at(node, 'Amt') !== undefined) return [node];
    return total === undefined ? [] : [{ Amt: total }];
  });
  const charges = records.map((record) => {
    const { amount, currency } = amountOf(at(record, 'Amt'), context.where);
    const isReturned = text(record, 'CdtDbtInd') === 'CRDT' && compare(amount, '0') > 0;
    const indicator = text(record, 'ChrgInclInd');
    return { amount: isReturned ? `-${amount}` : amount, currency, indicator, bearer: text(record, 'Br') };
  });
  // Without the indicator the arithmetic tells: sent less charges is booked. Where it does not, they explain no shortfall.
  const own = charges.filter((charge) => charge.currency === context.currency).map((charge) => charge.amount);
  const isNet = sent !== undefined && compare(minus(sent.amount, sum(own)), context.amount) === 0;
  return charges
    .filter((charge) => compare(charge.amount, '0') !== 0)
    .map(({ indicator, ...charge }) => ({
      ...charge,
      included: indicator === undefined ? isNet && charge.currency === context.currency : isTrue(indicator),
    }));
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
