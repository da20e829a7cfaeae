import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Camt053Entry, readCamt053 } from '../../activities/bank/wire.ts';
import { camt053 } from '../../sandbox/camt053.ts';

const amount = (name: string, value: string, currency = 'USD') => `<${name} Ccy="${currency}">${value}</${name}>`;
const balance = (code: string, value: string, mark = 'CRDT', currency = 'USD') =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount('Amt', value, currency)}<CdtDbtInd>${mark}</CdtDbtInd><Dt><Dt>2026-11-20</Dt></Dt></Bal>`;
const entry = (value: string, inner = '', { mark = 'CRDT', status = '<Cd>BOOK</Cd>' } = {}) =>
  `<Ntry>${amount('Amt', value)}<CdtDbtInd>${mark}</CdtDbtInd><Sts>${status}</Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt><ValDt><Dt>2026-11-21</Dt></ValDt>${inner}</Ntry>`;
const statement = (...inner: string[]) =>
  `<Stmt><Id>S-1</Id><FrToDt><FrDtTm>2026-11-20T00:00:00+08:00</FrDtTm><ToDtTm>2026-11-20T23:59:59+08:00</ToDtTm></FrToDt><Acct><Id><Othr><Id>3302001</Id></Othr></Id><Ccy>USD</Ccy></Acct>${inner.join('')}</Stmt>`;
const message = (version: string, ...statements: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr>${statements.join('')}</BkToCstmrStmt></Document>`;
const details = (...transactions: string[]) =>
  `<NtryDtls>${transactions.map((each) => `<TxDtls>${each}</TxDtls>`).join('')}</NtryDtls>`;
const charges = (...records: string[]) => `<Chrgs>${records.map((each) => `<Rcrd>${each}</Rcrd>`).join('')}</Chrgs>`;

function statements(xml: string) {
  const reading = readCamt053(xml);
  if (!reading.ok) throw new Error(reading.error);
  return reading.statements;
}
const entriesOf = (...inner: string[]): Camt053Entry[] =>
  statements(message('08', statement(...inner))).flatMap((one) => one.entries);
const errorOf = (xml: string) => {
  const reading = readCamt053(xml);
  return reading.ok ? 'read' : reading.error;
};

describe('a payment net of charges', () => {
  const payment = entry(
    '13975.00',
    `<AcctSvcrRef>B-77</AcctSvcrRef>${details(
      `<Refs><EndToEndId>NOTPROVIDED</EndToEndId><UETR>8a562c67-ca16-48ba-b074-65581be6f001</UETR></Refs>${amount('Amt', '13975.00')}<AmtDtls><InstdAmt>${amount('Amt', '14000.00')}</InstdAmt></AmtDtls>${charges(`${amount('Amt', '25.00')}<CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd><Br>SHAR</Br>`)}<RltdPties><Dbtr><Pty><Nm>Smith &amp; Söhne &#x7070;</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>BALANCE QS-1001</Ustrd><Ustrd>SECOND LINE</Ustrd><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf><RfrdDocInf><Nb>INV-5</Nb></RfrdDocInf></Strd></RmtInf>`,
    )}`,
  );
  it('reads as the bank states it', () => {
    const [read] = statements(
      message('08', statement(balance('OPBD', '100.00'), balance('CLBD', '14075.00'), payment)),
    );
    expect(read).toMatchObject({
      account: '3302001',
      currency: 'USD',
      statementId: 'S-1',
      fromOn: '2026-11-20',
      toOn: '2026-11-20',
    });
    expect(read?.entries).toEqual([
      {
        entryReference: 'B-77',
        credit: true,
        bookedAmount: '13975.00',
        currency: 'USD',
        instructedAmount: { amount: '14000.00', currency: 'USD' },
        charges: [{ amount: '25.00', currency: 'USD', included: true, bearer: 'SHAR' }],
        bookedOn: '2026-11-20',
        valueDate: '2026-11-21',
        payerName: 'Smith & Söhne 灰',
        remittance: ['BALANCE QS-1001', 'SECOND LINE'],
        references: ['8a562c67-ca16-48ba-b074-65581be6f001', 'RF18539007547034', 'INV-5'],
        reversal: false,
        status: 'booked',
      },
    ]);
  });
  it('reads with prefixes and in an envelope', () => {
    const prefixed = message('08', statement(payment))
      .replace('<Document xmlns=', '<Document xmlns:d=')
      .replace(/<(\/?)(?=(Stmt|Ntry|Amt|BkToCstmrStmt)\b)/g, '<$1d:');
    const wrapped = prefixed
      .replace('<Document', '<Envelope><AppHdr/><Document')
      .replace('</Document>', '</Document></Envelope>');
    expect(statements(wrapped)[0]?.entries).toHaveLength(1);
  });
});

describe('charges', () => {
  const [sent, fee] = [`<AmtDtls><InstdAmt>${amount('Amt', '100.00')}</InstdAmt></AmtDtls>`, amount('Amt', '10.00')];
  const of = (inner: string, booked = '90.00') => entriesOf(entry(booked, details(inner)))[0]?.charges;
  it('are not included when the bank says so, or when nothing tells', () => {
    expect(of(`${sent}${charges(`${fee}<ChrgInclInd>false</ChrgInclInd>`)}`)).toMatchObject([{ included: false }]);
    expect(of(charges(fee))).toMatchObject([{ included: false }]);
    expect(of(`${sent}${charges(fee)}`, '100.00')).toMatchObject([{ included: false }]);
  });
  it('are included when sent less charges is booked', () => {
    expect(of(`${sent}${charges(fee)}`)).toMatchObject([{ included: true }]);
    expect(of(`${sent}${charges(amount('Amt', '4.00'), amount('Amt', '6.00'))}`)).toMatchObject([
      { amount: '4.00', included: true },
      { amount: '6.00', included: true },
    ]);
  });
  it('are read from a total alone, and as version 02 repeats them', () => {
    expect(of(`${sent}<Chrgs>${amount('TtlChrgsAndTaxAmt', '10.00')}</Chrgs>`)).toMatchObject([
      { amount: '10.00', included: true },
    ]);
    expect(of(`${sent}<Chrgs>${amount('Amt', '4.00')}</Chrgs><Chrgs>${amount('Amt', '6.00')}</Chrgs>`)).toHaveLength(2);
  });
  it('given back are negative, of nothing are dropped', () => {
    expect(of(charges(`${fee}<CdtDbtInd>CRDT</CdtDbtInd>`, amount('Amt', '0.00')))).toMatchObject([
      { amount: '-10.00' },
    ]);
  });
  it('of an entry belong to its only transaction, and to none of several', () => {
    const own = charges(`${fee}<ChrgInclInd>true</ChrgInclInd>`);
    expect(entriesOf(entry('90.00', `${own}${details('<Refs/>')}`))[0]?.charges).toHaveLength(1);
    const two = details(amount('Amt', '40.00'), amount('Amt', '50.00'));
    expect(entriesOf(entry('90.00', `${own}${two}`)).map((each) => each.charges)).toEqual([[], []]);
  });
});

describe('entries', () => {
  it('of several transactions give one element each', () => {
    const two = details(
      `${amount('Amt', '40.00')}<RmtInf><Ustrd>QS-1</Ustrd></RmtInf>`,
      `<AmtDtls><TxAmt>${amount('Amt', '50.00')}</TxAmt></AmtDtls>`,
    );
    const entries = entriesOf(entry('90.00', `<AcctSvcrRef>B-1</AcctSvcrRef>${two}`));
    expect(entries.map((each) => [each.entryReference, each.bookedAmount, each.remittance])).toEqual([
      ['B-1/1', '40.00', ['QS-1']],
      ['B-1/2', '50.00', []],
    ]);
  });
  it('stay one when the transactions do not add up, with the references of all', () => {
    const two = details(
      `${amount('Amt', '40.00')}<RmtInf><Ustrd>QS-1</Ustrd></RmtInf>`,
      `${amount('Amt', '51.00')}<RmtInf><Ustrd>QS-2</Ustrd></RmtInf>`,
    );
    expect(entriesOf(entry('90.00', two))).toMatchObject([{ bookedAmount: '90.00', remittance: ['QS-1', 'QS-2'] }]);
  });
  it('are marked when pending, informative or reversed; debits carry their sign', () => {
    expect(entriesOf(entry('1.00', '', { status: '<Cd>PDNG</Cd>' }))).toMatchObject([{ status: 'pending' }]);
    expect(entriesOf(entry('1.00', '', { status: 'PDNG' }))).toMatchObject([{ status: 'pending' }]);
    expect(entriesOf(entry('1.00', '', { status: '<Cd>INFO</Cd>' }))).toMatchObject([{ status: 'information' }]);
    expect(entriesOf(entry('1.00', '<RvslInd>true</RvslInd>', { mark: 'DBIT' }))).toMatchObject([
      { reversal: true, credit: false, bookedAmount: '-1.00' },
    ]);
  });
  it('without a reference of the bank have none: a number of the statement’s own would meet itself tomorrow', () => {
    expect(
      entriesOf(entry('1.00', '<NtryRef>1</NtryRef><AcctSvcrRef>NONREF</AcctSvcrRef>'))[0]?.entryReference,
    ).toBeUndefined();
  });
  it('name an agent as payer, the flat name of earlier versions, and nobody when transactions differ', () => {
    const payer = (inner: string) => entriesOf(entry('1.00', details(`<RltdPties>${inner}</RltdPties>`)))[0]?.payerName;
    expect(payer('<Dbtr><Agt><FinInstnId><Nm>Bank A</Nm></FinInstnId></Agt></Dbtr>')).toBe('Bank A');
    expect(payer('<Dbtr><Nm>Acme</Nm></Dbtr>')).toBe('Acme');
    expect(payer('<UltmtDbtr><Pty><Nm>Acme</Nm></Pty></UltmtDbtr>')).toBe('Acme');
  });
  it('leave out an instructed amount in another currency', () => {
    const inner = details(`<AmtDtls><InstdAmt>${amount('Amt', '90.00', 'EUR')}</InstdAmt></AmtDtls>`);
    expect(entriesOf(entry('100.00', inner))[0]?.instructedAmount).toBeUndefined();
  });
});

describe('balances', () => {
  it('must be reached by the booked entries', () => {
    const debit = entry('30.00', '', { mark: 'DBIT' });
    const pending = entry('500.00', '', { status: '<Cd>PDNG</Cd>' });
    const of = (closing: string, mark = 'CRDT') =>
      errorOf(message('08', statement(balance('OPBD', '10.00'), balance('CLBD', closing, mark), debit, pending)));
    expect(of('20.00', 'DBIT')).toBe('read');
    expect(of('20.00')).toContain(
      'opening balance 10.00 and the booked entries make -20 USD, the closing balance is 20.00',
    );
  });
  it('are left alone on one page of several, or in other currencies', () => {
    const page = '<StmtPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>';
    expect(errorOf(message('08', statement(page, balance('OPBD', '1.00'), balance('CLBD', '9.00'))))).toBe('read');
    expect(errorOf(message('08', statement(balance('OPBD', '1.00', 'CRDT', 'EUR'), balance('CLBD', '9.00'))))).toBe(
      'read',
    );
  });
});

describe('what is no statement', () => {
  it('tells an empty statement from an unreadable file', () => {
    expect(statements(message('08', statement()))[0]?.entries).toEqual([]);
    expect(errorOf(message('08'))).toContain('no account statement');
  });
  it.each([
    ['', 'not well-formed'],
    ['a,b,c', 'not well-formed'],
    ['<Document><BkToCstmrStmt></Document>', 'not well-formed'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><Document/>', 'DOCTYPE'],
    ['<html><body>Sign in</body></html>', 'no account statement'],
    [message('12', statement()), 'camt.053 message of version 12'],
    [message('08', statement()).replace('camt.053', 'camt.054'), 'camt.054'],
    [message('08', statement(entry('1,000.00'))), '"1,000.00" is not an amount'],
    [message('08', statement(entry('1.00', '', { mark: 'X' }))), 'neither credit (CRDT) nor debit'],
    [
      message('08', statement(entry('1.00'))).replace('2026-11-20</Dt>', '2026-02-30</Dt>'),
      '"2026-02-30" is not a date',
    ],
    [message('08', statement(entry('1.00').replace(' Ccy="USD"', ''))), 'currency is missing'],
    [message('08', `<Stmt>${'<a>'.repeat(60)}${'</a>'.repeat(60)}</Stmt>`), 'nested'],
    [message('08', '<Stmt><__proto__>x</__proto__></Stmt>'), 'not accepted'],
    ['x'.repeat(10_000_001), 'longer than 10 million'],
  ])('%#', (xml, error) => {
    expect(errorOf(xml)).toContain(error);
  });
  it('never throws, whatever is damaged', () => {
    const whole = message(
      '08',
      statement(balance('OPBD', '1.00'), balance('CLBD', '2.00'), entry('1.00', details(amount('Amt', '1.00')))),
    );
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(40), fc.string({ maxLength: 6, unit: 'binary' }), (at, length, put) => {
        const reading = readCamt053(whole.slice(0, at) + put + whole.slice(at + length));
        expect(typeof reading.ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});

describe('others’ files', () => {
  it('reads what the bank’s sandbox writes', () => {
    const day = { account: '3302001', owner: 'Example', currency: 'USD', date: '2026-11-20', opening: '0' };
    const credit = {
      servicerReference: 'B-1',
      endToEndReference: 'E-1',
      currency: 'USD',
      amount: '13975.00',
      instructedAmount: '14000.00',
      charges: '25.00',
      payer: { name: 'A & B', country: 'US' },
      paymentReference: 'QS-1001',
      bookedOn: '2026-11-20',
      valueDate: '2026-11-20',
    };
    const [read, quiet] = statements(
      camt053('M-1', '2026-11-20T15:59:59Z', [
        { ...day, credits: [credit] },
        { ...day, credits: [] },
      ]),
    );
    expect(read?.entries).toMatchObject([
      {
        entryReference: 'B-1',
        bookedAmount: '13975.00',
        charges: [{ amount: '25.00', included: true, bearer: 'SHAR' }],
        payerName: 'A & B',
        remittance: ['QS-1001'],
      },
    ]);
    expect(quiet?.entries).toEqual([]);
  });

  const folder = join(__dirname, '../../../shared/data/bank/genkgo-camt');
  const samples = existsSync(folder) ? readdirSync(folder).filter((name) => /053.*\.xml$|v8.*\.xml$/.test(name)) : [];
  if (samples.length === 0)
    process.stdout.write('Left out: published camt samples, ../shared/data/bank is not here.\n');

  /** Samples whose balances were made up: their entries do not lead from one to the other. */
  const madeUp = ['camt053.v2.all-balance-types.xml', 'camt053.v2.five.decimals.xml'];

  it('reads published samples of camt.053, and refuses other messages, the broken one and those that do not add up', () => {
    for (const name of samples) {
      const error = errorOf(readFileSync(join(folder, name), 'utf8'));
      if (!name.startsWith('camt053')) expect(error).toContain('only camt.053');
      else if (name.includes('wrong')) expect(error).toContain('no account statement');
      else if (madeUp.includes(name)) expect(error).toContain('opening balance');
      else expect({ name, error }).toEqual({ name, error: 'read' });
    }
    expect(samples.length === 0 || samples.includes('camt053.v8.xml')).toBe(true);
  });
});

describe('characters that no database keeps', () => {
  it('a NUL refuses the file; a number that is half a character stays as it is written', () => {
    expect(errorOf(message('08', statement(entry('1.00'))).replace('S-1', 'S\u0000'))).toContain('NUL');
    const [read] = entriesOf(entry('1.00', details('<RmtInf><Ustrd>half &#xD800; and none &#0;</Ustrd></RmtInf>')));
    expect(read?.remittance).toEqual(['half &#xD800; and none &#0;']);
  });
});
