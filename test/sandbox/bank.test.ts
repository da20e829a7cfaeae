import { writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Decimal } from 'decimal.js';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import { ORGANISATION, startPlay, startQuayside } from './play.ts';
import { hoursLater } from './requests.ts';

/** The balance of demo order (e): 14,000.00 sent, 25.00 kept on the way. */
const balance = {
  organisation: ORGANISATION,
  reference: 'E-1',
  paymentReference: 'BALANCE CONTRACT "C-20" <70 %> & thanks\u0007',
  payer: { name: 'Müller & Söhne GmbH', country: 'DE' },
  amount: '13975',
  currency: 'USD',
  charges: '25.00',
  bookedOn: '2027-04-06',
  valueDate: '2027-04-07',
};
const deposit = {
  ...balance,
  paymentReference: 'DEPOSIT C-20',
  amount: '6000.00',
  charges: undefined,
  bookedOn: '2027-03-01',
  valueDate: '2027-03-01',
};

const amountShape = z.object({ '#text': z.string(), '@_Ccy': z.string() });
const transactionShape = z.object({
  Refs: z.object({ EndToEndId: z.string().max(35) }),
  AmtDtls: z.object({ InstdAmt: z.object({ Amt: amountShape }) }).optional(),
  Chrgs: z
    .object({
      Rcrd: z.object({
        Amt: amountShape,
        CdtDbtInd: z.literal('DBIT'),
        ChrgInclInd: z.literal('true'),
        Br: z.literal('SHAR'),
      }),
    })
    .optional(),
  RltdPties: z.object({ Dbtr: z.object({ Pty: z.object({ Nm: z.string() }) }) }),
  RmtInf: z.object({ Ustrd: z.array(z.string().max(140)) }),
});
const statementShape = z.object({
  Acct: z.object({ Ccy: z.string() }),
  Bal: z.array(z.object({ Tp: z.object({ CdOrPrtry: z.object({ Cd: z.string() }) }), Amt: amountShape })),
  Ntry: z.array(
    z.object({
      Amt: amountShape,
      CdtDbtInd: z.literal('CRDT'),
      Sts: z.object({ Cd: z.literal('BOOK') }),
      BookgDt: z.object({ Dt: z.string() }),
      ValDt: z.object({ Dt: z.string() }),
      AcctSvcrRef: z.string().max(35),
      NtryDtls: z.object({ TxDtls: transactionShape }),
    }),
  ),
});
const fileShape = z.object({
  Document: z.object({
    BkToCstmrStmt: z.object({ GrpHdr: z.object({ MsgId: z.string() }), Stmt: z.array(statementShape) }),
  }),
});

function read(xml: string) {
  expect(XMLValidator.validate(xml)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    isArray: (name) => ['Stmt', 'Bal', 'Ntry', 'Ustrd'].includes(name),
  });
  const statements = fileShape.parse(parser.parse(xml)).Document.BkToCstmrStmt.Stmt;
  for (const statement of statements) {
    const [opening, closing] = ['OPBD', 'CLBD'].map(
      (code) => statement.Bal.find((each) => each.Tp.CdOrPrtry.Cd === code)?.Amt['#text'] ?? 'none',
    );
    const entries = statement.Ntry.reduce((sum, entry) => sum.plus(entry.Amt['#text']), new Decimal(0));
    expect(new Decimal(opening ?? '').plus(entries).toFixed(2)).toBe(new Decimal(closing ?? '').toFixed(2));
    expect(new Set([...statement.Bal, ...statement.Ntry].map((each) => each.Amt['@_Ccy']))).toEqual(
      new Set([statement.Acct.Ccy]),
    );
  }
  return statements;
}

async function start() {
  const play = await startPlay(await startQuayside());
  const statement = async (date: string, reference?: string) => {
    const answer = await play.get(
      'bank',
      `/statements/${ORGANISATION}/${date}${reference === undefined ? '' : `?reference=${reference}`}`,
    );
    return { ...answer, read: () => read(answer.text) };
  };
  return { play, statement };
}

describe('bank', () => {
  it('writes the day of a short payment with what was sent and what was kept on the way', async () => {
    const { play, statement } = await start();
    await play.post('bank', '/credits', deposit);
    const { body } = await play.post('bank', '/credits', balance);
    const file = await statement('2027-04-06');
    if (process.env.KEEP_STATEMENT) writeFileSync(process.env.KEEP_STATEMENT, file.text);
    const [account] = file.read();
    expect(account?.Bal[0]?.Amt['#text']).toBe('106000.00');
    expect(account?.Ntry).toHaveLength(1);
    const entry = account?.Ntry[0];
    expect(entry).toMatchObject({
      Amt: { '#text': '13975.00' },
      BookgDt: { Dt: '2027-04-06' },
      ValDt: { Dt: '2027-04-07' },
      AcctSvcrRef: body.accountServicerReference,
    });
    expect(entry?.NtryDtls.TxDtls).toMatchObject({
      AmtDtls: { InstdAmt: { Amt: { '#text': '14000.00' } } },
      Chrgs: { Rcrd: { Amt: { '#text': '25.00' } } },
      RltdPties: { Dbtr: { Pty: { Nm: 'Müller & Söhne GmbH' } } },
      RmtInf: { Ustrd: ['BALANCE CONTRACT "C-20" <70 %> & thanks'] },
    });
  });

  it('states no charges where none are known', async () => {
    const { play, statement } = await start();
    await play.post('bank', '/credits', { ...deposit, charges: '0.00' });
    const [account] = (await statement('2027-03-01')).read();
    expect(account?.Ntry[0]?.NtryDtls.TxDtls).not.toHaveProperty('Chrgs');
    expect(account?.Ntry[0]?.NtryDtls.TxDtls).not.toHaveProperty('AmtDtls');
  });

  it('keeps an account for each currency, and can tell one shipment apart', async () => {
    const { play, statement } = await start();
    await play.post('bank', '/credits', deposit);
    await play.post('bank', '/credits', {
      ...deposit,
      reference: 'E-2',
      creditReference: 'yen',
      currency: 'JPY',
      amount: '500000',
    });
    await play.post('bank', '/credits', { ...deposit, reference: 'E-2', paymentReference: 'x'.repeat(300) });
    const statements = (await statement('2027-03-01')).read();
    expect(statements.map((each) => [each.Acct.Ccy, each.Ntry.length])).toEqual([
      ['JPY', 1],
      ['USD', 2],
    ]);
    expect(statements[0]?.Ntry[0]?.Amt['#text']).toBe('500000');
    const references = statements.flatMap((each) => each.Ntry.map((entry) => entry.AcctSvcrRef));
    expect(new Set(references).size).toBe(3);
    const [second] = (await statement('2027-03-01', 'E-2')).read().slice(1);
    expect(second?.Ntry.map((entry) => entry.NtryDtls.TxDtls.RmtInf.Ustrd.join(''))).toEqual(['x'.repeat(300)]);
  });

  it('books the same credit once, and two alike under two references twice', async () => {
    const { play, statement } = await start();
    await play.post('bank', '/credits', deposit);
    await play.post('bank', '/credits', deposit);
    for (const creditReference of ['1', '2']) await play.post('bank', '/credits', { ...deposit, creditReference });
    expect((await play.get('bank', '/received')).body).toMatchObject([
      { kind: 'credit', times: 2 },
      { times: 1 },
      { times: 1 },
    ]);
    expect((await statement('2027-03-01')).read()[0]?.Ntry).toHaveLength(3);
  });

  it('refuses sums that do not add up, has no statement for a day without entries, and delivers nothing', async () => {
    const { play, statement } = await start();
    const wrong = await play.post('bank', '/credits', { ...balance, instructedAmount: '14010.00' });
    expect(wrong).toMatchObject({
      status: 400,
      body: { error: 'instructedAmount 14010.00 less charges 25.00 is not amount 13975' },
    });
    expect(await statement('2027-04-06')).toMatchObject({
      status: 404,
      body: { error: 'nothing was booked for lamps on 2027-04-06' },
    });
    expect((await statement('6 April')).status).toBe(400);
    expect((await play.deliverDue('bank', 'E-1', hoursLater(0))).body).toEqual({ delivered: 0, nextDueAt: null });
  });
});
