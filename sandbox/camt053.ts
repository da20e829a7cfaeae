/** Writes a day's statement as a bank does: ISO 20022 camt.053.001.08, elements in the order of its schema. */
import { Decimal } from 'decimal.js';

/** A credit as the bank booked it; amounts are decimal texts in the account's currency. */
export interface BookedCredit {
  /** The bank's own reference, unique, at most 35 characters. */
  servicerReference: string;
  /** The payer's bank's reference, at most 35 characters. */
  endToEndReference: string;
  currency: string;
  /** Credited, charges already taken off. */
  amount: string;
  /** What the payer sent, where the bank knows. */
  instructedAmount?: string;
  /** Deducted on the way. */
  charges?: string;
  payer: { name: string; country: string };
  paymentReference: string;
  /** YYYY-MM-DD. */
  bookedOn: string;
  valueDate: string;
}

/** One account's day. */
export interface AccountDay {
  account: string;
  owner: string;
  currency: string;
  /** YYYY-MM-DD. */
  date: string;
  /** Balance before the day's first entry. */
  opening: string;
  credits: readonly BookedCredit[];
}

/** Most characters of a text element `Ustrd` or `Nm`. */
const MOST_TEXT = 140;

/** One message with a statement for each account. @param createdAt ISO 8601 UTC. */
export function camt053(messageId: string, createdAt: string, days: readonly AccountDay[]): string {
  const header = element('GrpHdr', element('MsgId', text(messageId)), element('CreDtTm', createdAt));
  const statements = days.map((day, index) => statement(day, `${messageId}-${index + 1}`, createdAt));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">${element('BkToCstmrStmt', header, ...statements)}\n</Document>\n`;
}

function statement(day: AccountDay, id: string, createdAt: string): string {
  const total = day.credits.reduce((sum, credit) => sum.plus(credit.amount), new Decimal(0));
  const closing = new Decimal(day.opening).plus(total).toFixed();
  return element(
    'Stmt',
    element('Id', id),
    element('CreDtTm', createdAt),
    element('FrToDt', element('FrDtTm', `${day.date}T00:00:00+08:00`), element('ToDtTm', `${day.date}T23:59:59+08:00`)),
    element(
      'Acct',
      element('Id', element('Othr', element('Id', text(day.account)))),
      element('Ccy', day.currency),
      element('Ownr', element('Nm', text(day.owner))),
      element('Svcr', element('FinInstnId', element('Nm', 'Sandbox Bank, Ningbo Branch'))),
    ),
    balance('OPBD', day.opening, day),
    balance('CLBD', closing, day),
    element(
      'TxsSummry',
      element('TtlCdtNtries', element('NbOfNtries', String(day.credits.length)), element('Sum', total.toFixed())),
    ),
    ...day.credits.map(entry),
  );
}

function balance(code: 'OPBD' | 'CLBD', value: string, day: AccountDay): string {
  return element(
    'Bal',
    element('Tp', element('CdOrPrtry', element('Cd', code))),
    amount('Amt', value, day.currency),
    element('CdtDbtInd', 'CRDT'),
    element('Dt', element('Dt', day.date)),
  );
}

function entry(credit: BookedCredit): string {
  return element(
    'Ntry',
    amount('Amt', credit.amount, credit.currency),
    element('CdtDbtInd', 'CRDT'),
    element('Sts', element('Cd', 'BOOK')),
    element('BookgDt', element('Dt', credit.bookedOn)),
    element('ValDt', element('Dt', credit.valueDate)),
    element('AcctSvcrRef', text(credit.servicerReference)),
    // Received credit transfer, cross-border.
    element(
      'BkTxCd',
      element('Domn', element('Cd', 'PMNT'), element('Fmly', element('Cd', 'RCDT'), element('SubFmlyCd', 'XBCT'))),
    ),
    element('NtryDtls', transaction(credit)),
  );
}

function transaction(credit: BookedCredit): string {
  const { instructedAmount, charges, currency } = credit;
  return element(
    'TxDtls',
    element(
      'Refs',
      element('AcctSvcrRef', text(credit.servicerReference)),
      element('EndToEndId', text(credit.endToEndReference)),
    ),
    amount('Amt', credit.amount, currency),
    element('CdtDbtInd', 'CRDT'),
    instructedAmount === undefined
      ? ''
      : element('AmtDtls', element('InstdAmt', amount('Amt', instructedAmount, currency))),
    charges === undefined ? '' : chargesOf(charges, currency),
    element(
      'RltdPties',
      element(
        'Dbtr',
        element(
          'Pty',
          element('Nm', text(credit.payer.name.slice(0, MOST_TEXT))),
          element('PstlAdr', element('Ctry', credit.payer.country)),
        ),
      ),
    ),
    element('RmtInf', ...pieces(credit.paymentReference).map((piece) => element('Ustrd', text(piece)))),
  );
}

/** `ChrgInclInd` true: the booked amount is net of them already, a reader must not take them off again. */
function chargesOf(charges: string, currency: string): string {
  const record = element(
    'Rcrd',
    amount('Amt', charges, currency),
    element('CdtDbtInd', 'DBIT'),
    element('ChrgInclInd', 'true'),
    element('Br', 'SHAR'),
  );
  return element('Chrgs', amount('TtlChrgsAndTaxAmt', charges, currency), record);
}

function amount(name: string, value: string, currency: string): string {
  return `<${name} Ccy="${text(currency)}">${inMinorUnits(value, currency)}</${name}>`;
}

/** With the decimals that the currency has, none dropped that were booked. */
function inMinorUnits(value: string, currency: string): string {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const exact = new Decimal(value);
  return exact.toFixed(Math.max(digits, exact.decimalPlaces()));
}

/** A text cut to what one `Ustrd` holds; never through the middle of a character. */
function pieces(whole: string): string[] {
  const characters = [...whole];
  const count = Math.max(1, Math.ceil(characters.length / MOST_TEXT));
  return Array.from({ length: count }, (_, index) =>
    characters.slice(index * MOST_TEXT, (index + 1) * MOST_TEXT).join(''),
  );
}

/** Children are markup already. */
function element(name: string, ...children: string[]): string {
  return `<${name}>${children.join('')}</${name}>`;
}

/** Text as XML content: markup escaped, and what XML 1.0 cannot hold at all blanked. */
function text(raw: string): string {
  return raw
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
