import { type CivilDate, civilDateSchema } from '../../rules/civil-date.ts';
import { compare } from '../../rules/money.ts';
import { text, Unreadable } from './xml.ts';

/** An amount as ISO 20022 writes it: decimal text, the currency its attribute. */
export interface Amount {
  amount: string;
  currency: string;
}

/** Reads `<Amt Ccy="USD">`. @throws Unreadable, naming `where`, when it is no amount: a guess would be booked as money */
export function amountOf(node: unknown, where: string): Amount {
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

/** The amount with the sign of its credit or debit mark: a debit is negative. */
export function signed(amount: string, node: unknown, where: string): string {
  const mark = text(node, 'CdtDbtInd');
  if (mark !== 'CRDT' && mark !== 'DBIT')
    throw new Unreadable(`${where} is marked neither credit (CRDT) nor debit (DBIT)`);
  return mark === 'DBIT' && compare(amount, '0') !== 0 ? `-${amount}` : amount;
}

/** The date part, in the zone in which the bank wrote it. */
export function dateOf(raw: string | undefined): CivilDate | undefined {
  if (raw === undefined) return undefined;
  const date = civilDateSchema.safeParse(raw.slice(0, 10));
  if (!date.success) throw new Unreadable(`${JSON.stringify(raw.slice(0, 40))} is not a date`);
  return date.data;
}

/** An XML boolean. */
export const isTrue = (indicator: string | undefined) => indicator === 'true' || indicator === '1';

/** Banks must fill some reference fields and write these where they have none. */
export function meaningful(reference: string | undefined): string | undefined {
  return reference === undefined || /^(NOTPROVIDED|NOT PROVIDED|NONREF|NONE|N\/A)$/i.test(reference)
    ? undefined
    : reference;
}
